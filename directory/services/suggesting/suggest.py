"""Who to introduce a person to next: at most five programs, with why. For a need as its own worker sees it, for a listing as everybody
does."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import NotFound
from directory.domain.listing import Listing
from directory.domain.people import Actor
from directory.domain.referrals.reference import read_reference
from directory.domain.sentences import say
from directory.rules.assess import Assessment, assess
from directory.rules.listed import criteria_of
from directory.rules.sets.kinds import SetKind
from directory.services.listings import read
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.services.referrals.own import own_workers_need
from directory.services.rules.versions import Held, held_now
from directory.services.suggesting.asking import Asking, asking_for_listing, asking_for_need
from directory.services.suggesting.candidates import find_candidates
from directory.services.suggesting.choosing import MOST, Choosing, chosen, received_of
from directory.services.suggesting.decisions import keep_decision
from directory.services.suggesting.gates import Gate, shut_gates
from directory.services.suggesting.known import Known, known_of
from directory.services.suggesting.sentences import Speaker
from directory.services.suggesting.signals import Candidate, candidate_of
from directory.services.suggesting.suggested import Suggested, Suggestion
from directory.store.tables import Need
from search_index.port import CannotSearch

_MILES = frozenset({"US", "GB", "LR", "MM"})


def suggest_for_need(parts: Parts, need_id: str, most: int = MOST) -> Suggested:
    """The need exists, and whoever asks may see it. What was decided is kept with the need, and goes with the person."""
    found = look_at_need(parts, need_id, most)
    keep_decision(parts, found)
    return found


def look_at_need(parts: Parts, need_id: str, most: int = MOST) -> Suggested:
    """The same, and nothing is kept: for trying other rules."""
    with parts.database.reading() as session:
        return _suggest(parts, session, asking_for_need(parts, session, session.get_one(Need, need_id)), most)


def suggest_for_own_need(parts: Parts, actor: Actor, need_id: str) -> Suggested:
    """The same for the person's own worker. Raise `NotFound`, `Forbidden`."""
    with parts.database.reading() as session:
        own_workers_need(session, actor, need_id)
    return suggest_for_need(parts, need_id)


def suggest_for_code(parts: Parts, code: str) -> Suggested:
    """The same by the code that the person carries, for who runs the directory. Raise `NotFound`."""
    with parts.database.reading() as session:
        need_id = session.scalar(select(Need.id).where(Need.code == (read_reference(code) or "none")))
    if need_id is None:
        raise NotFound(say("There is no need with the code “%(code)s”.", code=code[:20]))
    return suggest_for_need(parts, need_id)


def suggest_for_listing(parts: Parts, service_id: str, most: int = MOST) -> Suggested:
    """What works well with a listing. Nothing is kept. Raise `NotFound`, `Withdrawn`, `Moved` as reading it does."""
    listing = read.service(parts, service_id)
    with parts.database.reading(may_lag=True) as session:
        return _suggest(parts, session, asking_for_listing(parts, listing), most)


def _suggest(parts: Parts, session: Session, asking: Asking, most: int) -> Suggested:
    held = held_now(parts, session, SetKind.SUGGEST)
    try:
        listings, assessments = find_candidates(parts, session, asking)
    except CannotSearch:  # nobody is suggested while nothing can be searched
        listings, assessments = {}, {}
    known = known_of(parts, session, asking, listings.values())
    return weigh(asking, held, listings, assessments, known, most)


def weigh(
    asking: Asking, held: Held, listings: Mapping[str, Listing], assessments: Mapping[str, Assessment], known: Known, most: int = MOST
) -> Suggested:  # fmt: skip
    """Gates, then signals, then points; of what is handed over alone."""
    left_out, passed = Counter[Gate](), dict[str, Candidate]()
    for key, listing in listings.items():
        assessment = assessments.get(key) or (assess(criteria_of(listing), asking.person) if asking.person.answers else None)
        shut = shut_gates(asking, listing, known, assessment.outcome if assessment is not None else None)
        if shut:
            left_out.update(shut)
        else:
            passed[key] = candidate_of(asking, listing, known, assessment)
    choosing = Choosing(held.rules)
    signals = {key: candidate.signals for key, candidate in passed.items()}
    points = choosing.points(signals)
    order = chosen(points, received_of(signals), known.community.received, most)
    shown = [Suggestion(passed[each.id], choosing.explain(signals[each.id]), each, place) for place, each in enumerate(order, start=1)]
    return Suggested(
        asking=asking,
        held=held,
        shown=tuple(shown),
        considered=len(listings),
        left_out=dict(sorted(left_out.items())),
        passed={key: (each, points[key]) for key, each in passed.items()},
        usual=known.community.received,
    )


def speaker_in(session: Session, language: str) -> Speaker:
    """Who tells it in a language, as this community tells distances."""
    return Speaker(language.partition("-")[0], community_in(session).country.upper() in _MILES)
