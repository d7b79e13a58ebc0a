"""What is held about one person, in plain words: so that it can be read to them."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directory.services.referrals.read_held import Held

_CALLED = {
    "name": "a name",
    "contact": "a way to reach them",
    "matters": "what matters to them",
    "tried": "what was tried",
    "facts": "answers about eligibility",
    "language": "language",
    "own_words": "their own words",
    "earlier": "earlier referrals of this need",
}


def lines_of(held: "Held") -> Iterator[str]:
    """Line by line."""
    yield f"{', '.join(held.codes)}, since {_day(held.made_at)}"
    yield from _person(held)
    for one in held.attempts:
        may_see = ", ".join(_CALLED.get(each, each) for each in one.open_to_receiver) or "nothing of the person"
        yield f"  {one.code}: {one.sender} asked {one.receiver}; {one.state.replace('_', ' ')} since {_day(one.since)}"
        yield f"    {one.events} events, {one.with_words} with words. {one.receiver} may see now: {may_see}."
    for consent in held.consents:
        told = ", ".join(_CALLED.get(each, each) for each in consent.fields)
        over = f"taken back on {_day(consent.revoked_at)}" if consent.revoked_at else f"until {_day(consent.expires_at)}"
        yield f"  Consent of {_day(consent.given_at)}: {', '.join(consent.recipients)} may know {told}; {over}."
    for purpose, until in held.links:
        yield f"  A link ({purpose.replace('_', ' ')}) works until {_day(until)}."
    yield f"  {held.introductions} introductions, {held.questions} questions whether it helped."
    last = f", the last time on {_day(held.last_read_at)}" if held.last_read_at else ""
    yield f"  What is personal was looked at {held.reads} times{last}."


def _person(held: "Held") -> Iterator[str]:
    if held.erased_at is not None:
        yield f"  Who it was for was erased on {_day(held.erased_at)}. What happened stays, without anybody in it."
    elif held.sealed:
        yield "  Kept sealed: " + ", ".join(_CALLED.get(each.partition(" ")[0], each) for each in held.sealed) + "."
    else:
        yield "  Nobody knows who it is for: only the code is kept."
    if held.delete_at is not None:
        yield f"  All of that is deleted on {_day(held.delete_at)} at the latest; later only while something is under way, a year at most."
    for order in held.orders:
        state = "in force" if order.confirmed_at and not order.ended_at else "over" if order.ended_at else "not confirmed"
        yield f"  Held back on a written order until {_day(order.ends_at)} ({state})."
    for name, words in held.shown.items():
        yield f"    {name}: {words}"


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
