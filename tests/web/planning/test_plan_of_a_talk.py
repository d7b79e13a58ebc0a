"""What organizations decided together becomes a plan, with who took part and what was decided."""

from flask import Flask

from directory.domain.people import Role
from directory.services.conversations.end import propose
from directory.services.conversations.take_part import agree
from directory.services.parts import Parts
from tests.services.conversations.conftest import answered, furnish_table
from tests.services.partners.conftest import furnish_houses
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import sign_in
from tests.web.html import read


@ONE_IS_ENOUGH
def test_a_decision_leads_to_a_plan_with_those_who_took_part(app: Flask, parts: Parts) -> None:
    table = furnish_table(parts, furnish_houses(parts))
    made = answered(parts, table)
    number = propose(parts, table.planner, made, "One opens late.", "Both", "2026-12-31")
    for speaker in table.both:
        agree(parts, speaker, made, number)
    planner = sign_in(app.test_client(), parts, Role.PLANNER)
    page = read(planner.get(f"/planning/conversations/{made}").text)
    (link,) = [each for each in page.links() if each.startswith("/planning/actions/new")]
    new = read(planner.get(link).text)
    assert "It comes of a conversation." in new.text
    assert new.one("textarea", id="what").text == "One opens late."
    ticked = {each.attributes["value"] for each in new.find("input", type="checkbox") if "checked" in each.attributes}
    assert ticked == {table.houses.harbour, table.houses.clinic}
    told = {
        "kind": "extend",
        "what": "One opens late.",
        "due_on": "2026-12-31",
        "organization": list(ticked),
        "owner_id": table.houses.harbour,
    }
    action = planner.post("/planning/actions/new", data={**told, "rests": "conversation", "rests_id": made, "do": "plan"})
    assert f"/planning/conversations/{made}" in planner.get(action.location).text
    back = read(planner.get(f"/planning/conversations/{made}").text)
    assert action.location.partition("?")[0] in back.links(), "the conversation shows what was planned"
    assert "Plan what was decided" not in back.text
    assert "Plan something else for it" in back.text
