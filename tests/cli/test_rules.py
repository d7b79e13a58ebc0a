"""`directory rules`: from a file to what decides, and back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from directory.app import build_parts
from directory.domain.people import Role
from directory.services.accounts.people import add_person
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.migrate import upgrade
from tests.cli.conftest import Say
from tests.support.rules import partner_rules

SET = "suggest-partners"


@pytest.fixture
def written(tmp_path: Path) -> str:
    """A file with a right set of one rule."""
    path = tmp_path / "partners.yaml"
    path.write_text(yaml.safe_dump(partner_rules(), sort_keys=False), encoding="utf-8")
    return str(path)


@pytest.fixture
def parts(installation: Settings) -> Iterator[Parts]:
    """An empty installation."""
    parts = build_parts(installation)
    upgrade(parts.database)
    yield parts
    parts.search.close()
    parts.database.close()


def people(parts: Parts) -> None:
    for name in ("anna", "ben"):
        add_person(parts, f"{name}@example.org", Role.PLANNER)


def test_a_right_file_is_told_in_sentences_with_what_is_worth_a_second_look(say: Say, written: str) -> None:
    said = say("rules", "check", written)
    assert said.code == 0
    assert "agreement-in-force: 14 points for the program when the agreement between the two holds." in said.out
    assert "agreement-in-force: It names no source" in said.out
    assert 'No rule that is on belongs to the family "need".' in said.out
    told = say("rules", "check", written, "--json").json
    assert (told["is_right"], told["set"], told["rules"][0]["id"]) == (True, SET, "agreement-in-force")
    assert "14 points" in say("rules", "check", written, "--language", "fr").out


def test_all_that_is_wrong_in_a_file_is_told_with_its_place(say: Say, tmp_path: Path) -> None:
    rules = partner_rules(points=900)
    rules["rules"][0]["when"]["field"] = "agreement.statuz"
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(rules), encoding="utf-8")
    said = say("rules", "check", str(path))
    assert said.code == 1
    assert f'{path}: rules[0].when.field: "agreement.statuz" is not a field. Did you mean "agreement.status"?' in said.err
    assert "rules[0].then.points: Write a whole number from 1 to 50." in said.err
    assert said.out == ""
    told = say("rules", "check", str(path), "--json").json
    assert [wrong["path"] for wrong in told["wrong"]] == ["rules[0].when.field", "rules[0].then.points"]
    assert say("rules", "check", str(tmp_path / "nowhere.yaml")).code == 1


def test_a_folder_is_looked_through_file_by_file(say: Say, written: str) -> None:
    folder = Path(written).parent
    (folder / "another.yaml").write_text("set: [", encoding="utf-8")
    (folder / "notes.txt").write_text("no rules", encoding="utf-8")
    said = say("rules", "check", str(folder), "--json")
    assert said.code == 1
    assert [(Path(each["file"]).name, each["is_right"]) for each in said.json["files"]] == [
        ("another.yaml", False),
        ("partners.yaml", True),
    ]


def test_from_a_file_to_what_decides_by_two_people_and_back_in_one_step(say: Say, parts: Parts, written: str) -> None:
    people(parts)
    assert say("rules", "import", written, "--as", "anna@example.org").out == f"{SET} 1\n"
    asked = ("rules", "activate", SET, "1", "--as", "anna@example.org")
    assert "examples have not passed" in say(*asked).err
    assert say("rules", "test", SET, "1").code == 0
    assert "dry-run" in say(*asked).err
    told = say("rules", "dry-run", SET, "1", "--since", "2026-10-01", "--json").json
    assert (told["set_name"], told["version"], told["against"]) == (SET, 1, f"{SET} 0")
    first = say(*asked)
    assert (first.code, first.out) == (0, f"{SET} 1 waits for a second person.\n")
    assert "within 14 days" in first.err
    assert say(*asked, "--json").json["is_active"] is False, "the same person is no second one"
    assert "waits for a second person" in say("rules", "list").out
    done = say("rules", "activate", SET, "1", "--as", "ben@example.org", "--json").json
    assert done == {"set": SET, "version": 1, "is_active": True, "took_the_place_of": None}
    listed = {(each["set"], each["version"]): each for each in say("rules", "list", "--json").json["versions"]}
    assert listed[SET, 1]["holds_now"] is True
    assert listed[SET, 0]["holds_now"] is False
    assert "decides again" in say("rules", "back", SET, "--as", "ben@example.org").out
    assert "is active" in say("rules", "back", SET, "--as", "ben@example.org").err


def test_on_a_terminal_the_second_person_is_asked_for(say: Say, parts: Parts, written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    people(parts)
    say("rules", "import", written)
    say("rules", "test", SET, "1")
    say("rules", "dry-run", SET, "1", "--since", "2026-10-01")
    monkeypatch.setattr("directory.cli.rules.is_somebody_there", lambda: True)
    answers = iter(("", "anna@example.org", "ben@example.org"))
    monkeypatch.setattr("click.prompt", lambda *_text, **_named: next(answers))
    asked = ("rules", "activate", SET, "1", "--as", "anna@example.org")
    assert "waits" in say(*asked).out, "nobody is named"
    said = say(*asked).err
    assert "the same person" in said
    assert f"{SET} 1 beside {SET} 0, which holds now:" in said, "who agrees has seen what changes"
    assert f"{SET} 1 decides from now on" in say(*asked).out


def test_what_a_version_changes_is_told_rule_by_rule(say: Say, parts: Parts, tmp_path: Path) -> None:
    people(parts)
    path = tmp_path / "partners.json"
    for points in (14, 9):
        path.write_text(json.dumps(partner_rules(points=points)), encoding="utf-8")
        say("rules", "import", str(path))
    for step in ("test", "dry-run"):
        say("rules", step, SET, "1", *(("--since", "2026-10-01") if step == "dry-run" else ()))
    for name in ("anna", "ben"):
        say("rules", "activate", SET, "1", "--as", f"{name}@example.org")
    told = say("rules", "diff", SET, "2").out
    assert f"{SET} 2 beside {SET} 1, which holds now:" in told
    assert "agreement-in-force (changed)\n    was: 14 points" in told
    assert "    is: 9 points" in told
    assert "the same as" in say("rules", "diff", SET, "1").out
    found = say("rules", "diff", SET, "0", "--json").json
    assert {rule["change"] for rule in found["rules"]} <= {"new", "gone", "changed", "examples"}
    assert found["rules"]


def test_only_planners_of_the_whole_community_decide(say: Say, parts: Parts, written: str) -> None:
    add_person(parts, "cleo@example.org", Role.ADMINISTRATOR)
    say("rules", "import", written)
    said = say("rules", "activate", SET, "1", "--as", "cleo@example.org")
    assert (said.code, "may not do this" in said.err) == (1, True)
    assert "Nobody with an account" in say("rules", "activate", SET, "1", "--as", "dora@example.org").err
    assert say("rules", "activate", SET, "1", "--as", "no address").code == 1
    assert say("rules", "activate", SET, "1").code == 2


def test_examples_that_fail_are_named_and_the_draft_stays_a_draft(say: Say, parts: Parts, tmp_path: Path) -> None:
    rules = partner_rules()
    rules["rules"][0]["tests"][1]["expect"] = "fires"
    path = tmp_path / "failing.json"
    path.write_text(json.dumps(rules), encoding="utf-8")
    assert say("rules", "import", str(path), "--json").json == {"set": SET, "version": 1, "status": "draft"}
    said = say("rules", "test", SET, "1")
    assert said.code == 1
    assert "agreement-in-force, example 2: it says fires, and what comes of it is not." in said.out
    assert say("rules", "test", SET, "1", "--json").json["passes"] is False
    assert "There is no rule set" in say("rules", "test", "another-set", "1").err


def test_what_is_exported_is_imported_as_the_next_version(say: Say, parts: Parts, tmp_path: Path) -> None:
    for version, form in enumerate(("yaml", "json", "jsonlogic"), 1):
        exported = say("rules", "export", "flag-pairs", "--format", form, "--version", "0")
        assert exported.err == "flag-pairs 0, active\n"
        path = tmp_path / f"flags.{'yaml' if form == 'yaml' else 'json'}"
        path.write_text(exported.out, encoding="utf-8")
        assert say("rules", "import", str(path)).out == f"flag-pairs {version}\n"
        assert say("rules", "export", "flag-pairs", "--format", form, "--version", str(version)).out == exported.out


def test_a_file_that_is_wrong_is_not_imported(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("set: a\nkind: &x suggest\n", encoding="utf-8")
    said = say("rules", "import", str(path))
    assert (said.code, said.out) == (1, "")
    assert said.err == f"{path}: line 2: Rules use no anchors (&name); write the part out again.\n"
