"""The page on which a receiver answers one referral: what is asked, whom it is for as far as it may know, and what it can say now."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from directory.domain.categories import tree
from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.consent import Field
from directory.domain.referrals.events import Kind, Side, what_may_happen
from directory.domain.referrals.handoff import How, Meeting, Slot
from directory.domain.referrals.states import TAKEN, UNDECIDED, State
from directory.rules.criteria import Strength
from directory.rules.listed import criteria_of
from directory.services.referrals.received import Happened, Received
from directory.web.here import community_zone
from directory.web.languages import language
from directory.web.models.received_words import (
    WAYS,
    ReasonGroup,
    decline_groups,
    failure_groups,
    happened_words,
    how_words,
    reach_words,
    reason_words,
    state_status,
    way_words,
)
from directory.web.status import Status
from directory.web.times import moment_words, near_moment
from directory.web.whom_words import area_name, condition_words, told_words
from directory.web.wording import _
from directory.web.words import language_name


@dataclass(frozen=True, slots=True)
class StoryLine:
    at: datetime
    when: str
    words: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    when: str
    at: datetime
    how: str
    where: str
    with_whom: str
    to_know: str
    is_planned: bool


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """What is shown of the person. `hidden`: name or contact are open to this receiver, but not to who has this link alone; `hidden_place`:
    where they meet is."""

    name: str = ""
    reach: str = ""
    is_careful: bool = False
    language: str = ""
    facts: tuple[str, ...] = ()
    matters: str = ""
    tried: str = ""
    earlier: tuple[str, ...] = ()
    hidden: bool = False
    hidden_place: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.name or self.reach or self.language or self.facts or self.matters or self.tried or self.earlier)


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """`may`: the names of the acts that are open now. `until`: until when an answer is waited for; `is_late`: it is past."""

    code: str
    receiver: str
    sender: str
    sender_phone: str
    what: str
    area: str
    service: str
    place: str
    is_urgent: bool
    status: Status
    until: str
    until_at: datetime | None
    is_late: bool
    contact_name: str
    last_name: str
    waiting: str
    person: ShownPerson
    may: frozenset[str]
    is_undecided: bool
    is_taken: bool
    is_withdrawn: bool
    ended_why: str
    declines: tuple[ReasonGroup, ...] = ()
    failures: tuple[ReasonGroup, ...] = ()
    conditions: tuple[str, ...] = ()
    slots: tuple[tuple[str, str], ...] = ()
    hows: tuple[tuple[str, str], ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    meeting: ShownMeeting | None = None
    story: tuple[StoryLine, ...] = field(default_factory=tuple)


def received_page(found: Received, slots: tuple[Slot, ...], now: datetime, *, by_link: bool) -> ReceivedPage:
    standing, zone = found.standing, community_zone()
    may = frozenset(kind.value for kind in what_may_happen(found.state, Side.RECEIVER))
    is_theirs = found.waits_for == "receiver" and found.due_at is not None
    return ReceivedPage(
        code=found.code,
        receiver=found.receiver_name,
        sender=found.sender_name,
        sender_phone=found.sender_phone,
        what=tree.name(found.category, language()),
        area=area_name(found.area_id) if found.area_id else "",
        service=found.service_name,
        place=found.place_name if found.place_name != found.service_name else "",
        is_urgent=found.urgency == Urgency.URGENT,
        status=state_status(found.state, standing.code),
        until=_until(found.due_at, now, zone) if is_theirs and found.due_at is not None else "",
        until_at=found.due_at if is_theirs else None,
        is_late=is_theirs and found.due_at is not None and found.due_at < now,
        contact_name=found.contact_name,
        last_name=found.last_name,
        waiting=_waiting(found) if found.state is State.WAITLISTED else "",
        person=_person(found, by_link=by_link),
        may=may,
        is_undecided=found.state in UNDECIDED,
        is_taken=found.state in TAKEN,
        is_withdrawn=found.state in (State.WITHDRAWN, State.VOID),
        ended_why=reason_words(standing.code),
        declines=decline_groups(asked_before=standing.paused_once) if Kind.DECLINED in may else (),
        failures=failure_groups() if Kind.NOT_HELPED in may else (),
        conditions=tuple(_conditions(found)) if may & {Kind.DECLINED, Kind.NOT_HELPED} else (),
        slots=tuple((slot.start.isoformat(), near_moment(slot.start.astimezone(zone), now)) for slot in slots),
        hows=tuple((how.value, how_words(how)) for how in How),
        ways=tuple((way, way_words(way)) for way in WAYS),
        meeting=_meeting(found, now, zone),
        story=tuple(
            StoryLine(each.at, moment_words(each.at), happened_words(each.kind, each.code, each.channel), each.words)
            for each in found.story
        ),
    )


def _story_line(each: Happened) -> StoryLine:
    return StoryLine(each.at, moment_words(each.at), happened_words(each.kind, each.code, each.channel), each.words)


def _until(due_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    if due_at < now:
        return _("An answer was hoped for by %(moment)s", moment=moment_words(due_at))
    return _("Please answer by %(moment)s", moment=near_moment(due_at.astimezone(zone), now))


def _waiting(found: Received) -> str:
    told = []
    if found.wait_position is not None:
        told.append(_("Place in line: %(number)s", number=found.wait_position))
    if found.review_at is not None:
        told.append(_("You look at the list again on %(date)s", date=moment_words(found.review_at)))
    return ". ".join(told)


def _person(found: Received, *, by_link: bool) -> ShownPerson:
    seen = found.seen
    personal = seen.fields & {Field.NAME, Field.CONTACT}
    reachable = Field.CONTACT in seen.fields and bool(seen.name or seen.reach.address)
    return ShownPerson(
        name=seen.name,
        reach=reach_words(seen.reach, found.sender_name) if reachable else "",
        is_careful=reachable and not seen.reach.may_leave_message,
        language=language_name(seen.language) if seen.language else "",
        facts=tuple(_capital(words) for words in told_words(seen.facts).values()),
        matters=seen.matters,
        tried=seen.tried,
        earlier=tuple(_earlier(found)),
        hidden=by_link and bool(personal) and found.state in TAKEN and not (seen.name or seen.reach.address),
        hidden_place=found.meeting is not None and found.meeting.hides,
    )


def _earlier(found: Received) -> Iterator[str]:
    for each in found.earlier:
        reason = reason_words(each.code)
        yield f"{each.organization}: {reason}" if reason else each.organization


def _conditions(found: Received) -> Iterator[str]:
    """What the listing itself says of whom it is for, to be chosen from."""
    if found.listing is None:
        return
    for criterion in criteria_of(found.listing).criteria:
        if criterion.strength is Strength.HARD:
            yield _capital(condition_words(criterion.when))[:200]


def _meeting(found: Received, now: datetime, zone: ZoneInfo) -> ShownMeeting | None:
    meeting = found.meeting
    if meeting is None or meeting.status not in (Meeting.PLANNED, Meeting.MISSED):
        return None
    local = meeting.starts_at.astimezone(zone)
    when = near_moment(local, now) if meeting.starts_at > now else moment_words(meeting.starts_at)
    return ShownMeeting(
        when=when,
        at=meeting.starts_at,
        how=how_words(meeting.how),
        where=meeting.where,
        with_whom=meeting.sender_name,
        to_know=meeting.to_know,
        is_planned=meeting.status is Meeting.PLANNED,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
