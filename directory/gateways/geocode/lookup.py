"""One answer for what was typed: coordinates, then a postal code, then a name as written, then a name misspelt; else suggestions."""

from directory.domain.distance import metres_between
from directory.domain.place import Bias, KnownPlace, PlaceAnswer, Point, PointKind
from directory.gateways.geocode.choosing import Candidate, Verdict, choose, tier
from directory.gateways.geocode.guessing import lies, misspelt, near_names
from directory.gateways.geocode.names import name_key
from directory.gateways.geocode.reader import GazetteerReader
from directory.gateways.geocode.reading import (
    WORDS_THAT_ARE_CODES,
    NameReading,
    PostalReading,
    read_coordinates,
    read_name,
    read_postal,
    tidy,
    without_vague_words,
)
from directory.gateways.geocode.surroundings import areas_of_point, zone_of

COORDINATES_RADIUS_M = 50
AGREEMENT_M = 100_000  # a postal code and the city written beside it are at odds when further apart than this and their radii
INNER_WITHIN_M = 40_000
KNOWN_UNASKED = 1_000  # a smaller place far from the community is offered, not taken: `English` is a village in Indiana


def look_up(reader: GazetteerReader, text: str, bias: Bias | None, limit: int) -> PlaceAnswer:
    """What `text` means for a community at `bias`; see `PlaceAnswer`."""
    words = tidy(text)
    if not words:
        return PlaceAnswer(text)
    point = read_coordinates(words)
    if point is not None:
        return PlaceAnswer(text, place=_place_of_coordinates(reader, *point))
    return _postal_answer(reader, text, words, bias, limit) or _name_answer(reader, text, words, bias, limit)


def _place_of_coordinates(reader: GazetteerReader, latitude: float, longitude: float) -> KnownPlace:
    areas = areas_of_point(reader, latitude, longitude)
    parts = next((area.split("-") for area in areas if area.count("-") == 1), [])
    country, region = (part.upper() for part in (*parts, "", "")[:2])
    point = Point(latitude, longitude, PointKind.ADDRESS, COORDINATES_RADIUS_M)
    name = f"{latitude:.5f}, {longitude:.5f}"
    return KnownPlace(name, point, country, region, zone_of(latitude, longitude), areas, "coordinates")


def _postal_answer(reader: GazetteerReader, asked: str, words: str, bias: Bias | None, limit: int) -> PlaceAnswer | None:
    readings = read_postal(words)
    known = [(reading, place) for reading in readings if (place := reader.postal(reading.code, reading.country))]
    certain = [pair for pair in known if pair[0].certain]
    if certain:
        whole = [pair for pair in certain if len(pair[0].code) == max(len(other.code) for other, _ in certain)]
        return _of_postal_places(reader, asked, whole, bias)
    agreeing = [place for reading, place in known if _agrees(reader, place, reading, bias)]
    if agreeing:
        return PlaceAnswer(asked, place=agreeing[0])
    unknown = [reading for reading in readings if reading.certain and not reading.rest]
    if unknown:
        return PlaceAnswer(asked, suggestions=tuple(reader.postal_near(unknown[0].code, unknown[0].country, limit)))
    return None


def _of_postal_places(reader: GazetteerReader, asked: str, pairs: list[tuple[PostalReading, KnownPlace]], bias: Bias | None) -> PlaceAnswer:
    """One place, unless two countries have the code (E1W, N1C) or the city written beside it lies elsewhere."""
    places = [place for _, place in pairs]
    if len({place.country for place in places}) > 1:
        at_home = [place for place in places if bias is not None and place.country == bias.country]
        return PlaceAnswer(asked, place=at_home[0]) if at_home else PlaceAnswer(asked, alternatives=tuple(places))
    reading, place = pairs[0]
    stated = _stated_city(reader, reading.rest, place)
    if stated is not None and not _is_close(stated, place):
        return PlaceAnswer(asked, alternatives=(place, stated))
    return PlaceAnswer(asked, place=place)


def _stated_city(reader: GazetteerReader, rest: str, place: KnownPlace) -> KnownPlace | None:
    """The city and region written before a postal code, if they are known for certain."""
    if not rest:
        return None
    home = Bias(place.country, place.region, place.point.latitude, place.point.longitude)
    for reading in read_name(tidy(rest), reader.regions):
        if reading.where:
            verdict = choose([candidate for candidate in reader.named(reading.key) if lies(candidate, reading)], home)
            if verdict.certain:
                return verdict.ordered[0].place
    return None


def _agrees(reader: GazetteerReader, place: KnownPlace, reading: PostalReading, bias: Bias | None) -> bool:
    """Whether the rest of a text names a city where half a postal code says it is: `Calgary T2P`."""
    stated = _name_answer(reader, reading.rest, tidy(reading.rest), bias, 1).place
    return stated is not None and stated.country == place.country and _is_close(stated, place)


def _is_close(one: KnownPlace, other: KnownPlace) -> bool:
    metres = metres_between(one.point.latitude, one.point.longitude, other.point.latitude, other.point.longitude)
    return metres <= AGREEMENT_M + one.point.radius_m + other.point.radius_m


def _name_answer(reader: GazetteerReader, asked: str, words: str, bias: Bias | None, limit: int) -> PlaceAnswer:
    """The name as written; else without blurring words; else misspelt; else what might have been meant."""
    if name_key(words) in reader.not_places:
        return PlaceAnswer(asked)
    plain = without_vague_words(words)
    for attempt in dict.fromkeys((words, plain)):
        for reading in read_name(attempt, reader.regions):
            answer = _exact(reader, asked, attempt, reading, bias, limit)
            if answer is not None:
                return answer
    return _inexact(reader, asked, read_name(words, reader.regions), bias, limit)


def _exact(reader: GazetteerReader, asked: str, words: str, reading: NameReading, bias: Bias | None, limit: int) -> PlaceAnswer | None:
    if reading.key in reader.not_places and not reading.where:
        return None
    candidates = [candidate for candidate in reader.named(reading.key) if lies(candidate, reading)]
    if reading.key == name_key(words):
        candidates += _coded(reader, words)
    if candidates and all(candidate.rank == 0 or _is_obscure(candidate, reading, bias) for candidate in candidates):
        candidates += misspelt(reader, reading)  # `Ottowa` is noted as another name of Ottawa, Illinois, and yet Ottawa may be meant
    verdict = choose(candidates, bias)
    if not verdict.ordered:
        return None
    first = verdict.ordered[0]
    if verdict.certain and reading.inner:
        return PlaceAnswer(asked, place=_inner(reader, reading, first.place) or first.place)
    if verdict.certain and not _is_obscure(first, reading, bias):
        return PlaceAnswer(asked, place=first.place)
    places = tuple(candidate.place for candidate in verdict.ordered[:limit])
    return PlaceAnswer(asked, suggestions=places) if _all_obscure(verdict, reading, bias) else PlaceAnswer(asked, alternatives=places)


def _coded(reader: GazetteerReader, words: str) -> list[Candidate]:
    """Regions that a bare code means; a code that is also a word (`on`, `me`) counts in capitals only."""
    code = words.replace(".", "").strip()
    if not code.isupper() and code.lower() in WORDS_THAT_ARE_CODES:
        return []
    return reader.regions_coded(reader.regions.codes.get(code.upper(), frozenset()))


def _is_obscure(candidate: Candidate, reading: NameReading, bias: Bias | None) -> bool:
    known = bool(reading.where) or candidate.rank == 2 or candidate.population >= KNOWN_UNASKED
    return not known and tier(candidate.place, bias) != "near"


def _all_obscure(verdict: Verdict, reading: NameReading, bias: Bias | None) -> bool:
    return all(_is_obscure(candidate, reading, bias) for candidate in verdict.ordered)


def _inner(reader: GazetteerReader, reading: NameReading, city: KnownPlace) -> KnownPlace | None:
    """The neighbourhood named before a city, if there is one such within 40 km: `Malvern, Toronto`."""
    for candidate in reader.named(reading.inner):
        point = candidate.place.point
        near = metres_between(point.latitude, point.longitude, city.point.latitude, city.point.longitude) <= INNER_WITHIN_M
        if near and candidate.place.region == city.region and point.kind != PointKind.REGION:
            return candidate.place
    return None


def _inexact(reader: GazetteerReader, asked: str, readings: list[NameReading], bias: Bias | None, limit: int) -> PlaceAnswer:
    """A misspelt name with one clear meaning; else what might have been meant."""
    for reading in sorted(readings, key=lambda reading: not reading.where):
        verdict = choose(misspelt(reader, reading), bias)
        if verdict.certain:
            return PlaceAnswer(asked, place=verdict.ordered[0].place)
        if verdict.ordered:
            return PlaceAnswer(asked, suggestions=tuple(candidate.place for candidate in verdict.ordered[:limit]))
    likely = near_names(reader, readings[0].key, limit) if readings else []
    return PlaceAnswer(asked, suggestions=tuple(candidate.place for candidate in likely))
