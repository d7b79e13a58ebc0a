"""Pages of a receiver and of a person: a town, an application over it, and the addresses that its mails bring."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from directory.app import app_of
from directory.services.parts import Parts
from tests.support.referrals import Town, town

__all__ = ["town"]


@pytest.fixture
def app(parts: Parts, town: Town, compiled_templates: FileSystemBytecodeCache) -> Flask:
    made = app_of(parts)
    made.jinja_env.bytecode_cache = compiled_templates
    made.testing = True
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
