"""Planners decide what imported terms mean: listings follow at once, the next import keeps to it, and all of it can be undone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from directory.domain.categories.filing import SaidTerm
from directory.domain.errors import InvalidInput
from directory.services.indexing.rebuild import rebuild_index
from directory.services.parts import Parts
from directory.services.taxonomy.decide import Verdict, decide_terms
from directory.services.taxonomy.imported import State, list_terms
from directory.services.taxonomy.sheet import read_sheet, write_sheet
from directory.store.tables import Change, IndexPending, Service, ServiceCategory, TermDecision
from tests.services.exchange.importing import bring_rows

ANNA = "anna@example.org"
FEED: Mapping[str, list[dict[str, Any]]] = {
    "services": [
        {"id": "s1", "name": "Veg box", "attributes": [{"link_type": "service_type", "value": "Baskets"}]},
        {"id": "s2", "name": "Corner stand", "attributes": [{"link_type": "service_type", "value": "Baskets"}]},
        {"id": "s3", "name": "Hall", "category_terms": [{"taxonomy": "211hsis", "code": "YB-9500.0500"}, {"code": "BD-1800.2000"}]},
        {"id": "s4", "name": "Loaves", "categories": ["meals"], "attributes": [{"taxonomy_term": {"id": "t1", "name": "Walk up"}}]},
    ]
}
BASKETS = SaidTerm("food bank", "service_type", "", "Baskets")
YOUTH = SaidTerm("food bank", "211hsis", "YB-9500.0500", "YB-9500.0500")
PANTRIES = SaidTerm("food bank", "", "BD-1800.2000", "BD-1800.2000")
WALK_UP = SaidTerm("food bank", "", "", "Walk up")


@pytest.fixture
def filled(parts: Parts, tmp_path: Path) -> Parts:
    """The feed, imported, and an index that is to be kept in step."""
    bring_rows(parts, tmp_path / "feed", **FEED)
    rebuild_index(parts)
    return parts


def categories(parts: Parts) -> dict[str, set[str]]:
    """Feed's id of a service -> its categories."""
    with parts.database.reading() as session:
        names = {row.id: row.external_id for row in session.scalars(select(Service))}
        found: dict[str, set[str]] = {name: set() for name in names.values() if name}
        for row in session.scalars(select(ServiceCategory)):
            found[names[row.service_id] or ""].add(row.category)
    return found


def waiting(parts: Parts) -> int:
    with parts.database.reading() as session:
        return len(session.scalars(select(IndexPending)).all())


def terms(parts: Parts, **asked: Any) -> dict[SaidTerm, Any]:
    return {entry.term: entry for entry in list_terms(parts, **asked).terms}


def test_terms_are_listed_with_what_hangs_on_them_and_what_they_mean(filled: Parts) -> None:
    found = terms(filled)
    assert {term: (entry.services, entry.state) for term, entry in found.items()} == {
        BASKETS: (2, State.UNMAPPED),
        YOUTH: (1, State.UNMAPPED),
        PANTRIES: (1, State.MAPPED),
        WALK_UP: (1, State.UNMAPPED),
    }
    assert next(iter(found)) == BASKETS
    assert found[PANTRIES].categories == ("food-pantry",)
    assert list(terms(filled, states=[State.MAPPED])) == [PANTRIES]
    assert terms(filled, source="another feed") == {}


def test_terms_of_listings_that_are_not_shown_do_not_count(filled: Parts) -> None:
    with filled.database.writing() as session:
        session.scalars(select(Service).where(Service.external_id == "s1")).one().withdrawn_at = filled.clock.now()
        session.commit()
    assert terms(filled)[BASKETS].services == 1


def test_unmapped_terms_come_with_a_suggestion_that_says_why(parts: Parts, tmp_path: Path) -> None:
    stand = {"name": "Stand", "categories": ["food-pantry"], "attributes": [{"link_type": "kind", "value": "Veg distribution"}]}
    bring_rows(parts, tmp_path / "feed", services=[{**stand, "id": f"s{number}"} for number in range(3)])
    (entry,) = list_terms(parts).terms
    assert entry.suggestions[0].category == "food-pantry"
    assert entry.suggestions[0].reasons[0].words == ("distribution",)


def test_a_decision_files_every_listing_at_once_and_tells_the_index(filled: Parts) -> None:
    done = decide_terms(filled, [Verdict(BASKETS.id, ("food-pantry",))], ANNA, "they hand out  vegetables")
    assert (done.terms, done.services) == ((BASKETS,), 2)
    assert categories(filled) == {"s1": {"food-pantry"}, "s2": {"food-pantry"}, "s3": {"food-pantry"}, "s4": {"meals"}}
    assert waiting(filled) == 2
    entry = terms(filled)[BASKETS]
    assert (entry.state, entry.categories) == (State.DECIDED, ("food-pantry",))
    assert (entry.decision.by, entry.decision.why, entry.decision.at) == (ANNA, "they hand out vegetables", filled.clock.now())


def test_a_decision_stands_in_the_history_of_the_term_and_of_each_listing(filled: Parts) -> None:
    decide_terms(filled, [Verdict(BASKETS.id, ("food-pantry",))], ANNA, "vegetables")
    with filled.database.reading() as session:
        of_term = session.scalars(select(Change).where(Change.object_id == BASKETS.id)).one()
        assert (of_term.object_kind, of_term.before, of_term.after, of_term.actor) == ("imported_term", None, "food-pantry", ANNA)
        of_services = session.scalars(select(Change).where(Change.object_kind == "service", Change.actor == ANNA)).all()
        assert len(of_services) == 2
        for change in of_services:
            assert (change.part, change.field) == ("service_category", "added")
            assert '"food-pantry"' in (change.after or "")
            assert "“Baskets”" in change.why
            assert "vegetables" in change.why


def test_where_none_fits_what_the_tables_made_of_a_term_is_taken_away(filled: Parts) -> None:
    decide_terms(filled, [Verdict(PANTRIES.id, ())], ANNA)
    assert categories(filled)["s3"] == set()
    assert terms(filled)[PANTRIES].state is State.NONE_FITS


def test_what_the_source_states_itself_is_never_touched(filled: Parts) -> None:
    decide_terms(filled, [Verdict(WALK_UP.id, ("meals",))], ANNA)
    assert categories(filled)["s4"] == {"meals"}
    decide_terms(filled, [Verdict(WALK_UP.id, ())], ANNA)
    assert categories(filled)["s4"] == {"meals"}


def test_undo_leaves_everything_as_it_was(filled: Parts) -> None:
    before = categories(filled)
    decide_terms(filled, [Verdict(BASKETS.id, ("meals", "food")), Verdict(PANTRIES.id, ())], ANNA)
    assert categories(filled)["s1"] == {"meals"}  # the narrower says the wider
    decide_terms(filled, [Verdict(BASKETS.id, None), Verdict(PANTRIES.id, None)], ANNA)
    assert categories(filled) == before
    with filled.database.reading() as session:
        assert session.scalars(select(TermDecision)).all() == []


def test_deciding_the_same_again_changes_nothing(filled: Parts) -> None:
    decide_terms(filled, [Verdict(BASKETS.id, ("meals",))], ANNA)
    done = decide_terms(filled, [Verdict(BASKETS.id, ("meals",))], "ben@example.org")
    assert (done.terms, done.services) == ((), 0)
    assert terms(filled)[BASKETS].decision.by == ANNA


def test_one_wrong_verdict_keeps_all_from_being_kept(filled: Parts) -> None:
    before = categories(filled)
    with pytest.raises(InvalidInput, match="no category “nonsense”"):
        decide_terms(filled, [Verdict(BASKETS.id, ("meals",)), Verdict(WALK_UP.id, ("nonsense",))], ANNA)
    with pytest.raises(InvalidInput, match="No source says a term"):
        decide_terms(filled, [Verdict(BASKETS.id, ("meals",)), Verdict("11111111-1111-4111-8111-111111111111", ())], ANNA)
    assert categories(filled) == before
    assert waiting(filled) == 0


def test_the_next_import_of_the_same_feed_changes_nothing(filled: Parts, tmp_path: Path) -> None:
    decide_terms(filled, [Verdict(BASKETS.id, ("meals",)), Verdict(PANTRIES.id, ())], ANNA)
    decided = categories(filled)
    assert not bring_rows(filled, tmp_path / "feed", **FEED).changed
    assert categories(filled) == decided


def test_the_next_edition_keeps_to_what_was_decided_and_so_do_its_new_listings(filled: Parts, tmp_path: Path) -> None:
    verdicts = [Verdict(BASKETS.id, ("meals",)), Verdict(PANTRIES.id, ()), Verdict(WALK_UP.id, ("food-pantry",))]
    decide_terms(filled, verdicts, ANNA)
    edited = [{**row, "description": "Now with a description."} for row in FEED["services"]]
    edited[3]["attributes"] = [{"taxonomy_term": {"id": "another id", "name": "Walk up"}}]
    edited.append({"id": "s5", "name": "New stand", "attributes": [{"link_type": "service_type", "value": "Baskets"}]})
    bring_rows(filled, tmp_path / "feed", services=edited)
    assert categories(filled) == {
        "s1": {"meals"},
        "s2": {"meals"},
        "s3": set(),
        "s4": {"meals", "food-pantry"},
        "s5": {"meals"},
    }


def test_a_decision_holds_for_its_source_only(filled: Parts, tmp_path: Path) -> None:
    bring_rows(filled, tmp_path / "other", "other feed", services=[{**FEED["services"][0], "id": "o1"}])
    decide_terms(filled, [Verdict(BASKETS.id, ("meals",))], ANNA)
    assert categories(filled)["o1"] == set()


def test_a_sheet_brings_decisions_from_a_spreadsheet_and_back(filled: Parts) -> None:
    decide_terms(filled, [Verdict(BASKETS.id, ("meals",)), Verdict(WALK_UP.id, ())], ANNA)
    sheet = "".join(write_sheet(list_terms(filled).terms))
    verdicts = {verdict.term_id: verdict.categories for verdict in read_sheet("\ufeff" + sheet)}
    assert verdicts == {BASKETS.id: ("meals",), WALK_UP.id: ()}
    decide_terms(filled, [Verdict(BASKETS.id, None), Verdict(WALK_UP.id, None)], ANNA)
    decide_terms(filled, read_sheet(sheet), ANNA)
    assert "".join(write_sheet(list_terms(filled).terms)) == sheet


def test_what_a_feed_calls_a_thing_never_runs_in_a_spreadsheet(parts: Parts, tmp_path: Path) -> None:
    service = {"id": "s1", "name": "X", "attributes": [{"link_type": "kind", "value": "=cmd|' /C calc'!A0"}]}
    bring_rows(parts, tmp_path / "feed", services=[service])
    assert ",'=cmd|" in "".join(write_sheet(list_terms(parts).terms))


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("name,categories\nx,food\n", "term_id and categories"),
        ("term_id,categories\n,food\n", "Line 2 names no term"),
        (f"term_id,categories\n{BASKETS.id},food\n{BASKETS.id},meals\n", "Line 3 names a term for the second time"),
        ("", "term_id and categories"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_which_line(sheet: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_sheet(sheet)
