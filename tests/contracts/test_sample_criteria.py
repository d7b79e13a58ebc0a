"""The sample community says whom its services are for as often as real ones would, and shows yes, ask and no to every sort of person."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Row, select

from directory.rules.conditions import comparisons_in
from directory.rules.criteria import By, Criteria, check_criteria
from directory.rules.facts import FACTS
from directory.rules.listed import DISCLOSURES
from directory.rules.outcome import Outcome
from directory.rules.person import Person, read_person
from directory.rules.whole_directory import Outcomes, WholeDirectory
from directory.store.criteria_of import criteria_in
from directory.store.tables import Service, ServiceCategory
from seeds.areas import save_areas
from seeds.demo import sample_request
from seeds.made_feed import import_made
from seeds.sample import place
from seeds.sample.generate import SEED, sample_records
from tests.support.round_trip import empty_parts

PARENTS = {row["id"]: row["parent_id"] for row in place.area_rows()}
HERE = {"area": place.CITY_AREA}
PEOPLE: dict[str, dict[str, Any]] = {
    "a mother of 34 with a toddler": HERE | {"age": 34, "gender": "female", "child.age": [3]},
    "a francophone of 15": HERE | {"age": 15, "language": ["fr"]},
    "a tenant of 71 about to lose her home": HERE
    | {"age": 71, "gender": "female", "housing": ["renting", "at_risk"], "household": ["alone"], "income": {"max": 23_000}},
    "a veteran of 46": HERE | {"age": 46, "gender": "male", "veteran": ["veteran"]},
    "a newcomer family of four": HERE | {"age": 38, "child.age": [7, 11], "household_size": 4, "income": {"max": 2_400, "per": "month"}},
    "a person of 29 leaving detox": HERE | {"age": 29, "substance_use": ["alcohol"], "housing": ["homeless"]},
    "a pregnant student of 19": HERE | {"age": 19, "gender": "female", "pregnant": True, "student": True},
    "a man of 52 with little and no home": HERE
    | {"age": 52, "gender": "male", "housing": ["street"], "household": ["alone"], "income": {"max": 9_000}},
}
FOOD = frozenset({"food-pantry", "meals", "community-kitchen", "grocery-vouchers", "school-meals", "groceries-delivery"})
CHILD_CARE = frozenset({"child-care", "before-after-school", "early-years"})
FAMILY_HELP = frozenset({"parenting", "early-years", "baby-supplies", "camps-recreation", "counselling", "tutoring"})
COUNSELLING = frozenset({"counselling", "walk-in-counselling", "youth-mental-health", "grief-support"})


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample as it is stored. `stated`: of each service, by its id, also what the ages of the standard say."""

    services: list[Row[Any]]
    stated: dict[str, Criteria]

    @property
    def own(self) -> list[Criteria]:
        return [check_criteria(row.criteria, is_authoritative=True) for row in self.services if row.criteria is not None]

    def outcomes(self, person: Person) -> Outcomes:
        return WholeDirectory([self.stated[row.id] for row in self.services]).outcomes(person.answers)


@pytest.fixture(scope="module")
def sample(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with empty_parts(sqlite_template, tmp_path_factory.mktemp("sample") / "data") as parts:
        save_areas(parts, place.area_rows())
        report = import_made(parts, sample_request(), sample_records(SEED, parts.clock.now().date()))
        assert report.problems == ()
        with parts.database.reading() as session:
            told = (Service.id, Service.criteria, Service.eligibility_description, *(getattr(Service, name) for name in DISCLOSURES))
            rows = session.execute(select(*told, ServiceCategory.category).join(ServiceCategory).order_by(Service.id)).all()
            yield Sample(list(rows), criteria_in(session, [row.id for row in rows]))


def somebody(told: dict[str, Any]) -> Person:
    return read_person(told, areas=_with_parents, currency="CAD")


def _with_parents(area: str | None) -> Iterator[str]:
    while area is not None:
        yield area
        area = PARENTS[area]


def test_a_little_more_than_half_of_the_services_have_criteria_and_all_can_be_read(sample: Sample) -> None:
    assert 0.50 <= len(sample.own) / len(sample.services) <= 0.60


def test_most_were_confirmed_by_owners_some_told_by_the_source_few_read_in_the_text(sample: Sample) -> None:
    day = date(2026, 11, 23)
    said = Counter(next(iter({each.by for each in found.criteria})) for found in sample.own if found.criteria)
    assert 0.62 <= said[By.OWNER] / said.total() <= 0.78
    assert 0.14 <= said[By.SOURCE] / said.total() <= 0.28
    assert 0.05 <= said[By.TEXT] / said.total() <= 0.15
    for each in (each for found in sample.own for each in found.criteria):
        assert (each.confirmed_on is not None) is (each.by is By.OWNER)
        assert each.confirmed_on is None or 0 < (day - each.confirmed_on).days <= 365


@pytest.mark.parametrize(
    ("what", "least", "most"),
    [("open to all", 0.06, 0.16), ("questions", 0.05, 0.15), ("referral", 0.08, 0.18), ("papers", 0.15, 0.32), ("first", 0.04, 0.12)],
)
def test_what_else_listings_say_is_there_about_as_often_as_it_should_be(sample: Sample, what: str, least: float, most: float) -> None:
    has = {
        "open to all": lambda found: found.open_to_all,
        "questions": lambda found: bool(found.questions),
        "referral": lambda found: bool(found.needs_referral),
        "papers": lambda found: bool(found.documents),
        "first": lambda found: bool(found.soft),
    }
    assert least <= sum(has[what](found) for found in sample.own) / len(sample.own) <= most


def test_none_is_empty(sample: Sample) -> None:
    assert all(found.says_something or found.needs_referral for found in sample.own)


def test_every_fact_that_may_be_told_is_asked_for_by_some_program(sample: Sample) -> None:
    asked = {test.field for found in sample.own for each in found.criteria for test in comparisons_in(each.when)}
    assert set(FACTS) - asked <= {"grade"}


def test_words_that_a_criterion_quotes_stand_in_its_listing(sample: Sample) -> None:
    for row in (row for row in sample.services if row.criteria is not None):
        for each in row.criteria["criteria"]:
            assert each["said"]["text"] in (row.eligibility_description or "")
            assert each["said"]["text"] or each["said"]["by"] != "text"


@pytest.mark.parametrize("name", DISCLOSURES)
def test_what_it_asks_and_whom_it_tells_is_mostly_not_known(sample: Sample, name: str) -> None:
    told = Counter(getattr(row, name) for row in sample.services)
    assert 0.52 <= told[None] / told.total() <= 0.68
    assert told[True] >= 3
    assert told[False] >= 100


@pytest.mark.parametrize("who", PEOPLE)
def test_there_is_something_for_everybody_much_to_ask_and_some_that_does_not_fit(sample: Sample, who: str) -> None:
    found = sample.outcomes(somebody(PEOPLE[who]))
    assert np.sum(found == Outcome.YES) >= 3
    assert np.sum(found == Outcome.ASK) >= 10
    assert np.sum(found == Outcome.NO) >= 5


@pytest.mark.parametrize(
    ("who", "categories"),
    [
        ("a mother of 34 with a toddler", CHILD_CARE),
        ("a mother of 34 with a toddler", FAMILY_HELP),
        ("a francophone of 15", COUNSELLING),
        ("a francophone of 15", FAMILY_HELP),
    ],
)
def test_what_somebody_looks_for_has_all_three(sample: Sample, who: str, categories: frozenset[str]) -> None:
    found = sample.outcomes(somebody(PEOPLE[who]))
    counts = Counter(int(outcome) for row, outcome in zip(sample.services, found, strict=True) if row.category in categories)
    assert min(counts[Outcome.YES], counts[Outcome.ASK], counts[Outcome.NO]) >= 3


def test_food_is_there_for_a_mother_with_a_toddler(sample: Sample) -> None:
    found = sample.outcomes(somebody(PEOPLE["a mother of 34 with a toddler"]))
    counts = Counter(int(outcome) for row, outcome in zip(sample.services, found, strict=True) if row.category in FOOD)
    assert counts[Outcome.YES] >= 10
    assert counts[Outcome.ASK] >= 10
