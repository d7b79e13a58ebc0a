"""The command line as people call it, over a small neighbourhood that each test has for itself."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog

from directory.app import build_parts
from directory.cli.main import main
from directory.domain.clock import FixedClock
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.migrate import upgrade
from tests.support.neighbourhood import furnish
from tests.support.places import FewPlaces


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed where, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Say = Callable[..., Said]


@pytest.fixture
def installation(settings: Settings, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """An empty installation that commands find through their environment, with a gazetteer of a few places and a clock that stands."""
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    monkeypatch.setattr("directory.app.open_gazetteer", lambda *_given, **_named: FewPlaces())
    monkeypatch.setattr("directory.app.SystemClock", lambda: clock)
    before = structlog.get_config()
    yield settings
    structlog.configure(**before)


@pytest.fixture
def say(installation: Settings, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command: `say("search", "food")`."""

    def run(*arguments: str) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        printed = capsys.readouterr()
        return Said(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def furnished(installation: Settings) -> Iterator[Parts]:
    """The installation with the neighbourhood in it."""
    parts = build_parts(installation)
    upgrade(parts.database)
    furnish(parts)
    yield parts
    parts.search.close()
    parts.database.close()
