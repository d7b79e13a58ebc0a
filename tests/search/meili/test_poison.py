"""A batch that the server fails is halved until the one service that cannot be written stands alone; all others are written."""

import pytest

from search_index.documents import ListingDocument
from search_index.meili import contract, encoding
from search_index.meili.connection import Refusal
from search_index.meili.tasks import Tasks
from search_index.port import Drop, IndexNotReady, IndexUnavailable, Put, WritingRefused
from search_index.query import ServiceQuery
from tests.search.contract.engines import fill, puts

pytestmark = pytest.mark.meilisearch


def listing(service: str, name: str = "Food bank") -> ListingDocument:
    return ListingDocument(f"{service}-1", service, 1, name, "o", "Organization", "s")


@pytest.fixture
def poisoned(monkeypatch):
    """Listings named poison are encoded so that the server's task fails: their documents have no acceptable key."""
    honest = encoding._encoded

    def encoded(document, *given, **named):
        held = honest(document, *given, **named)
        return {**held, contract.ID: "not a key!"} if document.name == "poison" else held

    monkeypatch.setattr(encoding, "_encoded", encoded)


@pytest.fixture
def engine(meilisearch_server):
    made = meilisearch_server.engine()
    yield made
    made.close()


def found(engine) -> set[str]:
    return {hit.service_id for hit in engine.search(ServiceQuery(per_page=100)).hits}


def test_one_poison_in_a_batch_is_named_with_the_server_s_reason_and_the_others_are_found(engine, poisoned):
    fill(engine, [listing("a")])
    batch = [*puts([listing(f"s{number:02}") for number in range(12)]), Drop("a", 2)]
    batch.insert(7, Put("bad", 1, (listing("bad", "poison"),)))
    receipt = engine.apply(batch)
    assert [service for service, _ in receipt.failed] == ["bad"]
    assert "invalid" in receipt.failed[0][1]
    assert set(receipt.applied) == {f"s{number:02}" for number in range(12)} | {"a"}
    assert found(engine) == {f"s{number:02}" for number in range(12)}
    assert engine.search(ServiceQuery("bank")).total == 12


def test_words_of_a_batch_with_poison_are_known_to_readers_all_the_same(engine, poisoned):
    fill(engine, [listing("a")])
    engine.apply([Put("bad", 1, (listing("bad", "poison"),)), Put("b", 1, (listing("b", "Wheelchairs"),))])
    assert {hit.service_id for hit in engine.search(ServiceQuery("weelchairs")).hits} == {"b"}


def test_a_rebuild_tells_of_poison_and_holds_all_others(engine, poisoned):
    rebuild = engine.begin_rebuild()
    failed = list(rebuild.add(puts([listing("a"), listing("bad", "poison"), listing("b")])).failed)
    failed += rebuild.add(puts([listing("c")])).failed
    failed += rebuild.add(()).failed
    rebuild.publish()
    assert [service for service, _ in failed] == ["bad"]
    assert found(engine) == {"a", "b", "c"}


def test_a_service_that_is_refused_stays_as_it_was(engine, poisoned):
    fill(engine, [listing("a"), listing("b")])
    engine.apply([Put("a", 2, (listing("a", "poison"),))])
    assert list(engine.versions()) == [("a", 1), ("b", 1)]


def its_own_fault() -> Refusal:
    return Refusal("An internal error has occurred.", "internal", 500, "internal")


def test_a_server_that_writes_nothing_at_all_blames_no_service(engine, monkeypatch):
    fill(engine, [listing("a")])

    def broken(*_given):
        raise its_own_fault()

    monkeypatch.setattr(Tasks, "begin_documents", broken)
    with pytest.raises(WritingRefused, match="refuses to write"):
        engine.apply(puts([listing("b"), listing("c")]))
    monkeypatch.undo()
    assert engine.apply(puts([listing("b"), listing("c")])).failed == ()
    assert found(engine) == {"a", "b", "c"}


def test_a_service_that_makes_the_server_fail_each_time_is_named_when_others_can_be_written(engine, monkeypatch):
    fill(engine, [listing("a")])
    honest = Tasks.begin_documents

    def begin(tasks, index, documents):
        if any(document.get("name") == ["poison"] for document in documents):
            raise its_own_fault()
        return honest(tasks, index, documents)

    monkeypatch.setattr(Tasks, "begin_documents", begin)
    receipt = engine.apply(puts([listing("b"), listing("bad", "poison"), listing("c")]))
    assert [service for service, _ in receipt.failed] == ["bad"]
    assert found(engine) == {"a", "b", "c"}


def test_tasks_that_somebody_cancelled_blame_no_service(engine, meilisearch_server, monkeypatch):
    fill(engine, [listing("a")])
    honest = Tasks._has_succeeded

    def has_succeeded(tasks, task):
        found = tasks._client.get_task(task)
        monkeypatch.setattr(tasks._client, "get_task", lambda _task: type(found)(**{**vars(found), "status": "canceled"}))
        return honest(tasks, task)

    monkeypatch.setattr(Tasks, "_has_succeeded", has_succeeded)
    with pytest.raises(IndexUnavailable, match="cancelled"):
        engine.apply(puts([listing("b")]))


def test_what_is_refused_only_by_the_generation_that_is_being_built_is_told(engine, monkeypatch):
    fill(engine, [listing("a")])
    rebuild = engine.begin_rebuild()
    rebuild.add(puts([listing("a")]))
    honest, new = Tasks.begin_documents, rebuild._new

    def begin(tasks, index, documents):
        if index == new and any(document.get("name") == ["choosy"] for document in documents):
            documents = [{**document, contract.ID: "not a key!"} for document in documents]
        return honest(tasks, index, documents)

    monkeypatch.setattr(Tasks, "begin_documents", begin)
    receipt = engine.apply(puts([listing("b"), listing("c", "choosy")]))
    assert (receipt.applied, [service for service, _ in receipt.failed]) == (("b",), ["c"])
    rebuild.publish()
    assert found(engine) == {"a", "b"}


def test_poison_that_is_found_out_while_changes_overtake_is_told_by_the_next_batch(engine, poisoned):
    fill(engine, [listing("a")])
    rebuild = engine.begin_rebuild()
    told = list(rebuild.add(puts([listing("a"), listing("bad", "poison")])).failed)
    engine.apply(puts([listing("b")]))
    told += rebuild.add(()).failed
    rebuild.publish()
    assert [service for service, _ in told] == ["bad"]
    assert found(engine) == {"a", "b"}


def test_an_index_that_never_got_its_settings_is_to_be_built(engine, meilisearch_server):
    """As its builder leaves it who is killed between making it and swapping it in."""
    connection = engine._write
    Tasks(connection).run("POST", "indexes", {"uid": engine.name, "primaryKey": "id"})
    for act in (engine.edition, lambda: list(engine.versions()), lambda: engine.apply(puts([listing("a")]))):
        with pytest.raises(IndexNotReady):
            act()
    assert engine.health().reachable
    fill(engine, [listing("a")])
    assert found(engine) == {"a"}
