"""An organization's own signals: all that the rules of quality see of its listings, where each value comes from, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from directory.domain.errors import NotFound
from directory.domain.ids import is_id
from directory.domain.sentences import say
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.quality import Due, due_of
from directory.rules.sets.signals import Plain, Signal, signals_of
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.services.quality.flags import OpenFlag, flags_on
from directory.services.quality.signals import read_cases
from directory.services.rules.versions import Held, held_now
from directory.store.tables import Organization, Service

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class OwnSignal:
    """`signal` tells its label, unit and source; `value` None: not known."""

    signal: Signal
    value: Plain | None


@dataclass(frozen=True, slots=True)
class JudgedListing:
    """A listing as the rules see it now. `due`: when it is to be looked at again, and by which rule."""

    service_id: str
    name: str
    signals: tuple[OwnSignal, ...]
    due: Due
    flags: tuple[OpenFlag, ...]


@dataclass(frozen=True, slots=True)
class OwnSignals:
    """`total` counts all its listings; `listings` are those of this page, by name. `held`: the rules that judge."""

    organization_id: str
    name: str
    held: Held
    listings: tuple[JudgedListing, ...]
    total: int
    page: int


def read_own_signals(parts: Parts, organization_id: str, page: int = 1) -> OwnSignals:
    """Raise `NotFound`."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        name = session.scalar(select(Organization.name).where(Organization.id == organization_id)) if is_id(organization_id) else None
        if name is None:
            raise NotFound(say("There is no such organization."))
        own = (Service.organization_id == organization_id, *listed_condition())
        asked = select(Service.id, Service.name).where(*own).order_by(Service.name, Service.id)
        rows = session.execute(asked.offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE)).all()
        held = held_now(parts, session, SetKind.QUALITY)
        ids = [row.id for row in rows]
        cases, flags = read_cases(session, ids, now), flags_on(parts, session, ids, now)
        listings = tuple(
            JudgedListing(row.id, row.name, _told(cases[row.id].at(now)), due_of(held.rules, cases[row.id]), flags.get(row.id, ()))
            for row in rows
        )
        total = session.scalar(select(func.count()).select_from(Service).where(*own)) or 0
    return OwnSignals(organization_id, name, held, listings, total, page)


def _told(values: Mapping[str, Plain]) -> tuple[OwnSignal, ...]:
    return tuple(OwnSignal(signal, values.get(name)) for name, signal in signals_of(SetKind.QUALITY).items())
