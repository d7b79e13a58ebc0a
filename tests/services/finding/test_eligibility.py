"""Searching for somebody: what is for them first, what asks next, what is not for them left out and counted."""

from pathlib import Path
from typing import Any

import pytest

from directory.domain.errors import InvalidInput
from directory.rules.outcome import Outcome
from directory.services.finding.find import find_services
from directory.services.finding.one_program import ask_program
from directory.services.finding.persons import avoided_of, person_in_words, person_told
from directory.services.finding.request import FindRequest
from directory.services.indexing.rebuild import rebuild_index
from directory.services.parts import Parts
from tests.services.exchange.importing import HOUSE, PLACE, bring_rows


def service(number: int, name: str, *criteria: dict[str, Any], **more: Any) -> dict[str, Any]:
    rows = [
        {"id": f"c{place}", "when": when, "said": {"by": "owner", "text": "", "confirmed_on": "2026-11-20"}}
        for place, when in enumerate(criteria)
    ]
    told = {"criteria": {"schema": 1, "criteria": rows}} if rows else {}
    return {
        "id": f"11111111-1111-4111-8111-{number:012d}",
        "name": name,
        "status": "active",
        "organization_id": HOUSE["id"],
        "service_at_locations": [{"id": f"22222222-1111-4111-8111-{number:012d}", "location_id": PLACE["id"]}],
        **told,
        **more,
    }


ADULTS = {"field": "age", "op": "range", "value": {"gte": 18}}
TODDLERS = {"field": "child.age", "op": "range", "value": {"lt": 5}}
EITHER = {"any": [{"field": "age", "op": "range", "value": {"lt": 18}}, {"field": "pregnant", "op": "is", "value": True}]}


@pytest.fixture
def searched(parts: Parts, tmp_path: Path) -> Parts:
    unconfirmed = service(4, "Pantry that says it is for the young", minimum_age=0, maximum_age=24)
    services = [
        service(1, "Pantry that does not say"),
        service(2, "Pantry for adults", ADULTS),
        service(3, "Pantry for families", TODDLERS, asks_status=True),
        unconfirmed,
        service(5, "Pantry for teenagers", {"field": "age", "op": "range", "value": {"gte": 13, "lt": 18}}),
        service(6, "Pantry for the young or pregnant", EITHER),
    ]
    bring_rows(parts, tmp_path / "feed", services=services, organizations=[HOUSE], locations=[PLACE])
    rebuild_index(parts)
    return parts


def names(parts: Parts, *facts: str, **asked: Any) -> list[tuple[str, str]]:
    request = FindRequest(text="pantry", person=person_in_words(parts, facts), **asked)
    return [
        (
            found.assessment.outcome.word if found.assessment else "",
            found.listing.name.removeprefix("Pantry ").removeprefix("that says it is "),
        )
        for found in find_services(parts, request).results
    ]


def test_who_fits_comes_first_then_who_asks_then_who_probably_does_not(searched: Parts) -> None:
    found = names(searched, "age=34", "child.age=3")
    assert [outcome for outcome, _name in found] == ["yes", "yes", "ask", "ask", "ask"]
    assert {name for _outcome, name in found[:2]} == {"for adults", "for families"}
    assert {name for _outcome, name in found[2:4]} == {"that does not say", "for the young or pregnant"}
    assert found[4] == ("ask", "for the young"), "nobody who may say so has confirmed it: it is not hidden, and stands last"


def test_what_does_not_fit_is_left_out_counted_and_shown_when_asked_for(searched: Parts) -> None:
    request = FindRequest(text="pantry", person=person_in_words(searched, ["age=34", "child.age=3", "pregnant=no"]))
    page = find_services(searched, request)
    assert page.fit is not None
    assert (page.total, page.fit.yes, page.fit.asks, page.fit.probably_not, page.fit.unfit, page.fit.is_exact) == (4, 2, 2, 1, 2, True)
    unfit = names(searched, "age=34", "child.age=3", "pregnant=no", shows_unfit=True)
    assert sorted(unfit) == [("no", "for teenagers"), ("no", "for the young or pregnant")]


def test_the_next_question_is_told_with_the_results(searched: Parts) -> None:
    page = find_services(searched, FindRequest(text="pantry", person=person_in_words(searched, ["gender=female"])))
    assert page.fit is not None
    assert page.fit.question is not None
    assert page.fit.question.fact == "age"


def test_without_facts_nothing_is_judged_and_nothing_left_out(searched: Parts) -> None:
    page = find_services(searched, FindRequest(text="pantry"))
    assert (page.total, page.fit, {found.assessment for found in page.results}) == (6, None, {None})


def test_what_a_program_is_known_to_do_may_be_kept_away_from(searched: Parts) -> None:
    page = find_services(searched, FindRequest(text="pantry", avoids=avoided_of(["asks_status"])))
    assert "Pantry for families" not in {found.listing.name for found in page.results}
    assert page.total == 5, "those of which it is not known stay"
    with pytest.raises(InvalidInput, match="asks_status"):
        avoided_of(["asks_statuses"])


def test_pages_hold_everything_once(searched: Parts) -> None:
    whole = names(searched, "age=34")
    paged = [each for number in range(1, 4) for each in names(searched, "age=34", page=number, per_page=2)]
    assert paged == whole


def test_one_program_is_asked_by_itself(searched: Parts) -> None:
    asked = ask_program(searched, "11111111-1111-4111-8111-000000000006", person_in_words(searched, ["age=34"]))
    assert (asked.assessment.outcome, asked.assessment.settles) == (Outcome.ASK, ("pregnant",))
    assert asked.question is not None
    assert asked.question.fact == "pregnant"


def test_a_place_in_a_fact_is_looked_up_or_named_by_the_id_of_an_area(searched: Parts) -> None:
    assert "ca-on" in person_in_words(searched, ["area=ca-on-ottawa"]).answers["area"].areas  # type: ignore[union-attr]
    with pytest.raises(InvalidInput, match="not known here"):
        person_told(searched, {"area": "Nowhere at all"})


def test_a_search_for_somebody_that_finds_little_is_no_gap(searched: Parts) -> None:
    find_services(searched, FindRequest(text="pantry", person=person_in_words(searched, ["age=34", "pregnant=no"]), shows_unfit=True))
    assert searched.gaps.flush(searched.database) == 0
    find_services(searched, FindRequest(text="xylophone lessons"))
    assert searched.gaps.flush(searched.database) == 1
