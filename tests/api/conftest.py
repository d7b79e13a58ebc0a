"""A furnished installation, made once for each kind of database: tests of the interface only read."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.services.parts import Parts
from tests.support.databases import MOSTLY_ONE
from tests.support.installations import furnished_parts


@pytest.fixture(scope="session", params=MOSTLY_ONE)
def furnished(request: pytest.FixtureRequest, sqlite_template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The working parts of a small neighbourhood, with its index built."""
    with furnished_parts(request, request.param, sqlite_template, tmp_path_factory.mktemp("furnished")) as made:
        yield made


@pytest.fixture(scope="session")
def app(furnished: Parts) -> Flask:
    from directory.app import app_of

    made = app_of(furnished)
    made.testing = True
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
