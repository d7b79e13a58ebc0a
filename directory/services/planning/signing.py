"""Organizations say yes or no, for themselves, to a shared outcome or to an action, in their own words, and may say otherwise as long as it
is open."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.planning.actions import OPEN, State
from directory.domain.planning.outcomes import FEWEST_SIGNERS, Answer, checked_words
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.services.planning.outcomes import signers_of
from directory.services.planning.scope import Did, leads, name_nobody, note
from directory.store.tables import ActionParty, OutcomeSigner, PlannedAction, SharedOutcome

NOT_ASKED = say("Your organization was not asked this.")


def answer_outcome(
    parts: Parts, actor: Actor, organization_id: str, outcome_id: str, answer: str, words: str = "", *, may_be_public: bool = False
) -> None:  # fmt: skip
    """Sign it or not. Raise `Forbidden`, `InvalidInput`, `NotFound`, `Refused`."""
    leads(actor, organization_id)
    found, now = _answer(answer), parts.clock.now()
    with parts.database.writing() as session:
        row = session.get(SharedOutcome, outcome_id, with_for_update=True) if is_id(outcome_id) else None
        mine = next((each for each in signers_of(session, outcome_id) if each.organization_id == organization_id), None) if row else None
        if row is None or mine is None:
            raise NotFound(NOT_ASKED)
        if row.verdict is not None:
            raise Refused(say("This was looked at already, and stays as it was found."))
        _say_it(session, parts, actor, mine, found, words)
        mine.may_be_public = found is Answer.YES and may_be_public
        note(
            session, actor, now, Did.SIGNED if found is Answer.YES else Did.DECLINED, outcome_id=row.id, organization_id=organization_id,
            words=mine.words or "",
        )  # fmt: skip
        session.flush()
        signed = sum(each.answer == Answer.YES.value for each in signers_of(session, outcome_id))
        row.agreed_at = (row.agreed_at or now) if signed >= FEWEST_SIGNERS else None
        session.commit()


def answer_action(parts: Parts, actor: Actor, organization_id: str, action_id: str, answer: str, words: str = "") -> None:
    """Take part in it or not. Raise `Forbidden`, `InvalidInput`, `NotFound`, `Refused`."""
    leads(actor, organization_id)
    found, now = _answer(answer), parts.clock.now()
    with parts.database.writing() as session:
        row = session.get(PlannedAction, action_id, with_for_update=True) if is_id(action_id) else None
        asked = select(ActionParty).where(ActionParty.action_id == action_id, ActionParty.organization_id == organization_id)
        mine = session.scalar(asked) if row is not None else None
        if row is None or mine is None:
            raise NotFound(NOT_ASKED)
        if State(row.state) not in OPEN:
            raise Refused(say("This is done or dropped; there is nothing to answer any more."))
        _say_it(session, parts, actor, mine, found, words)
        did = Did.TOOK_ON if found is Answer.YES else Did.DECLINED
        note(session, actor, now, did, action_id=row.id, organization_id=organization_id, words=mine.words or "")
        session.commit()


def _answer(written: str) -> Answer:
    if written not in {each.value for each in Answer}:
        raise InvalidInput("answer", say("Choose yes or no."))
    return Answer(written)


def _say_it(session: Session, parts: Parts, actor: Actor, mine: OutcomeSigner | ActionParty, found: Answer, words: str) -> None:
    told = checked_words("words", words)
    name_nobody(session, parts, words=told)
    mine.answer, mine.words, mine.answered_at, mine.answered_by = found.value, told or None, parts.clock.now(), actor.label
