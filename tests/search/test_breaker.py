"""A server that failed is asked again only now and then, by one at a time, and ever less often."""

from search_index.breaker import LONGEST_PAUSE_SECONDS, MOST_REFUSALS, Breaker


class Watch:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_one_failure_opens_it_and_only_the_first_is_news() -> None:
    breaker = Breaker(Watch())
    assert not breaker.is_open
    assert breaker.failed()
    assert breaker.is_open
    assert not breaker.failed(), "those that were on their way fail too"


def test_nobody_tries_before_the_pause_is_over_and_then_one() -> None:
    watch = Watch()
    breaker = Breaker(watch)
    assert not breaker.takes_turn(), "closed: there is nothing to try"
    breaker.failed()
    watch.now += 0.9
    assert not breaker.takes_turn()
    watch.now += 0.2
    assert breaker.takes_turn()
    assert not breaker.takes_turn(), "somebody is at it"


def test_each_try_that_fails_doubles_the_pause_up_to_a_limit() -> None:
    watch = Watch()
    breaker = Breaker(watch)
    breaker.failed()
    pauses = []
    for _ in range(6):
        began = watch.now
        while not breaker.takes_turn():
            watch.now += 0.25
        pauses.append(watch.now - began)
        breaker.tried(well=False)
    assert pauses == [1.0, 2.0, 4.0, 5.0, 5.0, 5.0]
    assert pauses[-1] == LONGEST_PAUSE_SECONDS


def test_a_try_that_goes_well_closes_it_and_the_next_failure_begins_with_a_short_pause() -> None:
    watch = Watch()
    breaker = Breaker(watch)
    breaker.failed()
    watch.now += 1
    assert breaker.takes_turn()
    breaker.tried(well=False)
    watch.now += 2
    assert breaker.takes_turn()
    breaker.tried(well=True)
    assert not breaker.is_open
    assert breaker.failed()
    watch.now += 1
    assert breaker.takes_turn()


def test_an_answer_that_comes_late_closes_nothing() -> None:
    breaker = Breaker(Watch())
    breaker.failed()
    breaker.succeeded()
    assert breaker.is_open


def test_one_late_answer_is_chance_and_two_in_a_row_are_not() -> None:
    breaker = Breaker(Watch())
    assert not breaker.was_late()
    breaker.succeeded()
    assert not breaker.was_late()
    assert not breaker.is_open
    assert breaker.was_late()
    assert breaker.is_open


def test_a_question_that_is_refused_says_nothing_of_the_server_but_several_in_a_row_do() -> None:
    breaker = Breaker(Watch())
    for _ in range(MOST_REFUSALS - 1):
        assert not breaker.refused()
    breaker.succeeded()
    for _ in range(MOST_REFUSALS - 1):
        assert not breaker.refused()
    assert not breaker.is_open
    assert breaker.refused()
    assert breaker.is_open
