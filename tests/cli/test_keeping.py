"""The commands of whoever keeps an installation: init, migrate, index, doctor, routes."""

from pathlib import Path

import pytest

from directory.domain.clock import FixedClock
from directory.services.indexing.dispatch import park
from directory.services.indexing.enqueue import enqueue
from directory.services.listings.community import read_community
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.tables import IndexPending
from search_index.port import Drop
from tests.cli.conftest import Say
from tests.support.neighbourhood import PANTRY

OWN = ("--name", "Our directory", "--place", "Ottawa", "--country", "ca", "--region", "on", "--crisis-number", "988=Helpline=day and night")


def check_named(doctor: dict, name: str) -> dict:  # type: ignore[type-arg]
    return next(check for check in doctor["checks"] if check["name"] == name)


def test_init_makes_an_empty_community_that_can_be_searched(say: Say) -> None:
    said = say("init", *OWN, "--json")
    assert said.code == 0
    assert said.json == {"name": "Our directory", "place": "Ottawa", "zone": "America/Toronto", "kept": None}
    assert say("search", "food", "--json").json["total"] == 0
    assert say("doctor", "--json").json["ok"] is True


def test_init_keeps_what_it_was_told(say: Say, furnished: Parts) -> None:
    say("init", *OWN, "--yes", "--languages", "en,fr", "--mail", "hello@our.example", "--within-km", "10")
    community = read_community(furnished)
    assert (community.country, community.region, community.languages) == ("CA", "ON", ("en", "fr"))
    assert (community.mail, community.default_within_km) == ("hello@our.example", 10.0)
    assert community.crisis_numbers[0].number == "988"
    assert community.crisis_numbers[0].when == {"en": "day and night"}
    assert community.latitude is not None


def test_init_does_not_touch_a_community_without_a_further_word(say: Say, furnished: Parts) -> None:
    said = say("init", *OWN)
    assert said.code == 1
    assert "--yes" in said.err
    assert read_community(furnished).name == "West Philadelphia shared directory"


def test_init_with_yes_starts_over_and_keeps_a_copy(say: Say, furnished: Parts) -> None:
    said = say("init", *OWN, "--yes", "--json")
    assert said.code == 0
    assert Path(said.json["kept"]).stat().st_size > 10_000
    assert say("search", "food", "--json").json["total"] == 0


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (("--name", "x", "--country", "CA"), "--place"),
        ((*OWN, "--zone", "Mars/Crater"), "--zone"),
        ((*OWN, "--country", "Canada"), "--country"),
        ((*OWN, "--crisis-number", "911"), "NUMBER=NAME"),
        ((*OWN, "--crisis-number", "911=Emergency=now=fire"), "violence_now"),
    ],
)
def test_init_says_what_is_missing_or_wrong(say: Say, wrong: tuple[str, ...], named: str) -> None:
    said = say("init", *wrong)
    assert said.code == 1
    assert named in said.err


def test_migrate_makes_the_tables_once(say: Say) -> None:
    assert say("migrate", "--json").json["migrated"] is True
    assert say("migrate", "--json").json["migrated"] is False


def test_commands_say_that_a_database_must_be_migrated_first(say: Say) -> None:
    said = say("search", "food")
    assert said.code == 1
    assert "directory upgrade" in said.err


def test_an_index_in_step_is_told_so(say: Say, furnished: Parts) -> None:
    said = say("index", "check", "--json")
    assert said.code == 0
    assert (said.json["checked"], said.json["missing"], said.json["extra"], said.json["stale"]) == (4, 0, 0, 0)


def test_what_the_index_lost_is_found_and_repaired(say: Say, furnished: Parts) -> None:
    furnished.search.apply([Drop(PANTRY, 99)])
    said = say("index", "check", "--json")
    assert said.code == 1
    assert said.json["missing_ids"] == [PANTRY]
    assert say("index", "check", "--repair").code == 0
    assert say("index", "check").out.startswith("4 services: 0 missing")


def test_a_rebuild_says_what_the_index_holds(say: Say, furnished: Parts) -> None:
    assert say("index", "rebuild", "--as", "me@our.example", "--json").json["services"] == 4
    assert say("index", "status", "--json").json["index"]["services"] == 4


def test_the_doctor_finds_nothing_wrong_with_a_furnished_installation(say: Say, furnished: Parts) -> None:
    said = say("doctor", "--json")
    assert said.code == 0
    assert said.json["ok"] is True
    assert {check["name"] for check in said.json["checks"]} >= {
        "settings",
        "data folder",
        "database",
        "gazetteer",
        "community",
        "index",
        "pending",
    }


def test_the_doctor_hides_secrets(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush-hush")
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://me:open-sesame@/none?host=/no/such/folder")
    said = say("doctor")
    assert said.code == 1
    assert "hush-hush" not in said.out + said.err
    assert "open-sesame" not in said.out + said.err
    assert "WRONG database" in said.out


def test_the_doctor_names_a_setting_that_cannot_be_used(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "many")
    said = say("doctor", "--json")
    assert said.code == 1
    assert "PORT" in said.json["checks"][0]["wrong"]


def test_the_doctor_says_that_tables_are_missing_and_what_to_do(say: Say) -> None:
    said = say("doctor", "--json")
    assert said.code == 1
    assert check_named(said.json, "database")["remedy"] == "directory upgrade"


def test_the_doctor_asks_for_crisis_numbers(say: Say) -> None:
    say("init", *OWN[:-2])
    said = say("doctor", "--json")
    assert said.code == 1
    assert "danger" in check_named(said.json, "crisis numbers")["wrong"]


def test_the_doctor_warns_where_a_danger_has_no_line_and_is_still_well(say: Say) -> None:
    say("init", *OWN[:-1], "911=Emergency", "--crisis-number", "988=Helpline=day and night=suicide=988")
    said = say("doctor", "--json")
    check = check_named(said.json, "crisis numbers")
    assert said.code == 0
    assert "trafficking" in check["warning"]
    assert "suicide" not in check["warning"]
    assert "warns crisis numbers" in say("doctor").out


def test_the_doctor_is_content_with_a_line_for_any_danger(say: Say) -> None:
    say("init", *OWN)
    assert check_named(say("doctor", "--json").json, "crisis numbers")["warning"] == ""


def test_init_keeps_what_a_line_is_for_and_its_text_number(say: Say, furnished: Parts) -> None:
    kids, ask = "686868=Kids line=any time=child_at_risk, suicide=686868", "211=211==information"
    say("init", *OWN, "--crisis-number", kids, "--crisis-number", ask, "--yes")
    kept = {entry.number: entry for entry in read_community(furnished).crisis_numbers}
    assert kept["686868"].kinds == ("child_at_risk", "suicide")
    assert kept["686868"].text_number == "686868"
    assert kept["211"].kinds == ("information",)
    assert kept["988"].kinds == ()


def test_the_doctor_sees_an_index_that_lags_or_refused(say: Say, furnished: Parts, settings: Settings, clock: FixedClock) -> None:
    with furnished.database.writing() as session:
        enqueue(session, [PANTRY], furnished.clock)
        session.commit()
    clock.set(clock.now().replace(hour=16))
    lag = check_named(say("doctor", "--json").json, "pending")
    assert "60 minutes" in lag["wrong"]
    with furnished.database.writing() as session:
        session.get_one(IndexPending, ("embedded", PANTRY)).parked_why = "a field that cannot be indexed"
        session.commit()
    assert "parked" in check_named(say("doctor", "--json").json, "pending")["wrong"]


def test_every_address_is_listed_with_who_may_reach_it(say: Say, furnished: Parts) -> None:
    said = say("routes", "--json")
    found = {route["address"]: route["policy"] for route in said.json["routes"]}
    assert found["/api/v1/search"] == "public"
    assert None not in found.values()


def test_another_command_than_there_is_ends_with_two(say: Say) -> None:
    said = say("conjure")
    assert said.code == 2
    assert "conjure" in said.err


def test_what_the_index_refused_is_told_and_tried_again(say: Say, furnished: Parts) -> None:
    with furnished.database.writing() as session:
        park(session, furnished.consumer, [(PANTRY, "Too long.")], furnished.clock.now())
        session.commit()
    assert "Too long." in say("index", "parked").out
    (parked,) = say("index", "parked", "--json").json["parked"]
    assert (parked["service_id"], parked["attempts"]) == (PANTRY, 1)
    assert say("index", "requeue", "00000000-0000-4000-8000-000000000009").code == 1
    assert say("index", "requeue").code == 2
    assert say("index", "requeue", PANTRY, "--json").json["requeued"] == 1
    assert say("index", "requeue", "--all").err == "0 wait again; the worker sends them.\n"


def test_doctor_speaks_of_copies_jobs_and_drift(say: Say, furnished: Parts, tmp_path: Path) -> None:
    doctor = say("doctor", "--json").json
    assert check_named(doctor, "backup")["warning"] == "No copy has been made yet."
    assert check_named(doctor, "jobs")["warning"].startswith("No worker has been heard of")
    say("backup", str(tmp_path / "a.copy"))
    say("index", "check")
    doctor = say("doctor", "--json").json
    assert check_named(doctor, "backup")["warning"] == ""
    assert check_named(doctor, "drift")["found"].startswith("none at the last check")
    assert check_named(doctor, "database version")["found"].startswith("sqlite 3.")
    assert doctor["ok"] is True


def test_a_copy_is_made_tried_and_put_back_from_the_command_line(say: Say, furnished: Parts, tmp_path: Path) -> None:
    file = str(tmp_path / "a.copy")
    made = say("backup", file, "--verify", "--json").json
    assert (made["verified"], made["keys"], made["community"]) == (True, False, "West Philadelphia shared directory")
    assert say("backup", file).code == 1
    assert "THIS COPY HOLDS THE KEYS" in say("backup", file, "--over", "--with-keys").err
    assert "comes back as it was" in say("restore", file, "--check").err
    refused = say("restore", file)
    assert (refused.code, "--yes" in refused.err) == (1, True)
    assert say("search", "food", "--json").json["total"] > 0
    put_back = say("restore", file, "--yes", "--as", "anna@example.org", "--json").json
    assert (put_back["migrated"], put_back["by"]) == (False, "anna@example.org")
    assert Path(put_back["kept"]).exists()
    assert say("search", "food", "--json").json["total"] > 0


def test_upgrade_says_what_it_would_do_and_that_there_is_nothing(say: Say, furnished: Parts) -> None:
    assert say("upgrade", "--dry-run").out == "Nothing: tables and index are of this version.\n"
    assert say("upgrade", "--json").json["steps"] == ["Index and directory agree."]
