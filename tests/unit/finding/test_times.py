"""Words of time in a search."""

from datetime import datetime

import pytest

from directory.services.finding.phrases import words_of
from directory.services.finding.times import find_time

MONDAY_AFTERNOON = datetime(2026, 11, 23, 15, 30)


def window(text: str) -> tuple[str, str | None, str] | None:
    words = words_of(text)
    found = find_time(words, MONDAY_AFTERNOON)
    if found is None:
        return None
    left = " ".join(word.typed for word in words[: found.first] + words[found.last :])
    end = found.open_at.end
    return found.open_at.start.isoformat(timespec="minutes"), end and end.isoformat(timespec="minutes"), left


@pytest.mark.parametrize(
    ("text", "start", "end", "left"),
    [
        ("food tomorrow morning near 19104", "2026-11-24T08:00", "2026-11-24T12:00", "food near 19104"),
        ("shelter tonight", "2026-11-23T18:00", "2026-11-24T00:00", "shelter"),
        ("food open now", "2026-11-23T15:30", None, "food"),
        ("besoin de manger ce soir", "2026-11-23T18:00", "2026-11-24T00:00", "besoin de manger"),
        ("comida mañana por la mañana", "2026-11-24T08:00", "2026-11-24T12:00", "comida"),
        ("aide juridique demain après-midi", "2026-11-24T12:00", "2026-11-24T17:00", "aide juridique"),
        ("pantry saturday 10am", "2026-11-28T10:00", None, "pantry"),
        ("pantry on Saturday at 9:30", "2026-11-28T09:30", None, "pantry on"),
        ("clinic today", "2026-11-23T15:30", "2026-11-24T00:00", "clinic"),
        ("clinic this morning", "2026-11-23T08:00", "2026-11-23T12:00", "clinic"),
        ("clinic this afternoon", "2026-11-23T15:30", "2026-11-23T17:00", "clinic"),
        ("monday meals", "2026-11-23T15:30", "2026-11-24T00:00", "meals"),
        ("repas vendredi soir", "2026-11-27T17:00", "2026-11-27T21:00", "repas"),
        ("ouvert maintenant", "2026-11-23T15:30", None, ""),
    ],
)
def test_words_of_time_become_a_moment_or_a_window(text: str, start: str, end: str | None, left: str) -> None:
    assert window(text) == (start, end, left)


@pytest.mark.parametrize("text", ["legal aid eviction", "shelter for 2", "morning after pill", "know your rights", "", "help with rent"])
def test_other_words_say_nothing_of_time(text: str) -> None:
    assert window(text) is None


@pytest.mark.parametrize("text", ["pas capable de payer mon loyer", "mon enfant ne mange plus", "aide pour mon mari"])
def test_my_in_french_is_not_monday(text: str) -> None:
    assert window(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "no water since tuesday",
        "nothing to eat till Friday",
        "pas d'eau depuis mardi",
        "rien à manger jusqu'à vendredi",
        "sin agua desde el martes",
        "nada que comer hasta el viernes",
        "got out last monday",
    ],
)
def test_days_since_or_until_which_something_lasts_do_not_ask_for_opening(text: str) -> None:
    assert window(text) is None


def test_a_day_that_is_asked_for_counts_beside_one_that_is_told() -> None:
    assert window("no food since friday, meals on sunday") == ("2026-11-29T00:00", "2026-11-30T00:00", "no food since friday, meals on")


def test_now_is_an_instant_and_not_a_window() -> None:
    found = find_time(words_of("food now"), MONDAY_AFTERNOON)
    assert found is not None
    assert found.now
    assert found.open_at.end is None
