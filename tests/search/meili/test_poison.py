"""A batch that the server fails is halved until the one service that cannot be written stands alone; all others are written."""

import pytest

from search_index.documents import ListingDocument
from search_index.meili import contract, encoding
from search_index.port import Drop, Put
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
