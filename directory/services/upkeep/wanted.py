"""Which listings somebody wants to look at: by what a wrong word may cost, sector, need, organization, age, and whether they are due."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session

from directory.domain.categories.tree import CATEGORIES, ancestors
from directory.domain.errors import InvalidInput
from directory.domain.ids import is_id
from directory.domain.planning.freshness import UP_TO, Age
from directory.domain.sectors import Sector
from directory.domain.sentences import say
from directory.domain.upkeep.due import Risk
from directory.services.indexing.operations import listed_condition
from directory.services.upkeep.due import AT_ONCE, due_listings, may_be_due, of_risk
from directory.services.upkeep.narrowing import filed_under
from directory.store.tables import Organization, Service


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which listings: None and "" stand for all."""

    risk: Risk | None = None
    sector: str = ""
    need: str = ""
    organization_id: str = ""
    age: Age | None = None
    is_due: bool = False


def checked_wanted(asked: Mapping[str, str]) -> Wanted:
    """Of an address. Raise `InvalidInput`."""
    risk, age = asked.get("risk", ""), asked.get("age", "")
    wanted = Wanted(sector=asked.get("sector", ""), need=asked.get("need", ""), organization_id=asked.get("organization", ""))
    wanted = replace(wanted, is_due=asked.get("due", "") == "yes")
    if risk and risk not in list(Risk):
        raise InvalidInput("risk", say("The risk is crisis, basic or other."))
    if age and age not in list(Age):
        raise InvalidInput("age", say("The age is one of: %(ages)s.", ages=", ".join(Age)))
    if wanted.sector and wanted.sector not in list(Sector):
        raise InvalidInput("sector", say('"%(name)s" is no sector of the directory.', name=wanted.sector[:40]))
    if wanted.need and wanted.need not in CATEGORIES:
        raise InvalidInput("need", say('"%(need)s" is no need of the taxonomy.', need=wanted.need[:60]))
    if wanted.organization_id and not is_id(wanted.organization_id):
        raise InvalidInput("organization", say("organization is the id of one, as it stands in the address of its page."))
    return replace(wanted, risk=Risk(risk) if risk else None, age=Age(age) if age else None)


def wanted_conditions(session: Session, wanted: Wanted, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """On `Service`."""
    found: list[ColumnElement[bool]] = []
    if wanted.risk is not None:
        found.append(of_risk(wanted.risk))
    if wanted.sector:
        found.append(Service.organization_id.in_(select(Organization.id).where(Organization.sector == wanted.sector)))
    if wanted.need:
        found.append(filed_under(slug for slug in CATEGORIES if wanted.need in (slug, *ancestors(slug))))
    if wanted.organization_id:
        found.append(Service.organization_id == wanted.organization_id)
    if wanted.age is not None:
        found.append(_of_age(wanted.age, now))
    if wanted.is_due:
        found.append(is_due(session, now))
    return tuple(found)


def _of_age(age: Age, now: datetime) -> ColumnElement[bool]:
    """As `Aged.age` has it: whole days."""
    if age is Age.NEVER:
        return Service.verified_at.is_(None)
    classes = list(Age)
    before = classes[classes.index(age) - 1] if age is not classes[0] else None
    newest = Service.verified_at <= now - timedelta(days=UP_TO[before] + 1) if before is not None else true()
    oldest = Service.verified_at > now - timedelta(days=UP_TO[age] + 1) if age in UP_TO else true()
    return newest & oldest


def is_due(session: Session, now: datetime) -> ColumnElement[bool]:
    """What somebody should look at now, by the rules that hold. Where the database cannot decide by itself, the rules do, one by one."""
    bound = may_be_due(session, now)
    if bound.is_exact:
        return bound.condition
    ids = session.scalars(select(Service.id).where(*listed_condition(), bound.condition)).all()
    batches = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    due = [one.id for some in batches for one in due_listings(session, some, now) if one.due.at <= now]
    return Service.id.in_(due) if due else false()
