"""Groups are no chains; common keys are capped and told; weights stay within their bounds and learn from verdicts."""

from dataclasses import replace

import numpy as np
import pytest

from directory.rules.matching.asking import worth_asking
from directory.rules.matching.blocking import pairs_of
from directory.rules.matching.clustering import group
from directory.rules.matching.comparing import LEVELS, Comparison, Field
from directory.rules.matching.estimating import FARTHEST, estimate
from directory.rules.matching.facts import Facts, IdentityLevel
from directory.rules.matching.keys import KeyKind
from directory.rules.matching.learning import sharpen
from directory.rules.matching.matching import match_all
from directory.rules.matching.pairs import Band, Verdict
from directory.rules.matching.policies import POLICIES
from directory.rules.matching.saying import SENTENCES, reason_text
from directory.rules.matching.weights import Weights, make_weights, risen, used
from tests.bench.duplicates_data import Half, chicago, restaurants
from tests.bench.duplicates_measures import of_labelled_pairs, pairs_of_groups, pairwise

SITE = POLICIES[IdentityLevel.SITE]


def grouped(count: int, pairs: dict[tuple[int, int], float], **links: list[tuple[int, int]]) -> list[int]:
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int32) for side in (0, 1))
    return group(count, left, right, np.array(list(pairs.values()), dtype=np.float32), **links).groups.tolist()


def test_a_chain_of_likenesses_does_not_join_its_ends() -> None:
    assert grouped(3, {(0, 1): 3.0, (1, 2): 2.5, (0, 2): -9.0}) == [0, 0, 2]
    assert grouped(3, {(0, 1): 3.0, (1, 2): 2.5, (0, 2): -1.0}) == [0, 0, 0]
    chain = {(one, one + 1): 0.5 for one in range(9)}
    assert max(grouped(10, chain).count(number) for number in range(10)) <= 2  # the rest were never compared


def test_links_of_people_are_stronger_than_any_score() -> None:
    assert grouped(3, {(0, 1): 9.0, (0, 2): 9.0, (1, 2): 9.0}, cannot=[(0, 1)]) == [0, 1, 0]
    assert grouped(3, {(0, 1): -9.0}, must=[(1, 0)]) == [0, 0, 2]
    assert grouped(4, {(0, 1): 9.0, (2, 3): 9.0, (1, 2): 9.0}, cannot=[(0, 3)]) in ([0, 0, 2, 2], [0, 1, 1, 3])


def test_verdicts_that_contradict_each_other_are_told() -> None:
    records = [Facts(id=one, name=f"Name {one}") for one in "abc"]
    verdicts = {("a", "b"): Verdict.SAME, ("b", "c"): Verdict.SAME, ("a", "c"): Verdict.DIFFERENT}
    matching = match_all(records, IdentityLevel.SITE, verdicts)
    groups = dict(matching.groups.ids())
    assert groups["a"] != groups["c"]
    assert matching.groups.contradictions == (("b", "c"),)


def test_a_key_that_too_many_have_makes_no_pairs_and_is_told() -> None:
    values = np.array([[7], [7], [7], [9], [9]], dtype=np.uint64)
    found = pairs_of({KeyKind.PHONE: values}, most=2)
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == [(3, 4)]
    assert [(one.kind, one.keys, one.records, one.largest) for one in found.left_out] == [("telephone", 1, 3, 3)]


def test_a_telephone_that_many_share_says_little() -> None:
    tenants = [Facts(id=f"t{one}", name=f"Tenant{one} society{one}", phones=("503-555-0100",)) for one in range(6)]
    shared = next(match_all(tenants, IdentityLevel.ORGANIZATION).pairs(Band.NO))
    alone = next(match_all(tenants[:2], IdentityLevel.ORGANIZATION).pairs(Band.NO))
    by_field = [{reason.field: reason for reason in pair.reasons}["phone"] for pair in (shared, alone)]
    assert by_field[0].shared == 6
    assert 0 <= by_field[0].size < 0.4 < by_field[1].size
    assert reason_text(by_field[0]).startswith("same telephone, shared by 6: +")


def test_a_name_of_common_words_says_less_than_a_rare_one() -> None:
    def size(name: str) -> float:
        pair = next(match_all([Facts(id="a", name=name), Facts(id="b", name=name)], IdentityLevel.ORGANIZATION).pairs(Band.NO))
        return next(reason.size for reason in pair.reasons if reason.field == "name")

    assert 0 < size("Food Pantry") < size("Euphemia Pantry")


def crowd(count: int, levels: dict[Field, int]) -> Comparison:
    found = np.zeros((count, len(Field)), dtype=np.int8)
    for field, level in levels.items():
        found[:, field] = level
    return Comparison(found, np.ones((count, len(Field)), np.float32), np.ones((count, len(Field)), np.int32))


def test_an_estimate_stays_near_the_shipped_weights_and_never_falls_from_unlike_to_like() -> None:
    found = match_all(chicago(Half.DEV).records, IdentityLevel.SITE)
    assert found.refused == ""
    grid, shipped = found.model.weights.grid, SITE.weights.grid
    assert not np.array_equal(grid, shipped)
    assert np.abs(grid - shipped).max() <= FARTHEST + 1e-9
    for field in used(SITE.weights):
        assert np.diff(grid[field, 1 : len(LEVELS[field]) + 1]).min() >= -1e-9


def test_an_estimate_from_few_pairs_or_of_nearly_all_the_same_is_refused() -> None:
    alike = {Field.NAME: 6, Field.ADDRESS: 6, Field.PHONE: 3}
    assert estimate(crowd(10, alike), SITE).refused == "few_pairs"
    assert estimate(crowd(1_000, alike), SITE).refused == "nearly_all_the_same"
    assert estimate(crowd(1_000, alike), SITE).weights is SITE.weights


def test_weights_rise_from_unlike_to_the_same() -> None:
    weights = make_weights(0, {Field.PHONE: (1.0, -1.0, 2.0)})
    mended = risen(weights, np.zeros_like(weights.grid))
    assert mended.grid[Field.PHONE, 1:4].tolist() == [0.0, 0.0, 2.0]
    with pytest.raises(ValueError, match="PHONE has 3 levels"):
        make_weights(0, {Field.PHONE: (1.0,)})


def test_verdicts_move_the_weights_they_speak_of_and_no_other() -> None:
    seen = crowd(20, {Field.NAME: 3, Field.PHONE: 3})
    moved = sharpen(seen, np.zeros(20, dtype=bool), SITE.weights)
    assert moved.of(Field.PHONE, 3) < SITE.weights.of(Field.PHONE, 3)
    assert moved.of(Field.ADDRESS, 6) == pytest.approx(SITE.weights.of(Field.ADDRESS, 6))
    assert sharpen(crowd(0, {}), np.zeros(0, dtype=bool), SITE.weights) is SITE.weights
    assert isinstance(moved, Weights)


def test_people_are_asked_about_what_is_least_sure_and_of_many_kinds() -> None:
    matching = match_all(chicago(Half.DEV).records, IdentityLevel.SITE)
    asked = worth_asking(matching, 20)
    assert len({pair.reasons for pair in asked}) == 20
    assert max(abs(pair.score) for pair in asked) < max(abs(pair.score) for pair in matching.pairs(Band.NO))
    again = match_all(chicago(Half.DEV).records, IdentityLevel.SITE, {(asked[0].left, asked[0].right): Verdict.SAME})
    assert (asked[0].left, asked[0].right) not in {(pair.left, pair.right) for pair in worth_asking(again, 10**6)}


def test_every_reason_has_words() -> None:
    levels = {(field.name.lower(), level) for field, names in LEVELS.items() for level in names}
    gates = {("gate", gate.name) for policy in POLICIES.values() for gate in policy.gates}
    assert levels | gates | {("start", "share_a_key")} == set(SENTENCES)


def test_the_half_that_was_looked_at_is_found_without_any_verdict() -> None:
    sites = chicago(Half.DEV)
    found = match_all(sites.records, sites.level)
    assert pairwise(dict(found.groups.ids()), sites.entities).f1 >= 0.95
    certain = [sites.entities[pair.left] == sites.entities[pair.right] for pair in found.pairs(Band.CERTAIN)]
    assert sum(certain) >= 0.98 * len(certain) > 0
    tenants = restaurants(Half.DEV)
    groups = dict(match_all(tenants.records, tenants.level).groups.ids())
    assert of_labelled_pairs(pairs_of_groups(groups), tenants.pairs).f1 >= 0.95


def test_a_changed_fact_changes_the_fingerprint_of_its_pairs_alone() -> None:
    records = [Facts(id=one, name="Hope House", street="12 Main St") for one in "abc"]
    before = {(pair.left, pair.right): pair.fingerprint for pair in match_all(records, IdentityLevel.SITE).pairs(Band.NO)}
    records[0] = replace(records[0], phones=("503-555-0101",))
    after = {(pair.left, pair.right): pair.fingerprint for pair in match_all(records, IdentityLevel.SITE).pairs(Band.NO)}
    assert {pair for pair in before if before[pair] != after[pair]} == {("a", "b"), ("a", "c")}
