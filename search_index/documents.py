"""What an engine is fed: one plain document per service at a place, grouped by service when it is found.

A service without any place has one document whose id is the service's own. A confidential location gives no address, no point and no
place name here: only what areas it serves.
"""

from dataclasses import dataclass

from directory.domain.hours.values import OpeningCalendar

DECIMALS = 7


@dataclass(frozen=True, slots=True)
class ListingDocument:
    """All that search may know of one service at one place.

    Texts carry every language the listing has; `text_by_language` holds translations of name and description for the same words in
    another language. Empty tuples and None mean *not known*. Area ids of `served_areas` are those stated, without ancestors: a query
    brings the ancestors of its own point. `reach`: the service comes to the person (phone, online, delivered, or a place not published).
    Coordinates are kept to `DECIMALS` of a degree, a centimetre, so that every engine measures from the very same point.
    """

    id: str
    service_id: str
    version: int
    name: str
    organization_id: str
    organization: str
    source: str
    alternate_names: tuple[str, ...] = ()
    description: str = ""
    eligibility: str = ""
    category_words: str = ""  # names and synonyms of its categories, all languages
    place_words: str = ""  # city, neighbourhood, place name: never of a confidential location
    other_words: str = ""  # translations, program, acronyms, application process
    categories: tuple[str, ...] = ()  # slugs with all ancestors
    sector: str = ""
    languages: tuple[str, ...] = ()
    cost: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    served_areas: tuple[str, ...] = ()
    reach: bool = False
    opening: OpeningCalendar | None = None
    verified_on: int | None = None  # days since 1970-01-01
    only_for: frozenset[str] = frozenset()  # marks of whom it is only for (`search_index.whom`)
    limits: tuple[tuple[str, float, float], ...] = ()  # numbers of a person outside of which it is not for them

    @property
    def limits_by_name(self) -> dict[str, tuple[float, float]]:
        return {name: (low, high) for name, low, high in self.limits}

    def __post_init__(self) -> None:
        for name in ("latitude", "longitude"):
            exact = getattr(self, name)
            if exact is not None:
                object.__setattr__(self, name, round(exact, DECIMALS))
