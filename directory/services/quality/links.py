"""Check whether the websites of listings still answer: only hosts that a setting names, one request to a host in a minute at most, what a
host forbids programs is not asked, and nothing in a private network is. Nothing of anybody goes along."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.domain.upkeep.links import Check, Outcome, State, address_of, after, host_of, key_of, may_ask, outcome_of
from directory.gateways.link import MOST_ROBOTS_BYTES, LinkAsker, NotAllowed, NotDelivered
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.services.quality.note import note_changed
from directory.services.rules.versions import today_in
from directory.store.tables import LinkCheck, LinkHost, Organization, Service

BETWEEN = timedelta(minutes=1)
"""At least so long between two requests to one host."""

ROBOTS_LAST = timedelta(days=1)
PUT_OFF = timedelta(days=1)
NAME = "SharedDirectoryLinkCheck"
HOSTS_AT_ONCE = 20
ROWS_AT_ONCE = 500


@dataclass
class Checked:
    """Requests sent, and what came of them."""

    asked: int = 0
    works: int = 0
    moved: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class DeadLink:
    """An address that does not answer, or has moved, since when, and how many listings give it."""

    address: str
    state: State
    since: datetime | None
    moved_to: str
    listings: int


def gather_links(parts: Parts) -> int:
    """Look which addresses listings give by now: new ones are checked soon, those that nobody gives any more, or whose hosts the setting
    no longer names, are forgotten. How many there are."""
    hosts = parts.settings.link_checks
    with parts.database.reading() as session:
        found = {key_of(address): address for address in _given(session) if may_ask(host_of(address), hosts)} if hosts else {}
        known = set(session.scalars(select(LinkCheck.key)))
    new, gone, now = [key for key in found if key not in known], sorted(known - found.keys()), parts.clock.now()
    for start in range(0, max(len(new), len(gone)), ROWS_AT_ONCE):
        with parts.database.writing() as session:
            session.execute(delete(LinkCheck).where(LinkCheck.key.in_(gone[start : start + ROWS_AT_ONCE])))
            rows = [
                {"key": key, "address": found[key], "host": host_of(found[key]), "failures": 0, "asks_whole": False, "next_at": now}
                for key in new[start : start + ROWS_AT_ONCE]
            ]
            if rows:
                session.connection().execute(_made(session, LinkCheck).on_conflict_do_nothing(), rows)
            session.commit()
    return len(found)


def _given(session: Session) -> Iterator[str]:
    """The addresses that listings give: their own, and those of their organizations."""
    listed = select(Service.url, Organization.website).outerjoin(Organization, Organization.id == Service.organization_id)
    for row in session.execute(listed.where(*listed_condition()).execution_options(yield_per=2_000)):
        yield from filter(None, (address_of(text) for text in row if text))


def check_links(parts: Parts, asker: LinkAsker, most: int = HOSTS_AT_ONCE) -> Checked:
    """One request to each of at most so many hosts whose turn it is."""
    done = Checked()
    if not parts.settings.link_checks:
        return done
    for host in _hosts_in_turn(parts, most):
        if may_ask(host, parts.settings.link_checks) and _claim(parts, host):
            _ask_host(parts, asker, host, done)
        parts.stop_if_asked()
    return done


def _hosts_in_turn(parts: Parts, most: int) -> list[str]:
    now = parts.clock.now()
    with parts.database.reading() as session:
        rested = or_(LinkHost.asked_at.is_(None), LinkHost.asked_at <= now - BETWEEN)
        asked = select(LinkCheck.host).outerjoin(LinkHost, LinkHost.host == LinkCheck.host).where(LinkCheck.next_at <= now, rested)
        return list(session.scalars(asked.group_by(LinkCheck.host).order_by(func.min(LinkCheck.next_at), LinkCheck.host).limit(most)))


def _claim(parts: Parts, host: str) -> bool:
    """Whether it may be asked now: of several workers one alone asks within a minute."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        session.connection().execute(_made(session, LinkHost).on_conflict_do_nothing(), [{"host": host}])
        rested = or_(LinkHost.asked_at.is_(None), LinkHost.asked_at <= now - BETWEEN)
        mine = update(LinkHost).where(LinkHost.host == host, rested).values(asked_at=now).returning(LinkHost.host)
        is_mine = session.execute(mine.execution_options(synchronize_session=False)).first() is not None
        session.commit()
    return is_mine


def _ask_host(parts: Parts, asker: LinkAsker, host: str, done: Checked) -> None:
    """Ask what programs may ask for, where that is not known; else ask for the address that has waited longest."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        known = session.get_one(LinkHost, host)
        robots, is_known = known.robots or "", known.robots_at is not None and known.robots_at > now - ROBOTS_LAST
        waiting = select(LinkCheck).where(LinkCheck.host == host, LinkCheck.next_at <= now).order_by(LinkCheck.next_at, LinkCheck.key)
        row = session.scalars(waiting.limit(1)).first()
        if row is None:
            return
        address, is_whole = row.address, row.asks_whole
    if not is_known:
        done.asked += 1
        _ask_robots(parts, asker, host, address)
        return
    if not _lets(robots, address):
        _note(parts, address, Outcome.NOT_ALLOWED, "", done)
        return
    done.asked += 1
    try:
        answer = asker.ask(address, "GET" if is_whole else "HEAD")
    except NotAllowed:
        _note(parts, address, Outcome.NOT_ALLOWED, "", done)
    except NotDelivered:
        _note(parts, address, Outcome.FAILS, "", done)
    else:
        _note(parts, address, outcome_of(answer.status, answer.location, address, is_whole=is_whole), answer.location, done)


def _ask_robots(parts: Parts, asker: LinkAsker, host: str, address: str) -> None:
    """What a host lets programs ask for. Where nobody answers at all, that is a failure of the address; where it answers with faults of its
    own, it is left alone for a day."""
    there = urlsplit(address)._replace(path="/robots.txt", query="").geturl()
    now = parts.clock.now()
    try:
        answer = asker.ask(there, "GET", most_bytes=MOST_ROBOTS_BYTES)
    except NotAllowed:
        _note(parts, address, Outcome.NOT_ALLOWED, "", Checked())
        return
    except NotDelivered:
        _note(parts, address, Outcome.FAILS, "", Checked())
        return
    has_faults = answer.status >= 500
    with parts.database.writing() as session:
        row = session.get_one(LinkHost, host)
        row.robots, row.robots_at = (answer.text if answer.status == 200 else ""), None if has_faults else now
        if has_faults:
            waiting = update(LinkCheck).where(LinkCheck.host == host, LinkCheck.next_at <= now).values(next_at=now + PUT_OFF)
            session.execute(waiting.execution_options(synchronize_session=False))
        session.commit()


def _lets(robots: str, address: str) -> bool:
    read = RobotFileParser()
    read.parse(robots.splitlines())
    return read.can_fetch(NAME, address)


def _note(parts: Parts, address: str, outcome: Outcome, moved_to: str, done: Checked) -> None:
    """Keep what a try said; listings that give the address are judged anew where it stands otherwise now."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = session.get(LinkCheck, key_of(address), with_for_update=True)
        if row is None:
            return
        before = row.state
        known = Check(
            State(row.state) if row.state else None, row.since, row.moved_to or "", row.answered_at, row.failures, row.failed_on,
            row.asks_whole, row.next_at,
        )  # fmt: skip
        found = after(known, outcome, now, today_in(session, now), moved_to[:2_000])
        for name, value in asdict(found).items():
            setattr(row, name, value)
        row.moved_to = found.moved_to or None
        if row.state != before:
            note_changed(session, _giving(session, address))
        session.commit()
    if outcome in (Outcome.ANSWERS, Outcome.MOVED, Outcome.FAILS) and found.state is not None:
        setattr(done, found.state.value, getattr(done, found.state.value) + 1)


def _giving(session: Session, address: str) -> dict[str, int]:
    """The listings that give an address, with their versions."""
    host = host_of(address).removeprefix("www.")
    named = or_(Service.url.icontains(host, autoescape=True), Organization.website.icontains(host, autoescape=True))
    asked = select(Service.id, Service.version).outerjoin(Organization, Organization.id == Service.organization_id).where(named)
    return dict(session.execute(asked).all())


def read_dead_links(parts: Parts) -> list[DeadLink]:
    """Addresses that do not answer, or have moved, the dead first."""
    with parts.database.reading() as session:
        asked = select(LinkCheck).where(LinkCheck.state.in_([State.DEAD, State.MOVED])).order_by(LinkCheck.state, LinkCheck.since)
        rows = session.scalars(asked).all()
        counts: dict[str, int] = {}
        for address in _given(session):
            counts[address] = counts.get(address, 0) + 1
        return [DeadLink(row.address, State(row.state or ""), row.since, row.moved_to or "", counts.get(row.address, 0)) for row in rows]


def _made(session: Session, table: Any) -> Any:
    return {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](table)
