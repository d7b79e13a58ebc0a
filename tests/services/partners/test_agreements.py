"""Two organizations agree, keep in touch, look at it again, see things differently, and part; and nobody else reads any of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused
from directory.domain.partners import Standing
from directory.domain.people import Actor, Grant, Role
from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.events import Kind
from directory.services.accounts.members import leave, take_role
from directory.services.accounts.people import add_person
from directory.services.partners.agreements import agreements_of
from directory.services.partners.contacts import name_contact, take_contact_out
from directory.services.partners.disagree import settle, write_down
from directory.services.partners.forget import forget_partners
from directory.services.partners.kept import kept_in
from directory.services.partners.pairs import pairs_in_reach
from directory.services.partners.propose import confirm, decline, end, propose, propose_terms
from directory.services.partners.read import ShownPartnership, list_partnerships, read_partnership
from directory.services.partners.review import remind_of_reviews, reviewed
from directory.services.partners.successors import ask_for_successors
from directory.services.partners.talks import note_talk
from directory.services.parts import Parts
from directory.store.tables import Area, AuditEntry, Erased, Partnership, PartnershipContact
from tests.services.partners.conftest import SECRET, Houses, agree, mails, typed
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at, somebody
from tests.support.referrals import Town, receiver_does, sent_to_shelter


def read(parts: Parts, houses: Houses, partnership_id: str) -> ShownPartnership:
    return read_partnership(parts, houses.harbour_worker, houses.harbour, partnership_id)


def test_nothing_counts_before_the_other_side_has_said_yes(parts: Parts, houses: Houses) -> None:
    made = propose(parts, houses.harbour_lead, houses.harbour, [houses.clinic], typed())
    assert read(parts, houses, made).standing is Standing.PROPOSED
    with parts.database.reading() as session:
        assert agreements_of(session, houses.harbour) == ()
    assert "Harbour House" in mails(parts)["carla@clinic.example"][0]
    waiting = list_partnerships(parts, houses.clinic_worker, houses.clinic)[0]
    assert (waiting.waits_for_us, waiting.partners) == (True, ("Harbour House",))

    proposed = read(parts, houses, made).proposed
    assert proposed is not None
    assert confirm(parts, houses.clinic_lead, houses.clinic, made, proposed.id)
    assert "hanna@harbour.example" in mails(parts)
    with parts.database.reading() as session:
        (found,) = agreements_of(session, houses.harbour)
        (theirs,) = agreements_of(session, houses.clinic)
    assert (found.partner_id, found.urgent_hours, found.routine_hours, found.shared_intake) == (houses.clinic, 4, 16, True)
    assert (theirs.partner_id, theirs.review_on, theirs.since) == (houses.harbour, date(2027, 11, 1), parts.clock.now())


@ONE_IS_ENOUGH
def test_all_of_several_parties_have_to_say_yes(parts: Parts, houses: Houses) -> None:
    made = propose(parts, houses.harbour_lead, houses.harbour, [houses.clinic, houses.school], typed())
    proposed = read(parts, houses, made).proposed
    assert proposed is not None
    assert not confirm(parts, houses.clinic_lead, houses.clinic, made, proposed.id)
    shown = read(parts, houses, made)
    assert shown.standing is Standing.PROPOSED
    assert shown.proposed is not None
    assert shown.proposed.to_say_yes == ("Glebe School Board",)
    assert confirm(parts, houses.school_lead, houses.school, made, proposed.id)
    with parts.database.reading() as session:
        assert {each.partner_id for each in agreements_of(session, houses.clinic)} == {houses.harbour, houses.school}


def test_a_no_ends_a_first_proposal_and_leaves_what_was_agreed_before(parts: Parts, houses: Houses, agreed: str) -> None:
    propose_terms(parts, houses.clinic_lead, houses.clinic, agreed, typed(urgent="8", words="Other words"))
    shown = read(parts, houses, agreed)
    assert shown.proposed is not None
    assert shown.holding is not None
    assert (shown.standing, shown.holding.urgent_hours, shown.proposed.urgent_hours) == (Standing.AGREED, 4, 8)
    decline(parts, houses.harbour_lead, houses.harbour, agreed, shown.proposed.id)
    after = read(parts, houses, agreed)
    assert (after.standing, after.proposed) == (Standing.AGREED, None)
    assert "said no" in "".join(mails(parts)["carla@clinic.example"])

    other = propose(parts, houses.harbour_lead, houses.harbour, [houses.school], typed())
    proposed = read(parts, houses, other).proposed
    assert proposed is not None
    decline(parts, houses.school_lead, houses.school, other, proposed.id)
    assert read(parts, houses, other).standing is Standing.DECLINED
    with pytest.raises(Refused):
        confirm(parts, houses.school_lead, houses.school, other, proposed.id)


@ONE_IS_ENOUGH
def test_nobody_says_yes_to_words_that_were_changed_meanwhile(parts: Parts, houses: Houses) -> None:
    made = propose(parts, houses.harbour_lead, houses.harbour, [houses.clinic], typed())
    first = read(parts, houses, made).proposed
    assert first is not None
    propose_terms(parts, houses.harbour_lead, houses.harbour, made, typed(urgent="1"))
    with pytest.raises(Refused):
        confirm(parts, houses.clinic_lead, houses.clinic, made, first.id)


@ONE_IS_ENOUGH
def test_workers_see_and_note_and_leads_alone_agree_and_end(parts: Parts, houses: Houses, agreed: str) -> None:
    worker = (parts, houses.harbour_worker, houses.harbour)
    note_talk(*worker, agreed, "2026-11-20")
    assert read(parts, houses, agreed).talks[0].spoke_on == date(2026, 11, 20)
    for act in (
        lambda: propose(*worker, [houses.school], typed()),
        lambda: propose_terms(*worker, agreed, typed()),
        lambda: end(*worker, agreed),
        lambda: write_down(*worker, agreed, "words"),
        lambda: name_contact(*worker, agreed, name="Ana", phone="613-555-0101"),
        lambda: reviewed(*worker, agreed, "2027-12-01"),
    ):
        with pytest.raises(Forbidden):
            act()


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"urgent": "soon"}, "urgent"),
        ({"urgent": "0"}, "urgent"),
        ({"routine": "401"}, "routine"),
        ({"urgent": "20", "routine": "4"}, "urgent"),
        ({"review": "2026-11-23"}, "review"),
        ({"review": "next year"}, "review"),
        ({"words": "x" * 2_001}, "words"),
    ],
)
@ONE_IS_ENOUGH
def test_what_cannot_be_agreed_is_said_at_its_field(parts: Parts, houses: Houses, how: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as error:
        propose(parts, houses.harbour_lead, houses.harbour, [houses.clinic], typed(**how))
    assert error.value.field == field


@ONE_IS_ENOUGH
def test_an_agreement_on_nothing_or_with_nobody_who_could_say_yes_is_refused(parts: Parts, houses: Houses) -> None:
    with pytest.raises(InvalidInput, match="promise a time"):
        propose(parts, houses.harbour_lead, houses.harbour, [houses.clinic], typed("", "", "", shared=False))
    with pytest.raises(InvalidInput, match="choose at least one"):
        propose(parts, houses.harbour_lead, houses.harbour, [houses.harbour], typed())
    leave_alone = add_person(parts, "second@school.example", "lead", organization_id=houses.school)
    assert leave_alone
    with parts.database.writing() as session:
        session.execute(text("UPDATE role_grant SET ended_at = :now WHERE organization_id = :id"), told(parts, houses.school))
        session.commit()
    with pytest.raises(InvalidInput, match="nobody leads Glebe School Board"):
        propose(parts, houses.harbour_lead, houses.harbour, [houses.school], typed())


def told(parts: Parts, organization_id: str) -> dict[str, object]:
    key = organization_id.replace("-", "") if parts.database.is_sqlite else organization_id
    return {"now": parts.clock.now().isoformat(sep=" "), "id": key}


@ONE_IS_ENOUGH
def test_contacts_are_named_by_their_own_side_seen_by_both_and_told(parts: Parts, houses: Houses, agreed: str) -> None:
    name_contact(parts, houses.clinic_lead, houses.clinic, agreed, person_id=houses.clinic_worker.person_id, phone="613-555-0101 ext. 7")
    at(parts, timedelta(minutes=1))
    name_contact(parts, houses.clinic_lead, houses.clinic, agreed, name="Rosa", mail="Rosa@clinic.example")
    sent = mails(parts)
    assert "You are the contact for Harbour House" in sent["wim@clinic.example"][0]
    assert "/manage/" not in sent["rosa@clinic.example"][0], "who has no account gets no address to sign in at"
    side = read(parts, houses, agreed).sides[1]
    assert [(one.name, one.mail, one.phone) for one in side.contacts] == [
        ("Wim", "wim@clinic.example", "613-555-0101 ext. 7"),
        ("Rosa", "rosa@clinic.example", ""),
    ]
    with pytest.raises(NotFound):
        take_contact_out(parts, houses.harbour_lead, houses.harbour, agreed, side.contacts[0].id)
    for wrong in (
        {"person_id": houses.harbour_lead.person_id},
        {"name": "Ana"},
        {"phone": "613-555-0101"},
        {"name": "A", "mail": "nobody"},
    ):
        with pytest.raises(InvalidInput):
            name_contact(parts, houses.clinic_lead, houses.clinic, agreed, **wrong)
    take_contact_out(parts, houses.clinic_lead, houses.clinic, agreed, side.contacts[1].id)
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(PartnershipContact)) == 1
        assert session.get(Erased, ("partnership_contact", side.contacts[1].id)) is not None


def test_when_a_contact_leaves_the_leads_are_asked_once_who_takes_over(parts: Parts, houses: Houses, agreed: str) -> None:
    name_contact(parts, houses.clinic_lead, houses.clinic, agreed, person_id=houses.clinic_worker.person_id)
    mails(parts)
    assert ask_for_successors(parts) == 0
    leave(parts, houses.clinic_worker, houses.clinic)
    side = read(parts, houses, agreed).sides[1]
    assert (side.contacts, side.successor_wanted) == ((), True), "at once, before any worker has run"
    assert (ask_for_successors(parts), ask_for_successors(parts)) == (1, 0)
    assert list(mails(parts)) == ["carla@clinic.example"]
    assert list_partnerships(parts, houses.clinic_lead, houses.clinic)[0].successor_wanted
    name_contact(parts, houses.clinic_lead, houses.clinic, agreed, person_id=houses.clinic_lead.person_id)
    side = read(parts, houses, agreed).sides[1]
    assert ([one.name for one in side.contacts], side.successor_wanted) == (["Carla"], False)


@ONE_IS_ENOUGH
def test_who_keeps_another_role_there_has_not_left(parts: Parts, houses: Houses, agreed: str) -> None:
    add_person(parts, "wim@clinic.example", "editor", organization_id=houses.clinic)
    name_contact(parts, houses.clinic_lead, houses.clinic, agreed, person_id=houses.clinic_worker.person_id)
    take_role(parts, houses.clinic_lead, houses.clinic, houses.clinic_worker.person_id, "worker")
    assert ask_for_successors(parts) == 0


def test_both_sides_are_reminded_once_two_weeks_before_the_day(parts: Parts, houses: Houses) -> None:
    made = agree(parts, houses, review="2027-01-04")
    name_contact(parts, houses.clinic_lead, houses.clinic, made, name="Rosa", mail="rosa@clinic.example")
    mails(parts)
    assert remind_of_reviews(parts) == 0
    at(parts, timedelta(days=28))  # a Monday, the 21st of December
    assert (remind_of_reviews(parts), remind_of_reviews(parts)) == (1, 0)
    sent = mails(parts)
    assert set(sent) == {"hanna@harbour.example", "carla@clinic.example", "rosa@clinic.example"}
    assert "January 4, 2027" in sent["hanna@harbour.example"][0]
    reviewed(parts, houses.harbour_lead, houses.harbour, made, "2027-06-01")
    shown = read(parts, houses, made)
    assert (shown.review_on, shown.reviewed_on) == (date(2027, 6, 1), date(2026, 12, 21))
    assert remind_of_reviews(parts) == 0


@ONE_IS_ENOUGH
def test_each_side_writes_its_own_words_and_it_is_settled_when_all_who_wrote_say_so(parts: Parts, houses: Houses, agreed: str) -> None:
    write_down(parts, houses.harbour_lead, houses.harbour, agreed, "You answer late.")
    sent = mails(parts)["carla@clinic.example"][0]
    assert "late" not in sent
    (one,) = read(parts, houses, agreed).disagreements
    with pytest.raises(NotFound):
        settle(parts, houses.clinic_lead, houses.clinic, agreed, one.id)
    write_down(parts, houses.clinic_lead, houses.clinic, agreed, "You write on Fridays.", one.id)
    (one,) = read(parts, houses, agreed).disagreements
    assert [side.words for side in one.sides] == ["You answer late.", "You write on Fridays."]
    assert not settle(parts, houses.harbour_lead, houses.harbour, agreed, one.id)
    write_down(parts, houses.harbour_lead, houses.harbour, agreed, "You still answer late.", one.id)
    assert not settle(parts, houses.clinic_lead, houses.clinic, agreed, one.id)
    assert settle(parts, houses.harbour_lead, houses.harbour, agreed, one.id)
    (one,) = read(parts, houses, agreed).disagreements
    assert one.settled_at == parts.clock.now()
    assert not list_partnerships(parts, houses.clinic_worker, houses.clinic)[0].is_disputed


def test_either_side_ends_it_alone_and_contacts_go_at_once_words_after_a_year(parts: Parts, houses: Houses, agreed: str) -> None:
    name_contact(parts, houses.clinic_lead, houses.clinic, agreed, name="Rosa", mail="rosa@clinic.example")
    mails(parts)
    end(parts, houses.clinic_lead, houses.clinic, agreed)
    assert "ended your agreement" in mails(parts)["hanna@harbour.example"][0]
    shown = read(parts, houses, agreed)
    assert (shown.standing, shown.ended_by, shown.sides[1].contacts) == (Standing.ENDED, "Clinic of the Ward", ())
    with parts.database.reading() as session:
        assert agreements_of(session, houses.harbour) == ()
        assert session.scalar(select(func.count()).select_from(PartnershipContact)) == 0
    with pytest.raises(Refused):
        note_talk(parts, houses.harbour_worker, houses.harbour, agreed, "2026-11-20")
    at(parts, timedelta(days=364))
    assert forget_partners(parts) == 0
    at(parts, timedelta(days=1))
    assert forget_partners(parts) == 1
    with parts.database.reading() as session:
        counts = [
            session.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("partnership_terms", "partnership_party", "disagreement")
        ]
        assert counts == [0, 0, 0]
        assert session.get(Erased, ("partnership", agreed)) is not None


@ONE_IS_ENOUGH
def test_a_proposal_that_nobody_answers_is_over_after_half_a_year(parts: Parts, houses: Houses) -> None:
    made = propose(parts, houses.harbour_lead, houses.harbour, [houses.clinic], typed())
    at(parts, timedelta(days=180))
    forget_partners(parts)
    with parts.database.reading() as session:
        assert session.get_one(Partnership, made).ended_at == parts.clock.now()


@ONE_IS_ENOUGH
def test_reading_an_agreement_is_kept_and_its_words_lie_sealed(parts: Parts, houses: Houses, agreed: str) -> None:
    write_down(parts, houses.harbour_lead, houses.harbour, agreed, SECRET)
    name_contact(parts, houses.harbour_lead, houses.harbour, agreed, name=SECRET[:40], phone="613-555-0177")
    read(parts, houses, agreed)
    with parts.database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.detail == "partnership").order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert (entry.actor, entry.organization_id) == (houses.harbour_worker.label, houses.harbour)
        tables = ("partnership_terms", "partnership_contact", "disagreement_words", "outgoing_message")
        rows = str([session.execute(text(f"SELECT * FROM {name}")).all() for name in tables])
    assert "winter" not in rows
    assert "0177" not in rows


def test_a_planner_sees_which_pairs_there_are_and_nothing_of_what_they_say(parts: Parts, houses: Houses, agreed: str) -> None:
    propose(parts, houses.harbour_lead, houses.harbour, [houses.school], typed())
    planner = somebody(parts, Role.PLANNER)
    (pair,) = pairs_in_reach(parts, planner)
    assert (pair.first.name, pair.second.name, pair.second.sector) == ("Clinic of the Ward", "Harbour House", "housing")
    assert "winter" not in repr(pair)
    assert pairs_in_reach(parts, somebody(parts, Role.PLANNER, "far@example.org", area_id=area(parts))) == ()
    with pytest.raises(Forbidden):
        pairs_in_reach(parts, houses.harbour_lead)


def area(parts: Parts) -> str:
    with parts.database.writing() as session:
        session.add(Area(id="ca-qc-montreal", name="Montréal", kind="city"))
        session.commit()
    return "ca-qc-montreal"


roles = st.sampled_from([Role.WORKER, Role.EDITOR, Role.LEAD])


@settings(max_examples=25)
@given(data=st.data())
def test_nobody_outside_the_parties_ever_reads_a_word_of_an_agreement(one_house: tuple[Parts, Houses, str], data: st.DataObject) -> None:
    """Whoever they are and whichever organization they say they act for: a party's people for the party read it, nobody else does."""
    parts, houses, agreed = one_house
    organizations = [houses.harbour, houses.clinic, houses.school]
    held = data.draw(st.lists(st.builds(Grant, roles, st.sampled_from(organizations)), max_size=3))
    held += data.draw(st.lists(st.sampled_from([Grant(Role.PLANNER), Grant(Role.ADMINISTRATOR)]), max_size=2))
    actor = Actor("0" * 8, "anybody@example.org", grants=frozenset(held))
    acting_for = data.draw(st.sampled_from(organizations))
    may_read = acting_for != houses.school and any(grant.organization_id == acting_for for grant in held)
    if may_read:
        assert SECRET in repr(read_partnership(parts, actor, acting_for, agreed))
    else:
        with pytest.raises((Forbidden, NotFound)) as error:
            read_partnership(parts, actor, acting_for, agreed)
        assert SECRET not in str(error.value)
    try:
        listed = list_partnerships(parts, actor, acting_for)
    except Forbidden:
        listed = ()
    assert [one.id for one in listed] == ([agreed] if may_read else [])


@pytest.fixture(scope="module")
def one_house(sqlite_template, tmp_path_factory):  # type: ignore[no-untyped-def]
    """One agreement for all examples, on SQLite: what decides is the same code on both."""
    import shutil

    from directory.domain.clock import FixedClock
    from directory.settings import Settings
    from directory.store.session import Database
    from search_index.embedded import TantivyEngine
    from tests.services.partners.conftest import furnish_houses
    from tests.support.moments import MONDAY_MORNING
    from tests.support.places import FewPlaces

    folder = tmp_path_factory.mktemp("agreement")
    shutil.copyfile(sqlite_template, folder / "directory.sqlite")
    made = Settings(data_dir=folder, secret_key="a key for tests only, of good length")
    database = Database(f"sqlite:///{folder / 'directory.sqlite'}")
    search = TantivyEngine(made.index_dir)
    parts = Parts(settings=made, database=database, search=search, geocoding=FewPlaces(), clock=FixedClock(MONDAY_MORNING))
    houses = furnish_houses(parts)
    yield parts, houses, agree(parts, houses)
    search.close()
    database.close()


def test_promised_times_are_held_against_what_was_answered_in_working_hours(parts: Parts, town: Town) -> None:
    """The shelter works from 9 to 17, and promised an answer within four hours: it is Monday, 10 in the morning."""
    since = parts.clock.now()
    promised = {Urgency.ROUTINE: 4, Urgency.URGENT: None}

    def kept() -> tuple[int, int]:
        with parts.database.reading() as session:
            found = kept_in(parts, session, town.school, town.house, since, promised)
        return found.in_time, found.late

    soon, late, open_one = (sent_to_shelter(parts, town)[1] for _each in range(3))
    at(parts, timedelta(hours=3))
    assert kept() == (0, 0), "all of them have time"
    receiver_does(parts, town, soon, Kind.ACCEPTED, contact_name="Rosa")
    assert kept() == (1, 0)
    at(parts, timedelta(hours=20))  # Tuesday at 9: their four hours were over on Monday at 14
    assert kept() == (1, 2)
    receiver_does(parts, town, late, Kind.ACCEPTED, contact_name="Rosa")
    assert kept() == (1, 2)
    evening = sent_to_shelter(parts, town)[1]
    assert evening != open_one
    with parts.database.reading() as session:
        assert kept_in(parts, session, town.house, town.school, since, promised).is_enough is False
        nothing = kept_in(parts, session, town.school, town.house, since, {Urgency.ROUTINE: None, Urgency.URGENT: None})
    assert (nothing.in_time, nothing.late) == (0, 0)
