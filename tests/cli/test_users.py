"""`directory users` gives accounts and roles, `directory access` says what each role may reach."""

import pytest

from directory.services.parts import Parts
from directory.store.tables import Area
from tests.cli.conftest import Say
from tests.support.neighbourhood import ORGANIZATION, PANTRY


def test_somebody_is_added_with_a_role_and_listed(furnished: Parts, say: Say) -> None:
    added = say("users", "add", " Zoë@Example.org", "--role", "editor", "--organization", ORGANIZATION, "--name", "Zoë", "--json").json
    assert (added["email"], added["name"]) == ("zoë@example.org", "Zoë")
    assert added["roles"] == [{"role": "editor", "organization": ORGANIZATION, "area": None}]
    listed = {user["email"]: user for user in say("users", "list", "--json").json["users"]}
    assert listed["zoë@example.org"] == added
    assert f"editor of {ORGANIZATION}" in say("users", "list").out


def test_a_second_role_is_added_to_the_first_and_the_same_twice_is_one(furnished: Parts, say: Say) -> None:
    with furnished.database.writing() as session:
        session.merge(Area(id="us-pa-philadelphia", name="Philadelphia", kind="city"))
        session.commit()
    for _twice in range(2):
        say("users", "add", "both@example.org", "--role", "planner", "--area", "us-pa-philadelphia")
    found = say("users", "add", "both@example.org", "--role", "administrator", "--json").json
    assert [role["role"] for role in found["roles"]] == ["administrator", "planner"]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (("nonsense", "--role", "planner"), "EMAIL must be a mail address"),
        (("a@example.org", "--role", "boss"), "role must be one of worker, editor, lead, planner, administrator"),
        (("a@example.org", "--role", "editor"), "organization must be told"),
        (("a@example.org", "--role", "lead", "--organization", PANTRY), "organization must be the id of one that is listed"),
        (("a@example.org", "--role", "planner", "--area", "atlantis"), "area must be the id of one that is known"),
        (("a@example.org", "--role", "planner", "--organization", ORGANIZATION), "organization must be left out"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_nobody_is_added(furnished: Parts, say: Say, written: tuple[str, ...], says: str) -> None:
    said = say("users", "add", *written)
    assert said.code == 1
    assert says in said.err
    assert not {"a@example.org", "nonsense"} & {user["email"] for user in say("users", "list", "--json").json["users"]}


def test_who_left_is_listed_only_when_asked_and_gets_no_link(furnished: Parts, say: Say) -> None:
    say("users", "add", "gone@example.org", "--role", "planner")
    assert say("users", "end", "gone@example.org").code == 0
    assert "gone@example.org" not in say("users", "list").out
    assert "gone@example.org" in say("users", "list", "--also-gone").out
    assert say("sign-in", "--as", "gone@example.org").code == 1
    assert say("users", "end", "gone@example.org").code == 1


def test_the_access_table_is_printed_and_told_as_json(furnished: Parts, say: Say) -> None:
    lines = say("access", "table").out.splitlines()
    assert lines[0].startswith("| address | methods | needs | visitor | worker |")
    rows = {(row["address"], *row["methods"]): row for row in say("access", "table", "--json").json["routes"]}
    assert rows["/planning/terms", "GET"]["who"]["planner"] == "yes"
    assert rows["/planning/terms", "POST"]["who"]["visitor"] == "no"
