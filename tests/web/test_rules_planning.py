"""Planners write, try and activate rules on pages that work without script."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from io import BytesIO
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from directory.domain.people import Role
from directory.rules.conditions import check_condition
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import catalogue_of
from directory.services.parts import Parts
from directory.services.rules import dry_run_later
from directory.services.rules.draft import import_draft
from directory.services.rules.dry_run import RECKONS
from directory.services.rules.dry_runs import suggest
from directory.services.rules.dry_runs.reckoned import DryRun
from directory.services.rules.versions import read_version
from directory.store.tables import Area
from directory.web.models.rule_preview import asked_of
from tests.support.listings import add
from tests.support.people import at, sign_in
from tests.support.rules import partner_rules
from tests.web.html import form_of, read

SET = "suggest-partners"
PAGE = f"/planning/rules/{SET}/1"
ANNA, BEN = "anna@example.org", "ben@example.org"


@pytest.fixture
def anna(edited: Parts, edited_app: Flask) -> FlaskClient:
    return sign_in(edited_app.test_client(), edited, Role.PLANNER, ANNA)


@pytest.fixture
def ben(edited: Parts, edited_app: Flask) -> FlaskClient:
    return sign_in(edited_app.test_client(), edited, Role.PLANNER, BEN)


@pytest.fixture
def draft(edited: Parts) -> int:
    return import_draft(edited, "tests", partner_rules())[1]


def body(answer: TestResponse) -> str:
    return read(answer.text).text


NEW_RULE = {
    "type": "points", "w.how": "all", "w.0.is": "row", "w.0.signal": "access.metres", "w.0.op": "lt", "w.0.value": "2000",
    "points": "12", "family": "need", "reason.en": "It is {access.metres|km} away", "if_unknown": "skip", "source": "our proposal",
    "id": "Near home", "on": "yes",
}  # fmt: skip
EXAMPLES = {
    "e.0": '{"given": {"access.metres": 900}, "expect": "fires"}',
    "e.1": '{"given": {"access.metres": 9000}, "expect": "not"}',
}


def posted(text: str, **more: str) -> MultiDict[str, str]:
    """What a browser would send of the form on a page."""
    found = form_of(read(text))
    for name, value in more.items():
        found[name] = value
    return found


def test_whoever_does_not_plan_reads_nothing_here(edited: Parts, edited_app: Flask, draft: int):
    administrator = sign_in(edited_app.test_client(), edited, Role.ADMINISTRATOR, "admin@example.org")
    for client in (administrator, edited_app.test_client()):
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, data={"do": "try"}).status_code == 403


def test_a_planner_of_an_area_reads_and_changes_nothing(edited: Parts, edited_app: Flask, draft: int):
    with edited.database.writing() as session:
        add(session, Area(id="us-pa", name="Pennsylvania", kind="region"))
        session.commit()
    local = sign_in(edited_app.test_client(), edited, Role.PLANNER, "local@example.org", area_id="us-pa")
    assert local.get(PAGE).status_code == 200
    assert "Try the examples" not in local.get(PAGE).text
    assert local.post(PAGE, data={"do": "try"}).status_code == 403
    assert local.post("/planning/rules/begin", data={"kind": "flag"}).status_code == 403
    assert local.get(f"{PAGE}/add").status_code == 403
    assert local.post(f"{PAGE}/rules/agreement-in-force/drop").status_code == 403


def test_a_draft_begins_from_what_holds(edited: Parts, anna: FlaskClient):
    text = body(anna.post("/planning/rules/begin", data={"kind": "flag"}, follow_redirects=True))
    assert "Nothing of it holds before two people agree" in text
    assert "Nothing: both decide the same." in text
    assert read_version(edited, "flag-pairs", 1).rules == read_version(edited, "flag-pairs", 0).rules


def test_a_new_rule_is_shown_as_a_sentence_before_it_is_kept(edited: Parts, anna: FlaskClient, draft: int):
    assert "A new rule" in anna.get(f"{PAGE}/add?type=caution").text
    shown = anna.post(f"{PAGE}/add", data={**NEW_RULE, "do": "show"})
    assert "12 points for the program when it is less than 2 km away." in body(shown)
    assert len(read_version(edited, SET, 1).rules.rules) == 1, "nothing is kept by looking"
    kept = anna.post(f"{PAGE}/add", data={**NEW_RULE, **EXAMPLES, "do": "keep"})
    assert kept.headers["Location"].endswith("#near-home")
    rule = read_version(edited, SET, 1).rules.rules[1]
    assert (rule.id, rule.then.points, len(rule.tests)) == ("near-home", 12, 2)  # type: ignore[union-attr]


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(anna: FlaskClient, draft: int):
    answer = anna.post(f"{PAGE}/add", data={**NEW_RULE, "points": "99", "reason.en": "{nothing.here}", "do": "keep"})
    assert answer.status_code == 400
    assert "Write a whole number from 1 to 50." in body(answer)
    assert '"nothing.here" is no signal' in body(answer)
    assert 'id="wrong-points"' in answer.text
    assert 'value="99"' in answer.text
    assert 'id="wrong-w-0"' in anna.post(f"{PAGE}/add", data={**NEW_RULE, "w.0.value": "near", "do": "keep"}).text


def test_lines_and_groups_are_added_and_taken_out_without_script(anna: FlaskClient, draft: int):
    def after(do: str, **more: str) -> str:
        return anna.post(f"{PAGE}/add", data={**NEW_RULE, **more, "do": do}).text

    assert 'name="w.1.signal" value="candidate.room"' in after("row", **{"w.new": "candidate.room"})
    grouped = after("row:1", **{"w.1.is": "group", "w.1.how": "any", "w.1.new": "candidate.is_free"})
    assert 'name="w.1.0.signal" value="candidate.is_free"' in grouped
    assert 'value="2000"' in grouped, "what was typed is still there"
    assert 'name="w.0.signal"' not in after("drop:0")


def test_needs_are_typed_by_their_names(edited: Parts, anna: FlaskClient, draft: int):
    line = {"w.0.signal": "candidate.categories", "w.0.op": "has_any", "w.0.typed": "food, Emergency shelter", "reason.en": "R"}
    anna.post(f"{PAGE}/add", data={**NEW_RULE, **line, "do": "keep"})
    assert read_version(edited, SET, 1).rules.rules[1].when.operand == frozenset({"food", "emergency-shelter"})  # type: ignore[union-attr]
    wrong = anna.post(f"{PAGE}/add", data={**NEW_RULE, **line, "w.0.typed": "xylophones", "id": "other", "do": "keep"})
    assert "“xylophones” is no category that is known here" in body(wrong)


def test_a_deep_part_is_kept_as_it_is(edited: Parts, anna: FlaskClient):
    free, near = {"field": "candidate.is_free", "op": "is", "value": True}, {"field": "access.metres", "op": "lt", "value": 5}
    remote = {"not": {"field": "access.is_remote", "op": "is", "value": True}}
    document = partner_rules()
    document["rules"][0]["when"] = {"all": [free, {"any": [free, {"all": [near, remote]}]}]}
    import_draft(edited, "tests", document)
    before = read_version(edited, SET, 1).rules.rules[0]
    text = anna.get(f"{PAGE}/rules/agreement-in-force").text
    assert "nested deeper than lines can show" in text
    assert anna.post(f"{PAGE}/rules/agreement-in-force", data=posted(text, do="keep")).status_code == 303
    after = read_version(edited, SET, 1).rules.rules[0]
    assert (after.when, after.then.points, after.tests) == (before.when, before.then.points, before.tests)  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", SetKind)
def test_every_rule_that_ships_passes_through_its_form_unchanged(edited: Parts, anna: FlaskClient, kind: SetKind):
    anna.post("/planning/rules/begin", data={"kind": kind.value})
    name = {"suggest": SET, "flag": "flag-pairs", "route": "route-referrals", "quality": "listing-quality"}[kind.value]
    before = read_version(edited, name, 1).rules
    for rule in before.rules[:4]:
        address = f"/planning/rules/{name}/1/rules/{rule.id}"
        assert anna.post(address, data=posted(anna.get(address).text, do="keep")).status_code == 303
    after = read_version(edited, name, 1).rules
    assert [replace(rule, when=rule.when) for rule in after.rules] == [replace(rule, when=rule.when) for rule in before.rules]


def test_the_card_changes_points_thresholds_and_whether_it_is_on(edited: Parts, anna: FlaskClient, draft: int):
    anna.post(f"{PAGE}/add", data={**NEW_RULE, **EXAMPLES, "do": "keep"})
    anna.post(f"{PAGE}/rules/near-home/quick", data={"points": "7", "t.0": "1500"})
    rule = read_version(edited, SET, 1).rules.rules[1]
    assert (rule.then.points, rule.when.operand, rule.is_on) == (7, 1500.0, False)  # type: ignore[union-attr]


def test_two_planners_do_not_write_over_each_other(edited: Parts, anna: FlaskClient, ben: FlaskClient, draft: int):
    stamp = read_version(edited, SET, 1).modified_at.isoformat()
    at(edited, timedelta(minutes=1))
    anna.post(f"{PAGE}/rules/agreement-in-force/quick", data={"on": "yes", "points": "9", "stamp": stamp})
    late = ben.post(f"{PAGE}/add", data={**NEW_RULE, **EXAMPLES, "stamp": stamp, "do": "keep"})
    assert late.status_code == 400
    assert "Somebody changed this draft meanwhile" in body(late)
    assert len(read_version(edited, SET, 1).rules.rules) == 1


def test_real_listings_show_where_a_rule_fires_and_one_becomes_an_example(edited: Parts, anna: FlaskClient):
    anna.post("/planning/rules/begin", data={"kind": "quality"})
    page = "/planning/rules/listing-quality/1/rules/never"
    text = anna.get(page).text
    assert re.search(r"Of \d+ real cases it fires on \d+", read(text).text)
    case = re.search(r'name="case" value="([^"]+)"', text)
    assert case is not None
    before = len(read_version(edited, "listing-quality", 1).rules.rules[0].tests)
    answer = anna.post(page, data=posted(text, case=unescape(case[1])))
    assert answer.headers["Location"].endswith("done=example")
    rules = {rule.id: rule for rule in read_version(edited, "listing-quality", 1).rules.rules}
    assert len(rules["never"].tests) == before + 1


def test_what_comes_near_to_a_person_is_neither_shown_nor_kept_as_an_example():
    fits, near = {"field": "eligibility.outcome", "op": "eq", "value": "yes"}, {"field": "access.metres", "op": "lt", "value": 9000}
    when = check_condition({"all": [fits, near]}, catalogue_of(SetKind.SUGGEST))
    rule = replace(check_rule_set(partner_rules()).rules[0], when=when)
    seen = {"eligibility.outcome": "yes", "access.metres": 1432.7, "need.category": "food"}
    assert asked_of(rule, seen, SetKind.SUGGEST) == {"access.metres": 1400.0}


def test_a_version_holds_after_examples_a_dry_run_and_a_second_person(edited: Parts, anna: FlaskClient, ben: FlaskClient, draft: int):
    assert "Next: try its examples" in body(anna.get(PAGE))
    assert "Next: what would it have changed?" in body(anna.post(PAGE, data={"do": "try"}, follow_redirects=True))
    wrong = anna.post(PAGE, data={"do": "dry-run", "since": "soon"})
    assert wrong.status_code == 400
    assert "Write the day as in" in body(wrong)
    since = (edited.clock.now() - timedelta(days=30)).date().isoformat()
    assert "Next: ask for it to hold" in body(anna.post(PAGE, data={"do": "dry-run", "since": since}, follow_redirects=True))
    assert "It waits for a second person" in body(anna.post(PAGE, data={"do": "ask"}, follow_redirects=True))
    assert "anna@example.org wants this version to hold" in body(ben.get(PAGE))
    assert "Waits for a second person" in body(ben.get("/planning/rules"))
    assert "It holds from now on." in body(ben.post(PAGE, data={"do": "ask"}, follow_redirects=True))
    assert "You have an agreement with" in ben.get(f"/rules/{SET}").text
    assert ben.get("/api/v1/rules").get_json()["sets"][0]["version"] == 1
    late = ben.post(f"{PAGE}/rules/agreement-in-force/quick", data={"points": "1"})
    assert late.status_code == 409, "what was active does not change"
    assert "This holds again from now on." in body(ben.post(PAGE, data={"do": "back"}, follow_redirects=True))


def test_the_second_person_sees_rule_by_rule_what_differs(anna: FlaskClient):
    anna.post("/planning/rules/begin", data={"kind": "flag"})
    page = "/planning/rules/flag-pairs/1"
    anna.post(f"{page}/rules/partners/quick", data={"on": "yes", "t.0": "25"})
    anna.post(f"{page}/rules/choice-of-culture/drop")
    text = body(anna.get(page))
    assert "Changed: partners" in text
    assert "Taken out: choice-of-culture" in text
    assert "less than 25% of what they offer is the same" in text


def test_an_example_that_fails_is_named_and_keeps_the_draft_a_draft(anna: FlaskClient, edited: Parts):
    document = partner_rules()
    document["rules"][0]["tests"][0]["expect"] = "not"
    import_draft(edited, "tests", document)
    text = body(anna.post(PAGE, data={"do": "try"}, follow_redirects=True))
    assert "fires: fails" in text
    assert "Next: try its examples" in text


def test_what_is_odd_about_a_rule_is_said_on_its_card(anna: FlaskClient, edited: Parts):
    document = partner_rules()
    never = [{"field": "access.metres", "op": "lt", "value": 5}, {"field": "access.metres", "op": "gt", "value": 9}]
    document["rules"][0]["when"] = {"all": never}
    import_draft(edited, "tests", document)
    assert "This can never hold: its lines contradict each other." in body(anna.get(PAGE))


def test_files_come_in_and_go_out_in_each_form(anna: FlaskClient, edited: Parts, draft: int):
    for number, form in enumerate(("yaml", "json", "jsonlogic"), 2):
        given = anna.get(f"{PAGE}/export/{form}")
        name = re.search(r"filename=(\S+)", given.headers["Content-Disposition"])
        assert name is not None
        answer = anna.post("/planning/rules/import", data={"file": (BytesIO(given.data), name[1])}, follow_redirects=True)
        assert "The file is kept as a draft." in body(answer)
        assert read_version(edited, SET, number).rules == read_version(edited, SET, 1).rules
    wrong = anna.post("/planning/rules/import", data={"file": (BytesIO(b'{"set": "x1", "kind": "suggest"}'), "x.json")})
    assert wrong.status_code == 400
    assert "A set has a list of 1 to 100 rules." in body(wrong)
    assert anna.post("/planning/rules/import", data={}).status_code == 400


def test_titles_days_and_caps_are_changed_in_a_form(anna: FlaskClient, edited: Parts, draft: int):
    told = {
        "do": "set", "title.en": "Who next", "title.fr": "Qui ensuite", "from": "2027-01-01", "until": "", "cap.0.name": "trust",
        "cap.0.most": "15", "cap.1.name": "need", "cap.1.most": "30", "cap.2.name": "", "cap.2.most": "",
    }  # fmt: skip
    anna.post(PAGE, data=told)
    rules = read_version(edited, SET, 1).rules
    assert (rules.title.in_("fr"), str(rules.starts_on), rules.caps) == ("Qui ensuite", "2027-01-01", {"trust": 15, "need": 30})
    wrong = anna.post(PAGE, data={**told, "cap.0.most": "500"})
    assert wrong.status_code == 400
    assert "from 0 to 100" in body(wrong)


def test_a_dry_run_that_takes_long_is_done_by_the_worker(
    anna: FlaskClient, edited: Parts, draft: int, monkeypatch: pytest.MonkeyPatch
):  # fmt: skip
    def tells_how_far_it_is(parts: Parts, *asked: Any) -> DryRun:
        asked[-1](1, 2)
        return suggest.reckon(parts, *asked)

    monkeypatch.setattr(dry_run_later, "WAITED_SECONDS", -1.0)
    monkeypatch.setitem(RECKONS, SetKind.SUGGEST, tells_how_far_it_is)
    anna.post(PAGE, data={"do": "try"})
    answer = anna.post(PAGE, data={"do": "dry-run", "since": "2020-01-01"}, follow_redirects=True)
    assert "the worker does it" in body(answer)
    assert "The worker goes through what happened" in body(answer)
    assert dry_run_later.reckon_asked(edited) == 1
    assert dry_run_later.reckon_asked(edited) == 0
    assert "Next: ask for it to hold" in body(anna.get(PAGE))


def test_garbage_in_the_form_is_an_answer_and_no_fault(anna: FlaskClient, draft: int):
    random = Random(3)
    words = ["", "x", "-1", "nan", "{", '{"all": []}', "row", "group", "kept", "access.metres", "in", "0", "é" * 50, "1e999"]
    names = (*NEW_RULE, *EXAMPLES, "w.1.is", "w.1.json", "w.1.how", "w.1.0.is", "w.1.0.signal", "case", "stamp", "x.access.metres")
    for _round in range(40):
        told = {name: random.choice(words) for name in names}
        do = random.choice(["keep", "show", "row", "row:9", "drop:x", "drop:0.0", "drop-example:7", "example", "group", ""])
        assert anna.post(f"{PAGE}/add", data={**told, "do": do}).status_code in (200, 303, 400)
