"""What the lists of danger have learnt stays learnt: figures of the files that they are tuned on."""

import pytest

from tests.meaning.danger_figures import measure


@pytest.mark.parametrize("name", ["tuning", "danger_development"])
def test_danger_that_was_heard_is_still_heard_with_hardly_an_alarm(name: str) -> None:
    figures = measure(name)
    assert figures.recall >= 0.97
    assert figures.false_alarms <= 0.005


@pytest.mark.parametrize("name", ["tuning", "danger_development"])
def test_the_calm_line_stays_rare_where_there_is_no_danger(name: str) -> None:
    figures = measure(name)
    assert figures.either >= figures.seen.total()
    assert figures.lines <= 0.1 * figures.quiet.total()
