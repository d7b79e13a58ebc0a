"""While a search server does not answer, or not in time, another index does: at once, for as long as it lasts, and it is told."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import pytest

from search_index.breaker import MOST_REFUSALS, Breaker
from search_index.embedded import TantivyEngine
from search_index.fallback import WithFallback
from search_index.meili import MeiliEngine
from search_index.patience import begin_page, end_page
from search_index.port import CannotSearch, IndexHealth, IndexNotReady, IndexUnavailable, QuestionRefused
from search_index.query import SearchPage, ServiceQuery

FOOD = ServiceQuery(text="food")
AWAY = IndexUnavailable("The search server cannot be reached (ConnectionError).")


class Watch:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Scripted(TantivyEngine):
    """An engine that answers what it is told to; `asked` counts, `answered` is set when it was asked."""

    def __init__(self, total: int = 0, watch: Watch | None = None) -> None:
        self.total, self.error, self.takes = total, None, 0.0  # type: tuple[int, Exception | None, float]
        self.asked, self.is_ready, self.watch = 0, True, watch
        self.was_asked = threading.Event()

    def search(self, query: ServiceQuery) -> SearchPage:
        self.asked += 1
        if self.watch is not None:
            self.watch.now += self.takes
        self.was_asked.set()
        if self.error is not None:
            raise self.error
        return SearchPage(total=self.total)

    def health(self) -> IndexHealth:
        self.asked += 1
        if isinstance(self.error, CannotSearch):
            return IndexHealth("server", False, None, "c", 0, 0, str(self.error), not isinstance(self.error, IndexUnavailable))
        return IndexHealth("server", self.is_ready, "g", "c", 3, 2)

    def close(self) -> None:
        self.asked = -1


class Both:
    """A server and a reserve whose answers are told apart by their totals: 1 and 2."""

    def __init__(self) -> None:
        self.watch, self.told = Watch(), list[tuple[str, str]]()
        self.main, self.reserve = Scripted(1, self.watch), Scripted(2)
        self.recovered = threading.Event()
        self.has_caught_up = True
        self.breaker = Breaker(self.watch)
        self.engine = WithFallback(
            self.main,
            self.reserve,
            names=("server", "own"),
            breaker=self.breaker,
            clock=self.watch,
            tell=self._tell,
            has_caught_up=lambda: self.has_caught_up,
        )

    def _tell(self, what: str, why: str) -> None:
        self.told.append((what, why))
        if what == "recovered":
            self.recovered.set()

    def search(self) -> SearchPage:
        return self.engine.search(FOOD)

    def until_tried(self) -> None:
        """Wait for the try that goes on in the background."""
        assert self.main.was_asked.wait(10)
        while self.breaker._is_trying:
            threading.Event().wait(0.001)


@pytest.fixture
def both() -> Both:
    return Both()


@pytest.fixture
def page() -> Iterator[None]:
    """This thread answers a page."""
    begin_page()
    yield
    end_page()


@pytest.mark.parametrize("in_a_page", [True, False])
def test_the_server_answers_as_long_as_it_can(both: Both, in_a_page: bool) -> None:
    with ExitStack() as stack:
        if in_a_page:
            begin_page()
            stack.callback(end_page)
        found = both.search()
    assert (found.total, found.degraded, found.answered_by) == (1, False, "server")
    assert both.reserve.asked == 0


@pytest.mark.parametrize("error", [AWAY, IndexNotReady("Nothing has been published."), IndexUnavailable("Wrong key.")], ids=repr)
def test_the_reserve_answers_for_a_server_that_does_not_and_says_so(both: Both, error: CannotSearch) -> None:
    both.main.error = error
    found = both.search()
    assert (found.total, found.degraded, found.answered_by) == (2, True, "own")
    assert both.told == [("degraded", str(error))]
    assert both.engine.is_degraded


def test_while_it_is_away_nobody_asks_it_but_one_when_the_pause_is_over(both: Both) -> None:
    both.main.error = AWAY
    both.search()
    assert [both.search().total for _ in range(20)] == [2] * 20
    assert both.main.asked == 1
    both.main.was_asked.clear()
    both.watch.now += 1.1
    assert both.search().degraded, "whoever tries it is answered by the reserve at once"
    both.until_tried()
    assert both.main.asked == 2
    both.search()
    assert both.main.asked == 2


def test_it_answers_again_once_a_try_went_well(both: Both) -> None:
    both.main.error = AWAY
    both.search()
    both.main.error = None
    both.watch.now += 1.1
    both.search()
    assert both.recovered.wait(10)
    assert not both.search().degraded
    assert [what for what, _ in both.told] == ["degraded", "recovered"]


def test_one_that_came_back_slow_is_not_trusted_yet(both: Both) -> None:
    both.main.error = AWAY
    both.search()
    both.main.error, both.main.takes = None, 0.6
    both.main.was_asked.clear()
    both.watch.now += 1.1
    both.search()
    both.until_tried()
    assert both.search().degraded


def test_one_that_has_not_heard_yet_what_the_other_has_does_not_answer_yet(both: Both) -> None:
    both.main.error = AWAY
    both.search()
    both.main.error, both.has_caught_up = None, False
    both.main.was_asked.clear()
    both.watch.now += 1.1
    both.search()
    both.until_tried()
    assert both.search().degraded
    both.has_caught_up = True
    both.watch.now += 2.1
    both.search()
    assert both.recovered.wait(10)
    assert not both.search().degraded


def test_a_question_that_the_server_refuses_is_answered_by_the_reserve_and_the_next_by_the_server(both: Both) -> None:
    both.main.error = QuestionRefused("The search server refuses the question (invalid_search_filter).")
    assert both.search().degraded
    both.main.error = None
    assert not both.search().degraded


def test_a_server_that_refuses_every_question_is_given_up(both: Both) -> None:
    both.main.error = QuestionRefused("No.")
    for _ in range(MOST_REFUSALS + 5):
        assert both.search().degraded
    assert both.main.asked == MOST_REFUSALS


def test_an_answer_that_nobody_thought_of_reaches_no_reader(both: Both) -> None:
    both.main.error = KeyError("estimatedTotalHits")
    assert both.search().degraded
    assert both.told == [("refused", "The answer of the search server cannot be read (KeyError).")]


def test_where_the_reserve_is_not_built_the_server_is_asked_and_its_fault_is_told(both: Both) -> None:
    both.main.error, both.reserve.error = AWAY, IndexNotReady("Nothing has been published.")
    for _ in range(2):
        with pytest.raises(IndexUnavailable, match="cannot be reached"):
            both.search()
    both.main.error = None
    assert both.search().total == 1, "nobody waits for a pause where nothing else could answer"


@pytest.mark.usefixtures("page")
def test_all_questions_of_a_page_share_one_patience(both: Both) -> None:
    both.main.takes = 0.25
    assert [both.search().degraded for _ in range(5)] == [False, False, False, True, True]
    assert not both.engine.is_degraded, "a server that was slow has not failed"
    begin_page()
    assert not both.search().degraded


def test_its_health_is_that_of_the_server_and_does_not_ask_while_that_is_away(both: Both) -> None:
    assert both.engine.health().ready
    both.main.error = AWAY
    health = both.engine.health()
    assert (health.ready, health.reachable, health.detail) == (False, False, str(AWAY))
    assert both.search().degraded, "what health found is known to searches"
    asked = both.main.asked
    assert not both.engine.health().ready
    assert both.main.asked == asked


def test_an_index_that_is_not_built_is_not_called_unreachable(both: Both) -> None:
    both.main.error = IndexNotReady("Built by another version.")
    both.search()
    health = both.engine.health()
    assert (health.ready, health.reachable, health.detail) == (False, True, "Built by another version.")


def test_it_says_which_indexes_may_answer(both: Both) -> None:
    assert both.engine.answering() == ("server", "own")
    both.main.error = AWAY
    both.search()
    assert both.engine.answering() == ("own",)


def test_closing_closes_both(both: Both) -> None:
    both.engine.close()
    assert (both.main.asked, both.reserve.asked) == (-1, -1)


# A real connection to something that is no good


def _never_answers(server: socket.socket, ended: threading.Event) -> None:
    kept = []
    while not ended.is_set():
        try:
            kept.append(server.accept()[0])
        except OSError:
            break
    for each in kept:
        each.close()


def _answers_a_byte_at_a_time(server: socket.socket, ended: threading.Event) -> None:
    """Each read comes in time, and the answer never ends: limits of a socket alone would not help."""
    while not ended.is_set():
        try:
            peer = server.accept()[0]
        except OSError:
            return
        peer.recv(65536)
        with ExitStack() as stack:
            stack.callback(peer.close)
            try:
                peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while not ended.wait(0.05):
                    peer.sendall(b" ")
            except OSError:
                continue


@pytest.fixture(params=[_never_answers, _answers_a_byte_at_a_time], ids=["silent", "trickling"])
def bad_server(request: pytest.FixtureRequest) -> Iterator[str]:
    behave: Callable[[socket.socket, threading.Event], None] = request.param
    with socket.create_server(("127.0.0.1", 0)) as server:
        ended = threading.Event()
        thread = threading.Thread(target=behave, args=(server, ended), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        ended.set()
        server.shutdown(socket.SHUT_RDWR)
    thread.join(10)


@pytest.mark.usefixtures("page")
def test_a_page_waits_less_than_a_second_for_all_its_questions_whatever_the_server_does(bad_server: str, tmp_path: Path) -> None:
    reserve = TantivyEngine(tmp_path)
    reserve.begin_rebuild().publish()
    engine = WithFallback(MeiliEngine(bad_server, search_key="k"), reserve)
    began = monotonic()
    answers = [engine.search(FOOD) for _ in range(12)]
    assert monotonic() - began < 1.0
    assert all(answer.degraded for answer in answers)
    engine.close()
