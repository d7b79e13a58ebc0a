"""What receivers said against a listing when they declined waits for whoever keeps it, and is told to nobody any more once it is
settled."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.app import app_of
from directory.domain.people import Role
from directory.domain.referrals.events import Kind
from directory.services.parts import Parts
from directory.services.referrals.reviews import open_reviews
from directory.services.referrals.standpoint import as_receiver
from directory.services.referrals.write import Act, act_on
from directory.store.tables import RuleReview
from tests.support.people import sign_in
from tests.support.referrals import Town, make_town, sent_to_shelter
from tests.web.html import read


@pytest.fixture
def declined(parts: Parts) -> Town:
    """A shelter that said no twice for one condition, and once because the listing is wrong."""
    town = make_town(parts)
    for code, clause in (("not_eligible", "Women only"), ("not_eligible", "Women only"), ("listing_wrong", "")):
        _need, attempt = sent_to_shelter(parts, town, with_consent=False)
        act_on(parts, attempt, as_receiver(town.keeper, town.house), Act(Kind.DECLINED, code=code, clause=clause))
    return town


def _editor(parts: Parts, organization_id: str) -> FlaskClient:
    return sign_in(app_of(parts).test_client(), parts, Role.EDITOR, email="editor@somewhere.example", organization_id=organization_id)


def test_it_waits_for_the_keeper_with_how_often_it_was_said(parts: Parts, declined: Town):
    page = read(_editor(parts, declined.house).get("/manage/suggestions").text)
    shown = [item.text for item in page.find("li", "own")]
    assert len(shown) == 2
    assert any("Women only" in text and "said 2 times" in text for text in shown)
    assert open_reviews(parts, declined.nurse) == ()


def test_settled_it_is_gone_from_the_page_and_from_the_next_form(parts: Parts, declined: Town):
    editor = _editor(parts, declined.house)
    settled = {"code": "not_eligible", "clause": "Women only", "do": "corrected"}
    assert editor.post(f"/manage/services/{declined.shelter}/reviews", data=settled).status_code == 303
    assert "Women only" not in editor.get("/manage/suggestions").text
    with parts.database.reading() as session:
        rows = session.execute(select(RuleReview.code, RuleReview.settled_how)).all()
    assert sorted(tuple(row) for row in rows) == [
        ("listing_wrong", None), ("not_eligible", "corrected"), ("not_eligible", "corrected"),
    ]  # fmt: skip


def test_nobody_settles_what_is_said_of_the_listings_of_others(parts: Parts, declined: Town):
    stranger = _editor(parts, declined.health)
    settled = {"code": "not_eligible", "clause": "Women only", "do": "right"}
    assert stranger.post(f"/manage/services/{declined.shelter}/reviews", data=settled).status_code == 403
    assert "Women only" not in stranger.get("/manage/suggestions").text
