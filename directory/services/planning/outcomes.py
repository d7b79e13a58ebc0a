"""Planners propose what organizations want to have changed together, ask them to sign, and say afterwards what came of it. Each signs for
itself; nobody signs for another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.planning.effect import Measure, Value
from directory.domain.planning.outcomes import (
    FEWEST_SIGNERS,
    LONGEST_SOURCE,
    MOST_SIGNERS,
    Aim,
    Answer,
    Verdict,
    check_dates,
    check_target,
    checked_number,
    checked_review,
    checked_words,
    state_of,
)
from directory.domain.planning.quarter import Quarter, read_quarter
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.services.planning.measures import Measuring, Watch, keep, now_or_last, taken_of
from directory.services.planning.scope import Did, check_area, checked_need, checked_organizations, name_nobody, note, outcomes_in_reach
from directory.store.tables import Organization, OutcomeSigner, SharedOutcome

NOT_HERE = say("There is no such outcome.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form holds. `baseline` and `source` count only where the directory does not know a baseline of its own."""

    need: str
    area: str
    measure: str
    target: str
    target_quarter: str
    review_on: str
    note: str = ""
    baseline: str = ""
    source: str = ""
    organizations: tuple[str, ...] = ()


def checked_measure(written: str) -> Measure:
    """Raise `InvalidInput`."""
    if written not in {each.value for each in Measure}:
        raise InvalidInput("measure", say("Choose by what you will know it."))
    return Measure(written)


def checked_day(field: str, written: str) -> date:
    """Raise `InvalidInput`."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise InvalidInput(field, say("Choose a day.")) from None


def propose_outcome(parts: Parts, actor: Actor, wish: Wish) -> str:
    """Write it down and ask organizations to sign; its id. Raise `Forbidden`, `InvalidInput`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        if not wish.area:
            raise InvalidInput("area", say("Choose an area."))
        check_area(session, actor, wish.area)
        organizations = checked_organizations(session, wish.organizations)
        if not FEWEST_SIGNERS <= len(organizations) <= MOST_SIGNERS:
            sentence = say("Choose %(few)s to %(most)s organizations.", few=FEWEST_SIGNERS, most=MOST_SIGNERS)
            raise InvalidInput("organization", sentence)
        aim = _aim(session, parts, wish)
        row = SharedOutcome(
            need=aim.need, area=aim.area, measure=aim.measure.value, target=aim.target, target_quarter=str(aim.target_quarter),
            review_on=aim.review_on, note=aim.note, source=aim.source, made_at=now, made_by=actor.label,
            baseline_quarter=str(aim.baseline_quarter) if aim.baseline_quarter else None,
            baseline_low=aim.baseline.low if aim.baseline else None, baseline_high=aim.baseline.high if aim.baseline else None,
        )  # fmt: skip
        session.add(row)
        session.flush()
        note(session, actor, now, Did.MADE, outcome_id=row.id)
        session.add_all(OutcomeSigner(outcome_id=row.id, organization_id=each, asked_at=now) for each in organizations)
        session.commit()
        return row.id


def _aim(session: Session, parts: Parts, wish: Wish) -> Aim:
    """What is known is taken from what may be told, never as somebody types it."""
    measuring = Measuring(session, parts.clock.now())
    watch = Watch(checked_need(wish.need), wish.area, checked_measure(wish.measure))
    target = checked_number("target", watch.measure, wish.target)
    quarter, review_on = read_target_quarter(wish.target_quarter), checked_day("review_on", wish.review_on)
    check_dates(measuring.today, quarter, review_on)
    note_words = checked_words("note", wish.note)
    name_nobody(session, parts, note=note_words)
    newest = now_or_last(watch.measure, measuring.today)
    keep(measuring, watch, (newest,))
    session.flush()
    taken = taken_of(session, watch).get(newest)
    known = taken.here if taken else None
    baseline, source = known or _typed(watch.measure, wish), ""
    if baseline is not None and known is None:
        source = checked_words("source", wish.source, longest=LONGEST_SOURCE)
        if not source:
            raise InvalidInput("source", say("Say where this number comes from."))
    check_target(watch.measure, baseline, target)
    told = newest if known is not None else None
    return Aim(watch.need, watch.area, watch.measure, target, quarter, review_on, note_words, baseline, told, source)


def read_target_quarter(written: str) -> Quarter:
    """Raise `InvalidInput`."""
    try:
        return read_quarter(written)
    except InvalidInput as error:
        raise InvalidInput("target_quarter", error.message) from None


def _typed(measure: Measure, wish: Wish) -> Value | None:
    if not wish.baseline.strip():
        return None
    found = checked_number("baseline", measure, wish.baseline)
    return Value(found, found)


def ask_more(parts: Parts, actor: Actor, outcome_id: str, organizations: Collection[str]) -> None:
    """Ask others to sign as well; who said no is asked again. Raise `Forbidden`, `InvalidInput`, `NotFound`, `Refused`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = _open(session, actor, outcome_id)
        signers = {each.organization_id: each for each in signers_of(session, outcome_id)}
        wanted = checked_organizations(session, organizations)
        if not wanted:
            raise InvalidInput("organization", say("Choose organizations that are listed."))
        if len(signers.keys() | set(wanted)) > MOST_SIGNERS:
            raise InvalidInput("organization", say("At most %(most)s organizations can be part of it.", most=MOST_SIGNERS))
        for each in wanted:
            if each not in signers:
                session.add(OutcomeSigner(outcome_id=row.id, organization_id=each, asked_at=now))
            elif signers[each].answer == Answer.NO.value:
                signers[each].answer, signers[each].words, signers[each].asked_at, signers[each].reminded_at = None, None, now, None
            note(session, actor, now, Did.ASKED, outcome_id=row.id)
        session.commit()


def review_outcome(parts: Parts, actor: Actor, outcome_id: str, verdict: str, why: str) -> Verdict:
    """Say what came of it. Raise `Forbidden`, `InvalidInput`, `NotFound`, `Refused`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = _open(session, actor, outcome_id)
        signed = sum(each.answer == Answer.YES.value for each in signers_of(session, outcome_id))
        found, words = checked_review(state_of(signed, None), verdict, why)
        name_nobody(session, parts, why=words)
        row.verdict, row.why, row.reviewed_at = found.value, words, now
        note(session, actor, now, Did.REVIEWED, outcome_id=row.id, words=words)
        session.commit()
    return found


def offer_to_everybody(parts: Parts, actor: Actor, outcome_id: str, *, is_offered: bool) -> None:
    """Whether it may be shown to everybody, once all who signed say so as well. Raise `Forbidden`, `NotFound`."""
    with parts.database.writing() as session:
        row = outcome_for(session, actor, outcome_id)
        if row.may_be_public != is_offered:
            row.may_be_public = is_offered
            note(session, actor, parts.clock.now(), Did.OFFERED if is_offered else Did.KEPT_BACK, outcome_id=row.id)
        session.commit()


def throw_away(parts: Parts, actor: Actor, outcome_id: str) -> None:
    """A draft that nobody signed. Raise `Forbidden`, `NotFound`, `Refused`."""
    with parts.database.writing() as session:
        row = _open(session, actor, outcome_id)
        if any(each.answer == Answer.YES.value for each in signers_of(session, outcome_id)):
            raise Refused(say("Somebody signed it. Say what came of it instead."))
        session.delete(row)
        session.commit()


def outcome_for(session: Session, actor: Actor, outcome_id: str) -> SharedOutcome:
    """One in a planner's reach. Raise `NotFound`."""
    asked = select(SharedOutcome).where(SharedOutcome.id == outcome_id, outcomes_in_reach(session, actor))
    row = session.scalar(asked) if is_id(outcome_id) else None
    if row is None:
        raise NotFound(NOT_HERE)
    return row


def signers_of(session: Session, outcome_id: str) -> list[OutcomeSigner]:
    """Those that were asked; who became part of another organization has no word of its own any more."""
    asked = select(OutcomeSigner).join(Organization, Organization.id == OutcomeSigner.organization_id)
    return list(session.scalars(asked.where(OutcomeSigner.outcome_id == outcome_id, Organization.merged_into.is_(None))))


def _open(session: Session, actor: Actor, outcome_id: str) -> SharedOutcome:
    row = outcome_for(session, actor, outcome_id)
    if row.verdict is not None:
        raise Refused(say("This was looked at already, and stays as it was found."))
    return row
