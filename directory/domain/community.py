"""The one community that an installation serves: what it is called, where it is, what it speaks, whom to call in danger."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CrisisNumber:
    """A line to call in danger. `number` as people dial it; `name` and `when` by language code, with "en" always there."""

    number: str
    name: dict[str, str]
    when: dict[str, str]
    text_number: str = ""
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Community:
    """`zone` is IANA; `country` and `region` (ISO 3166) say which reading of a place name comes first; `latitude`/`longitude` its centre.

    `is_demo`: holds sample data, said so on every page that shows it. `default_within_km` is how far "near" reaches when nothing is said.
    """

    name: str
    place: str
    country: str
    region: str
    zone: str
    latitude: float | None = None
    longitude: float | None = None
    languages: tuple[str, ...] = ("en",)
    crisis_numbers: tuple[CrisisNumber, ...] = ()
    default_within_km: float = 25.0
    is_demo: bool = False
    mail: str = ""
    domain: str = ""
