"""What a person asks when they search, as pages, command line and JSON hand it over: words and choices, nothing parsed yet."""

from dataclasses import dataclass, field

from directory.rules.person import NOBODY, Person
from search_index.query import Facet, Order


@dataclass(frozen=True, slots=True)
class FindRequest:
    """One search as it was asked.

    `near` is a place in words, a postal code or "lat,lon"; `open_at` "now" or ISO 8601 (without offset: the wall time of each place);
    `open_until` ends a window that starts at `open_at`. `selections` holds chosen facet values. `ignore` names understood words that the
    person took back ("place:near 19104"), so that they are searched as plain words. `box` is south, west, north, east in degrees.
    `person`: what is known of whom help is looked for; it stands in no address and in no log. `avoids`: names of `DISCLOSURES` that a
    listing must not be known to do. `shows_unfit`: exactly what is not for the person. `skipped`: facts that
    are not to be asked next.
    `within_km` None: the community's default where there is a place; 0: any distance. `locale` is BCP 47.
    """

    text: str = ""
    near: str = ""
    within_km: float | None = None
    serves: str = ""
    open_at: str = ""
    open_until: str = ""
    selections: dict[Facet, tuple[str, ...]] = field(default_factory=dict)
    known_only: bool = False
    ignore: tuple[str, ...] = ()
    box: tuple[float, float, float, float] | None = None
    order: Order = Order.BLEND
    page: int = 1
    per_page: int = 20
    locale: str = "en"
    facets: frozenset[Facet] = frozenset()
    person: Person = NOBODY
    avoids: frozenset[str] = frozenset()
    shows_unfit: bool = False
    skipped: frozenset[str] = frozenset()
