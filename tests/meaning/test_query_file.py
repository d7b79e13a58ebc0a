"""The labelled queries in plain words: whole, in three languages, and cleanly in two halves."""

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from directory.domain.categories.tree import CATEGORIES

QUERIES = Path(__file__).parent / "queries"
LANGUAGES = ("en", "fr", "es")
COLUMNS = ["id", *LANGUAGES, "categories", "danger", "place_words"]
DANGERS = {"overdose", "withdrawal", "suicide", "violence_now", "child_at_risk", "trafficking"}


def read(half: str) -> list[dict[str, str]]:
    with (QUERIES / f"{half}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


HALVES = {half: read(half) for half in ("tuning", "held_out")}
ROWS = [row for rows in HALVES.values() for row in rows]


def half_of(identifier: str) -> str:
    """The half that the rule in the README gives a row, from its id alone."""
    topic, number = identifier.rsplit("-", 1)
    pair = (int(number) + 1) // 2
    swapped = hashlib.sha256(f"{topic}-{pair}".encode()).digest()[-1] % 2
    return "tuning" if (int(number) + swapped) % 2 else "held_out"


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_the_columns_the_readme_names(half: str) -> None:
    assert all(list(row) == COLUMNS and None not in row.values() for row in HALVES[half])


def test_there_are_enough_queries_to_trust_a_figure() -> None:
    assert len(ROWS) * len(LANGUAGES) >= 400


def test_every_id_is_used_once() -> None:
    assert [i for i, times in Counter(row["id"] for row in ROWS).items() if times > 1] == []


def test_every_need_is_said_in_every_language() -> None:
    silent = [(row["id"], language) for row in ROWS for language in LANGUAGES if not row[language].strip()]
    assert silent == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_query_appears_twice_in_a_language(language: str) -> None:
    said = Counter(" ".join(row[language].casefold().split()) for row in ROWS)
    assert [text for text, times in said.items() if times > 1] == []


def test_every_row_names_a_right_answer_that_exists() -> None:
    unknown = {row["id"]: slugs for row in ROWS if not (slugs := row["categories"].split()) or set(slugs) - set(CATEGORIES)}
    assert unknown == {}


def test_no_right_answer_is_named_twice_in_a_row() -> None:
    assert [row["id"] for row in ROWS if len(set(slugs := row["categories"].split())) < len(slugs)] == []


def test_every_danger_is_one_that_is_known() -> None:
    assert {row["id"]: row["danger"] for row in ROWS if row["danger"] not in DANGERS | {""}} == {}


@pytest.mark.parametrize("half", HALVES)
def test_each_half_holds_every_danger_and_enough_that_only_sounds_like_it(half: str) -> None:
    rows = HALVES[half]
    assert {row["danger"] for row in rows} == DANGERS | {""}
    assert sum(row["id"].startswith("alike-") for row in rows) >= 20


def test_the_id_tells_an_emergency_from_what_sounds_like_one() -> None:
    assert [row["id"] for row in ROWS if bool(row["danger"]) != row["id"].startswith("danger-")] == []


def test_the_development_set_of_danger_says_each_danger_often_in_each_language_beside_as_much_that_is_none() -> None:
    rows = read("danger_development")
    assert Counter(row["batch"] for row in rows).keys() == {"1", "2", "3"}
    assert [row["id"] for row in rows if not all(row[language].strip() for language in LANGUAGES)] == []
    said = Counter(row["danger"] for row in rows)
    assert said.keys() == DANGERS | {""}
    assert min(said.values()) >= 40
    assert said[""] >= 60
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_its_fair_share(half: str) -> None:
    assert len(HALVES[half]) >= 0.4 * len(ROWS)


@pytest.mark.parametrize("half", HALVES)
def test_every_row_is_in_the_half_that_the_rule_gives_it(half: str) -> None:
    assert [row["id"] for row in HALVES[half] if half_of(row["id"]) != half] == []
