"""Two people who work at different organizations get to know each other, after both have said that they want to."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused, TooMany
from directory.domain.no_names.check import MayBeNames
from directory.services.accounts.members import leave
from directory.services.limits import Limit
from directory.services.partners import introduce, links
from directory.services.partners.forget import forget_partners
from directory.services.partners.introduce import answer, answer_by_link, ask_to_be_introduced, asked_behind_link, asked_by_us, asked_of_us
from directory.services.partners.links import Opens, open_link
from directory.services.parts import Parts
from directory.store.tables import AuditEntry, Introduction, PartnerLink
from tests.services.partners.conftest import Houses, mails
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at

WORDS = "How we both reach families in the winter."


def ask(parts: Parts, houses: Houses, words: str = WORDS) -> str:
    """The token of the link that the clinic is mailed."""
    ask_to_be_introduced(parts, houses.harbour_worker, houses.harbour, houses.clinic, words)
    (mail,) = mails(parts)["carla@clinic.example"]
    assert WORDS not in mail
    assert "Will" not in mail
    return next(line for line in mail.splitlines() if "/introductions/" in line).rpartition("/")[2]


def test_both_get_each_other_s_name_and_address_after_the_other_side_has_said_yes(parts: Parts, houses: Houses) -> None:
    ask(parts, houses)
    (asked,) = asked_of_us(parts, houses.clinic_worker, houses.clinic)
    assert (asked.name, asked.organization, asked.words) == ("Will", "Harbour House", WORDS)
    answer(parts, houses.clinic_worker, houses.clinic, asked.id, yes=True)
    sent = mails(parts)
    assert "Wim\nClinic of the Ward\nwim@clinic.example" in sent["will@harbour.example"][0]
    assert "Will\nHarbour House\nwill@harbour.example" in sent["wim@clinic.example"][0]
    assert asked_of_us(parts, houses.clinic_worker, houses.clinic) == ()
    assert asked_by_us(parts, houses.harbour_lead, houses.harbour)[0].answer == "yes"
    with parts.database.reading() as session:
        assert session.scalars(select(Introduction.words)).all() == [None]
        assert session.scalars(select(AuditEntry.actor).where(AuditEntry.detail == "introduction")).all() == [houses.clinic_worker.label]
    with pytest.raises(Refused):
        answer(parts, houses.clinic_lead, houses.clinic, asked.id, yes=True)


def test_it_is_answered_by_link_without_an_account_and_once(parts: Parts, houses: Houses) -> None:
    token = ask(parts, houses)
    link = open_link(parts, Opens.INTRODUCTION, token, sender="somebody")
    assert asked_behind_link(parts, link).words == WORDS
    open_link(parts, Opens.INTRODUCTION, token, sender="a program that looks through mails")
    for wrong in ({"name": "", "mail": "rosa@clinic.example"}, {"name": "Rosa", "mail": "rosa"}):
        with pytest.raises(InvalidInput):
            answer_by_link(parts, link, yes=True, **wrong)
    answer_by_link(parts, link, name="Rosa", mail="rosa@clinic.example", yes=True)
    assert set(mails(parts)) == {"rosa@clinic.example", "will@harbour.example"}
    with pytest.raises(NotFound):
        open_link(parts, Opens.INTRODUCTION, token, sender="somebody")
    with pytest.raises(Refused):
        answer_by_link(parts, link, name="Rosa", mail="rosa@clinic.example", yes=True)


@ONE_IS_ENOUGH
def test_a_no_tells_whoever_asked_and_gives_nobody_an_address(parts: Parts, houses: Houses) -> None:
    ask(parts, houses)
    (asked,) = asked_of_us(parts, houses.clinic_lead, houses.clinic)
    answer(parts, houses.clinic_lead, houses.clinic, asked.id, yes=False)
    sent = mails(parts)
    assert list(sent) == ["will@harbour.example"]
    assert "carla" not in sent["will@harbour.example"][0].casefold()


@ONE_IS_ENOUGH
def test_a_link_opens_its_own_thing_alone_and_guessing_ends(parts: Parts, houses: Houses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "GUESSING", Limit("partner link", 3, 900))
    token = ask(parts, houses)
    for wrong in (token[:-1], token.swapcase()):
        with pytest.raises(NotFound):
            open_link(parts, Opens.INTRODUCTION, wrong, sender="guesser")
    with pytest.raises(NotFound):
        open_link(parts, Opens.ASK_AROUND, token, sender="guesser")
    with pytest.raises(TooMany):
        open_link(parts, Opens.INTRODUCTION, token, sender="guesser")
    with parts.database.reading() as session:
        assert token not in str(session.execute(text("SELECT * FROM partner_link")).all())


@ONE_IS_ENOUGH
def test_words_that_name_somebody_are_refused(parts: Parts, houses: Houses) -> None:
    ask_for = (parts, houses.harbour_worker, houses.harbour, houses.clinic)
    with pytest.raises(InvalidInput, match="telephone number"):
        ask_to_be_introduced(*ask_for, "Call 613-555-0142")
    with pytest.raises(MayBeNames) as error:
        ask_to_be_introduced(*ask_for, "About a family whose son Zewditu is ill")
    assert error.value.words == ("Zewditu",)
    ask_to_be_introduced(*ask_for, "About the project Zewditu", ["Zewditu"])
    with pytest.raises(InvalidInput, match="asked them already"):
        ask_to_be_introduced(*ask_for, WORDS)


@ONE_IS_ENOUGH
def test_nobody_asks_for_an_organization_of_others_or_too_often(parts: Parts, houses: Houses, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Forbidden):
        ask_to_be_introduced(parts, houses.harbour_worker, houses.school, houses.clinic, WORDS)
    with pytest.raises(InvalidInput, match="another organization"):
        ask_to_be_introduced(parts, houses.harbour_worker, houses.harbour, houses.harbour, WORDS)
    with pytest.raises(Forbidden):
        asked_of_us(parts, houses.harbour_worker, houses.clinic)
    monkeypatch.setattr(introduce, "BY_PERSON", Limit("introductions", 1, 86_400))
    ask(parts, houses)
    with pytest.raises(TooMany):
        ask_to_be_introduced(parts, houses.harbour_worker, houses.harbour, houses.school, WORDS)


@ONE_IS_ENOUGH
def test_whoever_has_left_meanwhile_is_introduced_to_nobody(parts: Parts, houses: Houses) -> None:
    token = ask(parts, houses)
    leave(parts, houses.harbour_worker, houses.harbour)
    link = open_link(parts, Opens.INTRODUCTION, token, sender="somebody")
    with pytest.raises(Refused):
        answer_by_link(parts, link, name="Rosa", mail="rosa@clinic.example", yes=True)
    answer_by_link(parts, link, name="", mail="", yes=False)
    assert mails(parts) == {}


@ONE_IS_ENOUGH
def test_what_nobody_answers_is_over_after_a_month_and_gone_after_three(parts: Parts, houses: Houses) -> None:
    token = ask(parts, houses)
    at(parts, timedelta(days=30))
    with pytest.raises(NotFound):
        open_link(parts, Opens.INTRODUCTION, token, sender="somebody")
    assert asked_of_us(parts, houses.clinic_lead, houses.clinic) == ()
    assert asked_by_us(parts, houses.harbour_worker, houses.harbour)[0].answer == "late"
    at(parts, timedelta(days=60))
    forget_partners(parts)
    with parts.database.reading() as session:
        assert session.scalars(select(Introduction.id)).all() == []
        assert session.scalars(select(PartnerLink.id)).all() == []
