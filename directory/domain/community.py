"""The one community that an installation serves: what it is called, where it is, what it speaks, whom to call in danger."""

from dataclasses import dataclass

INFORMATION = "information"
"""A number of this kind is no crisis line: it tells where to turn, as 211 does."""


@dataclass(frozen=True, slots=True)
class CrisisNumber:
    """A line to call. `number` as people dial it; `name` and `when` by language code, with "en" always there.

    `kinds`: the dangers that it is for, by the names of `domain.danger.DangerKind`; empty: for any. `INFORMATION` alone: no crisis line.
    """

    number: str
    name: dict[str, str]
    when: dict[str, str]
    text_number: str = ""
    emergency: bool = False
    kinds: tuple[str, ...] = ()


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

    @property
    def subdivision(self) -> str:
        """The country with its region, as ISO 3166-2 writes them: "CA-ON"; the country alone where no region is known."""
        return "-".join(part.upper() for part in (self.country, self.region) if part)

    @property
    def crisis_lines(self) -> tuple[CrisisNumber, ...]:
        """Whom to call in danger, the emergency number first."""
        lines = (entry for entry in self.crisis_numbers if entry.kinds != (INFORMATION,))
        return tuple(sorted(lines, key=lambda entry: not entry.emergency))

    @property
    def information_lines(self) -> tuple[CrisisNumber, ...]:
        """Whom to ask where to turn."""
        return tuple(entry for entry in self.crisis_numbers if INFORMATION in entry.kinds)

    def numbers_for(self, kinds: tuple[str, ...]) -> tuple[CrisisNumber, ...]:
        """The lines that fit these dangers: the emergency number, lines for one of them in the order of the kinds, lines for any danger.
        All crisis lines where none fits."""
        emergency = [entry for entry in self.crisis_lines if entry.emergency]
        named = [entry for kind in kinds for entry in self.crisis_lines if kind in entry.kinds]
        general = [entry for entry in self.crisis_lines if not entry.kinds]
        return tuple({entry.number: entry for entry in (*emergency, *named, *general)}.values()) or self.crisis_lines
