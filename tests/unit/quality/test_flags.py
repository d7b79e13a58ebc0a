"""What rules find to be put right of a listing, and when a fact counts as the same."""

from datetime import UTC, datetime

import pytest

from directory.rules.sets.examples import try_examples, without_examples
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.quality import VERIFIED_DAYS, flags_of, is_same_fact
from directory.rules.sets.reasons import LANGUAGES
from directory.rules.sets.rule import FlagListing, LookAgain
from directory.rules.shipped import shipped_set
from tests.support.quality import case, quality_rules

NOW = datetime(2026, 11, 26, tzinfo=UTC)
SHIPPED = shipped_set(SetKind.QUALITY)
WHOLE = {
    "has_category": True, "has_way_to_reach": True, "has_place": True, "has_point": True, "has_hours": True, "has_area": True,
    "has_criteria": True, "has_cost": True, "has_languages": True, "description_length": 80.0, "hours_contradict": False,
    "minimum_age": 16.0, "maximum_age": 25.0, "ages_are_reversed": False, "link": "works",
}  # fmt: skip


def found(**changes: object) -> list[str]:
    return [flagged.then.flag for flagged in flags_of(SHIPPED, case(NOW, **{**WHOLE, **changes}).signals)]  # type: ignore[arg-type]


def test_a_whole_listing_has_no_flag():
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"has_category": False}, "no_category"),
        ({"has_way_to_reach": False}, "no_way_to_reach"),
        ({"has_place": False}, "no_place"),
        ({"has_point": False}, "no_point"),
        ({"has_hours": False}, "no_hours"),
        ({"has_area": False}, "no_area"),
        ({"has_criteria": False}, "nothing_on_who_can_come"),
        ({"has_cost": False}, "no_cost"),
        ({"has_languages": False}, "no_languages"),
        ({"description_length": 39.0}, "short_description"),
        ({"hours_contradict": True}, "hours_contradict"),
        ({"maximum_age": 200.0}, "impossible_age"),
        ({"minimum_age": 26.0, "ages_are_reversed": True}, "ages_reversed"),
        ({"link": "dead"}, "dead_link"),
        ({"link": "moved"}, "moved_link"),
    ],
)
def test_what_is_missing_or_wrong_has_a_flag_of_its_own(changes: dict[str, object], flag: str):
    assert found(**changes) == [flag]


def test_what_is_not_known_has_no_flag():
    assert flags_of(SHIPPED, {}) == ()


def test_what_a_rule_sends_to_somebody_where_it_is_not_known_says_so():
    rules = quality_rules({"when": {"field": "listing.has_point", "op": "is", "value": False}, "if_unknown": "send_to_review"})
    (flagged,) = flags_of(rules, {"listing.has_cost": True})
    assert (flagged.is_known, dict(flagged.seen)) == (False, {})


def test_a_flag_keeps_the_signals_of_its_condition_and_of_its_words():
    rules = quality_rules(
        {
            "when": {"field": "listing.has_cost", "op": "is", "value": False},
            "then": {"flag": "thin", "severity": "low", "owner": "planner", "reason": "Until {listing.maximum_age}", "way_out": "Say"},
        }
    )
    (flagged,) = flags_of(rules, case(NOW, has_cost=False, maximum_age=12.0, has_phone=True).signals)
    assert dict(flagged.seen) == {"listing.has_cost": False, "listing.maximum_age": 12.0}


def test_that_days_have_passed_is_no_new_fact():
    assert is_same_fact({"listing.maximum_age": 200, VERIFIED_DAYS: 3}, {"listing.maximum_age": 200, VERIFIED_DAYS: 90})
    assert not is_same_fact({"listing.maximum_age": 200}, {"listing.maximum_age": 150})


def test_every_rule_that_ships_passes_its_examples_names_its_source_and_speaks_three_languages():
    assert all(tried.passes for tried in try_examples(SHIPPED))
    assert without_examples(SHIPPED) == ()
    for rule in SHIPPED.rules:
        assert rule.source
        assert isinstance(rule.then, FlagListing | LookAgain)
        texts = [rule.then.reason, *([rule.then.way_out] if isinstance(rule.then, FlagListing) else ())]
        assert all(set(text.told) == set(LANGUAGES) for text in texts), rule.id
