"""Whom programs are for, through the whole way: from criteria to the marks of an index, from facts to its question, on every engine."""

from random import Random

import pytest

from directory.domain.listing import Listing, SourceNote
from directory.rules.assess import outcome_of
from directory.rules.listed import criteria_of, projection_of
from directory.rules.outcome import Outcome
from directory.rules.person import Person
from directory.rules.projection import asked_of, may_fit
from directory.services.indexing.whom import whom_for, whom_of
from search_index.documents import ListingDocument
from search_index.query import ServiceQuery
from search_index.whom import may_fit as index_keeps
from tests.search.contract.engines import ENGINES, IN_PROCESS, ON_SERVERS, fill, fresh
from tests.support.criteria import person_of, raw_criteria, told_of

SOURCE = SourceNote("tests", is_authoritative=True)


def programs(random: Random, count: int) -> list[Listing]:
    return [Listing(f"p{number:06}", 1, "Program", None, SOURCE, criteria=raw_criteria(random)) for number in range(count)]


def people(random: Random, count: int) -> list[Person]:
    return [person_of(told_of(random, random.randint(1, 14))) for _person in range(count)]


def document(listing: Listing) -> ListingDocument:
    whom = whom_for(listing)
    identity = {"id": listing.id, "service_id": listing.id, "version": 1, "name": "Program", "organization_id": "", "organization": ""}
    return ListingDocument(**identity, source="tests", only_for=whom.only_for, limits=whom.limits)  # type: ignore[arg-type]


def check(name: str, listings: list[Listing], persons: list[Person], looked_at: int) -> None:
    """Of everybody as many are found as the projection keeps; of some exactly those, and none is missing that may be for them."""
    projected = [projection_of(listing) for listing in listings]
    criteria = {listing.id: criteria_of(listing) for listing in listings}
    with fresh(ENGINES[name]) as engine:
        fill(engine, [document(listing) for listing in listings])
        for number, person in enumerate(persons):
            whom, asked = whom_of(person), asked_of(person.answers)
            kept = {listing.id for listing, projection in zip(listings, projected, strict=True) if may_fit(projection, asked)}
            is_looked_at = number < looked_at
            page = engine.search(ServiceQuery(whom=whom, per_page=len(listings) if is_looked_at else 1))
            assert page.total == len(kept)
            if is_looked_at:
                found = {hit.service_id for hit in page.hits}
                assert found == kept
                assert not {key for key, each in criteria.items() if outcome_of(each, person.answers) is not Outcome.NO} - found


def test_marks_and_limits_say_what_the_projection_says() -> None:
    random = Random(5)
    listings = programs(random, 200)
    left_out = 0
    for person in people(random, 60):
        whom, asked = whom_of(person), asked_of(person.answers)
        for listing in listings:
            expected = may_fit(projection_of(listing), asked)
            made = document(listing)
            assert whom is None or index_keeps(whom, made.only_for, made.limits_by_name) is expected
            left_out += not expected
    assert left_out > 100


@pytest.mark.parametrize("name", [*IN_PROCESS, *ON_SERVERS])
def test_no_program_that_may_be_for_the_person_is_missing(name: str) -> None:
    random = Random(20_261_126)
    check(name, programs(random, 100), people(random, 20), looked_at=20)


@pytest.mark.slow
@pytest.mark.parametrize("name", [IN_PROCESS[0], ON_SERVERS[0]])
def test_none_is_missing_in_a_million_pairs(name: str) -> None:
    random = Random(7)
    check(name, programs(random, 1_000), people(random, 1_000), looked_at=100)
