"""An organization's inbox of referrals, as it is shown."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.access import Action, Resource, may
from directory.domain.categories import tree
from directory.domain.referrals.clocks import Urgency
from directory.services.referrals.inbox import Inbox, InboxRow, Part
from directory.web.amounts import number
from directory.web.here import community_zone
from directory.web.languages import language
from directory.web.models.received_words import reason_words, state_status
from directory.web.status import Status
from directory.web.times import age_words, days_ago, near_moment
from directory.web.visitor import current_actor
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class ShownPart:
    href: str
    words: str
    count: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`what` "" once it is over: of what is over nothing more is told than that."""

    href: str
    code: str
    what: str
    service: str
    sender: str
    status: Status
    is_urgent: bool
    until: str
    until_at: datetime | None
    is_late: bool
    with_whom: str
    sent: str
    why: str


@dataclass(frozen=True, slots=True)
class InboxPage:
    name: str
    parts: tuple[ShownPart, ...]
    rows: tuple[ShownRow, ...]
    page: int
    pages: int
    before: str
    after: str
    empty: str
    figures_at: str
    receiving_at: str


def inbox_page(found: Inbox, organization_id: str, now: datetime) -> InboxPage:
    def at(part: Part, page: int = 1) -> str:
        return url_for("inbox.page", organization_id=organization_id, part=part.value, page=page if page > 1 else None)

    may_set = may(current_actor(), Action.SET_RECEIVING, Resource(organization_id))
    return InboxPage(
        name=found.name,
        parts=tuple(ShownPart(at(each), part_words(each), number(found.counts[each]), each is found.part) for each in Part),
        rows=tuple(_row(row, organization_id, now) for row in found.rows),
        page=found.page,
        pages=found.pages,
        before=at(found.part, found.page - 1) if found.page > 1 else "",
        after=at(found.part, found.page + 1) if found.page < found.pages else "",
        empty=_empty_words(found),
        figures_at=url_for("referral_figures.page", organization_id=organization_id),
        receiving_at=url_for("receiving.page", organization_id=organization_id) if may_set else "",
    )


def part_words(part: Part) -> str:
    return {
        Part.LATE: _("Late"),
        Part.NEW: _("New"),
        Part.WAITING: _("Looked at"),
        Part.IN_HAND: _("In hand"),
        Part.WAITLIST: _("Waiting list"),
        Part.ENDED: _("Over"),
    }[part]


def _empty_words(found: Inbox) -> str:
    if any(found.counts[part] for part in Part if part is not Part.ENDED):
        return _("Nothing here. Look at the other parts above.")
    return _("Nothing waits for you. When somebody asks you for help, a mail comes and it stands here.")


def _row(row: InboxRow, organization_id: str, now: datetime) -> ShownRow:
    is_late = row.due_at is not None and row.due_at < now
    until = ""
    if row.due_at is not None:
        until = (
            _("late since %(day)s", day=age_words(days_ago(row.due_at, now)))
            if is_late
            else _("by %(moment)s", moment=near_moment(row.due_at.astimezone(community_zone()), now))
        )
    return ShownRow(
        href=url_for("inbox.attempt", organization_id=organization_id, attempt_id=row.attempt_id),
        code=row.code,
        what=tree.name(row.category, language()) if row.category else "",
        service=row.service,
        sender=row.sender,
        status=state_status(row.state, row.end_code),
        is_urgent=row.urgency == Urgency.URGENT,
        until=until,
        until_at=row.due_at,
        is_late=is_late,
        with_whom=row.contact_name,
        sent=age_words(days_ago(row.sent_at, now)),
        why=reason_words(row.end_code),
    )
