"""The documentation is complete: whoever adds a command, a setting, an option or a parameter says so where people read."""

import json
import re
from pathlib import Path

import click
import pytest

from directory.api.contract import KEPT
from directory.cli.main import COMMANDS, LazyGroup, directory
from directory.settings import Settings
from tests.support.tree import ROOT, tracked_files

OPERATIONS = ROOT / "docs" / "operations.md"
API = ROOT / "docs" / "api.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_or_the_operations_page(name: str) -> None:
    words = (ROOT / "README.md").read_text() + OPERATIONS.read_text()
    assert f"./run {name}" in words


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_what_its_options_mean(name: str) -> None:
    group = directory
    assert isinstance(group, LazyGroup)
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert command.help
    commands = [command, *command.commands.values()] if isinstance(command, click.Group) else [command]
    silent = [
        f"{entry.name} {option.opts}"
        for entry in commands
        for option in entry.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_on_the_operations_page(name: str) -> None:
    assert f"`{name.upper()}`" in OPERATIONS.read_text()
    assert Settings.model_fields[name].description


def test_every_address_and_parameter_of_the_interface_is_on_its_page() -> None:
    page = API.read_text()
    for path, operations in json.loads(KEPT.read_text())["paths"].items():
        address = re.sub(r"{[a-z]+_id}", "{id}", path)
        for method, operation in operations.items():
            if isinstance(operation, dict):
                assert f"`{method.upper()} {address}`" in page or (method == "get" and f"`{address}`" in page), (method, path)
                for parameter in operation.get("parameters", []):
                    assert parameter["in"] != "query" or f"`{parameter['name']}`" in page, (path, parameter["name"])


def broken_links(path: Path) -> list[str]:
    page = ROOT / path
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    return [link for link in links if "://" not in link and not link.startswith("mailto:") and not (page.parent / link).exists()]


def test_links_between_pages_lead_somewhere() -> None:
    broken = {str(path): broken_links(path) for path in tracked_files() if path.suffix == ".md"}
    assert {path: links for path, links in broken.items() if links} == {}


def test_decisions_are_numbered_without_gaps_and_have_their_four_parts() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text()
        for part in ("Status", "Context", "Decision", "Consequences"):
            assert part in text, (path.name, part)
