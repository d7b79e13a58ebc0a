"""Five things worth an hour: what costs more, is likelier, asked for more often or has waited longer is first; never five of a kind."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.planning.asked import Agreement
from directory.domain.planning.worth import FIRST_OF_A_KIND, HOW_MANY, MOST_OF_A_KIND, Kind, Worth, likely_one, worth_an_hour
from directory.domain.upkeep.due import Risk

SOME = Worth(Kind.UNMET, ("detox", "ca-on-ottawa"), Risk.BASIC, 0.5, 50, 3)

found = st.lists(
    st.builds(
        Worth,
        kind=st.sampled_from(Kind),
        key=st.tuples(st.text("abc", min_size=1, max_size=3)),
        risk=st.sampled_from(Risk),
        likely=st.floats(0, 1),
        asked=st.integers(0, 10_000),
        days=st.integers(0, 400),
        is_quick=st.booleans(),
    ),
    max_size=30,
)


@given(found, st.randoms(use_true_random=False))
def test_at_most_five_are_named_whatever_the_order_and_never_five_of_a_kind(things: list[Worth], random: object):
    chosen = worth_an_hour(things)
    shuffled = list(things)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert worth_an_hour(shuffled) == chosen
    counts = Counter(each.kind for each in chosen)
    assert len(chosen) <= HOW_MANY
    assert all(count <= MOST_OF_A_KIND for count in counts.values())
    assert list(chosen) == sorted(chosen, key=lambda each: -each.worth)


@given(found)
def test_while_other_kinds_wait_at_most_two_of_one_are_named(things: list[Worth]):
    kinds = Counter(each.kind for each in {each for each in things if each.worth > 0})
    if sum(min(count, FIRST_OF_A_KIND) for count in kinds.values()) >= HOW_MANY:
        assert max(Counter(each.kind for each in worth_an_hour(things)).values()) <= FIRST_OF_A_KIND


@given(found.filter(bool))
def test_the_very_best_is_always_named(things: list[Worth]):
    best = max(things, key=lambda each: each.worth)
    if best.worth > 0:
        assert worth_an_hour(things)[0].worth == best.worth


def test_each_part_of_the_worth_moves_it_the_way_it_says():
    assert replace(SOME, risk=Risk.CRISIS).worth > SOME.worth > replace(SOME, risk=Risk.OTHER).worth
    assert replace(SOME, likely=0.9).worth > SOME.worth
    assert replace(SOME, asked=500).worth > SOME.worth
    assert replace(SOME, days=14).worth > SOME.worth
    assert replace(SOME, is_quick=True).worth > SOME.worth
    assert replace(SOME, days=28).worth == replace(SOME, days=400).worth
    assert worth_an_hour([replace(SOME, likely=0)]) == ()


@given(st.floats(0, 1))
def test_what_organizations_say_of_two_records_counts_before_what_a_comparing_finds(probability: float):
    found = {said: likely_one(probability, said) for said in Agreement}
    assert found[Agreement.OPEN] == probability
    assert 1 == found[Agreement.ALL_ONE] >= found[Agreement.ONE] >= probability
    assert found[Agreement.TWO] <= probability
    assert found[Agreement.ONE] > found[Agreement.AGAINST] > found[Agreement.TWO]
    assert all(0 <= each <= 1 for each in found.values())
