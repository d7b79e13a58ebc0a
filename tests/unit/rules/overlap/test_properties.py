"""What must hold of overlaps, whatever is listed."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.conditions import All, Comparison, Not, Some
from directory.rules.outcome import Outcome
from directory.rules.overlap.bounds import Bounds
from directory.rules.overlap.compare import compare
from directory.rules.overlap.find import find, one
from directory.rules.overlap.neighbours import Limits
from directory.rules.overlap.offering import Offering
from directory.rules.overlap.pair import PARTS, Parts
from directory.rules.overlap.people import NOBODY_TOLD
from directory.rules.overlap.reading import Usual, columns_of, columns_of_kept, read_pairs, signals_of_pair
from directory.rules.overlap.table import Table
from directory.rules.sets.firing import decided_by
from directory.rules.sets.kinds import Reading, SetKind
from directory.rules.shipped import shipped_set
from seeds.sample.cities import CITIES
from tests.support.offerings import information_of, made_up
from tests.support.overlaps import parts_of

SLUGS = ("food-pantry", "meals", "womens-shelter", "mens-shelter", "youth-shelter", "rent-help")
seeds = st.integers(0, 10_000)
shares = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)


def town(seed: int, number: int = 60) -> list[Offering]:
    """Offerings of one town, of few kinds, so that many meet."""
    return made_up(number, seed, CITIES[3:4], SLUGS)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_a_pair_is_the_same_both_ways_round_and_every_part_is_a_share(seed: int) -> None:
    first, second = Random(seed).sample(town(seed), 2)
    known = information_of(town(seed))
    parts, turned = parts_of(first, second, known), parts_of(second, first, known)
    for name in PARTS:
        part: Bounds = getattr(parts, name)
        assert getattr(turned, name).low == pytest.approx(part.low, abs=1e-9)
        assert getattr(turned, name).high == pytest.approx(part.high, abs=1e-9)
        assert 0 <= part.low <= part.high <= 1
    value = parts.value()
    assert 0 <= value.low <= value.high <= 1


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted), min_size=5, max_size=5),
    st.sampled_from(("service", "people", "area")),
)
def test_without_the_same_help_people_or_area_there_is_nothing(ends: list[list[float]], without: str) -> None:
    parts = Parts(*(Bounds(low, high) for low, high in ends))
    assert replace(parts, **{without: Bounds(0, 0)}).value() == Bounds(0, 0)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_what_is_not_told_only_widens_what_is_known_of_the_rest(seed: int) -> None:
    first, second = Random(seed).sample(town(seed), 2)
    told = parts_of(first, second)
    untold = parts_of(replace(first, people=NOBODY_TOLD, week=None), second)
    assert untold.people.low == 0
    assert untold.people.high >= told.people.high
    assert untold.hours == Bounds(0, 1)
    assert untold.value().high >= told.value().high - 1e-9
    assert untold.value().low <= told.value().low + 1e-9


@settings(max_examples=15, deadline=None)
@given(seeds, st.sampled_from((Limits(), Limits(3, 2, 0))))
def test_one_listing_comes_to_what_all_together_come_to(seed: int, limits: Limits) -> None:
    offerings = town(seed, 80)
    table = Table(offerings, information_of(offerings))
    everything = find(table, limits).pairs
    changed = Random(seed).choice(offerings)
    group = table.groups.of[table.row[changed.id]]
    mine = np.flatnonzero((table.groups.of[everything.first] == group) | (table.groups.of[everything.second] == group))
    alone = one(table, [changed.id], limits).pairs
    assert np.array_equal(alone.first, everything.first[mine])
    assert np.array_equal(alone.second, everything.second[mine])
    for name in PARTS:
        assert np.allclose(alone.parts[name], [end[mine] for end in everything.parts[name]])


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_the_order_of_listings_changes_nothing_and_no_organization_meets_itself(seed: int) -> None:
    offerings = town(seed)
    known = information_of(offerings)
    table, turned = Table(offerings, known), Table(reversed(offerings), known)
    found, again = find(table).pairs, find(turned).pairs
    assert np.array_equal(found.first, again.first)
    assert np.array_equal(found.second, again.second)
    assert (table.organizations.of[found.first] != table.organizations.of[found.second]).all()
    assert (found.first < found.second).all()


def test_of_few_listings_every_pair_worth_keeping_is_found() -> None:
    offerings = town(5, 30)
    table = Table(offerings, information_of(offerings))
    first, second = np.triu_indices(len(table), 1)
    everything = compare(table, first, second)
    apart = table.organizations.of[first] != table.organizations.of[second]
    wanted = apart & (everything.value[1] >= 0.3) & table.is_known[first] & table.is_known[second]
    groups = {tuple(sorted((table.groups.of[a], table.groups.of[b]))) for a, b in zip(first[wanted], second[wanted], strict=True)}
    found = find(table).pairs
    kept = {tuple(sorted((table.groups.of[a], table.groups.of[b]))) for a, b in zip(found.first, found.second, strict=True)}
    assert groups
    assert groups <= kept


@settings(max_examples=8, deadline=None)
@given(seeds)
def test_a_pair_is_read_by_the_first_rule_that_holds_whatever_lies_between_its_ends(seed: int) -> None:
    rules = shipped_set(SetKind.FLAG)
    by_id = {rule.id: rule for rule in rules.rules}
    offerings = town(seed, 40)
    table = Table(offerings, information_of(offerings))
    pairs = find(table).pairs
    columns = columns_of(table, pairs, Usual(("en",)))
    random = Random(seed)
    for place, read in enumerate(read_pairs(rules, columns)):
        seen = {"pair.is_same_organization": False}
        seen |= {f"pair.{name}_overlap": random.uniform(*_ends(pairs.parts[name], place)) for name in PARTS[:4]}
        if read.rule:
            assert decided_by(_without_culture(by_id[read.rule].when))(seen) is Outcome.YES
        else:
            assert read.reading is Reading.NOT_COMPARABLE


def _ends(ends: tuple[np.ndarray, np.ndarray], place: int) -> tuple[float, float]:
    return float(ends[0][place]), float(ends[1][place])


def _without_culture(condition: All | Some | Not | Comparison) -> All:
    assert isinstance(condition, All)
    return All(tuple(part for part in condition.parts if "culture" not in repr(part)))


def test_a_pair_that_was_kept_is_read_as_when_it_was_compared() -> None:
    rules, offerings = shipped_set(SetKind.FLAG), town(3, 80)
    table = Table(offerings, information_of(offerings))
    pairs = find(table).pairs
    fresh = columns_of(table, pairs, Usual(("en",)))
    kept = []
    for place in range(len(pairs)):
        others = {name: make()[place] for name, make in fresh.others.items()}
        kept.append(signals_of_pair(pairs.parts_of(place), {name: value for name, value in others.items() if value is not None}, None))
    assert read_pairs(rules, fresh) == read_pairs(rules, columns_of_kept(kept))
    assert len({read.reading for read in read_pairs(rules, fresh)}) > 2


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_what_boxes_let_be_is_never_passed_by_what_outlines_share(seed: int) -> None:
    """Pairs are let go by it before their outlines are held against each other."""
    table = Table(town(seed), information_of(town(seed)))
    rows = np.flatnonzero(table.outlines.has_shape)
    first, second = (side.ravel() for side in np.meshgrid(rows, rows))
    shared, most = table.outlines.shared(first, second), table.outlines.at_most(first, second)
    assert (shared <= most).all()
    assert (shared > 0).any()
    assert (most < 1).any()
