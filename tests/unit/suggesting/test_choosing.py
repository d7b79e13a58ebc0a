"""What must always hold of how the few are chosen, and of the figures that it rests on."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.categories.tree import CATEGORIES
from directory.domain.sectors import Sector
from directory.domain.sectors_see import SEES, see_different_parts
from directory.domain.suggesting.figures import drawn_median, drawn_share, lift, overlap, working_days
from directory.domain.suggesting.goes_together import PAIRS, go_together, goes_with
from directory.rules.criteria import Criteria, check_criteria
from directory.rules.same_people import people_overlap
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.examples import try_examples, without_examples
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.rule import Caution
from directory.rules.sets.score import points_of
from directory.rules.sets.writing import write_rule_set
from directory.rules.shipped import shipped_set
from directory.services.suggesting.choosing import MOST, Choosing, chosen, is_little_used
from directory.services.suggesting.decisions import plain_signals, seen_signals
from directory.services.suggesting.year import Community

SHIPPED = shipped_set(SetKind.SUGGEST)

candidate_signals = st.fixed_dictionaries(
    {},
    optional={
        "pair.offers_need": st.booleans(),
        "pair.goes_together": st.booleans(),
        "pair.need_lift": st.floats(0, 5),
        "access.metres": st.integers(0, 60_000),
        "access.takes_people_now": st.booleans(),
        "candidate.room": st.sampled_from(["capacity", "waitlist", "no-capacity"]),
        "candidate.room_days": st.integers(0, 40),
        "candidate.days_since_verified": st.integers(0, 1500),
        "eligibility.outcome": st.sampled_from(["yes", "ask", "doubtful"]),
        "agreement.status": st.sampled_from(["none", "active", "ended"]),
        "agreement.days_left": st.integers(0, 400),
        "history.helped_share": st.floats(0, 1),
        "history.years": st.floats(0, 9),
        "history.both_ways": st.booleans(),
        "answers.is_slow": st.booleans(),
        "load.received_last_year": st.integers(0, 30),
    },
)
points_by_id = st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.integers(0, 100), max_size=30)


@given(points_by_id, st.randoms(use_true_random=False))
def test_the_order_in_which_candidates_come_changes_nothing(points: Mapping[str, int], chance: random.Random) -> None:
    received = {key: float(number % 9) for number, key in enumerate(sorted(points))}
    shuffled = list(points.items())
    chance.shuffle(shuffled)
    assert chosen(points, received, 4) == chosen(dict(shuffled), received, 4)


@given(points_by_id)
def test_at_most_five_come_and_all_but_a_kept_place_are_the_best(points: Mapping[str, int]) -> None:
    found = chosen(points, {key: float(number * 3) for number, key in enumerate(sorted(points))}, 40)
    assert len(found) == min(MOST, len(points))
    assert sum(each.keeps_place for each in found) <= 1
    best = [key for key, _points in sorted(points.items(), key=lambda each: (-each[1], each[0]))][: len(found)]
    assert [each.id for each in found if not each.keeps_place] == best[: len(best) - sum(each.keeps_place for each in found)]


@given(candidate_signals, candidate_signals)
def test_a_reason_more_never_lowers_points_unless_it_is_a_caution(signals: dict[str, object], more: dict[str, object]) -> None:
    """Whatever else becomes known: what is given is at least what was, less what cautions that fire now take."""
    choosing = Choosing(SHIPPED)
    before = choosing.explain(signals)  # type: ignore[arg-type]
    known = {**more, **signals}
    after = choosing.explain(known)  # type: ignore[arg-type]
    new_cautions = {rule.id for rule in after.cautions} - {rule.id for rule in before.cautions}
    taken = sum(points_of(rule) for rule in after.cautions if rule.id in new_cautions)
    gone = {rule.id for rule in before.reasons} - {rule.id for rule in after.reasons}
    assert not gone, "what was known stays a reason"
    assert after.points >= max(0, before.points + taken)


@given(candidate_signals)
def test_history_gives_ten_points_at_most(signals: dict[str, object]) -> None:
    found = Choosing(SHIPPED).explain(signals)  # type: ignore[arg-type]
    assert found.by_family.get("history", 0) <= 10
    assert 0 <= found.points <= 100


@given(candidate_signals, st.randoms(use_true_random=False))
def test_the_order_of_rules_changes_no_points(signals: dict[str, object], chance: random.Random) -> None:
    document = write_rule_set(SHIPPED)
    chance.shuffle(document["rules"])
    assert Choosing(check_rule_set(document)).explain(signals).points == Choosing(SHIPPED).explain(signals).points  # type: ignore[arg-type]


@given(candidate_signals)
def test_signals_come_back_from_json_as_they_were(signals: dict[str, object]) -> None:
    with_set = {**signals, "candidate.categories": frozenset({"food", "housing"})}
    assert seen_signals(plain_signals(with_set)) == with_set  # type: ignore[arg-type]


def test_a_suggestion_kept_under_a_signal_s_former_name_is_gone_over_again_with_the_same_points() -> None:
    kept = {"pair.service_overlap": 0.1, "pair.people_overlap": 0.8}
    assert seen_signals(kept) == {"pair.category_overlap": 0.1, "pair.people_overlap": 0.8}
    assert [rule.id for rule in Choosing(SHIPPED).explain(seen_signals(kept)).reasons] == ["other-help-for-the-same-people"]


def test_the_rules_that_ship_pass_their_examples_in_three_languages_each_with_a_source() -> None:
    assert [tried.rule.id for tried in try_examples(SHIPPED) if not tried.passes] == []
    assert without_examples(SHIPPED) == ()
    for rule in SHIPPED.rules:
        text = rule.then.caution if isinstance(rule.then, Caution) else rule.then.reason  # type: ignore[union-attr]
        assert set(text.told) == {"en", "fr", "es"}, rule.id
        assert rule.source, rule.id


def test_who_tells_of_what_it_does_loses_no_points_for_it() -> None:
    honest = [rule for rule in SHIPPED.rules if rule.id.startswith(("tells-", "asks-"))]
    assert len(honest) == 5
    assert {points_of(rule) for rule in honest} == {0}


def test_every_sector_sees_something_and_none_another_part_than_itself() -> None:
    assert set(SEES) == set(Sector)
    assert see_different_parts("schools", "community")
    assert not see_different_parts("schools", "schools")
    assert not see_different_parts("schools", "nonsense")


def test_the_list_of_needs_that_go_together_names_categories_with_a_source_and_reads_both_ways() -> None:
    assert all(pair <= CATEGORIES.keys() and len(pair) == 2 for pair in PAIRS)
    assert all(PAIRS.values())
    assert "benefits-help" in goes_with("food-pantry")
    assert "food-pantry" in goes_with("benefits-help")
    assert ("emergency-shelter", "id-documents") in go_together(["family-shelter"], ["id-documents"])


def test_shares_of_few_cases_are_drawn_toward_the_usual() -> None:
    assert drawn_share(5, 5, 0.4) == pytest.approx((5 + 4) / 15)
    assert drawn_share(0, 0, 0.4) == 0.4
    assert drawn_median([1, 1, 9], 3) == pytest.approx((1 * 3 + 3 * 5) / 8)
    assert drawn_median([2], None) == 2
    assert lift(25, 25, 25, 60) > 1 > lift(20, 400, 400, 500)


@given(st.sets(st.text("abc", max_size=2)), st.sets(st.text("abc", max_size=2)))
def test_overlap_is_the_same_from_both_sides_and_not_known_of_nothing(one: set[str], other: set[str]) -> None:
    found = overlap(one, other)
    assert found == overlap(other, one)
    assert (found is None) == (not one or not other)
    assert found is None or 0 <= found <= 1


def test_working_days_leave_weekends_out() -> None:
    from datetime import date

    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert (working_days(friday, monday), working_days(friday, friday), working_days(monday, friday)) == (1, 0, 0)
    assert working_days(date(2026, 11, 2), date(2026, 11, 30)) == 20


def test_people_are_compared_only_where_both_tell_all_of_it() -> None:
    def of(low: int, high: int) -> Criteria:
        ages = {"id": "a", "when": {"field": "age", "op": "range", "value": {"gte": low, "lt": high}}, "said": {"by": "owner"}}
        return check_criteria({"schema": 1, "criteria": [ages]})

    everybody = check_criteria({"schema": 1, "open_to_all": True})
    assert people_overlap(of(18, 25), of(18, 25)) == 1
    assert people_overlap(of(10, 15), of(18, 25)) == 0
    assert people_overlap(of(18, 25), check_criteria({"schema": 1})) is None
    assert people_overlap(everybody, everybody) == 1


def test_little_used_is_what_got_two_or_a_quarter_of_what_is_usual() -> None:
    assert is_little_used(2, 4)
    assert is_little_used(10, 40)
    assert not is_little_used(11, 40)
    assert not is_little_used(None, 40)


def test_how_often_two_needs_come_together_is_told_from_twenty_people_on() -> None:
    def told(both: int) -> tuple[float, int] | None:
        pair = frozenset(("food", "housing"))
        return Community(together={pair: both}, with_need={"food": 40, "housing": 50}, people=200).lift_of("food", "housing")

    assert told(19) is None
    assert told(20) == (pytest.approx((20 + 5) / (10 + 5)), 20)
