"""Small corpora and queries, made to collide: few words and their misspellings, few places, borders of hours and distances."""

from datetime import UTC, date, datetime, timedelta
from math import inf
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from directory.domain.hours.values import OpeningCalendar
from search_index.documents import ListingDocument
from search_index.query import Box, Facet, Meant, Near, OpenAt, Order, ServiceQuery
from search_index.whom import NUMBERS, WIDEST, Whom, avoided, mark

WORDS = [
    "shelter",
    "shleter",
    "shelters",
    "food",
    "bank",
    "banks",
    "pantry",
    "banque",
    "alimentaire",
    "aide",
    "juridique",
    "detox",
    "sevrage",
    "withdrawal",
    "management",
    "rent",
    "loyer",
    "housing",
    "hosuing",
    "counselling",
    "counseling",
    "counsellor",
    "2024",
    "2025",
    "naïve",
    "café",
    "Montréal",
    "St-Jean",
    "women's",
    "the",
    "for",
    "食物银行",
    "école",
    "hot",
    "meals",
    "emergency",
    "emergancy",
    "homelessness",
    "homelesness",
    "legal",
    "aid",
    "lawyer",
    "abogado",
    "refugio",
]
AREAS = ("ca", "ca-on", "ca-on-ottawa", "ca-qc")
VALUES = {
    Facet.CATEGORY: ("food", "food/bank", "housing", "housing/shelter"),
    Facet.LANGUAGE: ("en", "fr", "es"),
    Facet.COST: ("free", "sliding", "fee"),
    Facet.ACCESSIBILITY: ("ramp", "elevator"),
    Facet.REMOTE: ("phone", "online", "in_person"),
    Facet.SECTOR: ("food", "health"),
    Facet.ORGANIZATION: ("o1", "o2", "o3"),
    Facet.SOURCE: ("s1", "s2"),
}
ZONES = ("America/Toronto", "America/Vancouver", "Asia/Kathmandu", "Nowhere/Atlantis")
MONDAY = date(2026, 10, 26)  # clocks go back in North America on the Sunday after

texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
latitudes = st.sampled_from((45.40, 45.41, 45.4201, 45.5, 46.0, -17.5, 89.9))
longitudes = st.sampled_from((-75.70, -75.69, -75.65, -75.0, 179.99, -179.99, 0.0))
points = st.tuples(latitudes, longitudes)


@st.composite
def spans(draw: st.DrawFn, limit: int) -> tuple[tuple[int, int], ...]:
    """Sorted spans inside [0, limit) that neither overlap nor touch; often at whole hours, so that questions hit their edges."""
    edges = st.one_of(st.integers(0, limit), st.integers(0, limit // 60).map(lambda hour: hour * 60))
    chosen = sorted(draw(st.sets(edges, max_size=6)))
    return tuple(zip(chosen[::2], chosen[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> OpeningCalendar:
    first = MONDAY - timedelta(days=draw(st.integers(0, 3)))
    dates = st.integers(0, 13).map(lambda days: MONDAY + timedelta(days=days))
    return OpeningCalendar(
        zone=draw(st.sampled_from(ZONES)),
        first=first,
        last=MONDAY + timedelta(days=draw(st.integers(0, 20))),
        known=draw(st.integers(0, 5)) > 0,
        week=draw(spans(10_080)),
        irregular=draw(st.dictionaries(dates, spans(1_440), max_size=3)),
    )


@st.composite
def windows(draw: st.DrawFn) -> OpenAt:
    """Moments and windows about the made calendars, on the wall clock or as instants, also on the night the clocks change."""
    start = datetime.combine(MONDAY, datetime.min.time()) + timedelta(minutes=draw(st.integers(-60, 14 * 24 * 60)))
    if draw(st.booleans()):
        start = datetime(2026, 11, 1, 0, 30) + timedelta(minutes=draw(st.integers(0, 180)))
    if draw(st.booleans()):
        start = start.replace(minute=0)
    length = draw(st.one_of(st.none(), st.integers(1, 24 * 60)))
    if draw(st.booleans()):
        start = start.replace(tzinfo=draw(st.sampled_from((UTC, ZoneInfo("America/Toronto"))))).astimezone(UTC)
    return OpenAt(start, None if length is None else start + timedelta(minutes=length))


MARKS = (
    *(mark("gender"), mark("gender", "female"), mark("area"), mark("area", "<ca-on"), mark("area", "Ü x")),
    *(avoided("asks_status"), avoided("tells_police")),
)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3).map(tuple)


@st.composite
def documents(draw: st.DrawFn, service: int, place: int) -> ListingDocument:
    point = draw(st.one_of(st.none(), points))
    return ListingDocument(
        id=f"s{service}-p{place}",
        service_id=f"s{service}",
        version=1,
        name=draw(texts),
        organization_id=draw(st.sampled_from(VALUES[Facet.ORGANIZATION])),
        organization=draw(texts),
        source=draw(st.sampled_from(VALUES[Facet.SOURCE])),
        alternate_names=tuple(draw(st.lists(texts, max_size=2))),
        description=draw(texts),
        eligibility=draw(texts),
        category_words=draw(texts),
        place_words=draw(texts),
        other_words=draw(texts),
        categories=draw(some(VALUES[Facet.CATEGORY])),
        sector=draw(st.sampled_from(("", *VALUES[Facet.SECTOR]))),
        languages=draw(some(VALUES[Facet.LANGUAGE])),
        cost=draw(some(VALUES[Facet.COST])),
        accessibility=draw(some(VALUES[Facet.ACCESSIBILITY])),
        remote=draw(some(VALUES[Facet.REMOTE])),
        latitude=None if point is None else point[0],
        longitude=None if point is None else point[1],
        served_areas=draw(some(AREAS)),
        reach=draw(st.booleans()),
        opening=draw(st.one_of(st.none(), calendars())),
        verified_on=draw(st.one_of(st.none(), st.integers(20_000, 20_003))),
        only_for=draw(st.frozensets(st.sampled_from(MARKS), max_size=5)),
        limits=tuple(draw(st.lists(limits(), max_size=2, unique_by=lambda limit: limit[0]))),
    )


@st.composite
def limits(draw: st.DrawFn) -> tuple[str, float, float]:
    """Numbers between which a person's must lie: to either side, without end, or none that anybody could have."""
    low, high = (draw(st.sampled_from((-inf, 0.0, 18.0, 18.5, 64.0, 65.0, inf))) for _end in range(2))
    return draw(st.sampled_from(NUMBERS)), low, high


@st.composite
def people(draw: st.DrawFn) -> Whom:
    ends = st.sampled_from((-WIDEST, 3.0, 17.0, 18.0, 34.0, 64.5, 65.0, WIDEST))
    spans = st.lists(st.tuples(ends, ends).map(lambda pair: (min(pair), max(pair))), max_size=2).map(tuple)
    numbers = draw(st.dictionaries(st.sampled_from(NUMBERS), spans, max_size=2))
    values = draw(
        st.dictionaries(st.sampled_from(("gender", "area")), st.frozensets(st.sampled_from(("female", "<ca-on", "Ü x")), max_size=2))
    )
    avoids = draw(st.frozensets(st.sampled_from(("asks_status", "tells_police")), max_size=2))
    return Whom(tuple(numbers.items()), tuple(values.items()), avoids, draw(st.integers(0, 3)) == 0)


@st.composite
def corpora(draw: st.DrawFn) -> tuple[ListingDocument, ...]:
    """A few services with one to three places each."""
    places = draw(st.lists(st.integers(1, 3), min_size=1, max_size=7))
    return tuple(draw(documents(service, place)) for service, count in enumerate(places) for place in range(count))


meanings = st.one_of(
    st.just(()),
    st.lists(
        st.builds(Meant, st.sampled_from((*VALUES[Facet.CATEGORY], "food/nowhere")), st.sampled_from((0.3, 0.8, 1.0))),
        min_size=1,
        max_size=3,
    ).map(tuple),
)


@st.composite
def queries(draw: st.DrawFn, text: st.SearchStrategy[str] | None = None) -> ServiceQuery:
    """Everything that can be asked, on one page that holds everything."""
    facets = draw(st.sets(st.sampled_from(list(Facet)), max_size=2))
    chosen = {facet: draw(st.sets(st.sampled_from(VALUES[facet]), min_size=1, max_size=2)) for facet in facets}
    return ServiceQuery(
        text=draw(texts if text is None else text),
        locale=draw(st.sampled_from(("en", "fr", "es-MX"))),
        meant=draw(meanings),
        selections=tuple((facet, frozenset(values)) for facet, values in chosen.items()),
        near=draw(st.one_of(st.none(), nears())),
        box=draw(st.one_of(st.none(), st.none(), boxes())),
        served_area_ids=draw(st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(AREAS), max_size=2))),
        open_at=draw(st.one_of(st.none(), windows())),
        known_only=draw(st.integers(0, 3)) == 0,
        order=draw(st.sampled_from(list(Order))),
        per_page=100,
        facets=frozenset(draw(st.sets(st.sampled_from(list(Facet)), max_size=8))),
        facet_limit=draw(st.sampled_from((1, 2, 50))),
        whom=draw(st.one_of(st.none(), people())),
        without_services=frozenset(draw(st.one_of(st.just(set()), st.sets(st.sampled_from(("s0", "s1", "s2", "none")), max_size=2)))),
    )


@st.composite
def nears(draw: st.DrawFn) -> Near:
    latitude, longitude = draw(points)
    within = draw(st.sampled_from((None, 0.0, 1.0, 2.5, 12.0, 60.0, 500.0, 20_100.0)))
    return Near(latitude, longitude, within, frozenset(draw(st.sets(st.sampled_from(AREAS), max_size=2))))


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    south, north = sorted((draw(latitudes), draw(latitudes)))
    return Box(south, draw(longitudes), north, draw(longitudes))
