"""An organization without an account is asked by a link: mailed to its mailbox alone, bound to one browser, good for one answer while there
is time; a merge waits for it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused, TooMany
from directory.domain.people import Role
from directory.domain.planning.asked import BY_LINK, LASTS, Agreement, Answer, Hindrance, Way, agreement
from directory.services.listings.community import save_community
from directory.services.lists.secrets import hash_of
from directory.services.matching.answering import HOURS, read_own_question
from directory.services.matching.answering_by_link import answer_by_link, has_account, read_by_link, send_new_link
from directory.services.matching.ask import ask
from directory.services.matching.asked import read_standing
from directory.services.matching.levels import Level
from directory.services.matching.merge import merge
from directory.services.matching.reach import read_reach
from directory.services.matching.undo import undo_merge
from directory.services.partners.forget import forget_partners
from directory.services.partners.links import GUESSING, OpenedLink, Opens, bind_link, open_link
from directory.services.parts import Parts
from directory.store.tables import DuplicateAnswer, Location, Organization, PartnerLink, Phone, ScheduleRow, UpkeepContact
from tests.services.matching.test_asked import ORGANIZATION, Two, rename, standing, throw_mails_away, two
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import THEN, add, add_location, add_organization, add_service
from tests.support.people import at, somebody
from tests.support.referrals import TOWN, mails_of

__all__ = ["two"]


def token_in(parts: Parts, recipient: str = "") -> str:
    """The token of the link that went to a mailbox, or to any, and works: those before it are over."""
    found = [token for mail in mails_of(parts) if recipient in ("", mail[0]) for token in re.findall(r"/same/([\w-]+)", mail[2])]
    with parts.database.reading() as session:
        work = set(session.scalars(select(PartnerLink.secret_hash).where(PartnerLink.ended_at.is_(None))))
    return next(token for token in found if hash_of(token) in work)


def mailbox(parts: Parts, organization_id: str) -> str:
    with parts.database.reading() as session:
        return session.get_one(Organization, organization_id).email or ""


def opened(parts: Parts, token: str, browser: str = "ours") -> OpenedLink:
    """A link whose button was pressed in a browser."""
    found = open_link(parts, Opens.DUPLICATE, token, sender="s", browser=browser)
    if not found.is_bound:
        bind_link(parts, Opens.DUPLICATE, token, browser)
        found = open_link(parts, Opens.DUPLICATE, token, sender="s", browser=browser)
    return found


def asked(parts: Parts, two: Two) -> tuple[OpenedLink, OpenedLink]:
    """Both were asked, and each has its link open."""
    ask(parts, "tests", ORGANIZATION, *two)
    first, second = (opened(parts, token_in(parts, mailbox(parts, each))) for each in two)
    return first, second


def say(parts: Parts, link: OpenedLink, answer: str, words: str = "") -> None:
    answer_by_link(parts, link, answer, words, read_by_link(parts, link).standing.facts)


def answers(parts: Parts) -> list[tuple[str, str, str]]:
    with parts.database.reading() as session:
        rows = session.scalars(select(DuplicateAnswer).order_by(DuplicateAnswer.id))
        return [(row.answer, row.role, row.by) for row in rows]


def test_each_is_asked_at_its_own_mailbox_and_a_merge_waits_until_both_have_answered(parts: Parts, two: Two) -> None:
    first, second = asked(parts, two)
    assert sorted(mail[0] for mail in mails_of(parts)) == sorted(mailbox(parts, each) for each in two)
    with pytest.raises(Refused, match="asked by a link in a mail, and awaited until"):
        merge(parts, "tests", ORGANIZATION, *two)
    say(parts, first, "left")
    assert [each.hindrance for each in standing(parts, two).voices] == [None, Hindrance.AWAITED]
    say(parts, second, "left", "One body.")
    assert agreement(standing(parts, two).voices) is Agreement.ALL_ONE
    assert answers(parts) == [("left", BY_LINK, f"organization:{two[0]}"), ("left", BY_LINK, f"organization:{two[1]}")]
    throw_mails_away(parts)
    event = merge(parts, "tests", ORGANIZATION, *two)
    assert len(mails_of(parts)) == 2, "both are told at their mailboxes"
    throw_mails_away(parts)
    undo_merge(parts, "tests", event)
    assert len(mails_of(parts)) == 2


def test_who_says_two_by_a_link_stops_a_merge_as_anybody_does(parts: Parts, two: Two) -> None:
    first, second = asked(parts, two)
    say(parts, first, "left")
    say(parts, second, "different", "We are a parish of our own.")
    assert agreement(standing(parts, two).voices) is Agreement.AGAINST
    at(parts, 2 * LASTS)
    with pytest.raises(Refused, match="These are two, as was answered by"):
        merge(parts, "tests", ORGANIZATION, *two)


def test_a_link_works_for_one_answer_and_a_new_one_changes_it(parts: Parts, two: Two) -> None:
    first, _second = asked(parts, two)
    with pytest.raises(InvalidInput):
        say(parts, first, "different")
    say(parts, first, "left")
    with pytest.raises(Refused, match="used for an answer"):
        say(parts, first, "right")
    used = open_link(parts, Opens.DUPLICATE, token_in(parts, mailbox(parts, two[0])), sender="s", browser="ours")
    assert used.is_used
    before = token_in(parts, mailbox(parts, two[0]))
    assert send_new_link(parts, used)
    with pytest.raises(NotFound):
        open_link(parts, Opens.DUPLICATE, before, sender="s", browser="ours")
    fresh = opened(parts, token_in(parts, mailbox(parts, two[0])), "another")
    assert read_by_link(parts, fresh).speaks_for[0].counts, "what was said stands until it is changed"
    say(parts, fresh, "unsure")
    assert [each[0] for each in answers(parts)] == ["left", "unsure"]


def test_a_forged_link_opens_nothing_and_who_tries_many_is_stopped(parts: Parts, two: Two) -> None:
    first, _second = asked(parts, two)
    token = token_in(parts, mailbox(parts, two[0]))
    for wrong in ("", "x", token[:-1], token.swapcase(), first.id, first.object_id, two[0]):
        with pytest.raises(NotFound):
            open_link(parts, Opens.DUPLICATE, wrong, sender="s", browser="ours")
    for kind in set(Opens) - {Opens.DUPLICATE}:
        with pytest.raises(NotFound):
            open_link(parts, kind, token, sender="s", browser="ours")
    for number in range(GUESSING.most):
        with pytest.raises(NotFound):
            open_link(parts, Opens.DUPLICATE, f"guess{number}", sender="guesser")
    with pytest.raises(TooMany):
        open_link(parts, Opens.DUPLICATE, token, sender="guesser", browser="ours")
    assert opened(parts, token).id == first.id, "others are not stopped by it"
    with parts.database.reading() as session:
        assert token not in str(session.execute(text("SELECT * FROM partner_link")).all()), "its secret is kept nowhere"


def test_in_another_browser_it_opens_nothing_but_can_be_asked_for_three_times_an_hour(parts: Parts, two: Two) -> None:
    asked(parts, two)
    token = token_in(parts, mailbox(parts, two[0]))
    for browser in ("theirs", ""):
        with pytest.raises(Forbidden):
            open_link(parts, Opens.DUPLICATE, token, sender="s", browser=browser)
        with pytest.raises(Forbidden):
            bind_link(parts, Opens.DUPLICATE, token, "theirs")
    throw_mails_away(parts)
    elsewhere = open_link(parts, Opens.DUPLICATE, token, sender="s", browser="theirs", anywhere=True)
    for _each in range(3):
        assert send_new_link(parts, elsewhere)
    with pytest.raises(TooMany):
        send_new_link(parts, elsewhere)
    assert {mail[0] for mail in mails_of(parts)} == {mailbox(parts, two[0])}, "to the mailbox on file, and nowhere else"
    at(parts, timedelta(hours=1))
    assert send_new_link(parts, elsewhere)


def test_when_the_time_is_over_it_opens_nothing_and_what_it_brought_is_deleted(parts: Parts, two: Two) -> None:
    asked(parts, two)
    token = token_in(parts, mailbox(parts, two[0]))
    at(parts, LASTS - timedelta(minutes=1))
    forget_partners(parts)
    assert open_link(parts, Opens.DUPLICATE, token, sender="s", browser="ours").sent_to
    at(parts, timedelta(minutes=1))
    with pytest.raises(NotFound):
        open_link(parts, Opens.DUPLICATE, token, sender="s", browser="ours")
    assert {each.way for each in standing(parts, two).voices} == {Way.NONE}
    forget_partners(parts)
    with parts.database.reading() as session:
        assert session.scalars(select(PartnerLink)).all() == []
    merge(parts, "tests", ORGANIZATION, *two)


def test_it_is_told_who_decided_meanwhile_and_a_fact_that_changed_while_somebody_looked(parts: Parts, two: Two) -> None:
    first, second = asked(parts, two)
    seen = read_by_link(parts, first).standing.facts
    rename(parts, two[1], "Haven Larder")
    with pytest.raises(Refused, match="while you looked"):
        answer_by_link(parts, first, "left", "", seen)
    assert not open_link(parts, Opens.DUPLICATE, token_in(parts, mailbox(parts, two[0])), sender="s", browser="ours").is_used
    say(parts, first, "left")
    voice = standing(parts, two).voices[0]
    assert (voice.counts, voice.said is not None and voice.said.answer) == (True, Answer.LEFT)
    merge(parts, "tests", ORGANIZATION, *two, anyway="They moved in with us.")
    with pytest.raises(Refused, match="decided"):
        say(parts, second, "left")
    with pytest.raises(Refused, match="decided"):
        send_new_link(parts, second)
    outcome = read_by_link(parts, second).outcome
    assert outcome is not None
    assert outcome.anyway == "They moved in with us."


def test_asked_anew_after_a_fact_changed_the_links_before_are_over(parts: Parts, two: Two) -> None:
    asked(parts, two)
    before = token_in(parts, mailbox(parts, two[0]))
    rename(parts, two[1], "Haven Larder")
    assert [each.hindrance for each in standing(parts, two).voices] == [Hindrance.NOT_ASKED] * 2
    throw_mails_away(parts)
    ask(parts, "tests", ORGANIZATION, *two)
    with pytest.raises(NotFound):
        open_link(parts, Opens.DUPLICATE, before, sender="s", browser="ours")
    say(parts, opened(parts, token_in(parts, mailbox(parts, two[0]))), "left")
    assert standing(parts, two).voices[0].hindrance is None


@ONE_IS_ENOUGH
def test_one_link_neither_answers_for_the_other_nor_shows_what_the_other_said(parts: Parts, two: Two) -> None:
    first, second = asked(parts, two)
    say(parts, first, "different", "Quillfeather words of ours.")
    shown = read_by_link(parts, second)
    assert [each.organization_id for each in shown.speaks_for] == [two[1]]
    assert all(each.said is None for each in shown.speaks_for)
    with pytest.raises(NotFound):
        answer_by_link(parts, OpenedLink(second.id, second.object_id, add_other(parts), is_bound=True), "left", "", shown.standing.facts)
    assert len(answers(parts)) == 1


def add_other(parts: Parts) -> str:
    with parts.database.writing() as session:
        found = add_organization(session, name="Third").id
        session.commit()
    return found


@ONE_IS_ENOUGH
def test_it_shows_what_is_public_and_nothing_of_what_is_listed_no_more_or_secret(parts: Parts, two: Two) -> None:
    with parts.database.writing() as session:
        session.add(Phone(organization_id=two[0], number="613-555-0177", e164="+16135550177", confidential=True))
        place = add_location(session, name="House at 12 Elm", organization_id=two[0], confidential=True)
        add_service(session, at=place, organization_id=two[0], name="Beds")
        session.commit()
    first, _second = asked(parts, two)
    told = str(read_by_link(parts, first))
    assert "613-555-0101" in told or "+16135550101" in told
    assert "0177" not in told
    assert "12 Elm" not in told
    with parts.database.writing() as session:
        session.get_one(Organization, two[0]).withdrawn_at = parts.clock.now()
        session.commit()
    mine = next(each for each in read_by_link(parts, first).both if each.id == two[0])
    assert (bool(mine.name), mine.phones, mine.links) == (True, (), ()), "also of its own: nobody signed in"


@ONE_IS_ENOUGH
def test_the_hours_of_both_are_shown_side_by_side(parts: Parts, two: Two) -> None:
    with parts.database.writing() as session:
        place = add_location(session, organization_id=two[0])
        ids = [add_service(session, at=place, organization_id=two[0], name="Food pantry").id for _each in range(2)]
        row = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "12:00"}
        add(session, ScheduleRow(service_id=ids[0], **row))
        session.commit()
    ask(parts, "tests", Level.PROGRAM, *ids)
    link = opened(parts, token_in(parts, mailbox(parts, two[0])))
    shown = read_by_link(parts, link)
    assert all(set(each) == set(HOURS) for each in shown.hours)
    by_id = dict(zip((each.id for each in shown.both), shown.hours, strict=True))
    assert set(by_id[ids[0]]["hours"]["week"]) == {"MO", "TU"}
    assert not by_id[ids[1]]["hours"]
    editor = somebody(parts, Role.EDITOR, "ours@x.example", organization_id=two[0])
    assert read_own_question(parts, editor, link.object_id).hours == shown.hours, "with an account as by a link"


@ONE_IS_ENOUGH
def test_a_place_that_became_secret_is_shown_to_no_link(parts: Parts, two: Two) -> None:
    with parts.database.writing() as session:
        ids = [add_location(session, name=name, organization_id=two[0]).id for name in ("Hall", "House at 12 Elm")]
        session.commit()
    ask(parts, "tests", Level.SITE, *ids)
    link = opened(parts, token_in(parts, mailbox(parts, two[0])))
    facts = read_by_link(parts, link).standing.facts
    with parts.database.writing() as session:
        session.get_one(Location, ids[1]).confidential = True
        session.commit()
    with pytest.raises(NotFound):
        read_by_link(parts, link)
    with pytest.raises(NotFound):
        answer_by_link(parts, link, "left", "", facts)
    with pytest.raises(NotFound):
        send_new_link(parts, link)


@ONE_IS_ENOUGH
def test_who_has_an_account_by_now_answers_there_and_no_more_by_the_link(parts: Parts, two: Two) -> None:
    first, _second = asked(parts, two)
    assert not has_account(parts, first)
    somebody(parts, Role.EDITOR, "ours@x.example", organization_id=two[0])
    assert has_account(parts, first)
    with pytest.raises(Refused, match="has an account"):
        say(parts, first, "left")
    assert not send_new_link(parts, first), "the question waits in the account"
    assert standing(parts, two).voices[0].way is Way.ACCOUNT


@ONE_IS_ENOUGH
def test_who_may_not_be_written_to_gets_no_link_and_planners_see_whom_to_call(parts: Parts, two: Two) -> None:
    with parts.database.writing() as session:
        session.add(UpkeepContact(organization_id=two[0], stopped_at=THEN, added_at=THEN, added_by="t", unanswered=0, tells_at_once=True))
        session.get_one(Organization, two[1]).email = None
        session.commit()
    ask(parts, "tests", ORGANIZATION, *two)
    assert mails_of(parts) == []
    reach = read_reach(parts, standing(parts, two))
    assert [(reach[key].mailbox, reach[key].sent_at, reach[key].wants_none) for key in two] == [("", None, True), ("", None, False)]
    assert {reach[key].phone for key in two} == {("613-555-0101", "+16135550101")}
    merge(parts, "tests", ORGANIZATION, *two)


@ONE_IS_ENOUGH
def test_planners_see_where_a_link_went_with_the_name_covered(parts: Parts, two: Two) -> None:
    before = read_reach(parts, standing(parts, two))
    assert all(each.mailbox.endswith("•••@x.example") and each.sent_at is None for each in before.values()), "where it would go"
    ask(parts, "tests", ORGANIZATION, *two)
    after = read_reach(parts, standing(parts, two))
    assert all(each.mailbox.endswith("•••@x.example") and each.sent_at == parts.clock.now() for each in after.values())
    with parts.database.reading() as session:
        kept = str(session.execute(text("SELECT * FROM partner_link")).all())
    assert all(mailbox(parts, each) not in kept for each in two)


@ONE_IS_ENOUGH
def test_where_no_mail_leaves_nobody_gets_a_link_or_is_waited_for(parts: Parts, two: Two) -> None:
    save_community(parts, "tests", replace(TOWN, is_demo=False))
    ask(parts, "tests", ORGANIZATION, *two)
    assert {each.way for each in read_standing(parts, ORGANIZATION, *two).voices} == {Way.NONE}
    merge(parts, "tests", ORGANIZATION, *two)
