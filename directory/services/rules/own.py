"""What rules see of an organization: of how its programs answer, and of each of its listings; with what it contests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.errors import NotFound
from directory.domain.sentences import say
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import Plain, Signal, signals_of
from directory.services.parts import Parts
from directory.services.quality.signals import read_cases
from directory.services.rules.contests import Contest, contested, read_contests
from directory.services.suggesting.of_program import told_of_program
from directory.services.suggesting.year import community_year, programs_year
from directory.store.tables import Organization, Service

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class OwnSignal:
    """`value` None: not known. `cases`: how many a figure rests on, None where it is none."""

    signal: Signal
    value: Plain | None
    cases: float | None = None


@dataclass(frozen=True, slots=True)
class OwnListing:
    id: str
    name: str
    answers: tuple[OwnSignal, ...]
    listing: tuple[OwnSignal, ...]


@dataclass(frozen=True, slots=True)
class OwnView:
    """`contested`: names of signals and rules that wait for an answer."""

    organization_id: str
    name: str
    listings: tuple[OwnListing, ...]
    total: int
    page: int
    contests: tuple[Contest, ...]
    contested: frozenset[str]


def read_own(parts: Parts, organization_id: str, page: int = 1) -> OwnView:
    """Raise `NotFound`."""
    with parts.database.reading() as session:
        organization = session.get(Organization, organization_id)
        if organization is None:
            raise NotFound(say("There is no such organization."))
        own = (Service.organization_id == organization_id, Service.withdrawn_at.is_(None))
        asked = select(Service.id, Service.name).where(*own).order_by(Service.name, Service.id)
        rows = session.execute(asked.offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE)).all()
        names = {row.id: row.name or "" for row in rows}
        total = session.scalar(select(func.count()).select_from(Service).where(*own)) or 0
        listings = tuple(_listings(parts, session, names, organization.sector or ""))
        waiting = contested(session, organization_id)
        name = organization.name or ""
    return OwnView(organization_id, name, listings, total, page, read_contests(parts, organization_id), waiting)


def _listings(parts: Parts, session: Session, names: Mapping[str, str], sector: str) -> Iterator[OwnListing]:
    now = parts.clock.now()
    cases, years = read_cases(session, names, now), programs_year(session, names, now)
    usual = community_year(session, now).usual_of(sector)
    for service_id, name in names.items():
        answers = dict(told_of_program(years[service_id], usual))
        seen = cases[service_id].at(now)
        yield OwnListing(
            service_id,
            name,
            tuple(_own(signal, answers) for signal in signals_of(SetKind.SUGGEST).values() if signal.name in _OF_PROGRAM),
            tuple(_own(signal, seen) for signal in signals_of(SetKind.QUALITY).values()),
        )


_OF_PROGRAM = (
    "answers.working_days",
    "answers.cases",
    "history.accepted_share",
    "history.helped_share",
    "history.cases",
    "load.received_last_year",
)


def _own(signal: Signal, seen: Mapping[str, Plain]) -> OwnSignal:
    cases = seen.get(signal.cases) if signal.cases else None
    return OwnSignal(signal, seen.get(signal.name), float(cases) if isinstance(cases, int | float) else None)
