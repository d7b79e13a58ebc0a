"""An organization without an account says by a link whether two records are one; whoever has no right to it changes and learns nothing."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from directory.services.matching.ask import ask
from directory.services.matching.asked import read_standing
from directory.services.matching.levels import Level
from directory.services.matching.run import run_all
from directory.services.partners.links import GUESSING
from directory.services.parts import Parts
from directory.store.tables import DuplicateAnswer, Organization, OutgoingMessage, PartnerLink, ScheduleRow, Service
from tests.services.matching.test_answering_by_link import token_in
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.referrals import mails_of
from tests.web.planning.test_asked import planner
from tests.web.planning.test_duplicates import AT, pair_in, two

pytestmark = ONE_IS_ENOUGH
__all__ = ["two"]
Two = tuple[str, str]
BOX = "hello@food.example"


@pytest.fixture
def pair(client: FlaskClient, parts: Parts, two: Two) -> str:
    """One of the two lists a mailbox, the other none."""
    with parts.database.writing() as session:
        session.get_one(Organization, two[0]).email = BOX
        session.commit()
    run_all(parts, Level.ORGANIZATION)
    return pair_in(planner(client, parts).get(AT).text)


@pytest.fixture
def link(client: FlaskClient, parts: Parts, pair: str) -> str:
    assert client.post(f"{AT}/ask", data={"pair": pair}).status_code == 303
    return newest(parts)


def newest(parts: Parts) -> str:
    return f"/same/{token_in(parts, BOX)}"


def bound(app: Flask, link: str) -> FlaskClient:
    """A browser in which the button was pressed."""
    browser = app.test_client()
    assert browser.post(f"{link}/look").status_code == 303
    return browser


def facts_of(page: str) -> str:
    found = re.search(r'name="facts" value="(\w+)"', page)
    assert found is not None
    return found[1]


def said(parts: Parts) -> list[str]:
    with parts.database.reading() as session:
        return list(session.scalars(select(DuplicateAnswer.answer).order_by(DuplicateAnswer.id)))


def test_it_is_opened_looked_at_answered_once_and_read_by_planners_as_given_by_the_link(
    app: Flask, client: FlaskClient, parts: Parts, link: str, pair: str
) -> None:
    first = app.test_client().get(link)
    assert (first.status_code, "12 Elm" in first.text, 'name="answer"' in first.text) == (200, False, False)
    assert "Rideau Food Bank" in first.text
    ours = bound(app, link)
    page = ours.get(link).text
    assert page.count("12 Elm Street") == 2
    assert "<mark>" in page
    assert page.count('name="answer"') == 5
    assert "This link is for one answer." in page
    assert "/manage/" not in page
    data = {"answer": "different", "facts": facts_of(page)}
    assert (wrong := ours.post(link, data=data)).status_code == 422
    assert "Write why they are two" in wrong.text
    assert ours.post(link, data=data | {"words": "Two kitchens."}).location == f"{link}?done=1"
    page = ours.get(f"{link}?done=1").text
    assert "What happens next" in page
    assert "Two different things" in page
    assert "h•••@food.example" in page
    assert 'name="answer"' not in page
    replayed = ours.post(link, data={"answer": "left", "facts": data["facts"]})
    assert (replayed.status_code, "used for an answer already" in replayed.text, said(parts)) == (409, True, ["different"])
    shown = planner(client, parts).get(f"{AT}/look?pair={pair}").text
    assert "Two kitchens." in shown
    assert "by the link that was mailed to it" in shown


def test_heads_and_looks_change_nothing(app: Flask, parts: Parts, two: Two, link: str) -> None:
    def state() -> tuple[object, ...]:
        with parts.database.reading() as session:
            row = session.scalars(select(PartnerLink)).one()
            mails = session.scalar(select(func.count()).select_from(OutgoingMessage))
            return row.bound_hash, row.used_at, row.ended_at, row.expires_at, mails, said(parts)

    before = state()
    for _each in range(2):
        scanner = app.test_client()
        for method in ("HEAD", "GET", "OPTIONS"):
            for path in (link, f"{link}?answer=left&do=answer", f"{link}/look", f"{link}/new-link"):
                answer = scanner.open(path, method=method)
                assert answer.status_code in (200, 405)
                assert "Set-Cookie" not in answer.headers or "referral-links" not in answer.headers["Set-Cookie"]
    assert state() == before
    facts = read_standing(parts, Level.ORGANIZATION, *two).facts
    scanner.post(link, data={"answer": "left", "facts": facts})
    assert state() == before, "nothing is answered before it was looked at"
    assert bound(app, link).get(link).status_code == 200


def test_in_another_browser_it_explains_and_a_new_one_goes_to_the_mailbox_three_times_an_hour(app: Flask, parts: Parts, link: str) -> None:
    ours, theirs = bound(app, link), app.test_client()
    for answer in (theirs.get(link), theirs.post(link, data={"answer": "left"}), theirs.post(f"{link}/look")):
        assert (answer.status_code, "opened on another device" in answer.text, "12 Elm" in answer.text) == (403, True, False)
    assert "on its way" in theirs.post(f"{link}/new-link", data={"to": "me@elsewhere.example", "address": "me@elsewhere.example"}).text
    assert {mail[0] for mail in mails_of(parts)} == {BOX}
    assert ours.get(link).status_code == 404
    again = newest(parts)
    assert again != link
    for _each in range(2):
        assert theirs.post(f"{newest(parts)}/new-link").status_code == 200
    assert theirs.post(f"{newest(parts)}/new-link").status_code == 429


def test_guesses_end_at_one_dead_page_and_are_counted(app: Flask, link: str) -> None:
    guesser = app.test_client()
    found = {guesser.get(f"/same/guess-{number}").text.split("<main")[1].split("</main>")[0] for number in range(GUESSING.most)}
    assert len(found) == 1
    assert "This link works no longer" in found.pop()
    assert guesser.get(link).status_code == 429
    for path in ("/same/", "/same/../manage", f"{link}x"):
        assert app.test_client().get(path).status_code in (404, 429)


def test_planners_see_where_a_link_went_and_whom_to_call_and_wait_for_it(client: FlaskClient, parts: Parts, two: Two, pair: str) -> None:
    address = f"{AT}/look?pair={pair}"
    page = planner(client, parts).get(address).text
    assert "A link would go to h•••@food.example." in page
    assert "No mailbox is known to write to. Call them:" in page
    assert 'href="tel:+16135550142"' in page
    assert BOX not in page.split('id="asked-title"')[1]
    client.post(f"{AT}/ask", data={"pair": pair})
    page = client.get(address).text
    assert "A link went to h•••@food.example on" in page
    assert "Asked by a link, waited for until" in page
    assert "no link could be sent" in page
    stopped = client.post(f"{AT}/merge", data={"pair": pair, "keep": two[0], "why": "One body."})
    assert (stopped.status_code, "asked by a link in a mail, and awaited until" in stopped.text) == (422, True)


def test_what_is_said_counts_in_the_queue_and_in_what_is_worth_an_hour(app: Flask, client: FlaskClient, parts: Parts, link: str) -> None:
    ours = bound(app, link)
    ours.post(link, data={"answer": "left", "facts": facts_of(ours.get(link).text)})
    queue = planner(client, parts).get(AT).text
    assert "1 organization answered" in queue
    assert "One says: the same" in queue
    month = client.get("/planning").text
    assert "Rideau Food Bank says that they are one, and nobody else is waited for. A matter of minutes." in month
    assert "how quickly it is done" in month


@pytest.mark.parametrize(("language", "words"), [("fr", "La suite"), ("es", "Qué pasa ahora")])
def test_it_speaks_the_reader_s_language_and_no_search_keeps_it(app: Flask, parts: Parts, link: str, language: str, words: str) -> None:
    ours = bound(app, link)
    page = ours.get(f"{link}?lang={language}")
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    ours.post(link, data={"answer": "unsure", "facts": facts_of(page.text)})
    assert words in ours.get(f"{link}?lang={language}").text


def test_the_hours_of_both_stand_side_by_side(app: Flask, client: FlaskClient, parts: Parts, two: Two) -> None:
    with parts.database.writing() as session:
        session.get_one(Organization, two[0]).email = BOX
        ids = [session.scalars(select(Service.id).where(Service.organization_id == each)).one() for each in two]
        for key, opens_at in zip(ids, ("09:00", "10:00"), strict=True):
            session.add(ScheduleRow(service_id=key, freq="WEEKLY", byday="MO", opens_at=opens_at, closes_at="12:00"))
        session.commit()
    ask(parts, "tests", Level.PROGRAM, *ids)
    page = bound(app, newest(parts)).get(newest(parts)).text
    hours = page.split('role="rowheader">Hours</th>')[1].split("</tr>")[0]
    assert "Monday" in hours
    assert "<mark>" in hours
