"""The last lines of a run: for each thing outside of Python what was found and how many tests ran on it; then, once each, the reasons why
tests were left out."""

import sqlite3
from collections import Counter
from importlib.metadata import version
from typing import Any

import pytest

from tests.support.meilisearch import shared_meilisearch_of
from tests.support.postgresql import shared_server_of
from tests.support.tools import TOOLS, Tool


def _outcomes(reporter: Any, marker: str) -> Counter[str]:
    """How many tests with a marker ended how. A test that was skipped before it ran counts once, as skipped."""
    found: Counter[str] = Counter()
    for outcome in ("passed", "failed", "skipped", "error"):
        for report in reporter.stats.get(outcome, ()):
            if isinstance(report, pytest.TestReport) and marker in report.keywords:
                found[outcome] += 1
    return found


def _reasons(reporter: Any) -> Counter[str]:
    """Why tests were skipped: sentence -> how many."""
    found: Counter[str] = Counter()
    for report in reporter.stats.get("skipped", ()):
        words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        found[words.removeprefix("Skipped: ")] += 1
    return found


def _told(outcomes: Counter[str]) -> str:
    ran = outcomes["passed"] + outcomes["failed"] + outcomes["error"]
    words = [f"{ran} ran"] if ran else []
    if outcomes["skipped"]:
        words.append(f"{outcomes['skipped']} skipped")
    return ", ".join(words) or "no test asked for it"


def _found(tool: Tool, config: pytest.Config) -> str:
    if tool.marker == "meilisearch" and tool.find():
        return shared_meilisearch_of(config).description()
    return tool.find() or f"not found ({tool.advice})"


def _engines(config: pytest.Config) -> list[str]:
    """The search engines and databases that were found."""
    found = ["scan", f"tantivy {version('tantivy')}", f"SQLite {sqlite3.sqlite_version}"]
    servers = (("Meilisearch", shared_meilisearch_of(config).note()), ("PostgreSQL", shared_server_of(config).note()))
    return [*found, *(f"{name} {note['version']}" if "version" in note else f"no {name}" for name, note in servers)]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    terminalreporter.section("what the tests ran on")
    lines = [("PostgreSQL", "postgresql", shared_server_of(config).description())]
    lines += [(tool.name, tool.marker, _found(tool, config)) for tool in TOOLS]
    lines.append(("Slow tests", "slow", "on" if config.getoption("slow") or config.getoption("everything") else "off (--slow runs them)"))
    for name, marker, found in lines:
        terminalreporter.write_line(f"{name}: {found}; {_told(_outcomes(terminalreporter, marker))}")
    if config.getoption("engines"):
        terminalreporter.write_line(f"Engines: {', '.join(_engines(config))}")
    for reason, count in _reasons(terminalreporter).most_common():
        terminalreporter.write_line(f"Left out: {count}, {reason}")
