"""What a search answers: listings hydrated from the database, each with the place that fits best, and why it is there."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from directory.domain.community import CrisisNumber
from directory.domain.hours.values import AccessState
from directory.domain.listing import ListedPlace, Listing
from directory.domain.place import KnownPlace, PlaceAnswer
from directory.rules.assess import Assessment
from directory.services.finding.danger import Danger
from directory.services.finding.eligibility import Fit
from directory.services.finding.farther import Farther
from directory.services.finding.other_needs import OtherNeed
from directory.services.finding.summaries import Summary
from search_index.explain import Reason
from search_index.query import Facet


class ChipKind(StrEnum):
    PLACE = "place"
    TIME = "time"
    FACET = "facet"
    DISTANCE = "distance"
    CONCEPT = "concept"


@dataclass(frozen=True, slots=True)
class Chip:
    """Something understood or chosen, shown as a chip that can be taken away.

    `words` are the person's own ("tomorrow morning"), "" when it came from a form field. `code` and `data` let each language put it into
    words: place {name}, open_at {start, end, now}, within {km}, facet {facet, value}, concept {category, score}. `key` goes into
    `FindRequest.ignore` to take back what was read out of the text; `field` names the request field that a chosen chip came from.
    """

    kind: ChipKind
    code: str
    data: dict[str, object]
    words: str = ""
    key: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class FoundService:
    """One result. `place` is the place of the listing that fits best; `access` is for the moment asked for, or now."""

    listing: Listing
    place: ListedPlace
    access: AccessState
    distance_km: float | None = None
    serves_here: bool | None = None  # None: not stated, or no place was asked for
    summary: Summary = field(default_factory=Summary)
    reasons: tuple[Reason, ...] = ()
    unknown: tuple[str, ...] = ()
    assessment: Assessment | None = None  # whether it is for the person, where something is known of one


@dataclass(frozen=True, slots=True)
class FacetValue:
    """`label` is what to show where the value itself is an id (organizations, sources); "" where the value is translated."""

    value: str
    count: int
    chosen: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class FacetGroup:
    facet: Facet
    values: tuple[FacetValue, ...]
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What finds more: taking away `field` (a field of FindRequest, or a facet) would show `total` services."""

    field: str
    total: int


@dataclass(frozen=True, slots=True)
class FindPage:
    """The whole answer. `asked_at` is the moment that "now" meant. `place` is the place the search is around, with alternatives when the
    words were ambiguous and suggestions when they are not known. `relaxations` come with few or no results. `open_count` and
    `hours_unknown` count places when a time was asked for. `danger` stands apart from the results: it changes none of them.
    With few results: `other_needs` to try, `whom_to_ask` (information lines, then crisis lines); with none
    that lies near: where the nearest is."""

    results: tuple[FoundService, ...]
    total: int
    total_exact: bool
    page: int
    per_page: int
    asked_at: datetime
    chips: tuple[Chip, ...] = ()
    words: str = ""  # what was searched as words
    words_dropped: tuple[str, ...] = ()
    place: KnownPlace | None = None
    place_question: PlaceAnswer | None = None
    facets: tuple[FacetGroup, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    open_count: int | None = None
    hours_unknown: int | None = None
    degraded: bool = False
    has_sample_data: bool = False
    danger: Danger | None = None
    farther: Farther | None = None
    other_needs: tuple[OtherNeed, ...] = ()
    whom_to_ask: tuple[CrisisNumber, ...] = ()
    fit: Fit | None = None  # how results fit, where something is known of the person
    known_words: dict[str, str] = field(default_factory=dict)
