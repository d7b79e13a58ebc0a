"""A furnished installation, made once for each kind of database: tests of the interface only read."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.domain.clock import FixedClock
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.session import Database
from search_index.embedded import TantivyEngine
from tests.support.databases import KINDS, fresh_address
from tests.support.moments import MONDAY_MORNING
from tests.support.neighbourhood import furnish
from tests.support.places import FewPlaces


@pytest.fixture(scope="session", params=KINDS)
def furnished(request: pytest.FixtureRequest, sqlite_template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The working parts of a small neighbourhood, with its index built."""
    folder = tmp_path_factory.mktemp("furnished")
    settings = Settings(data_dir=folder, secret_key="a key for tests only, of good length")
    with fresh_address(request, request.param, sqlite_template, folder) as address:
        database, search = Database(address), TantivyEngine(settings.index_dir)
        made = Parts(settings=settings, database=database, search=search, geocoding=FewPlaces(), clock=FixedClock(MONDAY_MORNING))
        furnish(made)
        yield made
        search.close()
        database.close()


@pytest.fixture(scope="session")
def app(furnished: Parts) -> Flask:
    from directory.app import app_of

    made = app_of(furnished)
    made.testing = True
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
