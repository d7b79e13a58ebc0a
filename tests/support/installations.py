"""A small furnished installation in a folder of its own: the neighbourhood in a fresh database, its index built, its clock stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from directory.domain.clock import FixedClock
from directory.domain.community import Community
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.session import Database
from search_index.embedded import TantivyEngine
from tests.support.databases import fresh_address
from tests.support.moments import MONDAY_MORNING
from tests.support.neighbourhood import fill, furnish
from tests.support.places import FewPlaces


@contextmanager
def furnished_parts(
    request: pytest.FixtureRequest, kind: str, sqlite_template: Path, folder: Path, community: Community | None = None, *,
    is_indexed: bool = True,
) -> Iterator[Parts]:  # fmt: skip
    """The working parts of the neighbourhood on a kind of database ("sqlite", "postgresql"), as another community where one is given."""
    settings = Settings(data_dir=folder, secret_key="a key for tests only, of good length")
    with fresh_address(request, kind, sqlite_template, folder) as address:
        database, search = Database(address), TantivyEngine(settings.index_dir)
        made = Parts(settings=settings, database=database, search=search, geocoding=FewPlaces(), clock=FixedClock(MONDAY_MORNING))
        if is_indexed:
            furnish(made)
        else:
            fill(made)
        if community is not None:
            save_community(made, "tests", community)
        yield made
        search.close()
        database.close()
