"""What rules see of an organization: how each of its programs answers, and what each of its listings says; with what it contests."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import Plain, Signal, signals_of
from directory.services.parts import Parts
from directory.services.quality.own import ON_A_PAGE, JudgedListing, read_own_signals
from directory.services.rules.contests import Contest, contested, read_contests
from directory.services.suggesting.of_program import told_of_program
from directory.services.suggesting.year import community_year, programs_year
from directory.store.tables import Organization

OF_PROGRAM = (
    "answers.working_days", "answers.cases", "history.accepted_share", "history.helped_share", "history.cases", "load.received_last_year",
)  # fmt: skip
"""What is the same for whoever asks; the rest of what suggestions see lies between two organizations, and stands in their agreement."""


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """`value` None: not known. `cases`: of how many a figure is, None where it is none."""

    signal: Signal
    value: Plain | None
    cases: float | None = None


@dataclass(frozen=True, slots=True)
class OwnListing:
    judged: JudgedListing
    answers: tuple[OwnFigure, ...]


@dataclass(frozen=True, slots=True)
class OwnView:
    """`contested`: names of signals and rules that wait for an answer. `has_more`: there is another page of listings."""

    organization_id: str
    name: str
    listings: tuple[OwnListing, ...]
    page: int
    has_more: bool
    contests: tuple[Contest, ...]
    contested: frozenset[str]


def read_own(parts: Parts, organization_id: str, page: int = 1) -> OwnView:
    """Raise `NotFound`."""
    found, now = read_own_signals(parts, organization_id, page), parts.clock.now()
    with parts.database.reading() as session:
        sector = session.get_one(Organization, organization_id).sector or ""
        years = programs_year(session, [each.service_id for each in found.listings], now)
        usual = community_year(session, now).usual_of(sector)
        waiting = contested(session, organization_id)
    listings = tuple(OwnListing(each, _figures(dict(told_of_program(years[each.service_id], usual)))) for each in found.listings)
    has_more = found.total > page * ON_A_PAGE
    return OwnView(organization_id, found.name, listings, page, has_more, read_contests(parts, organization_id), waiting)


def _figures(seen: Mapping[str, Plain]) -> tuple[OwnFigure, ...]:
    known = signals_of(SetKind.SUGGEST)
    return tuple(_figure(known[name], seen) for name in OF_PROGRAM)


def _figure(signal: Signal, seen: Mapping[str, Plain]) -> OwnFigure:
    cases = seen.get(signal.cases) if signal.cases else None
    return OwnFigure(signal, seen.get(signal.name), float(cases) if isinstance(cases, int | float) else None)
