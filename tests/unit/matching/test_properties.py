"""What must hold for any records at any level."""

from dataclasses import dataclass, fields, replace
from itertools import combinations
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.matching.comparing import Field
from directory.rules.matching.facts import Facts, IdentityLevel, fingerprint, pair_fingerprint
from directory.rules.matching.kept_model import model_bytes, model_of
from directory.rules.matching.matching import Matching, compare_one, match_all
from directory.rules.matching.one_record import Index, keys_of_many, keys_of_one
from directory.rules.matching.pairs import Band, Pair, Verdict, pair_key
from tests.strategies.facts import facts, tables

levels = st.sampled_from(list(IdentityLevel))
FEW = settings(max_examples=25, deadline=None)


def all_pairs(matching: Matching) -> dict[tuple[str, str], Pair]:
    return {(pair.left, pair.right): pair for pair in matching.pairs(Band.NO)}


@FEW
@given(tables(), levels, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(records: list[Facts], level: IdentityLevel, random: object) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = match_all(records, level), match_all(shuffled, level)
    assert all_pairs(one) == all_pairs(other)
    assert dict(one.groups.ids()) == dict(other.groups.ids())


@FEW
@given(tables(least=3), levels, st.data())
def test_what_people_judged_is_always_kept(records: list[Facts], level: IdentityLevel, data: st.DataObject) -> None:
    truth = {record.id: data.draw(st.integers(0, 2)) for record in records}
    asked = data.draw(st.lists(st.sampled_from(list(combinations(sorted(truth), 2))), max_size=6, unique=True))
    verdicts = {pair: Verdict.SAME if truth[pair[0]] == truth[pair[1]] else Verdict.DIFFERENT for pair in asked}
    matching = match_all(records, level, verdicts)
    groups, pairs = dict(matching.groups.ids()), all_pairs(matching)
    for pair, verdict in verdicts.items():
        assert (groups[pair[0]] == groups[pair[1]]) == (verdict is Verdict.SAME)
        assert pairs[pair].verdict is verdict
        assert pairs[pair].band is (Band.CERTAIN if verdict is Verdict.SAME else Band.NO)
    assert matching.groups.contradictions == ()


_EMPTY = {field.name: field.default for field in fields(Facts) if field.name != "id"}
_SAID_BY = {
    Field.NAME: ("name", "other_names"),
    Field.OWNER: ("owner", "owner_other_names"),
    Field.ADDRESS: ("street",),
    Field.AREA: ("city", "postal_code"),
    Field.POINT: ("latitude",),
    Field.PHONE: ("phones",),
    Field.LINK: ("links",),
    Field.HOURS: ("hours",),
    Field.CATEGORY: ("categories",),
}


@FEW
@given(facts("a"), facts("b"), levels, st.sampled_from(list(_SAID_BY)))
def test_what_is_missing_never_counts(one: Facts, other: Facts, level: IdentityLevel, field: Field) -> None:
    without = replace(one, **{name: _EMPTY[name] for name in _SAID_BY[field]})
    (pair,) = compare_one(without, [other], match_all([one, other], level).model)
    assert not any(reason.field == field.name.lower() for reason in pair.reasons)


@FEW
@given(tables(), levels)
def test_a_score_is_the_sum_of_its_reasons(records: list[Facts], level: IdentityLevel) -> None:
    for pair in match_all(records, level).pairs(Band.NO):
        assert isclose(pair.score, sum(reason.size for reason in pair.reasons), abs_tol=1e-4)


@FEW
@given(tables(least=3), levels, st.data())
def test_one_changed_record_gives_what_a_whole_run_gives(records: list[Facts], level: IdentityLevel, data: st.DataObject) -> None:
    model = match_all(records, level).model
    place = data.draw(st.integers(0, len(records) - 1))
    changed = data.draw(facts(records[place].id))
    now = [*records[:place], changed, *records[place + 1 :]]
    most = data.draw(st.integers(2, 12))
    index = Index(records, model_of(model_bytes(model)), most)
    index.put(changed)
    whole = all_pairs(match_all(now, level, model=model, most_of_one_key=most))
    theirs = {key: pair for key, pair in whole.items() if changed.id in key}
    found = {(pair.left, pair.right): pair for pair in index.find(changed)}
    assert found.keys() == theirs.keys()
    for key, pair in found.items():
        assert (pair.score, pair.reasons, pair.fingerprint) == (theirs[key].score, theirs[key].reasons, theirs[key].fingerprint)


@FEW
@given(tables(), levels)
def test_the_keys_that_are_kept_are_those_that_are_looked_up(records: list[Facts], level: IdentityLevel) -> None:
    model = match_all(records, level).model
    kept = set(keys_of_many(records, model))
    assert kept == {(record.id, key) for record in records for key in keys_of_one(record, model)}
    assert all(-(1 << 63) <= key < 1 << 63 for _, key in kept)


def test_a_fingerprint_changes_with_the_facts_of_its_level_and_with_nothing_else() -> None:
    record = Facts(id="a", name="Hope House", street="12 Main St", hours="MO 9-5")
    site = fingerprint(record, IdentityLevel.SITE)
    assert fingerprint(replace(record, id="b", name="HOPE  House ", hours="TU 9-5"), IdentityLevel.SITE) == site
    assert fingerprint(replace(record, street="14 Main St"), IdentityLevel.SITE) != site
    assert fingerprint(replace(record, hours="TU 9-5"), IdentityLevel.PROGRAM) != fingerprint(record, IdentityLevel.PROGRAM)
    assert pair_fingerprint("a", "1", "b", "2") == pair_fingerprint("b", "2", "a", "1") == "12"
    assert pair_key("b", "a") == ("a", "b")


KEPT_SINCE = {
    IdentityLevel.SITE: ("6914cd92872a4fa1", "644003a0a5094d9a"),
    IdentityLevel.ORGANIZATION: ("8b33d559f5815e80", "93e7efaf13be9634"),
    IdentityLevel.PROGRAM: ("4da85b7bed9b544c", "581a356a121122bb"),
}
"""Fingerprints of a record that says all and of one that says nothing, as verdicts are kept under them: a change here re-opens every
verdict of every community."""

SAYS_ALL = Facts(
    id="a", name="Hope  House", other_names=("La Maison",), owner="Hope", street="12 Main St", city="Ottawa", postal_code="K1A 0B1",
    country="CA", phones=("613-555-0199",), links=("https://hope.example",), latitude=45.4, longitude=-75.7, hours="MO 9-17",
    audience="Women", minimum_age=16.0, categories=("food", "shelter"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactsOfLater(Facts):
    """Facts with two more that somebody thought of later."""

    floor: str = ""
    seats: int | None = None


@pytest.mark.parametrize("level", IdentityLevel)
def test_verdicts_kept_long_ago_hold(level: IdentityLevel) -> None:
    assert (fingerprint(SAYS_ALL, level), fingerprint(Facts("b"), level)) == KEPT_SINCE[level]


@FEW
@given(facts("a"), levels)
def test_a_kind_of_fact_thought_of_later_reopens_a_verdict_only_where_it_is_said(record: Facts, level: IdentityLevel) -> None:
    known = {each.name: getattr(record, each.name) for each in fields(Facts)}
    before = fingerprint(record, level)
    assert fingerprint(FactsOfLater(**known), level) == before
    said = [fingerprint(FactsOfLater(**known, **more), level) for more in ({"floor": "2"}, {"seats": 0}, {"floor": "2", "seats": 0})]
    assert len({before, *said}) == 4
