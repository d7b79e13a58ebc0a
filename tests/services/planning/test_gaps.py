"""Searches that found too little are counted for planners: coarsely, once, without words, and without ever standing in a search's way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from directory.domain.categories.tree import CATEGORIES
from directory.domain.clock import FixedClock
from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.parts import Parts
from directory.services.planning import note_gap as noting
from directory.services.planning.gap_buffer import GapBuffer
from directory.services.planning.read_gaps import forget_old_gaps, kept_since, read_gaps
from directory.store.tables import SearchCount, SearchGap
from search_index.query import Facet
from tests.support.neighbourhood import furnish


@pytest.fixture
def furnished(parts: Parts) -> Parts:
    furnish(parts)
    return parts


def rows(parts: Parts) -> list[SearchGap]:
    parts.gaps.flush(parts.database)
    with parts.database.reading() as session:
        found = list(session.scalars(select(SearchGap)))
        session.expunge_all()
        return found


def test_a_search_that_finds_nothing_is_kept_as_need_area_filters_count_and_day(furnished: Parts) -> None:
    asked = FindRequest(text="detox near 19104", open_at="now", selections={Facet.COST: ("free",)}, locale="fr-CA")
    assert find_services(furnished, asked).total == 0
    (row,) = rows(furnished)
    assert row.day.isoformat() == "2026-11-23"
    assert "detox" in row.needs
    assert set(row.needs) <= set(CATEGORIES)
    assert not row.area.startswith("us-zip")
    assert row.filters == ["cost", "open_at"]
    assert (row.results, row.locale) == (0, "fr")


def test_a_search_that_finds_enough_is_not_kept(furnished: Parts) -> None:
    assert find_services(furnished, FindRequest(text="food")).total >= 3
    assert rows(furnished) == []


def test_counting_everything_for_the_first_page_is_no_search(furnished: Parts) -> None:
    find_services(furnished, FindRequest())
    assert rows(furnished) == []


PLANTED = ("xylophone", "maria", "quixote", "5550199", "19104", "kensington")


def test_no_word_place_or_number_that_was_typed_is_in_the_table(furnished: Parts) -> None:
    find_services(furnished, FindRequest(text="detox for Maria Quixote 5550199 xylophone", near="19104", serves=""))
    find_services(furnished, FindRequest(text="xylophone Kensington", selections={Facet.ACCESSIBILITY: ("wheelchair",)}))
    assert len(rows(furnished)) == 2
    with furnished.database.reading() as session:
        kept = " ".join(str(tuple(row)) for row in session.execute(text("SELECT * FROM search_gap"))).lower()
    assert [word for word in (*PLANTED, "wheelchair", "accessibility") if word in kept] == []


def test_the_table_has_no_room_for_words_times_or_persons() -> None:
    assert set(SearchGap.__table__.columns.keys()) == {"id", "day", "needs", "area", "filters", "results", "locale"}


def test_the_same_search_within_minutes_counts_once_and_later_again(furnished: Parts) -> None:
    asked = FindRequest(text="detox")
    find_services(furnished, asked)
    find_services(furnished, asked)
    find_services(furnished, FindRequest(text="  Detox "))
    assert len(rows(furnished)) == 1
    furnished.clock.set(furnished.clock.now() + timedelta(minutes=11))  # type: ignore[attr-defined]
    find_services(furnished, asked)
    assert len(rows(furnished)) == 2


def test_the_second_page_of_a_search_is_no_search_of_its_own(furnished: Parts) -> None:
    find_services(furnished, FindRequest(text="detox", page=2))
    assert rows(furnished) == []


def test_a_log_that_cannot_be_written_takes_nothing_from_the_search(furnished: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(noting, "gap_of", broken)
    assert find_services(furnished, FindRequest(text="detox")).total == 0


def test_what_waits_is_dropped_where_the_database_does_not_take_it(furnished: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    find_services(furnished, FindRequest(text="detox"))

    def busy() -> None:
        raise RuntimeError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(furnished.database, "writing", busy)
        assert furnished.gaps.flush(furnished.database) == 0
    assert rows(furnished) == []


def test_what_is_small_is_hidden_from_planners(furnished: Parts) -> None:
    for minutes in range(5):
        furnished.clock.set(furnished.clock.now() + timedelta(minutes=11))  # type: ignore[attr-defined]
        find_services(furnished, FindRequest(selections={Facet.CATEGORY: ("detox",)}))
        if not minutes:
            find_services(furnished, FindRequest(selections={Facet.CATEGORY: ("tax-help",)}))
    rows(furnished)
    table = read_gaps(furnished)
    assert [(cell.need, cell.searches) for cell in table.cells] == [("detox", 5)]
    assert table.hidden == 1
    assert read_gaps(furnished, furnished.clock.now().date() + timedelta(days=1)).cells == ()


def test_rows_of_a_quarter_go_together_when_the_time_of_the_first_has_come(furnished: Parts) -> None:
    """Else its table would grow smaller each night, and who keeps two of them would know of one day."""
    assert isinstance(furnished.clock, FixedClock)
    for day in ((2026, 10, 1), (2026, 12, 30), (2027, 1, 2)):
        furnished.clock.set(datetime(*day, 15, tzinfo=UTC))
        find_services(furnished, FindRequest(text="detox"))
    assert len(rows(furnished)) == 3
    furnished.clock.set(datetime(2026, 10, 1, 15, tzinfo=UTC) + timedelta(days=400))
    assert forget_old_gaps(furnished) == 0
    furnished.clock.set(furnished.clock.now() + timedelta(days=1))
    assert forget_old_gaps(furnished) == 2
    assert [row.day.isoformat() for row in rows(furnished)] == ["2027-01-02"]


@pytest.mark.parametrize(("kept", "until"), [(1, "2026-12-30"), (30, "2026-12-01"), (91, "2026-10-01"), (400, "2026-01-01")])
def test_the_quarter_that_goes_on_is_kept_as_long_as_may_be(kept: int, until: str) -> None:
    assert kept_since(date(2026, 12, 31), kept).isoformat() == until


def test_what_is_typed_in_the_place_of_a_need_is_kept_nowhere(furnished: Parts) -> None:
    find_services(furnished, FindRequest(selections={Facet.CATEGORY: ("xylophone-maria-quixote " * 4, "detox")}))
    kept = rows(furnished)
    assert [row.needs for row in kept] == [["detox"]]
    with furnished.database.reading() as session:
        assert set(session.scalars(select(SearchCount.need))) == {"detox"}


def test_the_same_search_just_before_and_after_midnight_counts_once() -> None:
    buffer, night = GapBuffer(), datetime(2026, 11, 23, 23, 57, tzinfo=UTC)
    assert buffer.is_new("food", night)
    assert not buffer.is_new("food", night + timedelta(minutes=5))
    assert buffer.is_new("food", night + timedelta(minutes=11))
    assert not buffer.is_new("food", night + timedelta(minutes=15))
    assert buffer.is_new("food", night + timedelta(days=1))
