"""The real gazetteer, unpacked once for all runs of one person's tests: its name changes with the data and the code that fills it."""

import pytest

from directory.gateways.geocode.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return open_gazetteer(tmp_path_factory.getbasetemp().parent / "gazetteer")
