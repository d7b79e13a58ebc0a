"""A dry run of rules of quality tells which listings would be flagged or due otherwise, by organization and sector, and changes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from directory.rules.sets.kinds import SetKind
from directory.rules.sets.writing import write_rule_set
from directory.rules.shipped import shipped_set
from directory.services.parts import Parts
from directory.services.rules.draft import import_draft
from directory.services.rules.dry_run import dry_run
from directory.store.tables import ListingFlag, Organization, Service, ServiceCategory
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add

SET = "listing-quality"


@pytest.fixture
def _listings(parts: Parts) -> None:
    now = parts.clock.now()
    with parts.database.writing() as session:
        for name, sector, age in (("House", "food", 115), ("Other", "health", 20)):
            organization = add(session, Organization(name=name, sector=sector))
            verified = {"verified_at": now - timedelta(days=100), "verified_how": "owner", "maximum_age": age}
            service = add(session, Service(name=f"{name} line", organization_id=organization.id, **verified))
            add(session, ServiceCategory(service_id=service.id, category="crisis-support" if name == "Other" else "libraries"))
        session.commit()


def changed(**rules: object) -> dict[str, object]:
    """The rules that ship, some of them otherwise: by id, what is to be replaced in `then` or `when`."""
    document = write_rule_set(shipped_set(SetKind.QUALITY))
    for rule in document["rules"]:
        for part, values in dict(rules.get(rule["id"].replace("-", "_"), {})).items():  # type: ignore[call-overload]
            rule[part] = {**rule[part], **values} if part == "then" else values
    return document


@pytest.mark.usefixtures("_listings")
def test_it_names_what_would_be_flagged_and_due_otherwise(parts: Parts):
    older = {"when": {"field": "listing.maximum_age", "op": "gt", "value": 110}}
    document = changed(impossible_age=older, crisis={"then": {"look_again_after_days": 120}})
    _name, version = import_draft(parts, "tests", document)
    seen: list[tuple[int, int]] = []
    found = dry_run(parts, SET, version, parts.clock.now() - timedelta(days=1), lambda done, total: seen.append((done, total)))
    assert (found.cases, found.changed, found.from_history, seen) == (2, 2, 0, [(2, 2)])
    assert {(row.name, row.after - row.before) for row in found.by_organization} == {("House", 1), ("Other", -1)}
    assert {(row.id, row.after - row.before) for row in found.by_sector} == {("food", 1), ("health", -1)}
    told = {sample.name: (sample.before, sample.after) for sample in found.samples}
    assert told["House line"] == ("–", "impossible_age")
    assert told["Other line"][0].endswith("(crisis)")
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ListingFlag)) == 0


@ONE_IS_ENOUGH
@pytest.mark.usefixtures("_listings")
def test_the_same_rules_change_nothing(parts: Parts):
    _name, version = import_draft(parts, "tests", changed())
    found = dry_run(parts, SET, version, parts.clock.now() - timedelta(days=1))
    assert (found.cases, found.changed, found.by_organization, found.by_sector, found.samples) == (2, 0, (), (), ())
    assert "as they are today" in found.note
