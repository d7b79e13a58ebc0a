"""Whoever sweeps is killed at any point, again and again: each step is written once, with its one mail, and none is lost."""

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from directory.app import build_parts
from directory.domain.clock import FixedClock
from directory.services.referrals.sweep import sweep
from directory.settings import Settings
from directory.store.migrate import upgrade
from directory.store.tables import AttemptEvent, OutgoingMessage
from tests.support.moments import MONDAY_MORNING
from tests.support.referrals import make_town, sent_to_shelter

MOMENT = MONDAY_MORNING + timedelta(hours=5)
ATTEMPTS = 12

SWEEPER = textwrap.dedent(
    """
    import json, sys
    from datetime import datetime
    import directory.app
    directory.app.open_gazetteer = lambda *_given, **_named: None
    from directory.app import build_parts
    from directory.services.referrals import sweep
    from directory.settings import Settings

    options, moment = json.loads(sys.argv[1])
    sweep.AT_ONCE = 2
    parts = build_parts(Settings(**options))
    print("ready", flush=True)
    sweep.sweep(parts, datetime.fromisoformat(moment))
    """
)


KILLS = 4


@pytest.mark.slow
def test_a_killed_sweep_loses_no_step_and_writes_none_twice(tmp_path: Path) -> None:
    options = {"data_dir": str(tmp_path)}
    parts = build_parts(Settings(**options), clock=FixedClock(MONDAY_MORNING))  # type: ignore[arg-type]
    upgrade(parts.database)
    town = make_town(parts)
    dice = random.Random(20261127)
    argument = json.dumps([options, MOMENT.isoformat()])
    for _kill in range(KILLS):
        for _attempt in range(ATTEMPTS):
            sent_to_shelter(parts, town, with_consent=False)
        with parts.database.writing() as session:
            session.execute(delete(OutgoingMessage))
            session.commit()
        with subprocess.Popen(
            [sys.executable, "-c", SWEEPER, argument], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            try:
                process.wait(timeout=dice.random() * 0.15)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        sweep(parts, MOMENT)
        with parts.database.reading() as session:
            mails = session.scalar(select(func.count()).select_from(OutgoingMessage))
            steps = session.execute(select(AttemptEvent.kind, func.count()).group_by(AttemptEvent.kind)).all()
        assert mails == ATTEMPTS
        assert dict(steps)["reminded"] == dict(steps)["sent"]
    parts.search.close()
    parts.database.close()
