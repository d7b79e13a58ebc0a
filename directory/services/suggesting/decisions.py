"""What was suggested for a need is kept with the version of the rules and the signals that it saw: to learn from, to go over it again under
other rules, and to answer for it. It is kept when it differs from what was kept last, and goes with the person."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.renamed import with_new_names
from directory.rules.sets.signals import Plain, Signals
from directory.services.parts import Parts
from directory.services.referrals.start import own_need
from directory.services.suggesting.choosing import ranked
from directory.services.suggesting.decided import ABOUT_NEED, asks_why, newest_decision
from directory.services.suggesting.suggested import Suggested
from directory.store.tables import HelpedPerson, Need, RuleDecision

MOST_SEEN = 40
MOST_KEPT = 20
"""Of one need the newest so many decisions, and those after which somebody was chosen."""

WHYS = ("knows", "closer", "wished", "other")
"""Why somebody else was asked: they know the person, they are closer, the person asked for them, something else."""


def keep_decision(parts: Parts, found: Suggested) -> None:
    """Keep it, unless it is what was kept last. Nothing is kept of somebody who was forgotten, nor where nobody came into question."""
    if not found.considered:
        return
    with parts.database.reading() as session:
        need = session.get_one(Need, found.asking.about_id)
        if session.get_one(HelpedPerson, need.person_id).erased_at is not None:
            return
        last = newest_decision(session, need.id)
        if last is not None and (last.version, last.set_name, last.outcome) == (found.held.version, found.held.name, _outcome(found)):
            return
    with parts.database.writing() as session:
        need = session.get_one(Need, found.asking.about_id)
        if session.get_one(HelpedPerson, need.person_id, with_for_update=True).erased_at is not None:
            return
        session.add(
            RuleDecision(
                set_name=found.held.name, version=found.held.version, kind=SetKind.SUGGEST.value, about_kind=ABOUT_NEED, about_id=need.id,
                organization_id=need.organization_id, at=parts.clock.now(), seen=_seen(found), outcome=_outcome(found),
            )
        )  # fmt: skip
        session.flush()
        _drop_old(session, need.id)
        session.commit()


def asks_why_of(parts: Parts, need_id: str) -> bool:
    """The same, of a need that whoever asks may see."""
    with parts.database.reading() as session:
        return asks_why(session, need_id)


def say_why(parts: Parts, actor: Actor, need_id: str, why: str) -> None:
    """Why somebody else was asked than was suggested. Raise `NotFound`, `InvalidInput`."""
    if why not in WHYS:
        raise InvalidInput("chosen-why", say("Choose one of the reasons."))
    with parts.database.writing() as session:
        need = own_need(session, actor, need_id)
        row = newest_decision(session, need.id)
        if row is None or row.chosen_id is None:
            raise NotFound(say("Nothing was asked here."))
        row.chosen_why = why
        session.commit()


def _seen(found: Suggested) -> dict[str, Any]:
    """The signals of those that passed the gates: those that are shown, then the best of the others."""
    points = {key: each[1] for key, each in found.passed.items()}
    first = [each.id for each in found.shown]
    wanted = [*first, *(key for key, _points in ranked(points) if key not in first)][:MOST_SEEN]
    return {"candidates": {key: plain_signals(found.passed[key][0].signals) for key in wanted}, "usual": found.usual}


def _outcome(found: Suggested) -> dict[str, Any]:
    shown = [
        {
            "id": each.id, "points": each.rank.points, "keeps_place": each.rank.keeps_place,
            "reasons": [rule.id for rule in each.scored.reasons], "cautions": [rule.id for rule in each.scored.cautions],
        }
        for each in found.shown
    ]  # fmt: skip
    return {"shown": shown, "considered": found.considered, "left_out": {gate.value: count for gate, count in found.left_out.items()}}


def plain_signals(signals: Signals) -> dict[str, Any]:
    """As JSON holds them."""
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in sorted(signals.items())}


def seen_signals(kept: Mapping[str, Any]) -> dict[str, Plain]:
    """The same, back from JSON."""
    named = with_new_names(kept, SetKind.SUGGEST.value)
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in named.items()}


def _drop_old(session: Session, need_id: str) -> None:
    about = (RuleDecision.about_kind == ABOUT_NEED, RuleDecision.about_id == need_id, RuleDecision.chosen_id.is_(None))
    rows = session.scalars(select(RuleDecision).where(*about).order_by(RuleDecision.at.desc(), RuleDecision.id.desc()).offset(MOST_KEPT))
    for row in rows.all():
        session.delete(row)
