"""One question to a few organizations of different sectors: what each sees, side by side, with what nobody covers; and gone in a month."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from directory.domain.errors import Forbidden, InvalidInput, NotFound, TooMany
from directory.domain.no_names.check import MayBeNames
from directory.domain.people import Actor, Grant, Role
from directory.services.accounts.members import leave
from directory.services.ask_around import ask
from directory.services.ask_around.answer import answer_as, answer_by_link, read_as, read_behind_link
from directory.services.ask_around.ask import ask_around, take_back
from directory.services.ask_around.forget import forget_questions
from directory.services.ask_around.read import asked_by_us, asked_of_us, whole_picture
from directory.services.ask_around.to_needs import turn_into_needs
from directory.services.limits import Limit
from directory.services.partners.links import Opens, open_link
from directory.services.parts import Parts
from directory.store.tables import AskAround, AskAroundCover, AskAroundTo, AuditEntry, Erased, HelpedPerson, Need, PartnerLink
from tests.services.partners.conftest import Houses, mails
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add_organization
from tests.support.people import at

WORDS = "A mother with two small children has nowhere to sleep from Friday, and speaks only Tigrinya."
LINES = "a place to sleep on Friday\n- someone who speaks Tigrinya\n\nfood for the weekend"
PARTS = ("a place to sleep on Friday", "someone who speaks Tigrinya", "food for the weekend")


def ask_them(
    parts: Parts, houses: Houses, words: str = WORDS, lines: str = LINES, *, looked: bool = True, no_name: tuple[str, ...] = ()
) -> str:
    to = [houses.clinic, houses.school]
    return ask_around(parts, houses.harbour_worker, houses.harbour, to, words, lines, has_looked=looked, said_no_name=no_name)


def answer(parts: Parts, actor: Actor, organization_id: str, question: str, *could: int, sees: str = "", offers: str = "x") -> None:
    lines = read_as(parts, actor, organization_id, question).parts
    answer_as(parts, actor, organization_id, question, sees=sees, offers=offers, covers=[lines[each][0] for each in could])


def token_in(mail: str) -> str:
    return next(line for line in mail.splitlines() if "/asked/" in line).rpartition("/")[2]


def test_answers_stand_side_by_side_with_what_nobody_covers(parts: Parts, houses: Houses) -> None:
    made = ask_them(parts, houses)
    sent = mails(parts)
    assert set(sent) == {"carla@clinic.example", "sol@school.example"}
    assert "mother" not in str(sent)
    assert [one.words for one in asked_of_us(parts, houses.clinic_worker, houses.clinic)] == [WORDS]
    answer(parts, houses.clinic_worker, houses.clinic, made, 1, sees="Two such families this month.", offers="An interpreter on Friday.")
    assert "Clinic of the Ward" in mails(parts)["will@harbour.example"][0]
    found = whole_picture(parts, houses.harbour_lead, houses.harbour, made)
    assert [(one.part, one.by) for one in found.covered] == [
        (PARTS[0], ()),
        (PARTS[1], ("Clinic of the Ward",)),
        (PARTS[2], ()),
    ]
    clinic, school = found.answers
    assert (clinic.sees, clinic.offers, clinic.sector) == ("Two such families this month.", "An interpreter on Friday.", "health")
    assert (school.organization, school.answered_at) == ("Glebe School Board", None)
    (listed,) = asked_by_us(parts, houses.harbour_worker, houses.harbour)
    assert (listed.asked, listed.answered) == (2, 1)


def test_whoever_was_asked_reads_the_others_once_it_has_answered_itself(parts: Parts, houses: Houses) -> None:
    made = ask_them(parts, houses)
    answer(parts, houses.clinic_worker, houses.clinic, made, 1, offers="An interpreter on Friday.")
    before = read_as(parts, houses.school_lead, houses.school, made)
    assert (before.others, before.covered) == (None, ())
    assert "interpreter" not in repr(before)
    answer(parts, houses.school_lead, houses.school, made, 2, offers="Nothing at present.")
    after = read_as(parts, houses.school_lead, houses.school, made)
    assert after.others is not None
    assert [one.offers for one in after.others] == ["An interpreter on Friday."]
    assert [one.by for one in after.covered] == [(), ("Clinic of the Ward",), ("Glebe School Board",)]


def test_a_link_of_the_mail_answers_without_an_account_and_the_answer_can_be_changed(parts: Parts, houses: Houses) -> None:
    made = ask_them(parts, houses)
    link = open_link(parts, Opens.ASK_AROUND, token_in(mails(parts)["carla@clinic.example"][0]), sender="somebody")
    lines = read_behind_link(parts, link).parts
    answer_by_link(parts, link, sees="", offers="", covers=[lines[0][0], "nonsense"])
    answer_by_link(parts, link, sees="", offers="A bed, call 613-555-0142.", covers=[lines[2][0]])
    assert len(mails(parts)["will@harbour.example"]) == 1, "whoever asked is told once"
    (clinic, _school) = whole_picture(parts, houses.harbour_worker, houses.harbour, made).answers
    assert (clinic.offers, clinic.covers) == ("A bed, call 613-555-0142.", {lines[2][0]})
    with parts.database.reading() as session:
        assert session.scalars(select(AskAroundTo.answered_by).order_by(AskAroundTo.position)).all() == [
            f"organization:{houses.clinic}",
            None,
        ]


@pytest.mark.parametrize(
    ("words", "lines", "field", "sentence"),
    [
        ("", LINES, "question", "write it"),
        ("x" * 1_001, LINES, "question", "at most 1000"),
        (WORDS, " \n", "parts", "at least one line"),
        (WORDS, "\n".join(map(str, range(9))), "parts", "at most 8 lines"),
        (WORDS, "x" * 121, "parts", "short lines"),
        ("Call her: 613-555-0142", LINES, "question", "telephone number"),
        ("They live at 12 Bank Street", LINES, "question", "looks like an address"),
        ("A girl at Glebe Collegiate", LINES, "question", "name of a school"),
        ("Born 12/04/2009", LINES, "question", "birth date"),
        (WORDS, "a bed for Mr. Smith", "parts", "name of a person"),
    ],
)
@ONE_IS_ENOUGH
def test_what_cannot_be_asked_is_said_at_its_field_in_one_sentence(
    parts: Parts, houses: Houses, words: str, lines: str, field: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence) as error:
        ask_them(parts, houses, words, lines)
    assert error.value.field == field
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AskAround)) == 0


@ONE_IS_ENOUGH
def test_the_worker_has_to_look_too_and_says_of_each_word_that_may_be_a_name_that_it_is_none(parts: Parts, houses: Houses) -> None:
    with pytest.raises(InvalidInput, match="Look through your words") as error:
        ask_them(parts, houses, looked=False)
    assert error.value.field == "looked"
    with pytest.raises(MayBeNames) as maybe:
        ask_them(parts, houses, "We met Lalibela today")
    assert maybe.value.words == ("Lalibela",)
    assert ask_them(parts, houses, "We met Lalibela today", no_name=("Lalibela",))
    made = ask_them(parts, houses)
    with pytest.raises(InvalidInput, match="birth date"):
        answer(parts, houses.clinic_worker, houses.clinic, made, offers="For whoever was born in 2012")
    with pytest.raises(InvalidInput, match="telephone number"):
        answer(parts, houses.clinic_worker, houses.clinic, made, sees="Her number is 613-555-0142")
    with pytest.raises(InvalidInput, match="write what you see"):
        answer(parts, houses.clinic_worker, houses.clinic, made, offers=" ")


@ONE_IS_ENOUGH
def test_up_to_five_others_of_different_sectors_that_can_be_reached(parts: Parts, houses: Houses, monkeypatch: pytest.MonkeyPatch) -> None:
    with parts.database.writing() as session:
        second = add_organization(session, name="Second Clinic", email="a@b.example", sector="health").id
        silent = add_organization(session, name="Silent Hall", sector="food").id
        more = [add_organization(session, name=f"Hall {each}", email="a@b.example").id for each in range(5)]
        session.commit()

    def try_with(*to: str) -> None:
        ask_around(parts, houses.harbour_worker, houses.harbour, to, WORDS, LINES, has_looked=True)

    for to, sentence in (
        ((), "at least one"),
        ((houses.clinic, second), "same sector"),
        ((houses.harbour,), "other organizations"),
        ((silent,), "Silent Hall cannot be reached"),
        ((houses.clinic, *more), "at most 5"),
        (("nonsense",), "listed"),
    ):
        with pytest.raises(InvalidInput, match=sentence):
            try_with(*to)
    try_with(*more)
    monkeypatch.setattr(ask, "BY_ORGANIZATION", Limit("ask around", 1, 86_400))
    with pytest.raises(TooMany):
        try_with(houses.clinic)


@ONE_IS_ENOUGH
def test_nobody_else_reads_it_and_each_reading_is_kept(parts: Parts, houses: Houses) -> None:
    made = ask_around(parts, houses.harbour_worker, houses.harbour, [houses.clinic], WORDS, LINES, has_looked=True)
    planner = Actor("p", "p@example.org", grants=frozenset({Grant(Role.PLANNER), Grant(Role.ADMINISTRATOR)}))
    for actor, organization_id in ((houses.school_lead, houses.school), (houses.clinic_worker, houses.clinic)):
        with pytest.raises(NotFound):
            whole_picture(parts, actor, organization_id, made)
    with pytest.raises(NotFound):
        read_as(parts, houses.school_lead, houses.school, made)
    for organization_id in (houses.harbour, houses.clinic):
        for act in (whole_picture, read_as):
            with pytest.raises(Forbidden):
                act(parts, planner, organization_id, made)
            with pytest.raises(Forbidden):
                act(parts, houses.school_lead, organization_id, made)
    read_as(parts, houses.clinic_worker, houses.clinic, made)
    whole_picture(parts, houses.harbour_lead, houses.harbour, made)
    with parts.database.reading() as session:
        readers = session.scalars(select(AuditEntry.actor).where(AuditEntry.detail == "ask around").order_by(AuditEntry.id)).all()
        rows = str([session.execute(text(f"SELECT * FROM {name}")).all() for name in ("ask_around", "ask_around_part", "outgoing_message")])
    assert readers == [houses.clinic_worker.label, houses.harbour_lead.label]
    assert "mother" not in rows
    assert "Tigrinya" not in rows


def test_after_thirty_days_nothing_of_it_is_left(parts: Parts, houses: Houses) -> None:
    made = ask_them(parts, houses)
    token = token_in(mails(parts)["carla@clinic.example"][0])
    answer(parts, houses.clinic_worker, houses.clinic, made, 0)
    at(parts, timedelta(days=29))
    assert forget_questions(parts) == 0
    at(parts, timedelta(days=1))
    with pytest.raises(NotFound):
        whole_picture(parts, houses.harbour_worker, houses.harbour, made)
    with pytest.raises(NotFound):
        open_link(parts, Opens.ASK_AROUND, token, sender="somebody")
    assert forget_questions(parts) == 1
    with parts.database.reading() as session:
        for table in (AskAround, AskAroundTo, AskAroundCover):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        assert session.get(Erased, ("ask_around", made)) is not None


@ONE_IS_ENOUGH
def test_it_is_taken_back_before_its_time_by_the_team_that_asked(parts: Parts, houses: Houses) -> None:
    made = ask_them(parts, houses)
    with pytest.raises(NotFound):
        take_back(parts, houses.clinic_lead, houses.clinic, made)
    leave(parts, houses.harbour_worker, houses.harbour)
    answer(parts, houses.clinic_worker, houses.clinic, made, 0)
    assert "hanna@harbour.example" in mails(parts), "who asked has left: who leads is told"
    take_back(parts, houses.harbour_lead, houses.harbour, made)
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AskAround)) == 0
        assert session.scalars(select(PartnerLink.id).where(PartnerLink.ended_at.is_(None))).all() == []


@ONE_IS_ENOUGH
def test_with_consent_its_parts_become_needs_of_one_person_without_a_name(parts: Parts, houses: Houses) -> None:
    made = ask_them(parts, houses)
    lines = whole_picture(parts, houses.harbour_worker, houses.harbour, made).parts
    chosen = {lines[0][0]: "emergency-shelter", lines[2][0]: "food-pantry"}
    me = (parts, houses.harbour_worker, houses.harbour, made)
    with pytest.raises(InvalidInput, match="Ask the person first"):
        turn_into_needs(*me, chosen, has_consent=False)
    with pytest.raises(InvalidInput, match="choose one of the needs"):
        turn_into_needs(*me, {}, has_consent=True)
    assert len(turn_into_needs(*me, chosen, has_consent=True)) == 2
    with parts.database.reading() as session:
        needs = session.scalars(select(Need).order_by(Need.category)).all()
        assert [need.category for need in needs] == ["emergency-shelter", "food-pantry"]
        assert len({need.person_id for need in needs}) == 1
        assert {(need.matters, need.tried, need.facts) for need in needs} == {(None, None, None)}
        (person,) = session.scalars(select(HelpedPerson)).all()
        assert (person.name, person.contact) == (None, None)
        assert session.scalar(select(func.count()).select_from(AskAround)) == 0
