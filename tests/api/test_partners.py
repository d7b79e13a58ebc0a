"""What works well with a listing, over JSON and on the command line: the same numbers."""

from flask.testing import FlaskClient

from tests.support.neighbourhood import ORGANIZATION, PANTRY

MEMBERS = {"place", "score", "reasons", "caution", "rule_version", "signals", "would_change"}


def test_each_partner_has_score_reasons_caution_and_the_rules(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/services/{PANTRY}/partners?why_not={ORGANIZATION}")
    assert answer.status_code == 200
    told = answer.get_json()
    assert told["rule_version"] == "suggest-partners 0"
    assert len(told["partners"]) <= 5
    for each in told["partners"]:
        assert set(each) >= MEMBERS
        assert len(each["reasons"]) >= 2
        assert not [name for name in each["signals"] if name.startswith(("history.", "agreement.", "answers.", "load."))]
    assert told["why_not"]["organization_id"] == ORGANIZATION
    assert "no_declared_conflict" not in answer.text


def test_what_is_wrong_is_said(client: FlaskClient) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    assert client.get(f"/api/v1/services/{nobody}/partners").status_code == 404
    assert client.get(f"/api/v1/services/{PANTRY}/partners?why_not={nobody}").status_code == 404
    wrong = client.get(f"/api/v1/services/{PANTRY}/partners?why_not=x")
    assert wrong.status_code == 400
    assert "why_not" in wrong.text
