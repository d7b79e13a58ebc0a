"""From a draft to what decides, and back."""

from datetime import date, timedelta

import pytest

from directory.domain.errors import Forbidden, NotFound, Refused
from directory.domain.people import Actor, Role
from directory.rules.sets.check import WrongRuleSet
from directory.rules.sets.kinds import SetKind, Status
from directory.rules.shipped import shipped_set
from directory.services.accounts.audit import Audited
from directory.services.parts import Parts
from directory.services.rules.activate import AGREED_WITHIN, activate, go_back
from directory.services.rules.draft import change_draft, import_draft, throw_away
from directory.services.rules.dry_run import dry_run
from directory.services.rules.try_out import try_out
from directory.services.rules.versions import held_now, read_version
from directory.store.tables import AuditEntry
from tests.support.people import at, somebody
from tests.support.rules import partner_rules

SET = "suggest-partners"


@pytest.fixture
def anna(parts: Parts) -> Actor:
    return somebody(parts, Role.PLANNER, "anna@example.org")


@pytest.fixture
def ben(parts: Parts) -> Actor:
    return somebody(parts, Role.PLANNER, "ben@example.org")


def ready(parts: Parts, **changes: object) -> int:
    """A version with passing examples and a dry run."""
    _name, version = import_draft(parts, "tests", partner_rules(**changes))
    assert try_out(parts, SET, version).passes
    dry_run(parts, SET, version, parts.clock.now() - timedelta(days=30))
    return version


def holding(parts: Parts) -> int:
    with parts.database.reading() as session:
        return held_now(parts, session, SetKind.SUGGEST).version


def test_a_version_decides_only_after_its_examples_a_dry_run_and_a_second_person(parts: Parts, anna: Actor, ben: Actor) -> None:
    name, version = import_draft(parts, "tests", partner_rules())
    assert (name, version, holding(parts)) == (SET, 1, 0)
    with pytest.raises(Refused, match="examples"):
        activate(parts, anna, SET, 1)
    try_out(parts, SET, 1)
    with pytest.raises(Refused, match="dry run"):
        activate(parts, anna, SET, 1)
    dry_run(parts, SET, 1, parts.clock.now() - timedelta(days=30))
    assert not activate(parts, anna, SET, 1).is_active
    assert not activate(parts, anna, SET, 1).is_active, "the same person is no second one"
    assert holding(parts) == 0
    assert activate(parts, ben, SET, 1).is_active
    assert holding(parts) == 1
    with parts.database.reading() as session:
        kept = {row.what for row in session.query(AuditEntry)}
    assert {Audited.RULES_ASKED.value, Audited.RULES_ACTIVATED.value} <= kept


def test_what_was_asked_for_long_ago_is_asked_for_anew(parts: Parts, anna: Actor, ben: Actor) -> None:
    version = ready(parts)
    activate(parts, anna, SET, version)
    at(parts, AGREED_WITHIN + timedelta(minutes=1))
    assert not activate(parts, ben, SET, version).is_active
    assert activate(parts, anna, SET, version).is_active


def test_a_draft_that_changes_is_to_be_tried_and_agreed_to_again(parts: Parts, anna: Actor, ben: Actor) -> None:
    version = ready(parts)
    activate(parts, anna, SET, version)
    change_draft(parts, anna, SET, version, partner_rules(points=9))
    found = read_version(parts, SET, version)
    assert (found.status, found.dry_run, found.asked_by) == (Status.DRAFT, None, "")
    with pytest.raises(Refused, match="examples"):
        activate(parts, ben, SET, version)


def test_what_was_active_never_changes_and_going_back_takes_one_step(parts: Parts, anna: Actor, ben: Actor) -> None:
    for points in (14, 9):
        version = ready(parts, points=points)
        activate(parts, anna, SET, version)
        activate(parts, ben, SET, version)
    assert holding(parts) == 2
    with pytest.raises(Refused, match="not changed"):
        change_draft(parts, anna, SET, 2, partner_rules(points=1))
    with pytest.raises(Refused):
        throw_away(parts, anna, SET, 1)
    assert go_back(parts, anna, SET).version == 1
    assert (holding(parts), read_version(parts, SET, 2).status) == (1, Status.RETIRED)
    assert go_back(parts, anna, SET).version == 0
    assert holding(parts) == 0
    with pytest.raises(Refused, match="No version"):
        go_back(parts, anna, SET)


def test_a_set_holds_between_its_days_only(parts: Parts, anna: Actor, ben: Actor) -> None:
    today = parts.clock.now().date()
    version = ready(parts, effective={"from": (today + timedelta(days=2)).isoformat(), "until": (today + timedelta(days=4)).isoformat()})
    activate(parts, anna, SET, version)
    activate(parts, ben, SET, version)
    found = []
    for _day in range(7):
        found.append(holding(parts))
        at(parts, timedelta(days=1))
    assert found == [0, 0, version, version, version, 0, 0]


def test_an_example_that_fails_keeps_a_draft_a_draft(parts: Parts) -> None:
    document = partner_rules()
    document["rules"][0]["tests"][0]["expect"] = "not"
    _name, version = import_draft(parts, "tests", document)
    report = try_out(parts, SET, version)
    assert [(each.rule.id, each.number) for each in report.failed] == [("agreement-in-force", 1)]
    assert read_version(parts, SET, version).status is Status.DRAFT


def test_a_rule_without_an_example_that_fires_and_one_that_does_not_is_not_tested(parts: Parts) -> None:
    document = partner_rules()
    del document["rules"][0]["tests"][1:]
    _name, version = import_draft(parts, "tests", document)
    assert [rule.id for rule in try_out(parts, SET, version).missing] == ["agreement-in-force"]


def test_only_whoever_plans_for_the_whole_community_decides(parts: Parts) -> None:
    version = ready(parts)
    worker = somebody(parts, Role.ADMINISTRATOR, "admin@example.org")
    with pytest.raises(Forbidden):
        activate(parts, worker, SET, version)
    with pytest.raises(Forbidden):
        go_back(parts, worker, SET)


def test_a_wrong_document_stores_nothing_and_a_name_keeps_its_kind(parts: Parts) -> None:
    document = partner_rules()
    document["rules"][0]["when"]["field"] = "agreement.stauts"
    with pytest.raises(WrongRuleSet, match=r"agreement\.status"):
        import_draft(parts, "tests", document)
    with pytest.raises(Refused, match="another name"):
        import_draft(parts, "tests", {**partner_rules(), "set": "flag-pairs"})
    with pytest.raises(NotFound):
        read_version(parts, SET, 1)


def test_what_ships_can_be_read_as_a_version_of_its_own(parts: Parts) -> None:
    found = read_version(parts, SET, 0)
    assert (found.rules, found.status, found.may_change) == (shipped_set(SetKind.SUGGEST), Status.ACTIVE, False)
    assert date(2026, 1, 1) <= found.made_at.date()
