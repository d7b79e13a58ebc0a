"""Organizations are asked before their records become one, answer, and are told what came of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.domain.editing.authors import Author
from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused
from directory.domain.people import Actor, Grant, Role
from directory.domain.planning.asked import LASTS, Answer, Hindrance, Way
from directory.services.editing.apply import apply_to_organization
from directory.services.listings.community import save_community
from directory.services.matching.answering import give_answer, list_own, read_own_question
from directory.services.matching.ask import ask, ask_of_pair
from directory.services.matching.asked import Standing, read_standing
from directory.services.matching.levels import Level
from directory.services.matching.merge import merge, preview
from directory.services.matching.merge_reviewed import merge_pair
from directory.services.matching.run import run_all
from directory.services.matching.undo import undo_merge
from directory.services.matching.verdicts import give_verdict
from directory.services.parts import Parts
from directory.store.tables import Address, DuplicatePair, Location, MergeEvent, Organization, OutgoingMessage, Phone, UpkeepContact
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import THEN, add, add_location, add_organization, add_service
from tests.support.people import at, somebody
from tests.support.referrals import TOWN, mails_of

ORGANIZATION = Level.ORGANIZATION
Two = tuple[str, str]


@pytest.fixture
def two(parts: Parts) -> Two:
    """One food bank, listed twice, each with its own people."""
    save_community(parts, "tests", TOWN)
    with parts.database.writing() as session:
        rows = [
            add_organization(session, name=name, email=f"{name[:6].lower()}@x.example") for name in ("Harbour Food Bank", "Haven Foodbank")
        ]
        for row in rows:
            session.add(Phone(organization_id=row.id, number="613-555-0101", e164="+16135550101"))
        session.commit()
        first, second = sorted(row.id for row in rows)
    return first, second


@pytest.fixture
def editors(parts: Parts, two: Two) -> tuple[Actor, Actor]:
    first, second = (somebody(parts, Role.EDITOR, f"editor{number}@x.example", organization_id=key) for number, key in enumerate(two))
    return first, second


def standing(parts: Parts, two: Two) -> Standing:
    return read_standing(parts, ORGANIZATION, *two)


def waiting(parts: Parts, actor: Actor) -> int:
    return sum(line.waits for line in list_own(parts, actor))


def answer(parts: Parts, actor: Actor, two: Two, said: str, words: str = "") -> None:
    found = standing(parts, two)
    give_answer(parts, actor, found.question_id, next(iter(actor.organizations())), said, words, found.facts)


def rename(parts: Parts, key: str, name: str) -> None:
    with parts.database.writing() as session:
        apply_to_organization(session, key, {"name": name}, Author("person:x"), parts.clock)
        session.commit()


def throw_mails_away(parts: Parts) -> None:
    with parts.database.writing() as session:
        for row in session.scalars(select(OutgoingMessage)):
            session.delete(row)
        session.commit()


def test_a_merge_waits_until_both_have_answered_or_a_fortnight_went_by(parts: Parts, two: Two, editors: tuple[Actor, Actor]) -> None:
    with pytest.raises(Refused, match="not asked yet"):
        merge(parts, "tests", ORGANIZATION, *two)
    ask(parts, "tests", ORGANIZATION, *two)
    with pytest.raises(Refused, match="awaited until"):
        merge(parts, "tests", ORGANIZATION, *two)
    with pytest.raises(Refused, match="already"):
        ask(parts, "tests", ORGANIZATION, *reversed(two))
    answer(parts, editors[0], two, "left")
    assert [each.hindrance for each in preview(parts, ORGANIZATION, *two).standing.voices] == [None, "awaited"]
    at(parts, LASTS - timedelta(minutes=1))
    with pytest.raises(Refused, match="awaited until"):
        merge(parts, "tests", ORGANIZATION, *two)
    at(parts, timedelta(minutes=1))
    merge(parts, "tests", ORGANIZATION, *two)
    with parts.database.reading() as session:
        assert session.scalars(select(MergeEvent.anyway)).one() is None


@ONE_IS_ENOUGH
def test_both_are_told_by_mail_and_on_their_first_page_and_again_of_the_merge_and_of_its_undoing(
    parts: Parts, two: Two, editors: tuple[Actor, Actor]
) -> None:
    question = ask(parts, "tests", ORGANIZATION, *two)
    mails = mails_of(parts)
    assert [mail[0] for mail in mails] == ["editor0@x.example", "editor1@x.example"]
    assert all(f"/manage/duplicates/{question}" in mail[2] and "Harbour Food Bank" in mail[2] for mail in mails)
    assert [waiting(parts, actor) for actor in editors] == [1, 1]
    answer(parts, editors[0], two, "left")
    answer(parts, editors[1], two, "unsure")
    assert [waiting(parts, actor) for actor in editors] == [0, 0]
    throw_mails_away(parts)
    event = merge(parts, "tests", ORGANIZATION, *two)
    mails = mails_of(parts)
    assert [mail[0] for mail in mails] == ["editor0@x.example", "editor1@x.example"]
    assert all("has become a part of" in mail[2] and "reason" not in mail[2] for mail in mails)
    throw_mails_away(parts)
    undo_merge(parts, "tests", event)
    assert [mail[0] for mail in mails_of(parts)] == ["editor0@x.example", "editor1@x.example"]
    assert read_own_question(parts, editors[0], question).outcome is not None
    assert standing(parts, two).hindrances == (), "what they said of the same facts still holds"


def test_who_says_two_stops_it_until_a_planner_gives_a_reason_which_is_kept_and_told(
    parts: Parts, two: Two, editors: tuple[Actor, Actor]
) -> None:
    ask(parts, "tests", ORGANIZATION, *two)
    answer(parts, editors[0], two, "left")
    answer(parts, editors[1], two, "different", "We are a parish of our own.")
    at(parts, 2 * LASTS)
    with pytest.raises(Refused, match="These are two, as was answered by: H"):
        merge(parts, "tests", ORGANIZATION, *two)
    with pytest.raises(InvalidInput):
        merge(parts, "tests", ORGANIZATION, *two, anyway="x" * 301)
    throw_mails_away(parts)
    merge(parts, "tests", ORGANIZATION, *two, anyway="The parish closed in May.")
    with parts.database.reading() as session:
        assert session.scalars(select(MergeEvent.anyway)).one() == "The parish closed in May."
    assert all("The parish closed in May." in mail[2] for mail in mails_of(parts))
    with pytest.raises(Refused, match="decided"):
        answer(parts, editors[0], two, "unsure")


def test_an_answer_to_older_facts_is_shown_and_counts_no_more(parts: Parts, two: Two, editors: tuple[Actor, Actor]) -> None:
    question = ask(parts, "tests", ORGANIZATION, *two)
    seen = standing(parts, two).facts
    for actor in editors:
        answer(parts, actor, two, "left")
    assert standing(parts, two).hindrances == ()
    rename(parts, two[1], "Haven Larder")
    found = standing(parts, two)
    assert found.is_outdated
    assert [(each.counts, each.said is not None and each.said.answer) for each in found.voices] == [(False, Answer.LEFT)] * 2
    with pytest.raises(Refused, match="not asked yet"):
        merge(parts, "tests", ORGANIZATION, *two)
    with pytest.raises(Refused, match="while you looked"):
        give_answer(parts, editors[0], question, two[0], "left", "", seen)
    assert ask(parts, "tests", ORGANIZATION, *two) == question, "links that were given out work on"
    with pytest.raises(Refused, match="awaited until"):
        merge(parts, "tests", ORGANIZATION, *two)
    for actor in editors:
        answer(parts, actor, two, "right")
    merge(parts, "tests", ORGANIZATION, *two)


@ONE_IS_ENOUGH
def test_an_answer_may_be_changed_and_the_newest_counts(parts: Parts, two: Two, editors: tuple[Actor, Actor]) -> None:
    ask(parts, "tests", ORGANIZATION, *two)
    for said, words in (("different", "Two bodies."), ("closed", ""), ("right", "")):
        answer(parts, editors[0], two, said, words)
    voice = standing(parts, two).voices[0]
    assert voice.said is not None
    assert (voice.said.answer, voice.said.role, standing(parts, two).keeps(voice.said)) == (Answer.RIGHT, "editor", two[1])


@ONE_IS_ENOUGH
def test_who_has_nobody_with_an_account_gets_a_link_and_is_waited_for_and_who_wants_no_mails_is_not(parts: Parts, two: Two) -> None:
    with parts.database.writing() as session:
        session.add(
            UpkeepContact(
                organization_id=two[0], address="listings@y.example", added_at=THEN, added_by="t", unanswered=0, tells_at_once=True
            )
        )
        session.add(UpkeepContact(organization_id=two[1], stopped_at=THEN, added_at=THEN, added_by="t", unanswered=0, tells_at_once=True))
        session.commit()
    ask(parts, "tests", ORGANIZATION, *two)
    (mail,) = mails_of(parts)
    assert mail[0] == "listings@y.example", "the other wants no mails"
    assert f"/organizations/{two[0]}/claim" in mail[2]
    assert "/same/" in mail[2]
    assert [(each.way, each.hindrance) for each in standing(parts, two).voices] == [(Way.LINK, Hindrance.AWAITED), (Way.NONE, None)]
    with pytest.raises(Refused, match="asked by a link in a mail, and awaited until"):
        merge(parts, "tests", ORGANIZATION, *two)
    at(parts, LASTS)
    merge(parts, "tests", ORGANIZATION, *two)


@ONE_IS_ENOUGH
def test_only_who_speaks_for_an_organization_of_the_pair_sees_the_question_and_answers(
    parts: Parts, two: Two, editors: tuple[Actor, Actor]
) -> None:
    question = ask(parts, "tests", ORGANIZATION, *two)
    with parts.database.writing() as session:
        third = add_organization(session, name="Third").id
        session.commit()
    facts = standing(parts, two).facts
    for actor in (
        somebody(parts, Role.WORKER, "w@x.example", organization_id=two[0]), somebody(parts, Role.PLANNER, "p@x.example"),
        somebody(parts, Role.LEAD, "l@x.example", organization_id=third),
    ):  # fmt: skip
        assert list_own(parts, actor) == ()
        with pytest.raises(NotFound):
            read_own_question(parts, actor, question)
        with pytest.raises(Forbidden):
            give_answer(parts, actor, question, two[0], "left", "", facts)
    stranger = somebody(parts, Role.LEAD, "l@x.example", organization_id=third)
    with pytest.raises(NotFound):
        give_answer(parts, stranger, question, third, "left", "", facts)
    with pytest.raises(Forbidden):
        give_answer(parts, editors[0], question, two[1], "left", "", facts)
    for wrong in ("x", third):
        with pytest.raises(NotFound):
            read_own_question(parts, editors[0], wrong)


@ONE_IS_ENOUGH
def test_the_manager_of_both_programs_who_merges_needs_no_answer_and_another_planner_does(
    parts: Parts, two: Two, editors: tuple[Actor, Actor]
) -> None:
    with parts.database.writing() as session:
        place = add_location(session, organization_id=two[0])
        ids = sorted(add_service(session, at=place, organization_id=two[0], name=name).id for name in ("Food pantry", "Food pantry"))
        session.commit()
    run_all(parts, Level.PROGRAM)
    with parts.database.reading() as session:
        pair = session.scalars(select(DuplicatePair.id).where(DuplicatePair.level == "program")).one()
    planner = somebody(parts, Role.PLANNER, "plan@x.example")
    with pytest.raises(Refused, match="not asked yet"):
        merge_pair(parts, planner, pair, ids[0], {}, "One pantry.")
    both = Actor(planner.person_id, planner.email, grants=frozenset({Grant(Role.PLANNER), Grant(Role.EDITOR, two[0])}))
    merge_pair(parts, both, pair, ids[0], {}, "One pantry.")


@ONE_IS_ENOUGH
def test_what_planners_found_to_be_two_is_asked_of_nobody(parts: Parts, two: Two, editors: tuple[Actor, Actor]) -> None:
    with parts.database.writing() as session:
        for key in two:
            place = add_location(session, organization_id=key)
            session.add(Address(location_id=place.id, address_1="12 Elm Street", city="Ottawa", postal_code="K1A 0B1", country="CA"))
        session.commit()
    run_all(parts, ORGANIZATION)
    with parts.database.reading() as session:
        pair = session.scalars(select(DuplicatePair.id)).one()
    planner = somebody(parts, Role.PLANNER, "plan@x.example")
    ask_of_pair(parts, planner, pair)
    assert waiting(parts, editors[0]) == 1
    give_verdict(parts, planner, pair, "different", "Two bodies, one line.")
    assert waiting(parts, editors[0]) == 0
    with pytest.raises(Refused, match="decided"):
        answer(parts, editors[0], two, "left")
    with pytest.raises(Refused, match="found to be two"):
        ask_of_pair(parts, planner, pair)
    with pytest.raises(Forbidden):
        ask_of_pair(parts, editors[0], pair)


@ONE_IS_ENOUGH
def test_nobody_is_asked_of_a_secret_place_and_what_became_secret_is_shown_to_nobody(
    parts: Parts, two: Two, editors: tuple[Actor, Actor]
) -> None:
    with parts.database.writing() as session:
        ids = [add_location(session, name=name, organization_id=two[0]).id for name in ("Hall", "House at 12 Elm")]
        session.commit()
    question = ask(parts, "tests", Level.SITE, *ids)
    assert [set(line.names) for line in list_own(parts, editors[0])] == [{"Hall", "House at 12 Elm"}]
    with parts.database.writing() as session:
        session.get_one(Location, ids[1]).confidential = True
        session.commit()
    assert list_own(parts, editors[0]) == ()
    with pytest.raises(NotFound):
        read_own_question(parts, editors[0], question)
    with pytest.raises(Refused, match="secret"):
        ask(parts, "tests", Level.SITE, *ids)
    throw_mails_away(parts)
    merge(parts, "tests", Level.SITE, *ids, anyway="The same door.")
    assert all("12 Elm" not in mail[1] + mail[2] and "Hall" not in mail[1] for mail in mails_of(parts)), "it is secret by now itself"


@ONE_IS_ENOUGH
def test_what_cannot_be_asked_is_refused(parts: Parts, two: Two) -> None:
    with pytest.raises(Refused, match="not one twice"):
        ask(parts, "tests", ORGANIZATION, two[0], two[0])
    for wrong in ("x", "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(NotFound):
            ask(parts, "tests", ORGANIZATION, two[0], wrong)
    with parts.database.writing() as session:
        ids = [add(session, Location(name=name)).id for name in ("Hall", "Hall")]
        session.commit()
    with pytest.raises(Refused, match="nobody to ask"):
        ask(parts, "tests", Level.SITE, *ids)
    merge(parts, "tests", ORGANIZATION, *two)
    with pytest.raises(Refused, match="merged"):
        ask(parts, "tests", ORGANIZATION, *two)


@ONE_IS_ENOUGH
def test_what_somebody_else_lists_no_more_is_shown_by_its_name_alone(parts: Parts, two: Two, editors: tuple[Actor, Actor]) -> None:
    question = ask(parts, "tests", ORGANIZATION, *two)
    with parts.database.writing() as session:
        session.get_one(Organization, two[1]).withdrawn_at = parts.clock.now()
        session.commit()
    mine, theirs = read_own_question(parts, editors[0], question).both
    assert mine.phones
    assert (bool(theirs.name), theirs.phones, theirs.links) == (True, (), ())
