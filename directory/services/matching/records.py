"""The two records of a merge, read and locked, each with what makes its word count."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.editing.surviving import Side
from directory.domain.errors import NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.sentences import say
from directory.services.editing.forms import record_form
from directory.services.editing.records import Record, load_records
from directory.services.listings.community import community_in
from directory.services.matching.levels import TABLES, Level
from directory.store.tables import LocalField


@dataclass(frozen=True, slots=True)
class Two:
    """The record that stays, and the one that goes."""

    level: Level
    kept: Record
    retired: Record

    @property
    def is_secret(self) -> bool:
        """Whether one of them is a place whose address is secret: what they say is told to nobody who only merges."""
        return self.kept.is_confidential or self.retired.is_confidential


def read_two(session: Session, level: Level, kept_id: str, retired_id: str, now: datetime, *, for_writing: bool) -> Two:
    """Raise `NotFound`, and `Refused` where the two cannot be one."""
    if kept_id == retired_id:
        raise Refused(say("A record cannot be merged with itself. Name two."))
    table = TABLES[level]
    if for_writing:  # in one order, so that two who merge the same two the other way round do not wait for each other
        session.execute(
            select(table.id).where(table.id.in_(sorted(filter(is_id, (kept_id, retired_id))))).order_by(table.id).with_for_update()
        )
    found = load_records(
        session, table.__tablename__, [each for each in (kept_id, retired_id) if is_id(each)], now, community_in(session).country
    )
    for each in (kept_id, retired_id):
        if each not in found:
            raise NotFound(say('There is no %(level)s with the id "%(id)s".', level=level.value, id=each[:60]))
        if found[each].root["merged_into"]:
            raise Refused(say('"%(id)s" has been merged into another record already.', id=each))
    two = Two(level, found[kept_id], found[retired_id])
    if two.kept.root["withdrawn_at"] is not None:
        raise Refused(say("The record that stays is not listed any more. Keep the other one."))
    _check_owner(two)
    return two


def _check_owner(two: Two) -> None:
    owners = {record.root.get("organization_id") for record in (two.kept, two.retired)}
    if two.level is Level.PROGRAM and len(owners) > 1:
        raise Refused(
            say("The two are of different organizations. Merge those first, if they are one; else say that the programs are different.")
        )
    if two.level is Level.SITE and len(owners - {None}) > 1:
        raise Refused(say("The two places are kept by different organizations, each its own. Say that they are at one site instead."))


def side_of(session: Session, record: Record) -> Side:
    """What a record says, when it was found right, and where a person's word stands."""
    local = select(LocalField.field).where(LocalField.object_kind == record.kind, LocalField.object_id == record.object_id)
    return Side(record_form(record), record.root["verified_at"], frozenset(session.scalars(local)))
