"""The embedded index among processes: one writer, readers that see every commit, and nothing committed lost to a kill."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search_index.embedded import TantivyEngine, schema
from search_index.port import IndexNotReady, Put, WriterBusy
from search_index.query import ServiceQuery
from search_index.synonyms import synonyms_from
from tests.search.contract.engines import fill
from tests.search.contract.writer_process import put

SCRIPT = Path(__file__).parent / "contract" / "writer_process.py"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[TantivyEngine]:
    made = TantivyEngine(tmp_path / "index")
    fill(made, [])
    yield made
    made.close()


@contextmanager
def process(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(SCRIPT), str(folder), *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
        try:
            yield started
        finally:
            started.kill()


def total(engine: TantivyEngine, text: str = "") -> int:
    return engine.search(ServiceQuery(text)).total


def test_a_second_writer_is_told_that_another_is_writing(engine, tmp_path):
    with process(tmp_path / "index", "hold") as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(WriterBusy):
            engine.apply([put("a", "Food bank")])
        with pytest.raises(WriterBusy):
            engine.begin_rebuild()
        assert total(engine) == 0
        other.communicate("")
    engine.apply([put("a", "Food bank")])
    assert total(engine) == 1


def test_the_lock_of_a_killed_writer_is_free_again(engine, tmp_path):
    with process(tmp_path / "index", "hold") as other:
        assert other.stdout.readline() == "held\n"
        other.send_signal(signal.SIGKILL)
        other.wait()
    engine.apply([put("a", "Food bank")])
    assert total(engine) == 1


def test_a_reader_sees_what_another_process_commits(engine, tmp_path):
    assert total(engine) == 0
    for number in range(3):
        with process(tmp_path / "index", "put", f"s{number}", "Food bank") as other:
            assert other.stdout.readline() == "put\n"
            assert total(engine, "food") == number + 1


def test_a_reader_that_was_open_before_a_rebuild_sees_the_new_generation(engine, tmp_path):
    reader = TantivyEngine(tmp_path / "index")
    assert total(reader) == 0
    for round_ in range(3):
        rebuild = engine.begin_rebuild()
        rebuild.add([put(f"{round_}-{number}", "Food bank") for number in range(round_ + 1)])
        rebuild.publish()
        assert total(reader) == round_ + 1
    generations = [path for path in (tmp_path / "index").iterdir() if path.is_dir()]
    assert len(generations) == 2


def test_searching_goes_on_while_generations_are_swapped(engine):
    sizes = range(1, 6)
    seen: list[int] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            seen.append(total(engine, "food"))

    fill(engine, put("0", "Food bank").documents)
    searching = threading.Thread(target=search)
    searching.start()
    try:
        for size in sizes:
            fill(engine, [put(f"{number}", "Food bank").documents[0] for number in range(size)])
    finally:
        done.set()
        searching.join()
    assert seen
    assert set(seen) <= set(sizes)
    assert total(engine, "food") == sizes[-1]


@pytest.mark.parametrize("reports", [1, 2, 4])
def test_what_a_killed_writer_had_confirmed_is_there(engine, tmp_path, reports):
    with process(tmp_path / "index", "forever") as other:
        confirmed = [int(other.stdout.readline()) for _ in range(reports)][-1]
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert total(engine, "written") >= confirmed
    assert total(engine, "written") % 5 == 0
    found = [service for service, _ in engine.versions()]
    assert found[:confirmed] == [f"{number:06d}" for number in range(confirmed)]
    engine.apply([put("after", "Written")])
    assert total(engine, "written") == len(found) + 1


def test_an_index_built_under_another_contract_is_not_read(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "contract", lambda synonyms: "0123456789ab")
    newer = TantivyEngine(tmp_path / "index")
    with pytest.raises(IndexNotReady):
        newer.search(ServiceQuery())
    with pytest.raises(IndexNotReady):
        newer.apply([Put("a", 1, ())])
    assert not newer.health().ready
    fill(newer, put("a", "Food bank").documents)
    assert total(newer) == 1


def test_an_index_built_with_other_phrases_that_mean_the_same_is_not_read(engine, tmp_path):
    words_only, phrases = ({"groups": [{"en": ["shelter", "refuge"]}]}, {"groups": [{"en": ["shelter", "place to sleep"]}]})
    fill(engine, put("a", "A place to sleep").documents)
    with pytest.raises(IndexNotReady):
        TantivyEngine(tmp_path / "index", synonyms=synonyms_from(words_only)).search(ServiceQuery())
    newer = TantivyEngine(tmp_path / "index", synonyms=synonyms_from(phrases))
    fill(newer, put("a", "A place to sleep").documents)
    assert total(newer, "shelter") == 1
    assert total(newer, "refuge") == 0


def test_an_engine_opened_before_a_fork_searches_and_sees_commits_in_the_child(engine, tmp_path):
    engine.apply([put("a", "Food bank")])
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from search_index.embedded import TantivyEngine\n"
        "from search_index.query import ServiceQuery\n"
        "engine = TantivyEngine(Path(sys.argv[1]))\n"
        "before = engine.search(ServiceQuery()).total\n"
        "print('searched', flush=True)\n"
        "if os.fork():\n"
        "    raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))\n"
        "sys.stdin.readline()\n"
        "os._exit(0 if (before, engine.search(ServiceQuery()).total) == (1, 2) else 3)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "index")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "searched\n"
        engine.apply([put("b", "Shelter")])
        child.communicate("go\n")
    assert child.returncode == 0
