"""A need as its page shows it: the next step first, then the chain of attempts with what happened, then what is of the person."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.categories import tree
from directory.domain.people import Actor, Role
from directory.domain.referrals.clocks import RECEIVER
from directory.domain.referrals.codes import CODES, Code, Effect
from directory.domain.referrals.events import Kind, Side
from directory.domain.referrals.handoff import Attended, How, Meeting
from directory.domain.referrals.states import CAME_BACK, ENDS, State
from directory.services.referrals.read_need import AttemptRead, EventRead, MeetingRead, NeedRead, ReadBy
from directory.web.here import community_zone
from directory.web.languages import language
from directory.web.models.referral_words import (
    attended_words,
    closed_words,
    code_words,
    event_words,
    hindrance_words,
    how_words,
    meeting_words,
    state_status,
    urgency_words,
)
from directory.web.status import Status
from directory.web.times import age_words, day_name, days_ago, moment_words, near_moment
from directory.web.whom_words import area_name, told_words
from directory.web.wording import _
from directory.web.words import language_name

_ENDING = frozenset({Kind.DECLINED, Kind.HELPED, Kind.NOT_HELPED, Kind.WITHDRAWN, Kind.EXPIRED, Kind.VOIDED})
_TURNING = frozenset(
    {Kind.SENT, Kind.ACCEPTED, Kind.INTRODUCED, Kind.HANDOFF_PLANNED, Kind.INFO_ASKED, Kind.WAITLISTED, Kind.SERVICE_STARTED}
)


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """`tone`: turn, ended or "". `detail`: the reason. `said`: what somebody wrote, for the person's own worker."""

    words: str
    who: str
    at: datetime
    when: str
    detail: str
    said: str
    tone: str


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """`is_past`: nobody said yet how it went, and its time is over."""

    when: str
    starts_at: datetime
    how: str
    status: str
    is_planned: bool
    is_past: bool
    where: str
    to_know: str
    with_whom: str
    made_present: bool
    attended: str
    calendar: str


@dataclass(frozen=True, slots=True)
class ShownAttempt:
    """`state` is the code of the state, by which the next step is chosen. `acts`: codes of events that are possible now."""

    id: str
    service_id: str
    name: str
    href: str
    receiver_id: str
    receiver: str
    state: str
    status: Status
    reason: str
    is_over: bool
    came_back: bool
    asks_other_way: bool
    is_live: bool
    until: str
    is_late: bool
    contact_name: str
    waiting: str
    question: str
    events: tuple[ShownEvent, ...]
    meeting: ShownMeeting | None
    acts: frozenset[str]
    conditions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NeedPage:
    """`next`: the attempt whose next step comes first; None where nothing is under way. `facts`: what was told, in words."""

    id: str
    code: str
    category: str
    category_slug: str
    urgency: str
    is_urgent: bool
    area: str
    since: str
    worker: str
    organization: str
    is_own: bool
    is_minor: bool
    hindrance: str
    closed: str
    is_erased: bool
    has_agreement: bool
    next: ShownAttempt | None
    attempts: tuple[ShownAttempt, ...]
    name: str
    contact: str
    language: str
    matters: str
    tried: str
    facts: tuple[str, ...]
    reads: tuple[tuple[str, datetime, str], ...]
    siblings: tuple[tuple[str, str, str], ...]

    @property
    def knows_something(self) -> bool:
        return bool(self.name or self.contact or self.language or self.matters or self.tried or self.facts)


def need_page(read: NeedRead, actor: Actor, now: datetime) -> NeedPage:
    """What the reader may see of it, in words."""
    is_lead = any(grant.role is Role.LEAD and grant.organization_id == read.organization_id for grant in actor.grants)
    shown = tuple(_attempt(each, read, now, is_lead=is_lead) for each in read.attempts)
    first = min(shown, key=lambda each: _ORDER.get(_pressing(each), 99), default=None)
    seen = read.person
    return NeedPage(
        id=read.id, code=read.code, category=tree.name(read.category, language()), category_slug=read.category,
        urgency=urgency_words(read.urgency), is_urgent=read.urgency == "urgent", area=area_name(read.area_id) if read.area_id else "",
        since=age_words(days_ago(read.made_at, now)), worker=read.worker_name, organization=read.organization_name, is_own=read.is_own,
        is_minor=read.is_minor, hindrance=hindrance_words(read.hindrance) if read.hindrance else "",
        closed=_closed(read),
        is_erased=read.is_erased, has_agreement=any(each.consent.holds(now) for each in read.consents),
        next=first if first is not None and _pressing(first) in _ORDER else None, attempts=tuple(reversed(shown)), name=seen.name,
        contact=seen.reach.address, language=language_name(seen.language) if seen.language else "", matters=seen.matters,
        tried=seen.tried, facts=tuple(told_words(seen.facts).values()), reads=tuple(_read_by(each) for each in read.reads),
        siblings=tuple((each.id, each.code, tree.name(each.category, language())) for each in read.siblings),
    )  # fmt: skip


_ORDER = {
    key: place
    for place, key in enumerate(
        (
            State.INFO_NEEDED.value, "back", "meeting over", State.ACCEPTED.value, State.DRAFT.value, State.CONSENT_PENDING.value, "late",
            State.HANDOFF_PLANNED.value, State.INTRODUCED.value, State.WAITLISTED.value, State.IN_SERVICE.value, State.SENT.value,
            State.SEEN.value,
        )
    )
}  # fmt: skip
"""What presses most comes first; what is over and has its next step is not here."""


def _pressing(attempt: ShownAttempt) -> str:
    if attempt.came_back:
        return "back"
    if attempt.meeting is not None and attempt.meeting.is_past and attempt.is_live:
        return "meeting over"
    if attempt.is_late and attempt.state in (State.SENT, State.SEEN):
        return "late"
    return attempt.state


def _attempt(read: AttemptRead, need: NeedRead, now: datetime, *, is_lead: bool) -> ShownAttempt:
    over = read.state in ENDS
    asked = next((event for event in reversed(read.events) if event.kind is Kind.INFO_ASKED), None)
    return ShownAttempt(
        id=read.id, service_id=read.service_id, name=read.service_name, href=url_for("listings.service", service_id=read.service_id),
        receiver_id=read.receiver_id, receiver=read.receiver_name, state=read.state.value,
        status=state_status(read.state, is_contested=read.is_contested, outcome=read.code),
        reason=_reason(read.code, read.clause, is_lead=is_lead) if over and read.state is not State.HELPED else "", is_over=over,
        came_back=read.state in CAME_BACK and not read.has_next_step and need.closed_at is None, is_live=not over,
        asks_other_way=read.code in list(Code) and CODES[Code(read.code)].effect is Effect.ASK_ANOTHER_CHANNEL,
        until=_until(read, now), is_late=read.due_at is not None and read.due_at < now and read.waits_for == RECEIVER and not over,
        contact_name=read.contact_name, waiting=_waiting(read),
        question=asked.words if asked is not None and read.state is State.INFO_NEEDED else "",
        events=tuple(_event(each, read, need, is_lead=is_lead) for each in read.events),
        meeting=_meeting(read.meeting, read, need, now) if read.meeting is not None else None,
        acts=frozenset(kind.value for kind in read.may) if need.is_own else frozenset(),
        conditions=tuple((each.clause, age_words(days_ago(each.at, now))) for each in read.conditions),
    )  # fmt: skip


def _reason(code: str, clause: str, *, is_lead: bool) -> str:
    words = code_words(code, may_see_safety=is_lead)
    return f"{words}: “{clause}”" if clause else words


def _event(event: EventRead, attempt: AttemptRead, need: NeedRead, *, is_lead: bool) -> ShownEvent:
    detail = _reason(event.code, event.clause, is_lead=is_lead)
    if event.kind is Kind.NEXT_STEP_CHOSEN:
        detail = code_words(event.channel)
    elif event.channel and event.channel in list(How):
        detail = how_words(How(event.channel))
    tone = "ended" if event.kind in _ENDING else "turn" if event.kind in _TURNING else ""
    is_secret = event.code == "conflict_or_safety" and not is_lead
    return ShownEvent(
        event_words(event.kind),
        _who(event, attempt, need),
        event.at,
        moment_words(event.at),
        detail,
        "" if is_secret else event.words,
        tone,
    )


def _who(event: EventRead, attempt: AttemptRead, need: NeedRead) -> str:
    if event.side is Side.SENDER:
        return event.who or need.organization_name
    if event.side is Side.RECEIVER:
        return attempt.receiver_name
    return {Side.PERSON: _("The person"), Side.SYSTEM: _("The clock"), Side.ADMINISTRATOR: _("An administrator")}[event.side]


def _until(read: AttemptRead, now: datetime) -> str:
    if read.due_at is None or read.state in ENDS:
        return ""
    return near_moment(read.due_at.astimezone(community_zone()), now) if read.due_at > now else moment_words(read.due_at)


def _waiting(read: AttemptRead) -> str:
    if read.state is not State.WAITLISTED:
        return ""
    if read.wait_position is not None:
        return _("Place %(number)s in line", number=read.wait_position)
    return (
        _("They look at the list again on %(day)s", day=day_name(read.review_at.astimezone(community_zone()).date()))
        if read.review_at
        else ""
    )


def _meeting(read: MeetingRead, attempt: AttemptRead, need: NeedRead, now: datetime) -> ShownMeeting:
    planned = read.status is Meeting.PLANNED
    return ShownMeeting(
        when=moment_words(read.starts_at), starts_at=read.starts_at, how=how_words(read.how), status=meeting_words(read.status),
        is_planned=planned, is_past=planned and read.ends_at < now, where=read.where, to_know=read.to_know,
        with_whom=read.receiver_name or attempt.contact_name, made_present=read.made_present,
        attended=", ".join(attended_words(Attended(each)) for each in read.attended),
        calendar=url_for("referral_meetings.calendar", need_id=need.id, attempt_id=attempt.id) if planned and need.is_own else "",
    )  # fmt: skip


def _read_by(read: ReadBy) -> tuple[str, datetime, str]:
    who = read.who or (_("Somebody of %(name)s", name=read.organization) if read.organization else _("Somebody by a link"))
    if read.who and read.organization:
        who = f"{read.who}, {read.organization}"
    elif read.is_by_link and read.organization:
        who = _("Somebody of %(name)s, by the link", name=read.organization)
    return who, read.at, moment_words(read.at)


def _closed(read: NeedRead) -> str:
    if read.closed_at is None:
        return ""
    return f"{_('Closed on %(day)s.', day=moment_words(read.closed_at))} {closed_words(read.closed_why)}".strip()
