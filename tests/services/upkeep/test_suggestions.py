"""Anybody suggests, whoever keeps the listing decides field by field, whoever suggested is told; what looks like spam is held back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from directory.domain.errors import InvalidInput, NotFound, Refused, TooMany, Withdrawn
from directory.domain.people import Actor, Grant, Role
from directory.services.accounts.people import add_person
from directory.services.editing.history import read_history
from directory.services.listings import read
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.services.upkeep.suggest import BY_SENDER, LOOKING, Suggested, look, suggest
from directory.services.upkeep.suggestions import (
    NOBODY_ANSWERS,
    ListedSuggestion,
    Verdict,
    decide,
    forget_suggestions,
    no_spam,
    read_suggestions,
    throw_away,
)
from directory.store.tables import OutgoingMessage, Suggestion
from tests.services.upkeep.conftest import OTTAWA, PLANNER, House

NEW = {"phone": "613-555-0199", "description": "Groceries for anyone.\nBring a bag."}


def send(parts: Parts, house: House, after: dict[str, str] | None = None, **more: str) -> str:
    return suggest(parts, house.pantry, Suggested({"description": ""}, NEW if after is None else after, **more), sender="a")


def the_one(parts: Parts, *, held: bool = False) -> ListedSuggestion:
    (found,) = read_suggestions(parts, PLANNER, held=held)
    return found


def verdicts(**chosen: bool | str) -> dict[str, Verdict]:
    """True: accepted; a text: declined because of it."""
    return {name: Verdict(what is True, "" if what is True else str(what)) for name, what in chosen.items()}


def mails(parts: Parts) -> list[tuple[str, str]]:
    with parts.database.writing() as session:
        found = [(row.recipient, row.body) for row in session.scalars(select(OutgoingMessage))]
        session.execute(delete(OutgoingMessage))
        session.commit()
    return found


def test_what_differs_is_kept_field_by_field_and_nothing_is_changed_yet(parts: Parts, house: House):
    send(parts, house, {**NEW, "name": "", "email": "  "})
    found = the_one(parts)
    assert [(field.name, field.before, field.after) for field in found.fields] == [
        ("phone", "", "613-555-0199"),
        ("description", "", "Groceries for anyone.\nBring a bag."),
    ]
    assert read.service(parts, house.pantry).description == ""


def test_part_is_taken_over_and_published_at_once_the_rest_is_not(parts: Parts, house: House):
    code = send(parts, house)
    assert decide(parts, house.pantry, the_one(parts).id, PLANNER, verdicts(phone=True, description="It is not for everybody.")) == 0
    listing = read.service(parts, house.pantry)
    assert ([phone.number for phone in listing.phones], listing.description) == (["613-555-0199"], "")
    assert read_suggestions(parts, PLANNER) == []
    told = {field.field: (field.verdict, field.why) for field in look(parts, code, sender="b").fields}
    assert told == {"phone": ("accepted", ""), "description": ("declined", "It is not for everybody.")}


def test_it_stands_in_the_history_as_a_suggestion_that_was_accepted(parts: Parts, house: House):
    send(parts, house, {"description": "Groceries."})
    decide(parts, house.pantry, the_one(parts).id, PLANNER, verdicts(description=True))
    newest = read_history(parts, "service", house.pantry)[0]
    assert "suggestion" in str(newest)


def test_one_field_now_and_the_other_later(parts: Parts, house: House):
    send(parts, house)
    first = the_one(parts)
    assert decide(parts, house.pantry, first.id, PLANNER, verdicts(phone=True)) == 1
    assert [field.verdict for field in the_one(parts).fields] == ["accepted", ""]
    with pytest.raises(Refused):
        decide(parts, house.pantry, first.id, PLANNER, verdicts(phone="no"))
    assert decide(parts, house.pantry, first.id, PLANNER, verdicts(description="no")) == 0
    with pytest.raises(Refused):
        decide(parts, house.pantry, first.id, PLANNER, verdicts(description=True))


def test_each_field_that_can_be_taken_over_is(parts: Parts, house: House):
    new = {
        "name": ("Larder", "name", "Larder"),
        "website": ("larder.example", "url", "https://larder.example"),
        "documents": ("A bill\nA card", "documents", ("A bill", "A card")),
        "email": ("desk@larder.example", "email", "desk@larder.example"),
        "fees": ("Free", "fees", "Free"),
        "eligibility": ("Anyone", "eligibility", "Anyone"),
        "application_process": ("Come by", "application_process", "Come by"),
    }
    send(parts, house, {name: text for name, (text, _field, _value) in new.items()})
    decide(parts, house.pantry, the_one(parts).id, PLANNER, verdicts(**dict.fromkeys(new, True)))
    listing = read.service(parts, house.pantry)
    for _text, field, value in new.values():
        said = getattr(listing, field)
        assert (tuple(sorted(said)) if isinstance(value, tuple) else said) == value


def test_closed_for_good_takes_it_out(parts: Parts, house: House):
    send(parts, house, {"gone": "yes"})
    decide(parts, house.pantry, the_one(parts).id, PLANNER, verdicts(gone=True))
    with pytest.raises(Withdrawn):
        read.service(parts, house.pantry)


def test_a_text_that_cannot_be_is_named_and_nothing_is_decided(parts: Parts, house: House):
    send(parts, house, {"email": "ask at the desk", "name": "Larder"})
    with pytest.raises(InvalidInput) as wrong:
        decide(parts, house.pantry, the_one(parts).id, PLANNER, verdicts(email=True, name=True))
    assert wrong.value.field == "email"
    assert [field.verdict for field in the_one(parts).fields] == ["", ""]
    assert read.service(parts, house.pantry).name == "Food pantry"


def test_hours_and_address_are_put_in_by_hand(parts: Parts, house: House):
    send(parts, house, {"hours": "Mondays 9 to 4", "address": "2 Ward Street"})
    assert [field.by_hand for field in the_one(parts).fields] == [True, True]
    before = read.service(parts, house.pantry).places
    decide(parts, house.pantry, the_one(parts).id, PLANNER, verdicts(hours=True, address=True))
    assert read.service(parts, house.pantry).places == before


def test_whoever_suggested_gets_one_mail_and_the_address_is_forgotten(parts: Parts, house: House):
    save_community(parts, "tests", replace(OTTAWA, is_demo=True))
    send(parts, house, answer_to="Zoe@home.example")
    assert the_one(parts).wants_answer
    decide(parts, house.pantry, the_one(parts).id, PLANNER, verdicts(phone=True))
    assert mails(parts) == []
    decide(parts, house.pantry, the_one(parts).id, PLANNER, verdicts(description="Not so."))
    ((to, body),) = mails(parts)
    assert to == "zoe@home.example"
    assert "- Telephone: taken over" in body
    assert "- What it is: not taken over (Not so.)" in body
    with parts.database.reading() as session:
        assert session.scalar(select(Suggestion.answer_to)) is None


def test_the_organization_decides_first_and_planners_where_nobody_keeps_it_or_nobody_answers(parts: Parts, house: House):
    send(parts, house)
    editor = Actor("1", "e@harbour.example", grants=frozenset({Grant(Role.EDITOR, house.organization)}))
    stranger = Actor("2", "e@ward.example", grants=frozenset({Grant(Role.EDITOR, house.other)}))
    assert (len(read_suggestions(parts, editor)), len(read_suggestions(parts, stranger)), len(read_suggestions(parts, PLANNER))) == (
        1,
        0,
        1,
    )
    add_person(parts, "e@harbour.example", Role.EDITOR, organization_id=house.organization)
    assert (len(read_suggestions(parts, editor)), read_suggestions(parts, PLANNER)) == (1, [])
    parts.clock.set(parts.clock.now() + NOBODY_ANSWERS)  # type: ignore[attr-defined]
    assert len(read_suggestions(parts, PLANNER)) == 1


@pytest.mark.parametrize(
    ("after", "trap", "why"),
    [
        ({"note": "Hello"}, "Best Company", "trap"),
        ({"note": "see https://a.example and https://b.example"}, "", "links"),
        ({"description": '<a href="https://a.example">cheap</a>'}, "", "markup"),
        ({"note": "[url=https://a.example]x[/url]"}, "", "markup"),
    ],
)
def test_what_looks_like_spam_is_held_back_until_somebody_has_looked(
    parts: Parts, house: House, after: dict[str, str], trap: str, why: str
):
    send(parts, house, after, trap=trap)
    assert read_suggestions(parts, PLANNER) == []
    held = the_one(parts, held=True)
    assert held.held_why == why
    no_spam(parts, house.pantry, held.id)
    assert the_one(parts).id == held.id
    with pytest.raises(Refused):
        throw_away(parts, house.pantry, held.id)


def test_one_who_suggests_often_is_held_back_then_held_up_across_workers(parts: Parts, house: House):
    for number in range(BY_SENDER.most):
        send(parts, house, {"note": f"Number {number}"})
    assert (len(read_suggestions(parts, PLANNER)), len(read_suggestions(parts, PLANNER, held=True))) == (3, BY_SENDER.most - 3)
    with pytest.raises(TooMany):
        send(parts, house, {"note": "One more"})
    suggest(parts, house.pantry, Suggested({}, {"note": "From elsewhere"}), sender="b")
    suggest(parts, house.pantry, Suggested({}, {"note": "From the organization"}), is_owner=True)
    assert sorted(one.is_owner for one in read_suggestions(parts, PLANNER)) == [False] * 4 + [True]


@pytest.mark.parametrize(
    ("after", "answer_to", "field"), [({}, "", "suggestion"), ({"name": " "}, "", "suggestion"), (NEW, "zoe at home", "answer_to")]
)
def test_nothing_to_change_and_a_wrong_address_are_named(parts: Parts, house: House, after: dict[str, str], answer_to: str, field: str):
    with pytest.raises(InvalidInput) as wrong:
        send(parts, house, after, answer_to=answer_to)
    assert wrong.value.field == field


def test_what_was_typed_is_sealed_and_gone_in_time(parts: Parts, house: House):
    send(parts, house, {"note": "Ask for Zoë"}, answer_to="zoe@home.example")
    with parts.database.engine.connect() as connection:
        assert "Ask for" not in connection.exec_driver_sql("SELECT after FROM suggested_change").scalar_one()
        assert "zoe@home" not in connection.exec_driver_sql("SELECT answer_to FROM suggestion").scalar_one()
    decide(parts, house.pantry, the_one(parts).id, PLANNER, verdicts(note=True))
    assert forget_suggestions(parts) == 0
    parts.clock.set(parts.clock.now() + timedelta(days=91))  # type: ignore[attr-defined]
    assert forget_suggestions(parts) == 1


def test_codes_that_are_none_tell_nothing_and_are_counted(parts: Parts, house: House):
    code = send(parts, house)
    for _ in range(LOOKING.most):
        with pytest.raises(NotFound):
            look(parts, "0000-0000-0000", sender="x")
    with pytest.raises(TooMany):
        look(parts, code, sender="x")
    assert look(parts, code, sender="y").name == "Food pantry"


def test_nothing_is_suggested_about_what_is_not_listed_or_decided_through_another_listing(parts: Parts, house: House):
    with pytest.raises(NotFound):
        suggest(parts, house.organization, Suggested({}, NEW), sender="a")
    send(parts, house)
    with pytest.raises(NotFound):
        decide(parts, house.clinic, the_one(parts).id, PLANNER, verdicts(phone=True))
