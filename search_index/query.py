"""What is asked of a search engine: one typed, frozen `ServiceQuery`, the same for every engine.

Two kinds of filters, because *unknown is not no*:

- **Hard** filters say what is looked for (category, organization, sector, source, place). A listing matches or it does not.
- **Soft** filters say how it must be (open, language, cost, accessibility, remote). A listing whose field is blank is kept, ranked after
  those that are known to fit: for ordering, listings fall into tiers by how many soft filters they are *known* to meet, most first.
  `known_only` turns soft filters into hard ones. A place asked for with `near` is soft in one way: a listing that says neither where it is
  nor whom it serves is kept, but comes after every listing that does, whatever else is known of it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from search_index.whom import Whom

FIRST_RESULTS = 1_000
"""How many results can be paged through; totals are exact at least up to here."""


class Order(StrEnum):
    """`BLEND` weighs relevance and distance; without a `near` it is relevance."""

    RELEVANCE = "relevance"
    DISTANCE = "distance"
    BLEND = "blend"


class Facet(StrEnum):
    """The fields that are counted, and that `selections` filter on."""

    CATEGORY = "category"  # closure: a listing counts under every ancestor
    LANGUAGE = "language"  # soft; BCP 47 primary tags
    COST = "cost"  # soft; "free", "sliding", "fee"
    ACCESSIBILITY = "accessibility"  # soft
    REMOTE = "remote"  # soft; "in_person", "phone", "online"
    SECTOR = "sector"
    ORGANIZATION = "organization"  # organization ids
    SOURCE = "source"


OPEN, NEAR = "open", "near"
"""Names of the soft filters on opening hours and on place, beside those of facets."""

SOFT = frozenset({Facet.LANGUAGE, Facet.COST, Facet.ACCESSIBILITY, Facet.REMOTE})


@dataclass(frozen=True, slots=True)
class Near:
    """Around a point. `within_km` None: no limit, only ordering and distances.

    A listing matches when it lies within the distance; or is reached from where the person is (by phone, online, or at a place that is not
    published) and serves one of `area_ids`, the areas that hold the point; or says neither where it is nor whom it serves.
    """

    latitude: float
    longitude: float
    within_km: float | None = None
    area_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Box:
    """A map's view, degrees; matches listings whose point lies inside. `west` > `east` crosses the 180th meridian."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class OpenAt:
    """Open at a moment, or (with `end`) at some moment of the window [start, end), at most 24 hours long.

    Aware datetimes are instants; naive ones are read on the wall clock of each place's own zone. Both ends are of the same kind.
    """

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """A category that the words were understood as. `weight`, above 0 and at most 1: how sure that is beside the others of the query."""

    category: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class ServiceQuery:
    """`selections`: per facet the values of which any one must hold. `facets`: which to count, each as if its own selection were lifted.

    `text` has words only: words of place and time have been taken out. `locale` (BCP 47) helps with synonyms and stop words, never hides.
    `meant`: a listing that lies under one of these categories matches as one does that meets all the words; it adds to what the words
    find and takes nothing away. Without words it counts for nothing.
    `page` starts at 1; `per_page` at most 100; page * per_page at most `FIRST_RESULTS` rounded up to a page.
    `whom`: what is surely not for this person is neither found nor counted.
    `without_services`: ids of services that are not found and not counted, whatever they match.
    """

    text: str = ""
    locale: str = "en"
    meant: tuple[Meant, ...] = ()
    selections: tuple[tuple[Facet, frozenset[str]], ...] = ()
    near: Near | None = None
    box: Box | None = None
    served_area_ids: frozenset[str] = frozenset()  # hard: serves one of these areas, or does not say whom it serves
    open_at: OpenAt | None = None
    known_only: bool = False
    order: Order = Order.BLEND
    page: int = 1
    per_page: int = 20
    facets: frozenset[Facet] = frozenset()
    facet_limit: int = 50
    snippets: bool = True
    whom: Whom | None = None
    without_services: frozenset[str] = frozenset()

    def selected(self, facet: Facet) -> frozenset[str]:
        return next((values for name, values in self.selections if name is facet), frozenset())


@dataclass(frozen=True, slots=True)
class Hit:
    """One service, at the place of it that fits best. `distance_km` is straight-line from `near`, None without a point.

    `unknown` names the soft filters (facet values, "open", "near") that this listing is silent about. `snippet` is HTML-escaped text with
    the matched words in <mark>. `matched` says what the words met: pairs (field, word), for *why it is listed*.
    """

    service_id: str
    document_id: str
    score: float
    distance_km: float | None = None
    unknown: tuple[str, ...] = ()
    snippet: str = ""
    matched: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`total` counts services; exact when `total_exact`, which holds at least up to `FIRST_RESULTS`. Facets count places (documents).

    `words_used` are the words that were searched (the last ones are dropped, one by one, when all together find nothing; a first word
    that finds nothing even alone is dropped too);
    `facet_unknown` counts the matching places that are silent on a soft facet. `open_counts` is (open, not known) in places when
    `open_at` was asked, counted like a facet: as if only `open_at` were lifted.
    `degraded` True: a fallback answered. `answered_by` is the name of the index that did, where there are two.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    total_exact: bool = True
    facets: dict[Facet, tuple[FacetCount, ...]] = field(default_factory=dict)
    facet_unknown: dict[Facet, int] = field(default_factory=dict)
    open_counts: tuple[int, int] | None = None
    words_used: tuple[str, ...] = ()
    words_dropped: tuple[str, ...] = ()
    degraded: bool = False
    answered_by: str = ""
