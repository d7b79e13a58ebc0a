"""The pages of a conversation: a planner begins it, two organizations take part, one of them by the link of a mail."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.domain.people import Role
from directory.domain.planning.conversation import ANSWERS_LAST
from directory.domain.planning.conversation_words import Answers
from directory.jobs.conversations import Conversations
from directory.services.conversations.end import propose
from directory.services.conversations.take_part import answer, look_at_facts
from directory.services.conversations.told import tell_conversations
from directory.services.parts import Parts
from directory.store.tables import Conversation
from tests.services.conversations.conftest import QUESTION, SECRET, Table, answered, begun, furnish_table, looked
from tests.services.partners.conftest import furnish_houses, mails
from tests.services.planning.test_cells import OTTAWA, asked
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add_organization
from tests.support.people import at, sign_in
from tests.web.html import Page, form_of, read

pytestmark = ONE_IS_ENOUGH
PAGE = "/planning/conversations"


@pytest.fixture
def table(parts: Parts) -> Table:
    return furnish_table(parts, furnish_houses(parts))


@pytest.fixture
def planner(app: Flask, parts: Parts, table: Table) -> FlaskClient:
    return sign_in(app.test_client(), parts, Role.PLANNER)


@pytest.fixture
def harbour(app: Flask, parts: Parts, table: Table) -> FlaskClient:
    return sign_in(app.test_client(), parts, Role.LEAD, "hanna@harbour.example", organization_id=table.houses.harbour)


def own(table: Table, made: str) -> str:
    return f"/manage/conversations/{table.houses.harbour}/{made}"


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}lang=en")
    assert answer.status_code == 200, answer.text[:400]
    return read(answer.text).text


def test_a_planner_begins_it_from_a_pair_with_others_asked_in_by_name(planner: FlaskClient, parts: Parts, table: Table) -> None:
    new = f"{PAGE}/new?pair={table.pair}"
    assert f"{PAGE}/new?pair={table.pair}" in planner.get(f"/planning/overlaps/{table.pair}").text
    assert "Harbour House" in text_of(planner, new)
    both = [table.houses.harbour, table.houses.clinic]
    found = planner.post(new, data={"do": "look", "q": "glebe", "side": both, "question": QUESTION})
    assert "Glebe School Board" in found.text
    assert QUESTION in found.text, "what was typed stays"
    added = planner.post(new, data={"add": table.houses.school, "side": both})
    assert added.text.count("checked") == 3
    wrong = planner.post(new, data={"do": "begin", "side": both, "question": ""})
    assert wrong.status_code == 400
    made = planner.post(new, data={"do": "begin", "side": [*both, table.houses.school], "question": QUESTION})
    assert made.status_code == 303
    shown = text_of(planner, made.headers["Location"])
    assert QUESTION in shown
    assert "Glebe School Board" in shown
    assert QUESTION in text_of(planner, PAGE)
    again = planner.post(new, data={"do": "begin", "side": both, "question": QUESTION})
    assert again.status_code == 409
    assert "goes on already" in again.text


def test_a_planner_begins_it_from_a_gap(planner: FlaskClient, parts: Parts, table: Table) -> None:
    asked(parts, OTTAWA, found=20, short=12, need="food-pantry")
    address = f"{PAGE}/new?need=food-pantry&area={OTTAWA}&quarter=2026-Q4"
    assert address.replace("&", "&amp;") in planner.get("/planning/gaps?quarter=2026-Q4").text
    made = planner.post(address, data={"do": "begin", "side": [table.houses.harbour, table.houses.clinic], "question": QUESTION})
    shown = text_of(planner, made.headers["Location"])
    assert "Not met 12 of 32" in shown
    assert "How many people live where: nobody loaded it." in shown
    assert planner.get(f"{PAGE}/new?need=nonsense&area={OTTAWA}&quarter=2026-Q4").status_code == 404


def test_an_organization_looks_answers_and_agrees(harbour: FlaskClient, planner: FlaskClient, parts: Parts, table: Table) -> None:
    made = begun(parts, table)
    look_at_facts(parts, table.clinic, made, "")
    assert "1 conversation waits for you" in text_of(harbour, "/manage")
    page = text_of(harbour, own(table, made))
    assert "First: are these facts right?" in page
    assert "Whom do we reach?" not in page
    assert harbour.post(own(table, made), data={"do": "look", "note": "We also serve Ottawa in the evening."}).status_code == 303
    refused = harbour.post(own(table, made), data={"do": "answer", "reaches": "Mrs. Tremblay"})
    assert refused.status_code == 400
    assert "Mrs. Tremblay" in refused.text
    assert harbour.post(own(table, made), data={"do": "answer", "reaches": SECRET["harbour"]}).status_code == 303
    assert SECRET["harbour"] in harbour.get(own(table, made)).text
    for address in (f"{PAGE}/{made}", f"{PAGE}/{made}/print", PAGE):
        assert SECRET["harbour"] not in planner.get(address).text
    assert "We also serve Ottawa in the evening." in planner.get(f"{PAGE}/{made}").text
    answer(parts, table.clinic, made, Answers(rather_talk=True), is_in=True)
    assert SECRET["harbour"] in planner.get(f"{PAGE}/{made}").text
    assert "Would rather talk." in planner.get(f"{PAGE}/{made}/print").text
    number = propose(parts, table.planner, made, "One opens late.", "Both", "2026-12-31")
    assert "It is decided when every organization agrees." in text_of(harbour, own(table, made))
    assert harbour.post(own(table, made), data={"do": "agree", "number": str(number)}).status_code == 303
    assert "You agreed to it" in text_of(harbour, own(table, made))


def test_who_works_there_reads_and_does_not_speak(app: Flask, parts: Parts, table: Table) -> None:
    made = looked(parts, table)
    worker = sign_in(app.test_client(), parts, Role.WORKER, "will@harbour.example", organization_id=table.houses.harbour)
    page = worker.get(own(table, made), query_string={"lang": "en"}).text
    assert "An editor or a lead of the organization answers." in page
    assert 'value="answer"' not in page
    assert worker.post(own(table, made), data={"do": "answer", "reaches": "We"}).status_code == 403
    assert worker.get(f"/manage/conversations/{table.houses.clinic}/{made}").status_code == 403


def test_planners_do_not_read_over_the_shoulder_of_an_organization(planner: FlaskClient, parts: Parts, table: Table) -> None:
    made = looked(parts, table)
    answer(parts, table.harbour, made, Answers(reaches=SECRET["harbour"]), is_in=True)
    assert planner.get(own(table, made)).status_code == 403
    assert planner.get(f"{own(table, made)}/print").status_code == 403


def test_a_planner_proposes_ends_and_withdraws(app: Flask, planner: FlaskClient, parts: Parts, table: Table) -> None:
    made = answered(parts, table)
    page = f"{PAGE}/{made}"
    wrong = planner.post(page, data={"do": "propose", "what": "One opens late.", "who": "", "by": "2026-12-31"})
    assert wrong.status_code == 400
    assert "One opens late." in wrong.text
    assert planner.post(page, data={"do": "propose", "what": "One opens late.", "who": "Both", "by": "2026-12-31"}).status_code == 303
    early = planner.post(page, data={"do": "disagree"})
    assert early.status_code == 409
    at(parts, timedelta(days=7))
    planner = sign_in(app.test_client(), parts, Role.PLANNER)
    assert planner.post(page, data={"do": "disagree"}).status_code == 303
    assert "Said nothing." in text_of(planner, page)
    other = begun(parts, table)
    assert planner.post(f"{PAGE}/{other}", data={"do": "withdraw", "because": "Begun by mistake."}).status_code == 303
    assert "Begun by mistake." in text_of(planner, f"{PAGE}/{other}")


def test_organizations_are_told_by_mail_without_a_word_of_it(parts: Parts, table: Table, app: Flask) -> None:
    made = looked(parts, table)
    assert tell_conversations(parts) == 2
    assert tell_conversations(parts) == 0, "once"
    sent = mails(parts)
    assert set(sent) == {"hanna@harbour.example", "carla@clinic.example"}
    assert QUESTION not in str(sent)
    assert own(table, made) in sent["hanna@harbour.example"][0]
    assert "Clinic of the Ward" in sent["hanna@harbour.example"][0]
    answer(parts, table.harbour, made, Answers(reaches=SECRET["harbour"]), is_in=True)
    at(parts, ANSWERS_LAST - timedelta(days=1))
    assert tell_conversations(parts) == 1, "who has answered is not reminded"
    assert set(mails(parts)) == {"carla@clinic.example"}
    at(parts, timedelta(days=1))
    assert tell_conversations(parts) == 2
    assert SECRET["harbour"] not in str(mails(parts))


def test_who_has_no_account_takes_part_by_the_link_of_a_mail(app: Flask, parts: Parts, table: Table) -> None:
    with parts.database.writing() as session:
        cedar = add_organization(session, name="Cedar Hall", email="desk@cedar.example").id
        session.commit()
    made = begun(parts, table, cedar)
    assert Conversations(parts).step()
    mail = mails(parts)["desk@cedar.example"][0]
    path = "/conversation/" + next(line for line in mail.splitlines() if "/conversation/" in line).rpartition("/")[2]
    visitor = app.test_client()
    assert "First: are these facts right?" in text_of(visitor, path)
    assert visitor.post(path, data={"do": "look"}).status_code == 303
    assert visitor.post(path, data={"do": "answer", "worries": "Nobody opens on Sunday."}).status_code == 303
    assert "Nobody opens on Sunday." in visitor.get(path).text
    assert visitor.get("/conversation/nonsense").status_code == 404
    with parts.database.reading() as session:
        assert session.scalars(select(Conversation.ending)).all() == [None]
    assert made


def editor_of(client: FlaskClient, made: str) -> str:
    """Where the conversation leads to put the listing right."""
    (found,) = [each for each in read(client.get(made).text).links() if each.startswith("/manage/services/")]
    return found


def forms_of(page: Page) -> list[str]:
    return [form.attributes.get("action", "") for form in page.find("form")]


def test_whoever_puts_a_listing_right_finds_the_way_back_at_every_step(harbour: FlaskClient, parts: Parts, table: Table) -> None:
    made = own(table, begun(parts, table))
    form = read(harbour.get(editor_of(harbour, made)).text)
    assert made in form.links()
    (step,) = [each for each in forms_of(form) if each.startswith("/manage/services/")]
    kept = harbour.post(step, data={**form_of(form), "do": "draft"})
    assert made in read(harbour.get(kept.location).text).links()
    looked = harbour.post(step, data={**form_of(form), "do": "look"})
    (publish,) = [each for each in forms_of(read(harbour.get(looked.location).text)) if "/preview" in each]
    done = harbour.post(publish)
    history = read(harbour.get(done.location).text)
    assert "Published." in history.text
    assert made in history.links()


@pytest.mark.parametrize(
    "written",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere",
        "javascript:alert(1)//elsewhere",
        "/else where",
        "/elsewhere" * 31,
    ],
)
def test_the_way_back_from_the_editor_never_leads_elsewhere(harbour: FlaskClient, parts: Parts, table: Table, written: str) -> None:
    editor = editor_of(harbour, own(table, begun(parts, table))).partition("?")[0]
    page = read(harbour.get(editor, query_string={"back": written}).text)
    assert "Back to where you came from" not in page.text
    languages = [each for each in page.links() if "lang=" in each]
    assert not [each for each in (*page.links(), *forms_of(page)) if "where" in each and each not in languages]
    assert "/manage" in page.links()
