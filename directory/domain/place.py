"""Places: a point never comes without saying what kind of point it is and how wrong it may be."""

from dataclasses import dataclass
from enum import StrEnum


class PointKind(StrEnum):
    """What a pair of coordinates stands for, from exact to vague."""

    ADDRESS = "address"  # given by the source, or geocoded to a house number
    STREET = "street"
    POSTAL_CODE = "postal_code"  # centre of a ZIP, FSA or outcode
    NEIGHBOURHOOD = "neighbourhood"
    CITY = "city"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east (WGS 84). `radius_m`: the true place is very likely within this many metres."""

    latitude: float
    longitude: float
    kind: PointKind = PointKind.ADDRESS
    radius_m: int = 50


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """One answer of a gazetteer: what it is called, where it is, which areas it lies in (ids, itself first, ancestors after), its zone."""

    name: str
    point: Point
    country: str
    region: str = ""
    zone: str = ""
    area_ids: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What asking for a place gave. Exactly one place: `place`. Several equally good: `alternatives` and no place. None: `suggestions`
    may hold near names. Never a silent wrong point."""

    asked: str
    place: KnownPlace | None = None
    alternatives: tuple[KnownPlace, ...] = ()
    suggestions: tuple[KnownPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Bias:
    """Where a community is: readings of a name in its country and region are preferred, never silently over a much larger place."""

    country: str = ""
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address as HSDS 3.1 has it."""

    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state_province: str = ""
    postal_code: str = ""
    country: str = ""
    attention: str = ""
    region: str = ""
    address_type: str = "physical"

    @property
    def one_line(self) -> str:
        street = ", ".join(part for part in (self.address_1, self.address_2) if part)
        town = " ".join(part for part in (self.city, self.state_province, self.postal_code) if part)
        return ", ".join(part for part in (street, town) if part)
