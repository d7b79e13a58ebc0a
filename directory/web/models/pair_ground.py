"""Where the two records of a pair lie, in words and as a picture: the picture is never without the words."""

from dataclasses import dataclass

from directory.rules.matching.facts import Facts
from directory.services.matching.ground import Ground
from directory.web.amounts import distance_words, in_miles, number
from directory.web.figures.pair_map import PairMap, pair_map
from directory.web.wording import _, ngettext

FEET_PER_METRE = 3.28084
FAR_M = 950.0


@dataclass(frozen=True, slots=True)
class PlaceLine:
    letter: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairGround:
    """`title` says what is found; `alt` the same with all that the picture shows. `places` () where neither says where it is."""

    title: str
    alt: str
    map: PairMap | None
    places: tuple[PlaceLine, ...]
    note: str


def pair_ground(ground: Ground) -> PairGround:
    first, second = ground.both
    places = (PlaceLine("A", first.name, _address(first)), PlaceLine("B", second.name, _address(second)))
    known = tuple(places) if any(place.lines for place in places) else ()
    if ground.spots is None:
        note = _("No map: not both have an exact place that may be shown.")
        return PairGround(_("Where they are"), "", None, known, note)
    drawn = pair_map((first.name, second.name), ground.spots, ground.metres / 1000, ground.others)
    title = _("At one point of the map") if ground.metres < 1 else _("%(distance)s apart", distance=metres_words(ground.metres))
    dots = len(drawn.dots)
    more = [_dots(dots)] if dots else []
    alt = " ".join((f"{title}.", _("Map with A and B, north is up."), *more))
    return PairGround(title, alt, drawn, places, " ".join((_("In a straight line."), *more)))


def _dots(count: int) -> str:
    return ngettext(
        "Small dot: %(num)d other place where they offer something.",
        "Small dots: %(num)d other places where they offer something.",
        count,
    )


def metres_words(metres: float) -> str:
    """No more exact than addresses are: to ten metres, and in feet besides where people tell distances in miles."""
    if metres >= FAR_M:
        return distance_words(metres / 1000)
    near = _("less than 10 m") if metres < 10 else f"{number(round(metres, -1))} m"
    return f"{near} ({number(max(10, round(metres * FEET_PER_METRE, -1)))} ft)" if in_miles() else near


def _address(facts: Facts) -> tuple[str, ...]:
    town = " ".join(word for word in (facts.city, facts.postal_code) if word)
    return tuple(line for line in (facts.street, town) if line)
