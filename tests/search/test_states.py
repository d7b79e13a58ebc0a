"""The versions of a large index are listed piece by piece, and none is missed."""

import pytest

from search_index.embedded import TantivyEngine
from search_index.embedded.generations import Generations
from search_index.embedded.schema import contract
from search_index.embedded.snapshot import Reader
from search_index.embedded.states import states
from search_index.synonyms import shipped_synonyms
from tests.search.contract.engines import fill
from tests.search.contract.writer_process import put


@pytest.mark.parametrize("at_once", [1, 2, 7, 1_000])
def test_every_service_is_listed_once_in_id_order(tmp_path, at_once):
    ids = ["a", "a ", "aa", "aab", "ab", "b", "B", "10", "9", "~", "a-1", "c0ffee"]
    engine = TantivyEngine(tmp_path)
    fill(engine, [put(service, "Food bank").documents[0] for service in ids])
    engine.apply([put("b", "Shelter")])
    snapshot = Reader(Generations(tmp_path, contract(shipped_synonyms()))).snapshot()
    assert list(states(snapshot, at_once)) == [(service, 1) for service in sorted(ids)]
