"""`directory referrals export`: a file that is whole or not there, and what is in it."""

import json
from pathlib import Path

import pytest

from directory.services.parts import Parts
from tests.cli.conftest import Say
from tests.support.fhir import faults
from tests.support.referrals import make_town, sent_to_shelter


@pytest.fixture
def sent(furnished: Parts) -> str:
    """The id of an attempt."""
    return sent_to_shelter(furnished, make_town(furnished))[1]


def test_referrals_are_written_whole_and_counted(say: Say, sent: str, tmp_path: Path) -> None:
    out = tmp_path / "referrals.json"
    said = say("referrals", "export", "--format", "fhir", "--out", str(out), "--address", "https://help.example.org", "--json")
    found = json.loads(out.read_text(encoding="utf-8"))
    assert faults(found) == []
    assert said.json["counts"] == {"ServiceRequest": 1, "Consent": 1, "Task": 1, "HealthcareService": 1, "Location": 1, "Organization": 2}
    assert f"https://help.example.org/api/v1/fhir/Task/{sent}" in [entry["fullUrl"] for entry in found["entry"]]
    assert "Task: 1" in say("referrals", "export", "--format", "fhir", "--out", str(out)).out


def test_lines_go_to_standard_output_and_nothing_else_does(say: Say, sent: str) -> None:
    said = say("referrals", "export", "--format", "fhir-ndjson", "--out", "-")
    kinds = [json.loads(line)["resourceType"] for line in said.out.splitlines()]
    assert (len(kinds), kinds[:3]) == (7, ["ServiceRequest", "Consent", "Task"])


def test_a_file_of_before_stays_where_the_new_one_cannot_be_written(
    say: Say, sent: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "referrals.json"
    out.write_text("before", encoding="utf-8")
    monkeypatch.setattr("directory.services.exchange.fhir.export.task", lambda *_given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        say("referrals", "export", "--format", "fhir", "--out", str(out))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["referrals.json"]
    assert out.read_text(encoding="utf-8") == "before"
