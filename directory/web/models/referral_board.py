"""The board in words: each row with what is to be done and by when."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.categories import tree
from directory.domain.referrals.states import State
from directory.services.referrals.board import COUNTED, Board, BoardPart, BoardRow, Duty, Part, Whose
from directory.web.amounts import number
from directory.web.here import community_zone
from directory.web.languages import language
from directory.web.models.referral_words import code_words, how_words, state_status
from directory.web.status import Status
from directory.web.times import age_words, days_ago, moment_words, near_moment
from directory.web.wording import _

ALL_ROWS = 25


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`todo`: what comes next; `when`: until when, or since when. `is_late`: past its time."""

    href: str
    code: str
    need: str
    to: str
    status: Status
    detail: str
    todo: str
    when: str
    at: datetime
    is_late: bool
    is_urgent: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ShownPart:
    """`count` in words; `all` leads to the whole of it where more than is shown."""

    name: str
    title: str
    count: str
    is_hot: bool
    empty: str
    rows: tuple[ShownRow, ...]
    href: str
    has_more: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """`tabs`: (words, address, is current). `shown`: the parts with rows; `parts`: all, for their counts."""

    duties: tuple[Duty, ...]
    tabs: tuple[tuple[str, str, bool], ...]
    parts: tuple[ShownPart, ...]
    shown: tuple[ShownPart, ...]
    is_one: bool
    open_needs: str
    is_team: bool
    page: int
    previous: str
    next: str


def board_page(board: Board, only: Part | None, page: int, now: datetime) -> BoardPage:
    """All of the board, or one part of it alone."""
    whose = board.whose.value
    parts = tuple(_part(each, whose, only, now) for each in board.parts)
    shown = tuple(part for part in parts if only is None or part.name == only)
    has_next = only is not None and bool(shown) and shown[0].has_more
    tabs = ((Whose.MINE, _("Mine")), (Whose.TEAM, _("My team’s")))
    return BoardPage(
        duties=board.duties,
        tabs=tuple((words, url_for("referrals.board", whose=each.value, show=only), each is board.whose) for each, words in tabs),
        parts=parts,
        shown=shown,
        is_one=only is not None,
        open_needs=_count(board.open_needs),
        is_team=board.whose is Whose.TEAM,
        page=page,
        previous=url_for("referrals.board", whose=whose, show=only, page=page - 1) if only and page > 1 else "",
        next=url_for("referrals.board", whose=whose, show=only, page=page + 1) if has_next else "",
    )


def _part(part: BoardPart, whose: str, only: Part | None, now: datetime) -> ShownPart:
    title, empty = _titles()[part.part]
    rows = part.rows[:ALL_ROWS]
    has_more = len(part.rows) > ALL_ROWS if only else part.count > len(part.rows)
    return ShownPart(
        name=part.part.value,
        title=title,
        count=_count(part.count),
        is_hot=part.part in (Part.BACK, Part.LATE) and part.count > 0,
        empty=empty,
        rows=tuple(_row(row, part.part, now) for row in rows),
        href=url_for("referrals.board", whose=whose, show=part.part.value),
        has_more=has_more,
    )


def _titles() -> dict[Part, tuple[str, str]]:
    return {
        Part.BACK: (_("Came back"), _("Nothing came back.")),
        Part.WAITS: (_("Waits for you"), _("Nothing waits for you.")),
        Part.LATE: (_("Late"), _("Nobody is late.")),
        Part.MEETINGS: (_("Introductions this week"), _("No introduction is planned this week.")),
    }


def _count(count: int) -> str:
    return _("%(count)s or more", count=number(COUNTED)) if count >= COUNTED else number(count)


def _row(row: BoardRow, part: Part, now: datetime) -> ShownRow:
    at, when, is_late = _when(row, part, now)
    return ShownRow(
        href=url_for("referral_needs.page", need_id=row.need_id),
        code=row.code,
        need=tree.name(row.category, language()),
        to=row.receiver if row.receiver == row.service else f"{row.service}, {row.receiver}",
        status=state_status(row.state, outcome=row.ended_for),
        detail=_detail(row, part),
        todo=_todo(row, part, now),
        when=when,
        at=at,
        is_late=is_late,
        is_urgent=row.urgency == "urgent",
        is_mine=row.is_mine,
    )


def _detail(row: BoardRow, part: Part) -> str:
    if part is Part.MEETINGS and row.how is not None:
        return how_words(row.how)
    return code_words(row.ended_for, may_see_safety=False) if part is Part.BACK else ""


def _when(row: BoardRow, part: Part, now: datetime) -> tuple[datetime, str, bool]:
    if part is Part.MEETINGS and row.meets_at is not None:
        local = row.meets_at.astimezone(community_zone())
        return row.meets_at, near_moment(local, now) if row.meets_at > now else moment_words(row.meets_at), row.meets_at < now
    if row.due_at is not None and part is not Part.BACK:
        is_late = row.due_at < now
        words = age_words(days_ago(row.due_at, now)) if is_late else near_moment(row.due_at.astimezone(community_zone()), now)
        return row.due_at, _("was due %(when)s", when=words) if is_late else _("until %(when)s", when=words), is_late
    return row.since, age_words(days_ago(row.since, now)), False


def _todo(row: BoardRow, part: Part, now: datetime) -> str:
    if part is Part.BACK:
        return _("Choose the next step")
    if part is Part.LATE:
        return _("Call them, or ask elsewhere")
    if part is Part.MEETINGS:
        return _("Say how it went") if row.meets_at is not None and row.meets_at < now else _("Look at it")
    if row.state is State.ACCEPTED:
        return _("They missed each other: plan another") if row.missed else _("Plan the introduction")
    return {
        State.DRAFT: _("Send it"),
        State.CONSENT_PENDING: _("Ask the person"),
        State.INFO_NEEDED: _("Answer their question"),
    }.get(row.state, _("Look at it"))
