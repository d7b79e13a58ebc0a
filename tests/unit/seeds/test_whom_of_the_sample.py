"""What the sample says as data of whom its services are for never says another thing than its words."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from directory.rules.assess import outcome_of
from directory.rules.criteria import check_criteria
from directory.rules.listed import DISCLOSURES, Stated, stated_criteria
from directory.rules.outcome import Outcome
from directory.rules.person import read_person
from seeds.sample import alike, services
from seeds.sample.community import Community
from seeds.sample.generate import SEED, made
from seeds.sample.scaled import scaled_records
from seeds.sample.truth import OVERLAP, PROGRAM, SAME
from seeds.sample.words import besides, kinds, offers, papers, shares

TODAY = date(2026, 11, 23)
WHOM = {"criteria", *DISCLOSURES}
Data = dict[str, Any]


@cache
def community() -> Community:
    return made(SEED, TODAY)


def with_criteria() -> Iterator[Data]:
    return (data for data in community().of_kind("service") if "criteria" in data)


def whom_of(data: Data) -> Data:
    return {name: data[name] for name in WHOM if name in data}


def rest(found: Community) -> list[Data]:
    return [{name: value for name, value in data.items() if name not in WHOM} for _kind, data in found.records]


def test_it_changes_nothing_else_that_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = community()
    for module in (services, alike):
        monkeypatch.setattr(module, "whom", lambda *_told, **_more: {})
    silent = made(SEED, TODAY)
    assert rest(silent) == [data for _kind, data in silent.records] == rest(usual)
    assert silent.groups == usual.groups
    assert any(whom_of(data) for _kind, data in usual.records)


def test_every_audience_has_a_form_and_every_paper_a_code() -> None:
    for offer in offers().values():
        assert all(audience.forms for audience in offer.audiences)
        assert set(offer.papers) <= set(papers())
    assert [more.is_excepting for more in besides()].count(True) == 1


def test_ages_as_data_are_the_ages_of_the_words() -> None:
    seen = 0
    for data in with_criteria():
        found = check_criteria(data["criteria"], is_authoritative=True)
        bounds = (("minimum_age", -1), ("maximum_age", 1))
        for name, beyond in ((name, beyond) for name, beyond in bounds if data.get(name)):
            seen += 1
            assert outcome_of(found, alone_of(data[name])) is not Outcome.NO, data
            assert outcome_of(found, alone_of(data[name] + beyond)) is not Outcome.YES, data
    assert seen > 150


def alone_of(age: int) -> Any:
    return read_person({"age": age, "child.age": [], "household_member.age": []}).answers


def test_what_is_listed_twice_says_the_same_of_whom_it_is_for() -> None:
    known = {data["id"]: data for data in community().of_kind("service")}
    pairs = [
        (group.kind, known[one], known[other])
        for group in community().groups
        if group.level == PROGRAM and (group.kind in (SAME, OVERLAP) or "two sites" in group.why)
        for one, other in combinations(group.ids, 2)
    ]
    assert len(pairs) > 40
    assert sum("criteria" in one for _kind, one, _other in pairs) > 15
    for kind, one, other in pairs:
        if kind == OVERLAP:  # each in the language of its own organization
            assert conditions_of(one) == conditions_of(other)
        else:
            assert whom_of(one) == whom_of(other)


def conditions_of(data: Data) -> list[str]:
    return [json.dumps(each["when"], sort_keys=True) for each in data.get("criteria", {}).get("criteria", ()) if "meets" not in str(each)]


def test_the_papers_and_the_referral_are_those_of_the_listing() -> None:
    for data in with_criteria():
        codes = {each["code"] for each in data["criteria"]["documents"]}
        listed = offers()[data["categories"][0]].papers if "required_documents" in data else ()
        assert {row["code"] for key in listed for row in papers()[key]} <= codes
        if "referral_only" in data.get("ways_in", ()):
            assert data["criteria"]["referral"]["required"]


def test_what_it_asks_and_whom_it_tells_is_never_against_its_own_words() -> None:
    seen = set()
    for data in community().of_kind("service"):
        key = shares().get(data.get("information_shared", ""), "")
        seen.add(key)
        if key == "nobody":
            assert (data["tells_police"], data["tells_immigration"]) == (False, False)
        if key == "no-status":
            assert data["tells_immigration"] is False
            assert data.get("asks_status") is not True or "required_documents" in data
        if key == "child-risk":
            assert data["tells_child_welfare"] is True
        if "required_documents" in data and "immigration" in offers()[data["categories"][0]].papers:
            assert data.get("asks_status") is not False
    assert {"nobody", "no-status", "child-risk", "situation-table"} <= seen


def test_services_in_number_speak_of_their_own_areas_currency_and_lines() -> None:
    countries: dict[str, str] = {}
    seen = 0
    for record in scaled_records(2_000, 1, TODAY):
        if record.kind == "location":
            countries[record.data["id"]] = record.data["addresses"][0]["country"]
        if record.kind != "service" or "criteria" not in record.data:
            continue
        check_criteria(record.data["criteria"])
        text = json.dumps(record.data["criteria"])
        assert "{city}" not in text
        assert "rivebourg" not in text
        (country,) = {countries[at["location_id"]] for at in record.data["service_at_locations"]} or {""}
        seen += country == "US"
        assert country != "US" or not {'"CAD"', '"ca_lico"', '"ca_mbm"', '"ow"'} & set(text.replace(",", " ").replace("}", " ").split())
        assert country != "CA" or '"USD"' not in text
    assert seen > 200


def test_nothing_says_no_where_exceptions_are_made() -> None:
    excepting = next(more.text for more in besides() if more.is_excepting)
    told = [data for data in community().of_kind("service") if any(words in data.get("eligibility_description", "") for words in excepting)]
    assert len(told) > 20
    for data in told:
        found = stated_criteria(Stated(data.get("criteria"), data.get("minimum_age"), data.get("maximum_age"), is_authoritative=True))
        assert outcome_of(found, alone_of(99)) is not Outcome.NO
        assert outcome_of(found, alone_of(1)) is not Outcome.NO


def test_indigenous_identity_is_spoken_of_only_where_the_program_does() -> None:
    led = {organization.id for organization in community().organizations if organization.kind.kind == "indigenous"}
    assert any(kind.kind == "indigenous" for kind in kinds())
    for data in with_criteria():
        if '"indigenous"' in json.dumps(data["criteria"]):
            assert data["organization_id"] in led or any(word in json.dumps(data) for word in ("Elder", "autochtone", "Indigenous"))
