"""What people change is found at once, and what they withdraw is gone at once, before the index has heard of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from directory.domain.clock import FixedClock
from directory.domain.listing import Listing
from directory.services.finding.changes import MOST_BESIDE
from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.finding.suggest import suggest
from directory.services.indexing.dispatch import dispatch_all
from directory.services.indexing.enqueue import enqueue
from directory.services.indexing.rebuild import rebuild_index
from directory.services.parts import Parts
from directory.services.taxonomy.browse import count_offers
from directory.store.tables import Service
from search_index.documents import ListingDocument
from search_index.port import IndexUnavailable
from search_index.query import Facet
from tests.support.listings import THEN, add_service
from tests.support.neighbourhood import PANTRY, furnish


@pytest.fixture
def furnished(parts: Parts) -> Parts:
    furnish(parts)
    return parts


def change(parts: Parts, service_id: str, *, in_bulk: bool = False, **values: object) -> None:
    with parts.database.writing() as session:
        session.execute(update(Service).where(Service.id == service_id).values(**values))
        enqueue(session, [service_id], parts.clock, in_bulk=in_bulk)
        session.commit()


def found(parts: Parts, text: str) -> list[str]:
    page = find_services(parts, FindRequest(text=text, locale="en"))
    assert page.total == len(page.results)
    return [result.listing.name for result in page.results]


def test_a_new_service_is_found_before_the_index_has_it(furnished: Parts) -> None:
    assert found(furnished, "bicycles") == []
    with furnished.database.writing() as session:
        service = add_service(session, name="Bicycles lent")
        enqueue(session, [service.id], furnished.clock)
        session.commit()
    assert found(furnished, "bicycles") == ["Bicycles lent"]
    dispatch_all(furnished)
    assert found(furnished, "bicycles") == ["Bicycles lent"]


def test_a_changed_service_whose_rows_cannot_be_understood_keeps_nobody_from_finding_others(
    furnished: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    from directory.services.indexing import operations

    honest = operations.documents_of

    def documents_of(listing: Listing, today: date) -> tuple[ListingDocument, ...]:
        if listing.id == PANTRY:
            raise ValueError("no such weekday")
        return honest(listing, today)

    monkeypatch.setattr(operations, "documents_of", documents_of)
    others = set(found(furnished, "")) - set(found(furnished, "pantry"))
    change(furnished, PANTRY, name="Kitchen of the North")
    assert found(furnished, "north") == []
    assert others <= set(found(furnished, ""))


def test_a_changed_service_is_found_as_it_is_and_no_more_as_it_was(furnished: Parts) -> None:
    before = found(furnished, "pantry")
    change(furnished, PANTRY, name="Kitchen of the North", description="Zucchini for all.")
    change(furnished, PANTRY, name="Kitchen of the South")
    assert found(furnished, "zucchini") == ["Kitchen of the South"]
    dispatch_all(furnished)
    assert found(furnished, "zucchini") == ["Kitchen of the South"]
    assert before


def test_a_withdrawn_service_is_gone_from_results_counts_needs_and_suggestions(furnished: Parts) -> None:
    name = next(result.listing.name for result in find_services(furnished, FindRequest()).results if result.listing.id == PANTRY)
    everything = FindRequest(facets=frozenset({Facet.CATEGORY}))
    page, offered = find_services(furnished, everything), count_offers(furnished)
    assert name in [entry.text for entry in suggest(furnished, name)]
    assert offered is not None
    change(furnished, PANTRY, withdrawn_at=THEN)
    after = find_services(furnished, everything)
    assert PANTRY not in {result.listing.id for result in after.results}
    assert after.total == page.total - 1
    less, were = ({entry.value: entry.count for group in each.facets for entry in group.values} for each in (after, page))
    assert sum(less.values()) < sum(were.values())
    still = count_offers(furnished)
    assert still is not None
    assert (still.services, sum(still.places.values())) < (offered.services, sum(offered.places.values()))
    assert name not in [entry.text for entry in suggest(furnished, name)]


def test_what_an_import_changed_is_found_when_the_index_has_it(furnished: Parts) -> None:
    change(furnished, PANTRY, in_bulk=True, description="Zucchini for all.")
    assert found(furnished, "zucchini") == []
    dispatch_all(furnished)
    assert len(found(furnished, "zucchini")) == 1


def test_what_an_import_changed_and_somebody_after_it_is_found_at_once(furnished: Parts) -> None:
    change(furnished, PANTRY, in_bulk=True, alert="Closed for the feast.")
    change(furnished, PANTRY, description="Zucchini for all.")
    change(furnished, PANTRY, in_bulk=True, alert="Closed for the feast.")
    assert len(found(furnished, "zucchini")) == 1


def test_the_latest_changes_go_beside_the_index_when_very_many_wait(furnished: Parts) -> None:
    with furnished.database.writing() as session:
        ids = [add_service(session, name=f"Parsnips {number}").id for number in range(MOST_BESIDE + 5)]
        enqueue(session, ids, furnished.clock)
        session.commit()
    assert find_services(furnished, FindRequest(text="parsnips")).total == MOST_BESIDE
    dispatch_all(furnished)
    assert find_services(furnished, FindRequest(text="parsnips")).total == MOST_BESIDE + 5


def test_what_is_changed_by_hand_is_sent_before_what_an_import_changed(furnished: Parts) -> None:
    rebuild_index(furnished)
    with furnished.database.writing() as session:
        imported, by_hand = add_service(session, name="Imported").id, add_service(session, name="By hand").id
        enqueue(session, [imported], furnished.clock, in_bulk=True)
        enqueue(session, [by_hand], furnished.clock)
        session.commit()
    sent: list[str] = []

    class Watched:
        def __getattr__(self, name: str) -> object:
            return getattr(furnished.search, name)

        def apply(self, operations: object) -> object:
            sent.extend(each.service_id for each in operations)  # type: ignore[attr-defined]
            return furnished.search.apply(operations)  # type: ignore[arg-type]

    dispatch_all(replace(furnished, search=Watched()))  # type: ignore[arg-type]
    assert sent == [by_hand, imported]


def test_an_index_that_does_not_answer_is_no_reason_to_answer_with_the_changes_alone(furnished: Parts) -> None:
    class Silent:
        def search(self, query: object) -> object:
            raise IndexUnavailable("gone")

    change(furnished, PANTRY, description="Zucchini for all.")
    with pytest.raises(Exception, match="does not answer"):
        found(replace(furnished, search=Silent()), "zucchini")  # type: ignore[arg-type]


def test_a_search_made_again_later_says_what_is_open_then(furnished: Parts) -> None:
    def taking(parts: Parts) -> list[object]:
        return [result.access for result in find_services(parts, FindRequest()).results]

    at_night = replace(furnished, clock=FixedClock(furnished.clock.now() + timedelta(hours=14)))
    assert taking(furnished) == taking(furnished)
    assert taking(at_night) != taking(furnished)
