"""The model as splink's Spark backend reads it says of pairs what ours says of them."""

import math
import re
from itertools import compress, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.matching.blocking import pairs_of
from directory.rules.matching.columns_builder import columns_of
from directory.rules.matching.comparing import LEVELS, Comparison, Field
from directory.rules.matching.facts import Facts, IdentityLevel
from directory.rules.matching.keys import keys_of
from directory.rules.matching.matching import match_all, shipped_model
from directory.rules.matching.pairs import Band, Pair
from directory.rules.matching.policies import CERTAIN_AT, REVIEW_AT
from directory.rules.matching.splink.held import query_of
from directory.rules.matching.splink.levels import COARSEST, steps_of
from directory.rules.matching.splink.rows import COLUMNS, rows_of
from directory.rules.matching.splink.settings import fields_of, settings_of, shares
from directory.rules.matching.statistics import statistics_of
from directory.rules.matching.weighing import weigh
from tests.strategies.facts import tables
from tests.support.sample_facts import sample_facts
from tests.support.spark_in_sqlite import predicted

levels = pytest.mark.parametrize("level", IdentityLevel)


Said = dict[tuple[str, str], tuple[float, str]]


def both(records: list[Facts], level: IdentityLevel, every: int) -> tuple[Said, Said]:
    """Score and band of pairs as we say it, with the weights that ship, and by what is written for Spark. Of pairs that are nothing, one of
    so many."""
    columns = columns_of(records, level)
    model = shipped_model(level, statistics_of(columns, level))
    pairs = list(match_all(records, level, model=model).pairs(Band.NO))
    ours = {(pair.left, pair.right): (pair.score, _band(pair.score)) for place, pair in enumerate(pairs) if _is_asked(pair, place, every)}
    rows = {row["unique_id"]: row for row in rows_of(columns, model.statistics)}
    found = predicted(settings_of(model), rows, ours).execute(query_of(model)).fetchall()
    return ours, {(row["unique_id_l"], row["unique_id_r"]): (row["score"], row["band"]) for row in found}


def _is_asked(pair: Pair, place: int, every: int) -> bool:
    return pair.score >= REVIEW_AT - 1 or place % every == 0


def _band(score: float) -> str:
    return "certain" if score >= CERTAIN_AT else "review" if score >= REVIEW_AT else "no"


@pytest.mark.parametrize(("level", "every"), [(IdentityLevel.SITE, 15), (IdentityLevel.ORGANIZATION, 15), (IdentityLevel.PROGRAM, 100)])
def test_of_the_sample_community_both_say_the_same(level: IdentityLevel, every: int) -> None:
    ours, theirs = both(list(sample_facts(level)), level, every)
    assert ours.keys() == theirs.keys()
    more = [theirs[key][0] - score for key, (score, _) in ours.items()]
    assert len(more) > 200
    assert max(more) <= 2 * COARSEST, "letters are never more alike there than here"
    assert sum(abs(each) <= 2 * COARSEST for each in more) > 0.8 * len(more)
    certain = [{key for key, (_, band) in said.items() if band == "certain"} for said in (ours, theirs)]
    assert certain[0] == certain[1]
    assert len(certain[0]) > 10
    looked_at = [key for key, (_, band) in ours.items() if band == "review"]
    assert sum(theirs[key][1] == "review" for key in looked_at) >= 0.7 * len(looked_at)


@levels
def test_gates_hold_down_the_same_pairs(level: IdentityLevel) -> None:
    """Any levels whatever, also such as no two records have."""
    model = shipped_model(level)
    random, count = np.random.default_rng(7), 3_000
    used = fields_of(model.policy, model.weights)
    steps = {field: steps_of(field, model.weights) for field in used}
    chosen = {field: random.integers(-1, len(steps[field]), count) for field in used}
    found = Comparison(np.zeros((count, len(Field)), np.int8), np.ones((count, len(Field)), np.float32), np.ones((count, 10), np.int32))
    for field in used:
        of = [steps[field][len(steps[field]) - 1 - number] if number >= 0 else None for number in chosen[field].tolist()]
        found.levels[:, field] = [step.level if step else 0 for step in of]
        found.strengths[:, field] = [step.strength if step else 1 for step in of]
    weighed = weigh(found, model.policy, model.weights)
    database = predicted(settings_of(model), {"a": dict.fromkeys(COLUMNS)}, [])
    sums = (weighed.scores - weighed.held) / math.log(2)
    names = ", ".join(["unique_id_l", "unique_id_r", *(f"gamma_{field.name.lower()}" for field in used), "match_weight"])
    rows = zip(range(count), range(count), *(chosen[field].tolist() for field in used), sums.tolist(), strict=True)
    database.executemany(f"INSERT INTO predictions ({names}) VALUES ({', '.join('?' * (len(used) + 3))})", rows)
    theirs = database.execute(f"SELECT score, gate FROM ({query_of(model)}) ORDER BY unique_id_l").fetchall()
    assert np.allclose([row["score"] for row in theirs], weighed.scores, atol=1e-4)
    ours = [model.policy.gates[gate].name if gate >= 0 else None for gate in weighed.gates.tolist()]
    takes_away = (weighed.held < -1e-4).tolist()
    assert [row["gate"] for row, told in zip(theirs, takes_away, strict=True) if told] == list(compress(ours, takes_away))
    assert len(set(ours)) == len({gate.name for gate in model.policy.gates}) + 1


@given(st.lists(st.floats(-8, 8), min_size=1, max_size=12))
def test_odds_give_each_step_its_size(sizes: list[float]) -> None:
    found = shares(sizes)
    assert all(math.isclose(math.log(like / unlike), size, abs_tol=1e-6) for size, (like, unlike) in zip(sizes, found, strict=True))
    assert all(0 < share <= 1 + 1e-9 for each in found for share in each)
    if min(sizes) < -0.01 and max(sizes) > 0.01:
        assert math.isclose(sum(like for like, _ in found), 1, abs_tol=1e-6)
        assert math.isclose(sum(unlike for _, unlike in found), 1, abs_tol=1e-6)


@levels
def test_every_step_stands_for_a_part_of_a_weight_that_is_near_enough(level: IdentityLevel) -> None:
    model = shipped_model(level)
    for field in fields_of(model.policy, model.weights):
        found = steps_of(field, model.weights)
        assert {step.level for step in found} == set(range(1, len(LEVELS[field]) + 1))
        for step in found:
            weight = model.weights.of(field, step.level)
            assert math.isclose(step.size, weight * step.strength if weight > 0 else weight, abs_tol=1e-9)
        by_level = [[step.size for step in found if step.level == number] for number in range(1, len(LEVELS[field]) + 1)]
        if field in (Field.NAME, Field.OWNER):
            gaps = [one - other for sizes in by_level for one, other in pairwise(sizes[1:])]
            assert all(gap <= 2 * COARSEST + 1e-9 for gap in gaps)


@levels
def test_what_is_compared_there_stands_in_the_records(level: IdentityLevel) -> None:
    written = str(settings_of(shipped_model(level)))
    assert set(re.findall(r"\b([a-z_]+)_[lr]\b", written)) <= set(COLUMNS)


@settings(max_examples=15, deadline=None)
@given(tables(), st.sampled_from(list(IdentityLevel)))
def test_the_keys_that_go_out_make_the_same_pairs(records: list[Facts], level: IdentityLevel) -> None:
    columns = columns_of(records, level)
    statistics = statistics_of(columns, level)
    candidates = pairs_of(keys_of(columns, statistics), 4)
    ours = {frozenset((columns.ids[left], columns.ids[right])) for left, right in zip(candidates.left, candidates.right, strict=True)}
    keys = {row["unique_id"]: set(row["keys"]) for row in rows_of(columns, statistics, 4)}
    theirs = {frozenset((one, other)) for one in keys for other in keys if one < other and keys[one] & keys[other]}
    assert theirs == ours
