"""Let time pass in a demo, to see what the clocks of referrals do: everybody's at once. Who is signed in stays so."""

from datetime import timedelta

from sqlalchemy import select

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.sentences import say
from directory.gateways.demo_clock import read_ahead, write_ahead
from directory.services.listings.community import read_community
from directory.services.parts import Parts
from directory.store.tables import PersonSession

FARTHEST = timedelta(days=400)


def let_pass(parts: Parts, written: str) -> timedelta:
    """Of "4h" or "2d"; how far ahead the demo is now. Raise `NotFound` where this is no demo, `InvalidInput`, `Refused` too far ahead."""
    _check_demo(parts)
    lasts = _read(written)
    ahead = read_ahead(parts.settings.data_dir) + lasts
    if ahead > FARTHEST:
        raise Refused(say("The demo is more than a year ahead already. Set its clock back first."))
    now = parts.clock.now()
    with parts.database.writing() as session:
        for row in session.scalars(select(PersonSession).where(PersonSession.expires_at > now, PersonSession.ended_at.is_(None))):
            row.seen_at, row.confirmed_at, row.expires_at = row.seen_at + lasts, row.confirmed_at + lasts, row.expires_at + lasts
        session.commit()
    write_ahead(parts.settings.data_dir, ahead)
    return ahead


def set_back(parts: Parts) -> None:
    """The machine's own time again. What happened meanwhile stays. Raise `NotFound`."""
    _check_demo(parts)
    write_ahead(parts.settings.data_dir, timedelta(0))


def ahead_of(parts: Parts) -> timedelta:
    """How far ahead the demo is."""
    return read_ahead(parts.settings.data_dir)


def _check_demo(parts: Parts) -> None:
    if not read_community(parts).is_demo:
        raise NotFound(say("Only a demo has a clock that can be set."))


def _read(written: str) -> timedelta:
    number, unit = written.strip()[:-1], written.strip()[-1:]
    if unit not in ("h", "d") or not number.isdecimal() or not 0 < int(number) <= 90:
        raise InvalidInput("lasts", say("Write how much time is to pass as 4h or 2d, up to 90 of them."))
    return timedelta(hours=int(number)) if unit == "h" else timedelta(days=int(number))
