"""Keys from the master key: enough for what they are for, and for nothing else."""

import pytest
import requests

from search_index.documents import ListingDocument
from search_index.meili import MeiliEngine
from search_index.meili.keys import make_keys
from search_index.port import IndexUnavailable
from search_index.query import ServiceQuery
from tests.search.contract.engines import fill

pytestmark = pytest.mark.meilisearch

FOOD = ListingDocument("a-1", "a", 1, "Food bank", "o", "Organization", "s")


@pytest.fixture
def name(meilisearch_server):
    made = meilisearch_server.new_name()
    yield made
    meilisearch_server.remove(made)


def test_the_same_master_key_gives_the_same_keys(meilisearch_server, name):
    first = make_keys(meilisearch_server.url, meilisearch_server.master_key, name)
    assert make_keys(meilisearch_server.url, meilisearch_server.master_key, name) == first
    assert first.search != first.write
    assert meilisearch_server.master_key not in (first.search, first.write)


def test_with_both_keys_everything_an_engine_does_can_be_done(meilisearch_server, name):
    keys = make_keys(meilisearch_server.url, meilisearch_server.master_key, name)
    engine = MeiliEngine(meilisearch_server.url, search_key=keys.search, write_key=keys.write, index=name, patience=20)
    for _ in range(3):  # the third removes what the first left
        fill(engine, [FOOD])
    assert engine.apply([]).applied == ()
    assert engine.search(ServiceQuery("food")).total == 1
    assert list(engine.versions()) == [("a", 1)]
    assert engine.health().ready
    engine.begin_rebuild().discard()
    engine.close()


def test_the_search_key_changes_nothing_and_neither_key_reaches_other_indexes(meilisearch_server, name):
    keys = make_keys(meilisearch_server.url, meilisearch_server.master_key, name)
    other = meilisearch_server.engine()
    fill(other, [FOOD])

    def status(key, method, path, body=None):
        headers = {"Authorization": f"Bearer {key}"}
        return requests.request(method, f"{meilisearch_server.url}/{path}", json=body, headers=headers, timeout=20).status_code

    assert status(keys.search, "POST", f"indexes/{name}/documents", []) == 403
    assert status(keys.search, "GET", f"indexes/{name}/settings") == 403
    assert status(keys.search, "GET", "tasks") == 403
    for key in (keys.search, keys.write):
        assert status(key, "POST", f"indexes/{other.name}/search", {}) == 403
        assert status(key, "GET", "keys") == 403
        assert status(key, "POST", "dumps") == 403
    other.close()


def test_a_key_of_another_scope_is_made_anew(meilisearch_server, name):
    before = make_keys(meilisearch_server.url, meilisearch_server.master_key, name)
    uid = next(key["uid"] for key in meilisearch_server.ask("GET", "keys?limit=1000")["results"] if key["key"] == before.search)
    meilisearch_server.ask("DELETE", f"keys/{uid}")
    wide = {"uid": uid, "actions": ["*"], "indexes": ["*"], "expiresAt": None}
    meilisearch_server.ask("POST", "keys", wide)
    make_keys(meilisearch_server.url, meilisearch_server.master_key, name)
    assert meilisearch_server.ask("GET", f"keys/{uid}")["indexes"] == [f"{name}*"]


def test_a_wrong_key_is_told_without_repeating_it(meilisearch_server, name):
    engine = MeiliEngine(meilisearch_server.url, search_key="a-key-that-is-wrong", index=name, patience=20)
    with pytest.raises(IndexUnavailable, match="does not accept the key") as told:
        engine.search(ServiceQuery("food"))
    assert "a-key-that-is-wrong" not in str(told.value)
    assert not engine.health().reachable
    engine.close()
