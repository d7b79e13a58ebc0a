"""The log goes to standard error, so that what a command prints stays what it prints."""

import json
from collections.abc import Iterator

import pytest
import structlog

from directory.gateways.logs import set_up_logs


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def test_the_log_is_json_on_standard_error_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO")
    structlog.get_logger("x").info("index_fed", confirmed=3)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert json.loads(printed.err)["confirmed"] == 3


def test_what_lies_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("WARNING")
    structlog.get_logger("x").info("index_fed")
    assert capsys.readouterr().err == ""
