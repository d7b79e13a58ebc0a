"""Facets of the embedded index stay exact when there are far more values than are shown."""

from dataclasses import replace

from search_index.embedded import TantivyEngine, facets
from search_index.port import Put
from search_index.query import Facet, ServiceQuery
from tests.search.contract.engines import fill, oracle
from tests.search.contract.writer_process import put


def documents(count: int):
    """Organizations of very unequal size; many of the small ones are equally small. Languages mostly not known."""
    for number in range(count):
        listing = put(f"{number:04d}", "Food bank").documents[0]
        languages = (f"l{number % 90}",) if number % 3 == 0 else ()
        yield replace(listing, organization_id=f"o{number % (7 + number % 60)}", languages=languages)


def test_many_values_spread_over_segments_are_counted_exactly(tmp_path, monkeypatch):
    monkeypatch.setattr(facets, "_SPARE", 1)
    listings = tuple(documents(300))
    engine = TantivyEngine(tmp_path)
    fill(engine, listings[:150])
    for start in range(150, 300, 50):
        engine.apply([Put(listing.service_id, 1, (listing,)) for listing in listings[start : start + 50]])
    for limit in (1, 3, 10, 40):
        query = ServiceQuery(facets=frozenset({Facet.ORGANIZATION, Facet.LANGUAGE}), facet_limit=limit)
        found, expected = engine.search(query), oracle(listings).search(query)
        assert found.facets == expected.facets
        assert found.facet_unknown == expected.facet_unknown == {Facet.LANGUAGE: 200}
