"""Whoever writes events is killed at any point, again and again: afterwards every event is there once, and what stands beside them is
theirs."""

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import func, select

from directory.app import build_parts
from directory.domain.clock import FixedClock
from directory.domain.referrals.events import Kind
from directory.domain.referrals.fold import fold
from directory.services.referrals.write import event_of, events_of
from directory.settings import Settings
from directory.store.migrate import upgrade
from directory.store.tables import Attempt, OutgoingMessage
from tests.support.moments import MONDAY_MORNING
from tests.support.referrals import make_town, need_of, sent_to_shelter

WRITER = textwrap.dedent(
    """
    import json, random, sys
    from directory.app import build_parts
    from directory.domain.errors import DirectoryError
    from directory.domain.referrals.events import Kind
    from directory.services.referrals.standpoint import by_link
    from directory.services.referrals.write import Act, write
    from directory.settings import Settings

    options, house, attempts = json.loads(sys.argv[1])
    parts = build_parts(Settings(**options))
    dice, who = random.Random(), by_link(house, "00000000-0000-4000-8000-000000000001")
    kinds = [Kind.SEEN, Kind.ACCEPTED, Kind.NOTED, Kind.INFO_GIVEN, Kind.SERVICE_STARTED, Kind.WAITLISTED, Kind.WAIT_CONFIRMED]
    print("ready", flush=True)
    while True:
        attempt = dice.choice(attempts)
        try:
            with parts.database.writing() as session:
                written = write(parts, session, attempt, who, Act(dice.choice(kinds), words="w", contact_name="Rosa", wait_position=1))
                session.commit()
        except DirectoryError:
            continue
        if written.was_new:
            print(f"{attempt}/{written.attempt.version}", flush=True)
    """
)


@pytest.mark.parametrize("kills", [pytest.param(1, id="1"), pytest.param(60, id="60", marks=pytest.mark.slow)])
def test_a_killed_writer_leaves_whole_events_and_none_twice(tmp_path: Path, kills: int) -> None:
    options = {"data_dir": str(tmp_path)}
    parts = build_parts(Settings(**options), clock=FixedClock(MONDAY_MORNING))  # type: ignore[arg-type]
    upgrade(parts.database)
    town = make_town(parts)
    attempts = [sent_to_shelter(parts, town, with_consent=False)[1] for _each in range(5)]
    need_of(parts, town)
    dice, told = random.Random(20261126), []
    argument = json.dumps([options, town.house, attempts])
    for _kill in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, argument], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(timeout=0.05 + dice.random() * 0.2)
            writer.send_signal(signal.SIGKILL)
            told += writer.stdout.read().decode().split()
    kept = set()
    with parts.database.reading() as session:
        for attempt, events in events_of(session, attempts).items():
            row = session.get_one(Attempt, attempt)
            assert [each.number for each in events] == list(range(1, row.version + 1))
            standing = fold(event_of(each) for each in events)
            assert (row.state, row.since) == (standing.state, standing.since)
            kept |= {f"{attempt}/{each.number}" for each in events if each.by.startswith("link:")}
            accepted = [each for each in events if each.kind == Kind.ACCEPTED]
            assert len(accepted) <= 1
        assert len(told) == len(set(told)), "no event was written twice"
        assert set(told) <= kept, "what was said to be written is there"
        assert (session.scalar(select(func.count()).select_from(OutgoingMessage)) or 0) >= len(attempts)
    parts.search.close()
    parts.database.close()
