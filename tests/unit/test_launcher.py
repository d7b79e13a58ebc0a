"""The launcher adds what a setting needs, and nothing else."""

import importlib.machinery
import importlib.util
from types import ModuleType

import pytest

from tests.support.tree import ROOT


@pytest.fixture
def launcher() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("launcher", str(ROOT / "run"))
    spec = importlib.util.spec_from_loader("launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("environment", "extras"),
    [
        ({}, []),
        ({"DATABASE_URL": "sqlite:///x.sqlite", "SEARCH_ENGINE": "embedded"}, []),
        ({"DATABASE_URL": "postgresql+psycopg://host/name"}, ["postgresql"]),
        ({"OIDC_ISSUER": "https://login.example.org"}, ["oidc"]),
        ({"DATABASE_READ_URL": "postgresql+psycopg://host/name", "SEARCH_ENGINE": "meilisearch"}, ["postgresql", "meilisearch"]),
    ],
)
def test_a_setting_brings_the_packages_that_it_needs(launcher, environment, extras):
    assert launcher.extras_for(environment) == extras


def test_each_extra_has_a_lock_with_hashes_of_packages_that_everybody_does_not_need_already(launcher):
    def names(path):
        return {line.split("==")[0] for line in path.read_text().splitlines() if line[:1].isalpha()}

    for extra, lock in launcher.EXTRAS.items():
        assert names(lock), extra
        assert "--hash=sha256:" in lock.read_text()
        assert not names(lock) & names(launcher.LOCKS["use"])
        assert names(lock) <= names(launcher.LOCKS["test"])
