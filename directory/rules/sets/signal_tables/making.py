"""How the tables of signals are written: one call a signal."""

from collections.abc import Mapping

from directory.domain.categories.tree import CATEGORIES
from directory.domain.sectors import Sector
from directory.domain.sentences import say
from directory.rules.catalogue import Field, Kind, Privacy
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import Signal

SECTOR_CHOICES: Mapping[str, str] = {
    Sector.SCHOOLS: say("schools"),
    Sector.HEALTH: say("health"),
    Sector.MENTAL_HEALTH: say("mental health"),
    Sector.ADDICTIONS: say("addictions"),
    Sector.HOUSING: say("housing"),
    Sector.FOOD: say("food"),
    Sector.INCOME: say("income"),
    Sector.EMPLOYMENT: say("employment"),
    Sector.LEGAL: say("legal aid"),
    Sector.NEWCOMER: say("newcomers"),
    Sector.SENIORS: say("seniors"),
    Sector.YOUTH: say("youth"),
    Sector.MUNICIPAL: say("the municipality"),
    Sector.PUBLIC_SAFETY: say("public safety"),
    Sector.INDIGENOUS: say("Indigenous organizations"),
    Sector.COMMUNITY: say("community organizations"),
}
URGENCIES: Mapping[str, str] = {"urgent": say("urgent"), "routine": say("can wait")}
CATEGORY_CHOICES: Mapping[str, str] = {slug: slug for slug in CATEGORIES}
"""Categories go by their slugs; pages name them in the reader's language."""


def number(
    name: str, label: str, source: str, *kinds: SetKind, unit: str = "", least: float = 0, most: float = 1e6, cases: str = "",
    history: bool = False,
) -> Signal:  # fmt: skip
    """`unit` in words that stand after the number ("days"); "share" for a number from 0 to 1."""
    most = 1 if unit == "share" else most
    return Signal(Field(name, Kind.NUMBER, label, unit=unit, least=least, most=most), source, kinds, cases, history)


def yes_no(name: str, label: str, source: str, *kinds: SetKind, history: bool = False, privacy: Privacy = Privacy.PLAIN) -> Signal:
    """`label` is a statement that may be so or not."""
    return Signal(Field(name, Kind.YES_NO, label, privacy=privacy), source, kinds, is_history=history)


def choice(
    name: str, label: str, source: str, choices: Mapping[str, str], *kinds: SetKind, privacy: Privacy = Privacy.PLAIN
) -> Signal:  # fmt: skip
    return Signal(Field(name, Kind.CHOICE, label, choices=choices, privacy=privacy), source, kinds)


def several(name: str, label: str, source: str, choices: Mapping[str, str], *kinds: SetKind) -> Signal:
    return Signal(Field(name, Kind.SET, label, choices=choices), source, kinds)
