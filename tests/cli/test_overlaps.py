"""`directory overlaps`: finding the pairs, and reading them."""

from directory.services.parts import Parts
from tests.cli.conftest import Say
from tests.support.pantries import add_offering


def test_pairs_are_found_and_listed(say: Say, furnished: Parts) -> None:
    with furnished.database.writing() as session:
        for name in ("Alder", "Birch"):
            add_offering(session, name)
        session.commit()
    ran = say("overlaps", "run", "--json").json
    assert ran["readings"]["worth_a_conversation"] == 1
    assert ran["pairs"] == ran["written"]["new"] + ran["written"]["same"] + ran["written"]["changed"]
    found = say("overlaps", "list", "--area", "ca-on-ottawa", "--category", "food", "--reading", "worth_a_conversation", "--json").json
    assert found["total"] == 1
    (pair,) = found["pairs"]
    assert {side["organization"] for side in pair["services"]} == {"Alder", "Birch"}
    assert pair["pair"] == {"low": 1.0, "high": 1.0}
    assert set(pair["parts"]) == {"service", "people", "area", "hours", "language"}
    assert "100 %  worth a conversation" in say("overlaps", "list").out
    assert say("overlaps", "list", "--category", "fud").code == 1
