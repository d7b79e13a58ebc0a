"""Each kind of fault once, to an installation of real processes: afterwards nothing waits, nothing is lost, nothing differs.

`python -m tests.faults.campaign` does the same for hours.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.faults.campaign import report
from tests.faults.house import House
from tests.faults.kinds import Kind, kinds_for
from tests.support.meilisearch import NoServer as NoMeilisearch
from tests.support.postgresql import NoServer as NoPostgreSQL

SERVICES = 120
ALWAYS = frozenset(
    {
        ("embedded", "poison row"),
        ("meilisearch", "search server killed"),
        ("meilisearch", "database server killed"),
    }
)
"""What every run tries; the others are slow."""

MARKS = {"embedded": [], "meilisearch": [pytest.mark.meilisearch, pytest.mark.postgresql]}
DATABASES = {"embedded": "sqlite", "meilisearch": "postgresql"}


@pytest.fixture(scope="module")
def houses() -> Iterator[dict[str, House]]:
    """By engine, opened when first asked for."""
    opened: dict[str, House] = {}
    yield opened
    for house in opened.values():
        house.close()
        shutil.rmtree(house.folder, ignore_errors=True)


def every_kind() -> list[ParameterSet]:
    return [
        pytest.param(engine, kind, id=f"{engine}, {kind.name}", marks=[*marks, *slow])
        for engine, marks in MARKS.items()
        for kind in kinds_for(engine, DATABASES[engine])
        for slow in [[] if (engine, kind.name) in ALWAYS else [pytest.mark.slow]]
    ]


def house_of(houses: dict[str, House], engine: str) -> House:
    if engine not in houses:
        folder = Path(tempfile.mkdtemp(prefix="directory-house-"))
        folder.chmod(0o755)  # a database server that another user runs lies in it
        try:
            houses[engine] = House(folder, engine, DATABASES[engine])
            houses[engine].open(SERVICES)
        except (NoMeilisearch, NoPostgreSQL) as error:
            pytest.skip(str(error))
    return houses[engine]


@pytest.mark.parametrize(("engine", "kind"), every_kind())
def test_everything_heals_by_itself(houses: dict[str, House], engine: str, kind: Kind) -> None:
    house, dice = house_of(houses, engine), random.Random(kind.name)
    house.wait_until_healed(dice)
    kind.bring(house, dice)
    _, documents = house.wait_until_healed(dice)
    assert documents > SERVICES / 2
    assert not any(house.parked())


def test_the_report_says_how_long_each_kind_took() -> None:
    rounds = [{"kind": "disk full", "healed": float(number), "documents": 10} for number in range(1, 101)]
    told = report(rounds, 7.0).splitlines()
    assert told[2] == told[3].replace("| all |", "| disk full |") == "| disk full | 100 | 50.0 | 95.0 | 100.0 |"
    assert told[4] == "100 rounds, 1000 documents compared: 0 divergent, 0 lost, 0 doubled. The last run took 7 s."
