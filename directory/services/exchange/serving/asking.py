"""What the interface of the standard may be asked, all of it together narrowing (AND)."""

from dataclasses import dataclass
from datetime import datetime

USUAL_PER_PAGE = 50
MOST_PER_PAGE = 500


@dataclass(frozen=True, slots=True)
class HsdsQuery:
    """`proximity` and `radius` in metres; `latitude`, `longitude` and `radius` are an extension, and so is `after`, the id that the page
    before ended with: paging by it neither skips nor repeats anything, whatever changes meanwhile. `minimal`: ids and times only."""

    search: str = ""
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: datetime | None = None
    postcode: str = ""
    proximity: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius: float | None = None
    parent_id: str = ""
    top_only: bool = False
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    page: int = 1
    per_page: int = USUAL_PER_PAGE
    after: str = ""
