"""Commands of a host with two indexes, while the search server is away: its own is kept, told of, brought back, upgraded all the same."""

from pathlib import Path

import pytest

from directory.jobs.worker import work
from directory.services.indexing.parked import is_rebuild_asked
from directory.services.parts import Parts
from search_index.port import Drop
from tests.cli.conftest import Say
from tests.support.neighbourhood import PANTRY

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def both(furnished: Parts, monkeypatch: pytest.MonkeyPatch) -> Parts:
    """The neighbourhood in this host's own index, and a search server that nobody has started."""
    for name, value in {"SEARCH_ENGINE": "meilisearch", "MEILI_URL": NOBODY, "MEILI_SEARCH_KEY": "k", "MEILI_WRITE_KEY": "k"}.items():
        monkeypatch.setenv(name, value)
    return furnished


def test_the_state_of_each_is_told_and_who_answers(say: Say, both: Parts) -> None:
    said = say("index", "status")
    assert "meilisearch (meilisearch): does not answer" in said.out
    assert "embedded (tantivy): ready" in said.out
    assert said.out.rstrip().endswith("Searches are answered by the latter.")
    told = say("index", "status", "--json").json
    assert (told["consumer"], told["degraded"], told["index"]["ready"]) == ("meilisearch", True, False)
    assert (told["fallback"]["consumer"], told["fallback"]["index"]["services"]) == ("embedded", 4)


def test_searches_are_answered_and_say_so(say: Say, both: Parts) -> None:
    said = say("search", "food")
    assert said.code == 0
    assert "not at full strength" in said.out
    assert say("search", "food", "--json").json["degraded"]


def test_the_doctor_warns_and_finds_nothing_wrong_with_the_index(say: Say, both: Parts) -> None:
    checks = {check["name"]: check for check in say("doctor", "--json").json["checks"]}
    assert checks["index"]["ok"]
    assert checks["index"]["warning"].startswith("Degraded")
    assert "4 services" in checks["fallback"]["found"]
    assert checks["fallback pending"]["ok"]


def test_a_rebuild_builds_the_one_that_can_be_and_leaves_the_other_to_its_worker(say: Say, both: Parts) -> None:
    generation = both.search.health().generation
    said = say("index", "rebuild", "--json")
    assert said.code == 1
    server, own = said.json["indexes"]
    assert (server["consumer"], own["consumer"], own["services"]) == ("meilisearch", "embedded", 4)
    assert "cannot be reached" in server["why_not"]
    assert both.search.health().generation == own["generation"] != generation


def test_one_is_built_by_its_name(say: Say, both: Parts) -> None:
    assert say("index", "rebuild", "--only", "embedded", "--json").json["services"] == 4
    said = say("index", "rebuild", "--only", "another")
    assert said.code == 1
    assert "it keeps meilisearch and embedded" in said.err
    assert "cannot be reached" in say("index", "rebuild", "--only", "meilisearch").err


def test_a_check_repairs_the_one_that_can_be_looked_at(say: Say, both: Parts) -> None:
    both.search.apply([Drop(PANTRY, 99)])
    said = say("index", "check", "--repair")
    assert said.code == 1, "the other was not looked at"
    assert "meilisearch: not looked at." in said.out
    assert "embedded: 4 services: 0 missing" in said.out
    assert say("index", "check", "--only", "embedded").code == 0


def test_a_copy_comes_back_while_the_server_is_away(say: Say, both: Parts, tmp_path: Path) -> None:
    copy = str(tmp_path / "all.copy")
    assert say("backup", copy).code == 0
    said = say("restore", copy, "--yes", "--json")
    assert said.code == 0
    assert list(said.json["not_built"]) == ["meilisearch"]
    assert say("index", "check", "--only", "embedded").out.startswith("4 services: 0 missing")
    assert say("search", "food", "--json").json["total"] > 0


def test_an_upgrade_goes_on_while_the_server_is_away(say: Say, both: Parts) -> None:
    steps = say("upgrade", "--json").json["steps"]
    assert any("meilisearch does not answer" in step for step in steps)
    assert "The index embedded and the directory agree." in steps


def test_a_worker_for_the_own_index_leaves_all_else_to_others(both: Parts) -> None:
    from directory.app import build_parts
    from directory.settings import read_settings

    parts = build_parts(read_settings())
    parts.each_index()[-1].search.apply([Drop(PANTRY, 99)])
    left = iter(range(3))
    work(parts, lambda _seconds: next(left, None) is None, own_index_only=True)
    server, own = parts.each_index()
    assert dict(own.search.versions()).keys() >= {PANTRY}
    assert is_rebuild_asked(server), "nobody has registered it"
    parts.search.close()
    parts.database.close()
