"""The neighbourhood, without an index, anew for each test, and people who edit it."""

import pytest

from directory.domain.editing.authors import Author
from directory.services.parts import Parts
from tests.support.neighbourhood import fill

EDITOR = Author("ana@harbour.example", role="editor", organization="Harbour House")
PLANNER = Author("planner@county.example", role="planner", organization="County")


@pytest.fixture
def house(parts: Parts) -> Parts:
    fill(parts)
    return parts
