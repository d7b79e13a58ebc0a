"""A made-up history of referrals, believable in its shape: who asks whom for what, how long answers take, how many decline and why, how
many are helped. The same seed makes the same history. Nobody in it is anybody: needs have codes only.

The shares follow what was published where there is something: of 211 callers 36 % got help; of those who did not, 34 % met with no funds
and 25 % were not eligible (n = 1,235); agencies of Hawaii's No Wrong Door answer within two working days. The rest is our own guess.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from directory.domain.errors import Refused
from directory.domain.people import OF_AN_ORGANIZATION
from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.codes import Code, Outcome, Reason
from directory.domain.referrals.events import Event, Kind, Side
from directory.domain.sentences import say
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.services.referrals.history import PastAttempt, PastEvent, PastNeed, Recorded, record_history
from directory.store.tables import Area, Need, Organization, RoleGrant, Service, ServiceCategory, Source
from seeds.demo import Progress, no_progress
from seeds.searches import ASKED, shares

SPAN = timedelta(days=200)
MOST_ATTEMPTS = 4
SENDERS = 60
TO_BEGIN_WITH = 900
COMMON = 12
"""So many times as often as others, what many look for is asked for."""
LONGEST = 5.0
"""Nothing takes longer than so many times what it usually does: an outcome can be contested for a month only."""
DECLINES = {
    Code.NO_CAPACITY: 26,
    Code.FUNDS_EXHAUSTED: 20,
    Code.NOT_ELIGIBLE: 23,
    Code.WAITLIST_CLOSED: 6,
    Code.OUTSIDE_AREA: 6,
    Code.LISTING_WRONG: 5,
    Code.SERVICE_NOT_OFFERED: 4,
    Code.HOURS_OR_FORMAT: 3,
    Code.LANGUAGE_OR_ACCESS: 3,
    Code.ALREADY_SERVED: 2,
    Code.CONFLICT_OR_SAFETY: 1,
    Code.PERSON_DECLINED: 1,
}
FAILURES = {Code.NO_SHOW: 30, Code.PERSON_DECLINED: 20, Code.FUNDS_EXHAUSTED: 20, Code.NOT_ELIGIBLE: 15, Code.NO_LONGER_NEEDED: 15}
CLAUSES = ("Over 18 only", "Lives in the city", "Income below the line", "Women only", "Has an address", "First visit this year")
NAMES = ("Rosa", "Amir", "Chantal", "Mei", "Tomás", "Ayaan", "Bea", "Élise", "Noor", "Kwame")


@dataclass(frozen=True, slots=True)
class _Offer:
    service_id: str
    organization_id: str
    category: str


def seed_needs(parts: Parts, needs: int, seed: int = 1, progress: Progress = no_progress) -> Recorded:
    """Make up so many needs over the last 200 days, among the listings that are there. Raise `Refused` where nobody could ask anybody."""
    offers, senders = _offers(parts), _senders(parts)
    organizations = sorted({offer.organization_id for offer in offers})
    senders = (senders + [(each, None) for each in organizations if each not in dict(senders)])[:SENDERS]
    if len(organizations) < 2 or not senders:
        raise Refused(say("There are too few listings of organizations to make up referrals among them. Load the demo first."))
    maker = _Maker(Random(seed), parts.clock.now(), offers, senders, _homes(parts))  # noqa: S311  # made-up data, no secret
    return record_history(parts, maker.needs(needs), lambda done: progress(done, needs))


def begin_with_some(parts: Parts) -> None:
    """A few hundred needs for a demo that has none yet, so that boards and figures have something to show."""
    with parts.database.reading() as session:
        if session.scalar(select(Need.id).limit(1)) is not None:
            return
    with suppress(Refused):
        seed_needs(parts, TO_BEGIN_WITH)


def _offers(parts: Parts) -> list[_Offer]:
    """Of made-up organizations alone where there are some: nothing is made up of those that exist beside them."""
    wanted = select(Service.id, Service.organization_id, ServiceCategory.category).join(ServiceCategory).where(*listed_condition())
    with parts.database.reading() as session:
        of_samples = select(Organization.id).join(Source, Source.id == Organization.source_id).where(Source.is_sample)
        are_some = session.scalar(of_samples.limit(1)) is not None
        chosen = Service.organization_id.in_(of_samples) if are_some else Service.organization_id.is_not(None)
        rows = session.execute(wanted.where(chosen).order_by(Service.id, ServiceCategory.category)).all()
    return list({row.id: _Offer(row.id, row.organization_id, row.category) for row in rows}.values())


def _senders(parts: Parts) -> list[tuple[str, str | None]]:
    """Organizations with somebody who works there, each with one of them."""
    held = (RoleGrant.role.in_([role.value for role in OF_AN_ORGANIZATION]), RoleGrant.ended_at.is_(None))
    with parts.database.reading() as session:
        rows = session.execute(select(RoleGrant.organization_id, RoleGrant.person_id, RoleGrant.role).where(*held)).all()
    by_role = sorted(rows, key=lambda row: (row.role != "worker", row.organization_id or "", row.person_id))
    found: dict[str, str | None] = {}
    for row in by_role:
        if row.organization_id:
            found.setdefault(row.organization_id, row.person_id)
    return list(found.items())


def _homes(parts: Parts) -> dict[str, float]:
    """The areas of the sample community with how often people come from them; none where it was not loaded."""
    with parts.database.reading() as session:
        known = set(session.scalars(select(Area.id).where(Area.id.in_(shares()))))
    return {area: share for area, share in shares().items() if area in known}


class _Maker:
    """Draws one need after the other."""

    def __init__(
        self, random: Random, now: datetime, offers: list[_Offer], senders: list[tuple[str, str | None]], homes: dict[str, float]
    ) -> None:
        self._random = random
        self._now = now
        self._homes = homes
        self._senders = senders
        self._weights = [6 if worker else 1 for _organization, worker in senders]
        self._by_category: dict[str, list[_Offer]] = {}
        for offer in offers:
            self._by_category.setdefault(offer.category, []).append(offer)
        self._categories = sorted(self._by_category)
        self._how_common = [COMMON if category in ASKED else 1 for category in self._categories]

    def needs(self, how_many: int) -> Iterator[PastNeed]:
        for _number in range(how_many):
            yield self._need()

    def _need(self) -> PastNeed:
        random = self._random
        ((organization_id, worker_id),) = random.choices(self._senders, self._weights)
        category, others = self._asked_for(organization_id)
        made_at = self._now - random.random() ** 1.3 * SPAN
        urgency = Urgency.URGENT if random.random() < 0.2 else Urgency.ROUTINE
        by = f"person:{worker_id}" if worker_id else f"organization:{organization_id}"
        attempts: list[PastAttempt] = []
        at = made_at
        while len(attempts) < MOST_ATTEMPTS and at < self._now:
            attempt = _Course(random, self._now, random.choice(others), by, at, urgency).run()
            attempts.append(attempt)
            newest = attempt.events[-1].event if attempt.events else None
            if newest is None or newest.kind is not Kind.NEXT_STEP_CHOSEN or newest.channel != "reroute":
                break
            at = newest.at
        end = attempts[-1].events[-1].event if attempts and attempts[-1].events else None
        is_over = end is not None and end.kind in (
            Kind.HELPED,
            Kind.PERSON_CONFIRMED,
            Kind.SENDER_READ,
            Kind.NEXT_STEP_CHOSEN,
            Kind.WITHDRAWN,
        )
        helped = any(past.event.kind is Kind.HELPED for attempt in attempts for past in attempt.events)
        return PastNeed(
            organization_id=organization_id,
            worker_id=worker_id,
            category=category,
            area_id=random.choices([*self._homes], [*self._homes.values()])[0] if self._homes else None,
            urgency=urgency,
            made_at=made_at,
            attempts=tuple(attempts),
            language=random.choices(["en", "fr", "es", None], [60, 20, 5, 15])[0],
            closed_at=end.at if end is not None and is_over else None,
            closed_why=("helped" if helped else "told") if is_over else None,
            answers=self._answers(made_at, helped=helped),
        )

    def _asked_for(self, organization_id: str) -> tuple[str, list[_Offer]]:
        """A category in which somebody else offers something."""
        while True:
            (category,) = self._random.choices(self._categories, self._how_common)
            others = [offer for offer in self._by_category[category] if offer.organization_id != organization_id]
            if others:
                return category, others

    def _answers(self, made_at: datetime, *, helped: bool) -> dict[int, str]:
        """What the person says after a week and a month, where they answer at all: fewer than half do."""
        found = {}
        for day in (7, 30):
            if made_at + timedelta(days=day + 5) < self._now and self._random.random() < 0.4:
                found[day] = self._random.choices(
                    ["helped", "partly", "not_yet", "not_helped"], [60, 25, 10, 5] if helped else [3, 7, 50, 40]
                )[0]
        return found


class _Course:
    """One attempt, from its draft to its end or to the present moment."""

    def __init__(self, random: Random, now: datetime, offer: _Offer, sender: str, at: datetime, urgency: Urgency) -> None:
        self._random, self._now, self._offer, self._sender = random, now, offer, sender
        self._receiver = f"organization:{offer.organization_id}"
        self._begun_at, self._at, self._urgency = at, at, urgency
        self._events: list[PastEvent] = []
        self._name = ""

    def run(self) -> PastAttempt:
        with suppress(_NotYet):
            self._sent()
        return PastAttempt(
            self._offer.service_id, self._offer.organization_id, self._begun_at, tuple(self._events), contact_name=self._name
        )

    def _happens(
        self, kind: Kind, hours: float, code: str = "", clause: str = "", channel: str = "", *, meets_in: float | None = None
    ) -> None:
        """After about so many hours, unless that is still to come."""
        at = self._at + timedelta(hours=hours * min(LONGEST, self._random.lognormvariate(0, 0.6)))
        if at > self._now:
            raise _NotYet
        side = _SIDES[kind]
        by = {Side.SENDER: self._sender, Side.RECEIVER: self._receiver, Side.SYSTEM: "system", Side.PERSON: "helped person"}[side]
        meets_at = at + timedelta(hours=meets_in) if meets_in is not None else None
        self._at = at
        self._events.append(PastEvent(Event(kind, side, at, code, clause, channel), by, meets_at))

    def _is(self, share: float) -> bool:
        return self._random.random() < share

    def _pace(self) -> float:
        return 0.35 if self._urgency is Urgency.URGENT else 1.0

    def _sent(self) -> None:
        self._happens(Kind.SENT, 0.1)
        if self._is(0.08):
            self._happens(Kind.EXPIRED, 90, Reason.NO_RESPONSE.value)
            self._came_back()
            return
        self._happens(Kind.SEEN, 6 * self._pace())
        if self._is(0.1):
            self._happens(Kind.INFO_ASKED, 3)
            self._happens(Kind.INFO_GIVEN, 8)
        if self._is(0.03):
            self._happens(Kind.WITHDRAWN, 10, Reason.BY_PERSON.value)
        elif self._is(0.31):
            code = self._random.choices(list(DECLINES), list(DECLINES.values()))[0]
            self._happens(Kind.DECLINED, 14 * self._pace(), code.value, self._random.choice(CLAUSES) if code is Code.NOT_ELIGIBLE else "")
            self._came_back()
        else:
            self._happens(Kind.ACCEPTED, 14 * self._pace())
            self._name = self._random.choice(NAMES)
            self._taken_on()

    def _taken_on(self) -> None:
        if self._is(0.15):
            self._happens(Kind.WAITLISTED, 2)
            self._happens(Kind.SERVICE_STARTED, 24 * 18)
        elif self._is(0.6):
            channel = self._random.choice(["in_person", "three_way_call", "video", "letter"])
            self._happens(Kind.HANDOFF_PLANNED, 5, channel=channel, meets_in=30.0)
            if self._is(0.22):
                self._happens(Kind.HANDOFF_MISSED, 30)
                self._happens(Kind.HANDOFF_PLANNED, 10, channel=channel, meets_in=40.0)
            self._happens(Kind.INTRODUCED, 36)
            self._happens(Kind.SERVICE_STARTED, 40)
        else:
            self._happens(Kind.SERVICE_STARTED, 50)
        self._outcome()

    def _outcome(self) -> None:
        if self._is(0.7):
            outcome = Outcome.HELPED if self._is(0.7) else Outcome.PARTLY_HELPED
            self._happens(Kind.HELPED, 24 * 9, outcome.value)
            if self._is(0.05):
                self._happens(Kind.CONTESTED, 24 * 4)
            else:
                self._happens(Kind.SENDER_READ, 20)
            return
        code = self._random.choices(list(FAILURES), list(FAILURES.values()))[0]
        self._happens(Kind.NOT_HELPED, 24 * 8, code.value, self._random.choice(CLAUSES) if code is Code.NOT_ELIGIBLE else "")
        self._came_back()

    def _came_back(self) -> None:
        self._happens(Kind.SENDER_READ, 6)
        self._happens(Kind.NEXT_STEP_CHOSEN, 3, channel="reroute" if self._is(0.6) else "told")


class _NotYet(Exception):
    """What comes next has not happened by now."""


_SIDES = {
    Kind.SENT: Side.SENDER,
    Kind.SEEN: Side.RECEIVER,
    Kind.EXPIRED: Side.SYSTEM,
    Kind.INFO_ASKED: Side.RECEIVER,
    Kind.INFO_GIVEN: Side.SENDER,
    Kind.WITHDRAWN: Side.PERSON,
    Kind.DECLINED: Side.RECEIVER,
    Kind.ACCEPTED: Side.RECEIVER,
    Kind.WAITLISTED: Side.RECEIVER,
    Kind.SERVICE_STARTED: Side.RECEIVER,
    Kind.HANDOFF_PLANNED: Side.SENDER,
    Kind.HANDOFF_MISSED: Side.RECEIVER,
    Kind.INTRODUCED: Side.RECEIVER,
    Kind.HELPED: Side.RECEIVER,
    Kind.NOT_HELPED: Side.RECEIVER,
    Kind.CONTESTED: Side.PERSON,
    Kind.SENDER_READ: Side.SENDER,
    Kind.NEXT_STEP_CHOSEN: Side.SENDER,
}
