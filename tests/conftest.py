"""The test house: what every test may ask for, and how a run is laid out.

A run of the whole suite takes two processes; a run of named files stays in one. Ordinary runs draw the same hypothesis examples each time;
`--slow` draws new ones. Settings in the environment of whoever runs the tests do not reach them.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.domain.clock import FixedClock
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.session import Database
from search_index.embedded import TantivyEngine
from tests.support import garbage
from tests.support.examples import MANY_EXAMPLES, USUAL_EXAMPLES
from tests.support.moments import MONDAY_MORNING
from tests.support.places import FewPlaces
from tests.support.scratch import keep_bytecode, keep_files_in_memory
from tests.support.statements import compile_statements_once
from tests.support.templates import compile_templates_once

pytest_plugins = [
    "tests.support.tools",
    "tests.support.postgresql",
    "tests.support.meilisearch",
    "tests.support.databases",
    "tests.support.summary",
]

ENGINE_SUITES = (
    "tests/search",
    "tests/services/indexing",
    "tests/jobs",
    "tests/faults/test_dispatcher_killed.py",
    "tests/faults/test_campaign.py",
)
"""What `--engines` runs: the contract, keeping in step, and faults, on every engine that is found."""


def pytest_addoption(parser: pytest.Parser) -> None:
    house = parser.getgroup("the test house")
    house.addoption("--slow", action="store_true", help="run the slow tests too, and try more examples")
    house.addoption("--new-examples", action="store_true", help="draw examples that were never tried before")
    house.addoption("--engines", action="store_true", help="run the suites that hold every search engine to the others, and to kills")
    house.addoption("--everything", action="store_true", help="--slow, and fail where a program that tests need is missing")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    keep_files_in_memory()
    keep_bytecode()
    is_worker = hasattr(config, "workerinput") or "PYTEST_XDIST_WORKER" in os.environ
    whole_suite = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if whole_suite and config.option.engines and not is_worker:
        config.args = [str(config.rootpath / suite) for suite in ENGINE_SUITES]
    if whole_suite and not is_worker and not config.option.usepdb and getattr(config.option, "numprocesses", 1) is None:
        config.option.numprocesses = min(3, (os.cpu_count() or 1) + 1)  # one more than there are: tests wait for servers and browsers
        config.option.dist = "worksteal"  # so that none is left alone with the slowest tests at the end


def pytest_configure(config: pytest.Config) -> None:
    compile_templates_once()
    compile_statements_once()
    for name in Settings.model_fields:
        os.environ.pop(name.upper(), None)
    wide = config.getoption("slow") or config.getoption("everything")
    hypothesis.settings.register_profile(
        "house",
        deadline=None,
        derandomize=not config.getoption("new_examples"),
        max_examples=MANY_EXAMPLES if wide else USUAL_EXAMPLES,
        database=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    hypothesis.settings.load_profile("house")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    garbage.settle()


@cache
def usual_settings() -> Settings:
    """Read once: to read them anew took as long as many a test."""
    return Settings(data_dir=Path("nowhere"), secret_key="a key for tests only, of good length")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation whose state lies in a folder of the test."""
    return usual_settings().model_copy(update={"data_dir": tmp_path / "data"})


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY_MORNING)


@pytest.fixture
def parts(settings: Settings, database: Database, clock: FixedClock) -> Iterator[Parts]:
    """The working parts of an empty installation: the embedded engine without an index yet, and a gazetteer of a few places."""
    search = TantivyEngine(settings.index_dir)
    yield Parts(settings=settings, database=database, search=search, geocoding=FewPlaces(), clock=clock)
    search.close()


@pytest.fixture
def app(parts: Parts) -> Flask:
    """The application over an empty installation."""
    from directory.app import app_of

    made = app_of(parts)
    made.testing = True
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
