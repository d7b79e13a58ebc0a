"""Who is suggested for a need and with a listing, and what keeps a program out whatever speaks for it."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from directory.domain.errors import Forbidden, InvalidInput
from directory.domain.people import Actor, Role
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.rules.matching.facts import IdentityLevel
from directory.services.indexing.rebuild import rebuild_index
from directory.services.matching.merge import merge
from directory.services.matching.undo import undo_merge
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of, give_consent, revoke_consent
from directory.services.referrals.standpoint import as_person
from directory.services.referrals.start import add_attempt, send
from directory.services.suggesting.avoid import PersonSaidNo
from directory.services.suggesting.conflicts import declare, declared_by, take_back
from directory.services.suggesting.gates import Gate
from directory.services.suggesting.keep_out import save_avoided
from directory.services.suggesting.sentences import Speaker
from directory.services.suggesting.suggest import suggest_for_listing, suggest_for_need
from directory.services.suggesting.suggested import Suggested, cautions_of, reasons_of
from directory.services.suggesting.why_not import why_not
from directory.store.tables import HelpedPerson, Need, Partnership, ReferralContact, Service, ServiceArea, ServiceCapacity
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import THEN, add, add_organization
from tests.support.people import somebody
from tests.support.referrals import Town, agreed_by, need_of, sender_does
from tests.support.suggesting import add_program, give_sector, organization_of, past_attempts, programs

ENGLISH = Speaker("en")


def names(found: Suggested) -> list[str]:
    return [each.candidate.listing.name for each in found.shown]


def lead_of(parts: Parts, organization_id: str) -> Actor:
    return somebody(parts, Role.LEAD, "lead@example.org", organization_id=organization_id)


def shut_for(parts: Parts, need: str, service_id: str) -> tuple[Gate, ...]:
    return why_not(parts, suggest_for_need(parts, need), organization_of(parts, service_id)).shut


def test_at_most_five_are_suggested_each_with_two_reasons_a_caution_and_the_rules(parts: Parts, town: Town) -> None:
    give_sector(parts, town)
    programs(parts, "Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir")
    found = suggest_for_need(parts, need_of(parts, town))
    assert len(found.shown) == 5
    for each in found.shown:
        told = reasons_of(found.asking, each.candidate, each.scored, ENGLISH)
        assert len(told) >= 2
        assert all(reason.sentence and "{" not in reason.sentence for reason in told)
        assert cautions_of(found.asking, each.candidate, found.held, each.scored, ENGLISH)[0].sentence
        assert each.scored.points == sum(each.scored.by_family.values())
    assert found.held.label == "suggest-partners 0"
    assert any(
        "The school sees attendance; this program sees where they sleep" in reason.sentence
        for reason in reasons_of(found.asking, found.shown[0].candidate, found.shown[0].scored, ENGLISH)
    )


@ONE_IS_ENOUGH
def test_the_same_is_suggested_again_and_ties_go_by_id(parts: Parts, town: Town) -> None:
    made = programs(parts, "Alder", "Birch", "Cedar")
    need = need_of(parts, town)
    first, again = suggest_for_need(parts, need), suggest_for_need(parts, need)
    assert [each.rank for each in first.shown] == [each.rank for each in again.shown]
    alike = [each.id for each in first.shown if each.id in made.values()]
    assert alike == sorted(alike)


@ONE_IS_ENOUGH
def test_a_sentence_comes_in_three_languages(parts: Parts, town: Town) -> None:
    give_sector(parts, town)
    programs(parts, "Alder")
    found = suggest_for_need(parts, need_of(parts, town))
    shown = found.shown[0]
    told = {
        language: {each.rule: each.sentence for each in reasons_of(found.asking, shown.candidate, shown.scored, Speaker(language))}
        for language in ("en", "fr", "es")
    }
    assert told["fr"]["sees-another-part"] == "L’école voit l’assiduité; ce programme voit où la personne dort"
    assert len({told[language]["near"] for language in told}) >= 2


def test_each_gate_keeps_a_program_out_with_its_name(parts: Parts, town: Town) -> None:
    made = programs(parts, "Alder", "Birch", "Cedar", "Dogwood", "Elm")
    with parts.database.writing() as session:
        add(session, ServiceArea(service_id=made["Alder"], area_id="ca-bc-vancouver", name="Vancouver"))
        add(session, ServiceCapacity(service_id=made["Birch"], status="no-capacity", updated=THEN))
        session.get_one(Service, made["Cedar"]).status = "inactive"
        house = session.get_one(Service, made["Dogwood"]).organization_id
        session.add(ReferralContact(organization_id=house, takes_referrals=False, on_duty=[], modified_at=THEN, modified_by="x"))
        elm = add_program(session, "Nowhere", email="")
        session.commit()
        nowhere = elm.id
    rebuild_index(parts)
    need = need_of(parts, town)
    found = suggest_for_need(parts, need)
    assert set(names(found)) == {"Night shelter", "Elm"}
    assert shut_for(parts, need, made["Alder"]) == (Gate.SERVES_AREA,)
    assert shut_for(parts, need, made["Birch"]) == (Gate.HAS_ROOM,)
    assert shut_for(parts, need, made["Cedar"]) == (Gate.LISTED,)
    assert shut_for(parts, need, made["Dogwood"]) == (Gate.TAKES_REFERRALS,)
    assert shut_for(parts, need, nowhere) == (Gate.SAFE_ADDRESS,)
    assert shut_for(parts, need, made["Elm"]) == ()


def test_whom_the_person_said_no_to_is_not_suggested_again(parts: Parts, town: Town) -> None:
    rebuild_index(parts)
    need = need_of(parts, town)
    assert names(suggest_for_need(parts, need)) == ["Night shelter"]
    give_consent(parts, town.worker, need, agreed_by(town))
    with parts.database.reading() as session:
        person_id = session.get_one(Need, need).person_id
        ((consent_id, _consent),) = consents_of(session, person_id)
    revoke_consent(parts, consent_id, as_person(), person_id=person_id)
    assert shut_for(parts, need, town.shelter) == (Gate.CONSENT,)
    assert names(suggest_for_need(parts, need)) == []
    give_consent(parts, town.worker, need, agreed_by(town))
    assert names(suggest_for_need(parts, need)) == ["Night shelter"]


def test_whom_the_person_wants_kept_out_is_neither_suggested_nor_asked_before_they_were(parts: Parts, town: Town) -> None:
    made = programs(parts, "Alder", sector="public-safety")
    need = need_of(parts, town)
    save_avoided(parts, town.worker, need, [town.house], ["public-safety", "nonsense"])
    assert names(suggest_for_need(parts, need)) == []
    assert shut_for(parts, need, made["Alder"]) == (Gate.NOT_AVOIDED,)
    for service in (town.shelter, made["Alder"]):
        with pytest.raises(PersonSaidNo, match="Ask them first"):
            add_attempt(parts, town.worker, need, service)
        attempt = add_attempt(parts, town.worker, need, service, asked_first=True)
        with pytest.raises(PersonSaidNo):
            send(parts, town.worker, attempt)
        send(parts, town.worker, attempt, asked_first=True)
    with parts.database.reading() as session:
        sealed = session.connection().exec_driver_sql("SELECT avoid FROM need").scalar_one()
    assert town.house not in sealed
    assert "public-safety" not in sealed


@ONE_IS_ENOUGH
def test_whoever_is_kept_out_stays_out_when_they_become_part_of_another_and_only_so_long(parts: Parts, town: Town) -> None:
    need = need_of(parts, town)
    save_avoided(parts, town.worker, need, [town.house], [])
    with parts.database.writing() as session:
        other = add_organization(session, name="Harbour House Society", email="desk@harbour.example").id
        session.commit()
    merged = merge(parts, "tests", IdentityLevel.ORGANIZATION, other, town.house, anyway="Both agreed on the telephone")
    rebuild_index(parts)
    assert names(suggest_for_need(parts, need)) == []
    with pytest.raises(PersonSaidNo, match="Harbour House Society"):
        add_attempt(parts, town.worker, need, town.shelter)
    undo_merge(parts, "tests", merged)
    with parts.database.writing() as session:
        session.get_one(Service, town.shelter).organization_id = other
        session.commit()
    rebuild_index(parts)
    assert names(suggest_for_need(parts, need)) == ["Night shelter"]


@ONE_IS_ENOUGH
def test_what_is_kept_out_holds_for_every_need_of_the_person_and_is_their_worker_s_to_write(parts: Parts, town: Town) -> None:
    need = need_of(parts, town)
    save_avoided(parts, town.worker, need, [town.house], [])
    later = need_of(parts, town, person_of=need)
    rebuild_index(parts)
    assert names(suggest_for_need(parts, later)) == []
    save_avoided(parts, town.worker, later, [], [])
    assert names(suggest_for_need(parts, need)) == ["Night shelter"]
    with pytest.raises(Forbidden):
        save_avoided(parts, town.colleague, need, [], [])
    many = [organization_of(parts, each) for each in programs(parts, *(f"House{number}" for number in range(21))).values()]
    with pytest.raises(InvalidInput, match="at most"):
        save_avoided(parts, town.worker, need, many, [])


def test_two_that_do_not_work_together_are_not_suggested_to_each_other_and_why_is_one_s_own(parts: Parts, town: Town) -> None:
    rebuild_index(parts)
    need, lead = need_of(parts, town), lead_of(parts, town.house)
    declare(parts, lead, town.house, town.school, refers=True, takes=False, words="Quillfeather")
    assert shut_for(parts, need, town.shelter) == (Gate.NO_CONFLICT,)
    (said,) = declared_by(parts, lead, town.house)
    assert (said.other, said.takes, said.words) == ("Maple School", False, "Quillfeather")
    with pytest.raises(Forbidden):
        declared_by(parts, town.worker, town.house)
    with pytest.raises(Forbidden):
        declare(parts, town.keeper, town.house, town.health, refers=False, takes=False)
    declare(parts, lead, town.house, town.school, refers=False, takes=True)
    assert names(suggest_for_need(parts, need)) == ["Night shelter"], "who only does not refer there still takes people"
    take_back(parts, lead, town.house, town.school)
    assert declared_by(parts, lead, town.house) == ()


@ONE_IS_ENOUGH
def test_figures_are_drawn_toward_the_usual_with_their_number_and_no_share_of_fewer_than_five(parts: Parts, town: Town) -> None:
    made = programs(parts, "Alder", "Birch")
    past_attempts(parts, town.school, made["Alder"], {State.HELPED: 8, State.DECLINED: 2})
    past_attempts(parts, town.school, made["Birch"], {State.HELPED: 4})
    found = suggest_for_need(parts, need_of(parts, town))
    signals = {each.candidate.listing.name: each.candidate.signals for each in found.shown}
    usual = 12 / 14
    assert signals["Alder"]["history.cases"] == 10
    assert signals["Alder"]["history.helped_share"] == pytest.approx((8 + usual * 10) / 20, abs=0.001)
    assert signals["Alder"]["answers.working_days"] == 1
    assert signals["Birch"]["history.cases"] == 4
    assert "history.helped_share" not in signals["Birch"]
    assert signals["Birch"]["load.received_last_year"] == 4
    helped = next(
        reason
        for each in found.shown
        for reason in reasons_of(found.asking, each.candidate, each.scored, ENGLISH)
        if reason.rule == "helps-many"
    )
    assert (helped.cases, helped.as_of) == (10, (parts.clock.now() - timedelta(days=1)).date())
    assert "n=10" in helped.sentence


@ONE_IS_ENOUGH
def test_one_place_is_kept_for_a_program_that_is_seldom_asked(parts: Parts, town: Town) -> None:
    made = programs(parts, "Alder", "Birch", "Cedar", "Dogwood", "Elm")
    for service_id in (*made.values(), town.shelter):
        past_attempts(parts, town.school, service_id, {State.HELPED: 6})
    programs(parts, "Newcomer", at={"latitude": 45.47})
    found = suggest_for_need(parts, need_of(parts, town))
    assert [each.rank.keeps_place for each in found.shown] == [False, False, False, False, True]
    assert names(found)[-1] == "Newcomer"


@ONE_IS_ENOUGH
def test_needs_that_came_together_for_twenty_people_take_the_place_of_the_list(parts: Parts, town: Town) -> None:
    programs(parts, "Alder", category="id-documents")
    with parts.database.reading() as session:
        shelter = session.get_one(Service, town.shelter).id
    before = suggest_for_listing(parts, shelter).shown[0].candidate.signals
    assert (before["pair.goes_together"], "pair.need_lift" in before) == (True, False)
    then = parts.clock.now() - timedelta(days=40)
    with parts.database.writing() as session:
        for number in range(60):
            person = add(session, HelpedPerson(organization_id=town.school, channel="none", made_at=then))
            needs = ["emergency-shelter", "id-documents"] if number < 25 else ["dental"]
            for place, category in enumerate(needs):
                row = Need(
                    code=f"L{number:03d}-{place:03d}", person_id=person.id, organization_id=town.school, category=category, made_at=then
                )
                row.urgency = "routine"
                session.add(row)
        session.commit()
    parts.clock.set(parts.clock.now() + timedelta(days=1))  # type: ignore[attr-defined]
    after = suggest_for_listing(parts, shelter).shown[0].candidate.signals
    assert after["pair.need_cases"] == 25
    assert after["pair.need_lift"] == pytest.approx((25 + 5) / (25 * 25 / 60 + 5), abs=0.01)
    assert "pair.goes_together" not in after


def test_with_a_listing_nothing_shows_of_what_happened_between_organizations(parts: Parts, town: Town) -> None:
    made = programs(parts, "Alder", category="id-documents", sector="income")
    past_attempts(parts, town.house, made["Alder"], {State.HELPED: 9})
    with parts.database.writing() as session:
        session.add(Partnership(proposed_at=THEN, agreed_at=THEN))
        session.commit()
    found = suggest_for_listing(parts, town.shelter)
    assert set(names(found)) == {"Alder", "Walk-in clinic"}
    secret = ("history.", "agreement.", "answers.", "load.", "pair.sector_links")
    assert not [name for each in found.shown for name in each.candidate.signals if name.startswith(secret)]
    declare(parts, lead_of(parts, town.house), town.house, organization_of(parts, made["Alder"]), refers=False, takes=False)
    assert names(suggest_for_listing(parts, town.shelter)) == ["Walk-in clinic"]


@ONE_IS_ENOUGH
def test_sixty_candidates_take_no_more_queries_than_six(parts: Parts, town: Town) -> None:
    need = need_of(parts, town)
    counts = []
    for batch in (6, 54):
        programs(parts, *(f"House{batch}x{number}" for number in range(batch)))
        suggest_for_need(parts, need)
        parts.clock.set(parts.clock.now() + timedelta(days=1))  # type: ignore[attr-defined]
        statements: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_more: object, into: list[str] = statements) -> None:
            into.append(statement)

        event.listen(parts.database.engine, "before_cursor_execute", count)
        suggest_for_need(parts, need)
        event.remove(parts.database.engine, "before_cursor_execute", count)
        counts.append(len(statements))
    assert counts[1] <= counts[0] + 2
    assert counts[1] < 60


@ONE_IS_ENOUGH
def test_why_not_tells_how_far_behind_and_what_it_lacks(parts: Parts, town: Town) -> None:
    programs(parts, "Alder", "Birch", "Cedar", "Dogwood", "Elm")
    far = programs(parts, "Farther", at={"latitude": 45.60})
    need = need_of(parts, town)
    found = suggest_for_need(parts, need)
    asked = why_not(parts, found, organization_of(parts, far["Farther"]))
    assert (asked.place, asked.shut) == (0, ())
    assert asked.scored is not None
    assert asked.behind == found.shown[-1].rank.points - asked.scored.points > 0
    assert "near" in {each.rule for each in asked.lacks(ENGLISH)}
    assert why_not(parts, found, organization_of(parts, found.shown[0].id)).place == 1
    clinic = why_not(parts, found, town.health)
    assert "offers-what-is-needed" in {each.rule for each in clinic.lacks(ENGLISH)}


@ONE_IS_ENOUGH
def test_whoever_was_asked_already_is_not_suggested(parts: Parts, town: Town) -> None:
    rebuild_index(parts)
    need = need_of(parts, town)
    attempt = add_attempt(parts, town.worker, need, town.shelter)
    sender_does(parts, town, attempt, Kind.SENT)
    assert shut_for(parts, need, town.shelter) == (Gate.NOT_ASKED,)
