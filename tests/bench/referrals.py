"""Figures of referrals: `python -m tests.bench.referrals [--needs 100000] [--open 100000] [--rounds 300] [--seed 7] [--folder DIR]`.

Makes an installation on SQLite with so many made-up needs and what became of them, and prints how long the pages take that people look at
all day (milliseconds, whole requests in one process); then one with so many open attempts, and how long one pass of the clocks over them
takes: on an ordinary morning, when a few in a hundred are due, and on the worst there can be, when every one is.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from directory.app import app_of, build_parts
from directory.domain.clock import FixedClock
from directory.domain.people import Role
from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.events import Event, Kind, Side
from directory.gateways.logs import set_up_logs
from directory.services.accounts.people import account_at
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.services.referrals.history import PastAttempt, PastEvent, PastNeed, record_history
from directory.services.referrals.sweep import sweep
from directory.settings import Settings
from directory.store.migrate import upgrade
from directory.store.tables import Attempt, Need, Service
from seeds.load import seed_scaled
from seeds.needs import seed_needs
from tests.support.people import sign_in

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
SERVICES = 2_000
WORKER, OWN = "bench@team.example", 500
BOARD = {
    "my board": "whose=mine",
    "the team's": "whose=team",
    "what came back": "whose=team&show=back",
    "late, page 20": "whose=team&show=late&page=20",
    "what waits": "whose=team&show=waits",
    "introductions": "whose=team&show=meetings",
}


def installation(folder: Path) -> Parts:
    """Some made-up listings over real cities, at a fixed moment."""
    parts = build_parts(Settings(data_dir=folder, secret_key="a key for figures only, of good length"), clock=FixedClock(NOW))
    upgrade(parts.database)
    seed_scaled(parts, SERVICES)
    return parts


def shares(milliseconds: Sequence[float]) -> str:
    found = sorted(milliseconds)
    return "  ".join(f"{share:.0%} {found[min(len(found) - 1, int(len(found) * share))]:6.1f}" for share in (0.5, 0.95, 0.99))


def pages(parts: Parts, rounds: int, random: Random) -> None:
    """How long the pages of the busiest team take, and of the busiest receiver."""
    with parts.database.reading() as session:
        busiest = (
            select(Need.organization_id, func.count()).group_by(Need.organization_id).order_by(func.count().desc(), Need.organization_id)
        )
        team, needs = session.execute(busiest.limit(1)).one()
        asked = select(Attempt.receiver_id, func.count()).group_by(Attempt.receiver_id).order_by(func.count().desc(), Attempt.receiver_id)
        receiver, received = session.execute(asked.limit(1)).one()
    print(f"the busiest team has {needs:,} needs, the busiest receiver {received:,} attempts")
    worker = sign_in(app_of(parts).test_client(), parts, Role.WORKER, email=WORKER, organization_id=team)
    keeper = sign_in(app_of(parts).test_client(), parts, Role.EDITOR, email="bench@receiver.example", organization_id=receiver)
    own = give_some(parts, team)
    for name, query in BOARD.items():
        looked_at(worker, name, [f"/referrals?{query}"], rounds, random)
    looked_at(worker, "a need", [f"/referrals/needs/{need}" for need in own], rounds, random)
    looked_at(keeper, "inbox", [f"/referrals/inbox/{receiver}"], rounds, random)
    looked_at(keeper, "own figures", [f"/referrals/figures/{receiver}"], max(10, rounds // 10), random)


def give_some(parts: Parts, team: str) -> list[str]:
    """Some hundred open needs of the team for the worker who looks; their ids."""
    with parts.database.writing() as session:
        worker = account_at(session, parts.database.keyring, WORKER)[0]
        open_ones = select(Need).where(Need.organization_id == team, Need.closed_at.is_(None)).order_by(Need.id).limit(OWN)
        own = session.scalars(open_ones).all()
        for need in own:
            need.worker_id = worker
        session.commit()
        return [need.id for need in own]


def _most(session: Session, column: InstrumentedAttribute[str]) -> tuple[str, int]:
    found = session.execute(select(column, func.count()).group_by(column).order_by(func.count().desc(), column).limit(1)).one()
    return found[0], found[1]


def looked_at(client: FlaskClient, name: str, paths: Sequence[str], rounds: int, random: Random) -> None:
    taken = []
    for number in range(rounds + 5):
        path = random.choice(paths)
        began = time.perf_counter()
        answer = client.get(path)
        if number >= 5:  # the first few make the templates ready
            taken.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    print(f"  {name:<14} {shares(taken)} ms over {rounds} requests, {len(answer.data) / 1024:.0f} kB")


def open_needs(parts: Parts, how_many: int, random: Random) -> Iterator[PastNeed]:
    """Each with one attempt that somebody is waited for, sent within the last two days."""
    with parts.database.reading() as session:
        listed = select(Service.id, Service.organization_id).where(*listed_condition(), Service.organization_id.is_not(None))
        offers = session.execute(listed.order_by(Service.id)).all()
    for _number in range(how_many):
        offer, sender = random.choice(offers), random.choice(offers).organization_id
        at = NOW - timedelta(hours=random.random() * 48)
        steps = [(Kind.SENT, Side.SENDER), (Kind.SEEN, Side.RECEIVER), (Kind.ACCEPTED, Side.RECEIVER)][: random.choice([1, 1, 2, 3])]
        events = tuple(
            PastEvent(Event(kind, side, at + timedelta(minutes=number)), f"organization:{sender}")
            for number, (kind, side) in enumerate(steps)
        )
        attempt = PastAttempt(offer.id, offer.organization_id, at, events)
        yield PastNeed(sender, None, "emergency-shelter", random.choice(list(Urgency)), at, (attempt,))


def clocks(parts: Parts) -> None:
    """One pass on an ordinary morning, then one in which every attempt is due."""
    with parts.database.reading() as session:
        due_times = session.scalars(select(Attempt.check_at).where(Attempt.check_at.is_not(None)).order_by(Attempt.check_at)).all()
    print(f"{len(due_times):,} open attempts with a clock")
    for name, at in (("nothing due", due_times[0] - timedelta(seconds=1)), ("3 in 100 due", due_times[len(due_times) * 3 // 100])):
        began = time.perf_counter()
        done = sweep(parts, at)
        print(f"  {name:<14} {time.perf_counter() - began:6.2f} s for {done.steps:,} steps, {done.mails:,} mails")
    began = time.perf_counter()
    done = sweep(parts, due_times[-1] + timedelta(minutes=1))
    print(f"  {'every one due':<14} {time.perf_counter() - began:6.2f} s for {done.steps:,} steps, {done.mails:,} mails")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--needs", type=int, default=100_000)
    parser.add_argument("--open", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="where to make them; else a folder that is gone afterwards")
    options = parser.parse_args()
    set_up_logs("ERROR")
    random = Random(options.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        if options.needs:
            parts = installation(folder / "history")
            sign_in(app_of(parts).test_client(), parts, Role.WORKER, email="team@team.example", organization_id=first_organization(parts))
            began = time.perf_counter()
            made = seed_needs(parts, options.needs, options.seed)
            taken = time.perf_counter() - began
            print(f"{made.needs:,} needs, {made.attempts:,} attempts, {made.events:,} events made in {taken:.0f} s")
            pages(parts, options.rounds, random)
            parts.database.close()
        if options.open:
            parts = installation(folder / "open")
            record_history(parts, open_needs(parts, options.open, random))
            clocks(parts)
            parts.database.close()


def first_organization(parts: Parts) -> str:
    with parts.database.reading() as session:
        found = session.scalars(
            select(Service.organization_id).where(Service.organization_id.is_not(None)).order_by(Service.id).limit(1)
        ).one()
    return str(found)


if __name__ == "__main__":
    main()
