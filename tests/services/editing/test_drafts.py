"""What is not published yet is kept for the one who writes it, sealed, and forgotten when it is old."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from directory.domain.clock import FixedClock
from directory.services.accounts.people import add_person
from directory.services.editing.drafts import discard_draft, forget_old_drafts, keep_draft, read_draft
from directory.services.exchange.request import ImportRequest
from directory.services.exchange.review import forget_old_reviews, make_review
from directory.services.parts import Parts
from directory.store.tables import Draft, ImportReview, ImportReviewItem
from tests.services.exchange.importing import SMALL, write_feed
from tests.support.neighbourhood import ORGANIZATION, PANTRY


def somebody(parts: Parts, email: str) -> str:
    return add_person(parts, email, "editor", organization_id=ORGANIZATION).id


def later(parts: Parts, **time: int) -> None:
    assert isinstance(parts.clock, FixedClock)
    parts.clock.set(parts.clock.now() + timedelta(**time))


def test_a_draft_is_read_by_the_one_who_wrote_it_and_lies_sealed(house: Parts) -> None:
    ana, bo = somebody(house, "ana@harbour.example"), somebody(house, "bo@harbour.example")
    keep_draft(house, ana, "service", PANTRY, {"name": "Food pantry"}, {"name": "Telltale"})
    keep_draft(house, ana, "service", PANTRY, {"name": "Food pantry"}, {"name": "Telltale pantry"})
    found = read_draft(house, ana, "service", PANTRY)
    assert found is not None
    assert found.form == {"name": "Telltale pantry"}
    assert read_draft(house, bo, "service", PANTRY) is None
    with house.database.reading() as session:
        assert "Telltale" not in str(session.execute(text("SELECT * FROM draft")).all())
    discard_draft(house, ana, "service", PANTRY)
    assert read_draft(house, ana, "service", PANTRY) is None


def test_a_draft_that_nobody_touched_for_sixty_days_is_forgotten(house: Parts) -> None:
    ana = somebody(house, "ana@harbour.example")
    keep_draft(house, ana, "service", PANTRY, {}, {"name": "Bread"})
    later(house, days=59)
    assert forget_old_drafts(house) == 0
    later(house, days=2)
    assert forget_old_drafts(house) == 1
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_an_import_that_nobody_decided_on_for_long_is_forgotten_with_its_copy(house: Parts, tmp_path: Path) -> None:
    make_review(house, ImportRequest(path=write_feed(tmp_path / "feed", **SMALL), source="food bank"))
    assert forget_old_reviews(house) == 0
    later(house, days=91)
    assert forget_old_reviews(house) == 1
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ImportReview)) == 0
        assert session.scalar(select(func.count()).select_from(ImportReviewItem)) == 0
    assert not any((house.settings.data_dir / "imports").iterdir())
