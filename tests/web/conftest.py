"""A small furnished installation that pages are read from, made once for each kind of database; and the clock it stands at."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from directory.app import app_of
from directory.domain.community import CrisisNumber
from directory.services.parts import Parts
from tests.support.databases import KINDS, MOSTLY_ONE
from tests.support.installations import furnished_parts
from tests.support.neighbourhood import WEST_PHILADELPHIA

THREE_LANGUAGES = replace(
    WEST_PHILADELPHIA,
    languages=("en", "fr", "es"),
    mail="help@directory.example",
    crisis_numbers=(
        CrisisNumber("988", {"en": "Crisis line", "fr": "Ligne de crise"}, {"en": "day and night"}, text_number="988"),
        CrisisNumber("911", {"en": "Emergency", "fr": "Urgence"}, {"en": "danger now"}, emergency=True),
    ),
)


@pytest.fixture(scope="package", params=MOSTLY_ONE)
def furnished(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The working parts of a small neighbourhood that speaks three languages, with its index built."""
    with furnished_parts(request, request.param, sqlite_template, tmp_path_factory.mktemp("furnished"), THREE_LANGUAGES) as made:
        yield made


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates compiled once, for tests that make an application of their own each."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="package")
def app(furnished: Parts) -> Flask:
    made = app_of(furnished)
    made.testing = True
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def page(app: Flask) -> Iterator[None]:
    """Inside a request of a page in English, for words that are made while one is answered."""
    with app.test_request_context("/?lang=en"):
        yield


ON_BOTH = pytest.mark.parametrize("edited", KINDS, indirect=True)
"""For the most important tests of pages that write listings."""


@pytest.fixture
def edited(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Iterator[Parts]:
    """A neighbourhood of its own for each test that writes listings: on SQLite, and where a test asks for it (`ON_BOTH`) on PostgreSQL,
    too; for the rest the use cases are tested there."""
    kind = getattr(request, "param", "sqlite")
    with furnished_parts(request, kind, sqlite_template, tmp_path, THREE_LANGUAGES, is_indexed=False) as made:
        yield made


@pytest.fixture
def edited_app(edited: Parts, compiled_templates: FileSystemBytecodeCache) -> Flask:
    """The application over it."""
    made = app_of(edited)
    made.jinja_env.bytecode_cache = compiled_templates
    made.testing = True
    return made
