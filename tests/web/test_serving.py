"""A process that serves for long does not stop answering to look through what it remembers."""

import gc

import pytest

from directory import app as composition
from directory.services.keeping.measures import SHARED
from tests.support import garbage


@pytest.fixture
def collector():
    """The collector of garbage, left as it was found."""
    gc.unfreeze()
    yield gc
    gc.unfreeze()
    garbage.settle()


def test_what_was_made_at_the_start_is_never_looked_through_again(collector, monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv(SHARED, "")  # put back at the end, whatever serving sets it to
    kept = [object()]
    monkeypatch.setattr(composition, "create_app", lambda settings: kept)
    assert composition.served_app() is kept
    assert collector.get_freeze_count() > 0
    assert not any(each is kept for each in collector.get_objects())
    assert collector.get_threshold()[0] > 10_000
