"""Programs outside of Python that some tests need: where they are, or in one sentence why they cannot be used.

A test that needs one carries its marker and is skipped where the program is missing; the summary at the end says so once. With
`--everything` a missing program is a failure: nothing can be left out unseen.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True, slots=True)
class Tool:
    """A program by the marker of its tests: `find` gives where it is, "" when it is not there; `advice` says how to have it. One that no
    package manager brings may be missing under `--everything` too."""

    marker: str
    name: str
    find: Callable[[], str]
    advice: str
    may_be_missing: bool = False


def chromium() -> str:
    """Path of the browser, "" when there is none."""
    return next(filter(None, (shutil.which(name) for name in CHROMIUM_NAMES)), "")


def meilisearch() -> str:
    """Address of a Meilisearch server that tests may write to, else path of the program, "" when there is neither."""
    return os.environ.get("TEST_MEILISEARCH_URL", "") or shutil.which("meilisearch") or ""


TOOLS = (
    Tool("browser", "Chromium", chromium, "install chromium"),
    Tool(
        "meilisearch",
        "Meilisearch",
        meilisearch,
        "put the program on the path, or set TEST_MEILISEARCH_URL and TEST_MEILISEARCH_KEY",
        may_be_missing=True,
    ),
)


def leave_out(config: pytest.Config, sentence: str) -> None:
    """Skip the test at hand; fail it where everything must run."""
    if config.getoption("everything"):
        pytest.fail(f"Nothing may be left out with --everything: {sentence}", pytrace=False)
    pytest.skip(sentence)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("slow") and not (item.config.getoption("slow") or item.config.getoption("everything")):
        pytest.skip("slow tests run with --slow")
    for tool in TOOLS:
        if item.get_closest_marker(tool.marker) and not tool.find():
            sentence = f"{tool.name} was not found: {tool.advice}"
            if tool.may_be_missing:
                pytest.skip(sentence)
            leave_out(item.config, sentence)
