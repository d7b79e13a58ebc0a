"""What every engine does with what it is fed: durable, idempotent, one bad document holding up no other, rebuilds swapped in whole."""

from dataclasses import replace

import pytest

from search_index.documents import ListingDocument
from search_index.oracle import ScanEngine
from search_index.port import Drop, IndexNotReady, Put, SearchEngine, WriterBusy
from search_index.query import ServiceQuery
from tests.search.contract.engines import ENGINES, EVERY, Maker, fill, fresh, named, puts

MAKERS: dict[str, Maker] = {"scan": lambda folder: ScanEngine(), **ENGINES}


@pytest.fixture(params=["scan", *EVERY])
def engine(request):
    with fresh(MAKERS[request.param]) as made:
        yield made


def listing(service: str, name: str = "Food bank", place: int = 1, **values: object) -> ListingDocument:
    return replace(ListingDocument(f"{service}-{place}", service, 1, name, "o1", "Organization", "source"), **values)


def found(engine: SearchEngine, text: str = "") -> set[str]:
    return {hit.service_id for hit in engine.search(ServiceQuery(text, per_page=100)).hits}


def test_an_engine_without_an_index_says_so(engine):
    assert not engine.health().ready
    asking = (lambda: engine.search(ServiceQuery()), lambda: list(engine.versions()), engine.edition)
    for act in (*asking, lambda: engine.apply([Drop("a", 1)])):
        with pytest.raises(IndexNotReady):
            act()


def test_what_is_applied_is_found_at_once_and_what_is_dropped_no_more(engine):
    fill(engine, [listing("a"), listing("b", "Night shelter")])
    receipt = engine.apply([Put("c", 1, (listing("c", "Detox"),)), Drop("a", 2)])
    assert set(receipt.applied) == {"a", "c"}
    assert found(engine) == {"b", "c"}
    assert found(engine, "detox") == {"c"}


def test_a_put_replaces_every_document_of_its_service(engine):
    fill(engine, [listing("a", "Old name", place=1), listing("a", "Old name", place=2), listing("b")])
    engine.apply([Put("a", 2, (listing("a", "New name", place=3),))])
    assert found(engine, "old") == set()
    assert [hit.document_id for hit in engine.search(ServiceQuery("new")).hits] == ["a-3"]
    assert (engine.health().documents, engine.health().services) == (2, 2)


def test_applying_twice_changes_nothing(engine):
    fill(engine, [listing("a")])
    for _ in range(2):
        engine.apply([Put("b", 3, (listing("b", place=1), listing("b", place=2))), Drop("missing", 1)])
    assert engine.health().documents == 3
    assert list(engine.versions()) == [("a", 1), ("b", 3)]


def test_operations_of_a_batch_are_carried_out_in_order(engine):
    fill(engine, [listing("a")])
    engine.apply([Put("b", 1, (listing("b"),)), Drop("b", 2), Put("c", 1, (listing("c", "One"),)), Put("c", 2, (listing("c", "Two"),))])
    assert list(engine.versions()) == [("a", 1), ("c", 2)]
    assert found(engine, "two") == {"c"}


def test_each_write_gives_another_edition_which_the_receipt_names(engine):
    fill(engine, [listing("a")])
    seen = [engine.edition()]
    for operation in (Put("b", 1, (listing("b"),)), Drop("b", 2), Drop("nobody", 1)):
        receipt = engine.apply([operation])
        assert receipt.edition == engine.edition()
        seen.append(receipt.edition)
    assert len({edition.rpartition("/")[0] for edition in seen}) == 1, "one generation"
    fill(engine, [listing("a")])
    assert len({*seen, engine.edition()}) == 5


def test_a_service_without_documents_is_not_found(engine):
    fill(engine, [listing("a")])
    assert engine.apply([Put("a", 2, ())]).applied == ("a",)
    assert found(engine) == set()
    assert list(engine.versions()) == []


@pytest.mark.parametrize(
    "poison",
    [
        Put("bad", 1, (listing("bad", latitude=95.0, longitude=0.0),)),
        Put("bad", 1, (listing("bad", latitude=float("nan"), longitude=0.0),)),
        Put("bad", 1, (listing("bad", latitude=45.0),)),
        Put("bad", 1, (listing("other"),)),
        Put("bad", 1, (listing("bad"), listing("bad"))),
        Put("bad", -1, (listing("bad"),)),
        Put("", 1, ()),
    ],
)
def test_what_cannot_be_indexed_is_reported_and_the_others_are_applied(engine, poison):
    fill(engine, [listing("a")])
    receipt = engine.apply([Put("b", 1, (listing("b"),)), poison, Put("c", 1, (listing("c"),))])
    assert receipt.applied == ("b", "c")
    assert [service for service, _ in receipt.failed] == [poison.service_id]
    assert receipt.failed[0][1].endswith(".")
    assert found(engine) == {"a", "b", "c"}


def test_what_cannot_be_indexed_leaves_what_was_there(engine):
    fill(engine, [listing("a")])
    engine.apply([Put("a", 2, (listing("a", latitude=95.0, longitude=0.0),))])
    assert list(engine.versions()) == [("a", 1)]


def test_versions_come_in_id_order(engine):
    fill(engine, [listing(service) for service in ("b", "a-2", "a", "10", "9", "B", "a 1")])
    assert [service for service, _ in engine.versions()] == sorted(["b", "a-2", "a", "10", "9", "B", "a 1"])


def test_a_rebuild_replaces_everything_when_it_is_published_and_not_before(engine):
    fill(engine, [listing("a")])
    rebuild = engine.begin_rebuild()
    receipt = rebuild.add(puts([listing("b")]))
    assert receipt.applied == ("b",)
    assert found(engine) == {"a"}
    rebuild.publish()
    assert found(engine) == {"b"}


def test_a_rebuild_that_is_discarded_changes_nothing(engine):
    fill(engine, [listing("a")])
    rebuild = engine.begin_rebuild()
    rebuild.add(puts([listing("b")]))
    rebuild.discard()
    assert found(engine) == {"a"}
    fill(engine, [listing("c")])
    assert found(engine) == {"c"}


def test_an_empty_rebuild_finds_nothing_and_is_ready(engine):
    fill(engine, [])
    assert found(engine) == set()
    assert engine.health().ready


@pytest.fixture(params=named("tantivy", "meilisearch"))
def lasting(request):
    with fresh(ENGINES[request.param]) as made:
        yield made


def test_a_change_applied_during_a_rebuild_is_in_both_and_not_overwritten_by_what_is_older(lasting):
    fill(lasting, [listing("a", "First"), listing("b")])
    rebuild = lasting.begin_rebuild()
    lasting.apply([Put("a", 2, (listing("a", "Second"),)), Drop("b", 2)])
    assert found(lasting, "second") == {"a"}
    rebuild.add(puts([listing("a", "First"), listing("b")]))
    rebuild.publish()
    assert found(lasting) == {"a"}
    assert found(lasting, "second") == {"a"}


def test_two_rebuilds_at_once_are_refused(lasting):
    rebuild = lasting.begin_rebuild()
    with pytest.raises(WriterBusy):
        lasting.begin_rebuild()
    rebuild.discard()
    lasting.begin_rebuild().discard()
