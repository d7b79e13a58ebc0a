"""Turn a question into needs of a person, with their consent: each part that is chosen becomes a need of one category, for one person
without a name. No word of the question travels, and the question is deleted with all answers."""

from collections.abc import Mapping

from directory.domain.access import Action, Resource
from directory.domain.categories import CATEGORIES
from directory.domain.errors import InvalidInput
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.access import require
from directory.services.ask_around.ask import own_question, take_back
from directory.services.parts import Parts
from directory.services.referrals.start import NewNeed, start_need


def turn_into_needs(
    parts: Parts, actor: Actor, organization_id: str, question_id: str, categories: Mapping[str, str], *, has_consent: bool
) -> tuple[str, ...]:
    """The ids of the new needs. `categories`: id of a part -> slug of what is needed, for the parts that are to become needs;
    `has_consent`: the person agreed that this is written down. Raise `Forbidden`, `InvalidInput`, `NotFound`."""
    require(actor, Action.REFER, Resource(organization_id))
    chosen = [slug for slug in dict.fromkeys(categories.values()) if slug]
    if not has_consent:
        raise InvalidInput("agreed", say("Ask the person first. Tick that they agree that this is written down."))
    if not chosen or any(slug not in CATEGORIES for slug in chosen):
        raise InvalidInput("category", say("Say what is needed: choose one of the needs."))
    with parts.database.reading() as session:
        own_question(session, organization_id, question_id, parts.clock.now())
    first = start_need(parts, actor, organization_id, NewNeed(chosen[0]))
    more = [start_need(parts, actor, organization_id, NewNeed(slug, person_of=first)) for slug in chosen[1:]]
    take_back(parts, actor, organization_id, question_id)
    return (first, *more)
