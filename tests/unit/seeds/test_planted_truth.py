"""What is planted among the records is known, kept in a file, and true."""

import json
from collections import Counter
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

from seeds.sample.community import Community
from seeds.sample.generate import SEED, TRUTH, made, truth_text
from seeds.sample.truth import ALIKE, ORGANIZATION, OVERLAP, PROGRAM, SAME, SITE

KIND_OF_LEVEL = {SITE: "location", ORGANIZATION: "organization", PROGRAM: "service"}


@cache
def community() -> Community:
    return made(SEED, date(2026, 11, 23))


def by_id() -> dict[str, tuple[str, dict[str, Any]]]:
    return {data["id"]: (kind, data) for kind, data in community().records}


def test_the_file_in_the_repository_is_what_the_generator_makes() -> None:
    assert TRUTH.read_text(encoding="utf-8") == truth_text()


def test_the_truth_does_not_depend_on_the_day() -> None:
    assert made(SEED, date(2031, 3, 9)).groups == community().groups


def test_every_level_has_duplicates_and_look_alikes() -> None:
    counts = Counter((group["kind"], group["level"]) for group in json.loads(TRUTH.read_text(encoding="utf-8"))["groups"])
    assert counts[(SAME, ORGANIZATION)] >= 10
    assert counts[(SAME, SITE)] >= 20
    assert counts[(SAME, PROGRAM)] >= 25
    assert counts[(ALIKE, ORGANIZATION)] >= 10
    assert counts[(ALIKE, SITE)] >= 3
    assert counts[(ALIKE, PROGRAM)] >= 15
    assert counts[(OVERLAP, PROGRAM)] >= 12


def test_groups_name_records_of_their_level_and_say_why() -> None:
    known = by_id()
    for group in community().groups:
        assert len(group.ids) == len(set(group.ids)) >= 2
        assert {known[one][0] for one in group.ids} == {KIND_OF_LEVEL[group.level]}
        assert group.why.endswith(".")


def test_no_pair_is_said_to_be_the_same_and_not_the_same() -> None:
    pairs = {
        kind: {frozenset(pair) for group in community().groups if group.kind == kind for pair in combinations(group.ids, 2)}
        for kind in (SAME, ALIKE, OVERLAP)
    }
    assert not pairs[SAME] & pairs[ALIKE]
    assert not pairs[SAME] & pairs[OVERLAP]


def test_duplicates_are_not_copies_letter_by_letter() -> None:
    known = by_id()
    for group in community().groups:
        if group.kind == SAME:
            one, other = (known[identity][1] for identity in group.ids)
            assert {key: value for key, value in one.items() if key != "id"} != {key: value for key, value in other.items() if key != "id"}


def test_duplicate_sites_lie_within_a_short_walk_of_each_other() -> None:
    known = by_id()
    for group in community().groups:
        if (group.kind, group.level) == (SAME, SITE):
            one, other = (known[identity][1] for identity in group.ids)
            if "latitude" in one and "latitude" in other:
                assert abs(one["latitude"] - other["latitude"]) < 0.001
                assert abs(one["longitude"] - other["longitude"]) < 0.001


def test_overlapping_offers_are_of_different_organizations_with_one_category_and_common_hours() -> None:
    known = by_id()
    for group in community().groups:
        if group.kind == OVERLAP:
            one, other = (known[identity][1] for identity in group.ids)
            assert one["organization_id"] != other["organization_id"]
            assert one["categories"] == other["categories"]
            assert one["service_areas"] == other["service_areas"]
            assert one["schedules"][0]["byday"] == other["schedules"][0]["byday"]


def test_planted_sites_are_used_by_a_service() -> None:
    used = {at["location_id"] for kind, data in community().records if kind == "service" for at in data["service_at_locations"]}
    planted = {identity for group in community().groups if (group.kind, group.level) == (SAME, SITE) for identity in group.ids[1:]}
    assert planted <= used
