"""Who can come is edited as one field: published, brought together, told in the history, confirmed by its owner and by nobody else."""

from typing import Any

import pytest

from directory.domain.errors import WrongForm
from directory.domain.people import Role
from directory.domain.upkeep.found import Found, How
from directory.rules.criteria import Criteria
from directory.rules.listed import criteria_of
from directory.rules.plain_answers import EMPTY
from directory.services.editing.history import read_history
from directory.services.editing.publish import EditConflict, create, publish
from directory.services.editing.read import read_listing
from directory.services.editing.restore import restore, undo
from directory.services.editing.suggested_criteria import accepted, all_refused, refuse, refused, suggestions_for
from directory.services.editing.whom import confirmed
from directory.services.parts import Parts
from directory.services.upkeep.verify import Look, note_found, take_verification_back
from directory.store.listings import load_listings
from directory.store.tables import Service
from tests.services.editing.conftest import EDITOR, PLANNER
from tests.support.neighbourhood import ORGANIZATION, PANTRY
from tests.support.people import link_of

TODAY = "2026-11-23"


def form_of(parts: Parts) -> dict[str, Any]:
    return read_listing(parts, PANTRY).form


def typed(parts: Parts, base: dict[str, Any] | None = None, **answers: Any) -> dict[str, Any]:
    """The form with answers as a page posts them."""
    base = base or form_of(parts)
    return {**base, "criteria": {"typed": {**EMPTY, **answers}, "base": base["criteria"], "ages": base["ages"]}}


def criteria_in(parts: Parts) -> Criteria:
    with parts.database.reading() as session:
        return criteria_of(load_listings(session, [PANTRY], default_zone="UTC", now=parts.clock.now())[PANTRY])


def adults(parts: Parts, author: Any = EDITOR) -> str:
    publish(parts, PANTRY, form_of(parts), typed(parts, gender=["female"], **{"age.from": "18"}), author)
    return read_history(parts, "service", PANTRY)[0].id


def test_what_the_owners_people_publish_is_confirmed_as_of_that_day(house: Parts) -> None:
    adults(house)
    found = form_of(house)
    assert {each["said"]["by"] for each in found["criteria"]["criteria"].values()} == {"owner"}
    assert {each["said"]["confirmed_on"] for each in found["criteria"]["criteria"].values()} == {TODAY}
    assert found["ages"] == {"from": 18, "to": None}
    assert all(each.may_refuse for each in criteria_in(house).hard)


def test_a_planner_confirms_only_where_nobody_keeps_the_listing_for_its_organization(house: Parts) -> None:
    adults(house, PLANNER)
    assert all(each.may_refuse for each in criteria_in(house).hard)
    link_of(house, Role.EDITOR, organization_id=ORGANIZATION)
    publish(house, PANTRY, form_of(house), typed(house, gender=["male"]), PLANNER)
    assert not any(each.may_refuse for each in criteria_in(house).hard)


def test_two_people_who_answer_different_questions_both_count(house: Parts) -> None:
    base = form_of(house)
    publish(house, PANTRY, base, typed(house, base, gender=["female"]), EDITOR)
    publish(house, PANTRY, base, typed(house, base, situation=["pregnant"], enough="any"), EDITOR)
    assert set(form_of(house)["criteria"]["criteria"]) == {"gender", "situation"}


def test_two_people_who_answer_the_same_question_otherwise_must_choose(house: Parts) -> None:
    base = form_of(house)
    publish(house, PANTRY, base, typed(house, base, gender=["female"]), EDITOR)
    with pytest.raises(EditConflict):
        publish(house, PANTRY, base, typed(house, base, gender=["male"]), EDITOR)


def test_what_is_wrong_is_named_and_nothing_is_published(house: Parts) -> None:
    with pytest.raises(WrongForm) as wrong:
        publish(house, PANTRY, form_of(house), typed(house, **{"age.from": "old"}), EDITOR)
    assert dict(wrong.value.errors) == {"criteria": "Age: write years such as 18, or months such as 18 m."}
    nonsense = {"criteria": {"x": {"when": {"field": "agee", "op": "is", "value": 1}, "strength": "hard", "said": {"by": "owner"}}}}
    with pytest.raises(WrongForm):
        publish(house, PANTRY, form_of(house), {**form_of(house), "criteria": nonsense}, EDITOR)


def test_an_act_on_who_can_come_is_taken_back_and_brought_back(house: Parts) -> None:
    ages = form_of(house)["ages"]
    first = adults(house)
    said = form_of(house)["criteria"]
    publish(house, PANTRY, form_of(house), typed(house, gender=["male"]), EDITOR)
    restore(house, PANTRY, first, EDITOR)
    assert form_of(house)["criteria"] == said
    undo(house, PANTRY, first, EDITOR)
    assert form_of(house)["criteria"] == {}
    assert form_of(house)["ages"] == ages


def test_emptied_answers_take_the_ages_away_too(house: Parts) -> None:
    adults(house)
    publish(house, PANTRY, form_of(house), typed(house), EDITOR)
    assert (form_of(house)["criteria"], form_of(house)["ages"]) == ({}, {"from": None, "to": None})


def test_ages_that_a_table_changes_change_the_criterion(house: Parts) -> None:
    adults(house)
    form = form_of(house)
    publish(house, PANTRY, form, {"ages": {"from": 21, "to": None}}, EDITOR)
    assert form_of(house)["criteria"]["criteria"]["age"]["when"]["value"] == {"gte": 21}


def test_still_right_confirms_the_owners_criteria_and_a_mistaken_tap_leaves_no_trace(house: Parts) -> None:
    adults(house)
    with house.database.writing() as session:
        service = session.get_one(Service, PANTRY)
        old = {
            **service.criteria,
            "criteria": [{**each, "said": {**each["said"], "confirmed_on": "2025-01-01"}} for each in service.criteria["criteria"]],
        }  # type: ignore[index]
        service.criteria = old
        session.commit()
        before = house.clock.now()
        note_found(session, PANTRY, Look(How.LINK, "link:1"), Found.RIGHT, house.clock)
        session.commit()
        assert {each.confirmed_on.isoformat() for each in criteria_in(house).criteria if each.confirmed_on} == {TODAY}
        take_verification_back(session, PANTRY, "link:1", before, house.clock)
        session.commit()
        assert session.get_one(Service, PANTRY).criteria == old


def test_words_of_the_listing_suggest_and_count_only_once_somebody_published_them(house: Parts) -> None:
    form = {**form_of(house), "eligibility_description": "For adults 18 and over. Bring a photo ID."}
    found = suggestions_for(form, {})
    age = next(each for each in found if each.found.when and each.found.when["field"] == "age")
    assert age.text[age.found.start : age.found.end] == age.found.words
    entries = accepted({}, age)
    (said,) = [each["said"] for each in entries["criteria"].values()]
    assert (said["by"], said["confirmed_on"]) == ("text", None)
    assert age.key not in {each.key for each in suggestions_for(form, entries)}
    publish(house, PANTRY, form_of(house), {**form, "criteria": entries}, EDITOR)
    assert all(each.may_refuse for each in criteria_in(house).hard)


def test_what_is_no_rule_is_not_suggested_again_there_and_is_collected_without_the_listing(house: Parts) -> None:
    form = {**form_of(house), "eligibility_description": "For adults 18 and over."}
    (first, *_others) = suggestions_for(form, {})
    refuse(house, PANTRY, first)
    refuse(house, PANTRY, first)
    assert first.key not in {each.key for each in suggestions_for(form, {}, refused(house, PANTRY))}
    (case,) = all_refused(house)
    assert case["words"] == first.found.words
    assert PANTRY not in str(case)


def test_a_new_listing_says_who_can_come_from_the_start(house: Parts) -> None:
    answers = {**EMPTY, "gender": ["female"], "age.to": "12"}
    form = {
        "name": "Girls code",
        "status": "active",
        "listed": True,
        "places": {},
        "criteria": {"typed": answers, "base": {}, "ages": None},
    }
    made = create(house, ORGANIZATION, form, EDITOR).id
    found = read_listing(house, made).form
    assert found["ages"] == {"from": None, "to": 12}
    assert {each["said"]["confirmed_on"] for each in found["criteria"]["criteria"].values()} == {TODAY}


def test_what_a_source_said_is_confirmed_without_a_change_of_it(house: Parts) -> None:
    adults(house)
    with house.database.writing() as session:
        service = session.get_one(Service, PANTRY)
        said = [{**each, "said": {"by": "source", "text": "", "confirmed_on": None}} for each in (service.criteria or {})["criteria"]]
        service.criteria = {**(service.criteria or {}), "criteria": said}
        session.commit()
    assert not any(each.may_refuse for each in criteria_in(house).hard)
    form = form_of(house)
    publish(house, PANTRY, form, {**form, "criteria": confirmed(form["criteria"], house.clock.now().date())}, EDITOR)
    assert all(each.may_refuse for each in criteria_in(house).hard)


def test_the_five_disclosures_are_yes_no_or_not_known(house: Parts) -> None:
    form = form_of(house)
    publish(house, PANTRY, form, {**form, "asks_papers": "yes", "tells_police": "no", "tells_immigration": ""}, EDITOR)
    found = form_of(house)
    assert (found["asks_papers"], found["tells_police"], found["tells_immigration"]) == (True, False, None)
