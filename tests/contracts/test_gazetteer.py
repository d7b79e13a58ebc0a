"""What the gazetteer's data promises: small files, every code found, every place honest about itself, and how many names are found.

The counts below were measured on the data that ships; each floor lies a little under its measure. The cities are drawn from the gazetteer's
own list, so they tell whether a name is understood, not whether the list is right; the coordinates of well-known places are tested in
`tests/unit/places/test_place_lookup.py`.
"""

import random
import sqlite3
import zoneinfo
from collections.abc import Callable
from pathlib import Path

import pytest

from directory.domain.areas import postal_id
from directory.domain.distance import metres_between
from directory.domain.place import Bias, KnownPlace
from directory.gateways.geocode.database import DATA, connect, ensure_database
from directory.gateways.geocode.gazetteer import Gazetteer

CANADIAN_CITIES = "country = 'CA' AND population > 5000"
AMERICAN_CITIES = "country = 'US' AND population > 50000"
LIMIT_BYTES = 5_000_000


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ensure_database(tmp_path_factory.getbasetemp().parent / "gazetteer")


@pytest.fixture(scope="module")
def gazetteer(database: Path) -> Gazetteer:
    return Gazetteer(database)


@pytest.fixture(scope="module")
def rows(database: Path) -> sqlite3.Connection:
    return connect(database)


def test_the_data_files_are_under_five_megabytes_in_all() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) < LIMIT_BYTES


def test_every_source_named_in_the_data_has_its_licence_written_down(rows: sqlite3.Connection) -> None:
    licences = (DATA / "LICENCES.md").read_text()
    sources = [row["source"] for row in rows.execute("SELECT DISTINCT source FROM place")]
    assert len(sources) >= 5
    assert all(f"`{source}`" in licences for source in sources)


def test_no_full_canadian_postal_code_is_kept(rows: sqlite3.Connection) -> None:
    codes = [row["code"] for row in rows.execute("SELECT code FROM postal WHERE country = 'CA'")]
    assert {len(code) for code in codes} == {3}


@pytest.mark.parametrize(("country", "at_least"), [("US", 41_000), ("CA", 1_640), ("GB", 2_950)])
def test_the_postal_areas_of_a_country_are_all_there(rows: sqlite3.Connection, country: str, at_least: int) -> None:
    assert rows.execute("SELECT count(*) FROM postal WHERE country = ?", (country,)).fetchone()[0] >= at_least


@pytest.mark.parametrize(("country", "example"), [("US", "{}-1234"), ("CA", "{} 1A1"), ("GB", "{} 1AA")])
def test_every_postal_code_is_found_as_itself(rows: sqlite3.Connection, gazetteer: Gazetteer, country: str, example: str) -> None:
    bias = Bias(country)
    for row in rows.execute("SELECT code FROM postal WHERE country = ? AND (? <> 'US' OR place_id % 12 = 0)", (country, country)):
        for text in (row["code"], example.format(row["code"])):
            place = gazetteer.lookup(text, bias=bias).place
            assert place is not None, text
            assert place.area_ids[0] == postal_id(country, row["code"]), text


def test_every_place_has_a_kind_a_radius_a_zone_and_its_country(rows: sqlite3.Connection) -> None:
    known = zoneinfo.available_timezones()
    kinds = {"postal_code", "city", "neighbourhood", "region"}
    for row in rows.execute("SELECT * FROM place"):
        assert row["kind"] in kinds, row["label"]
        assert row["radius_m"] > 0, row["label"]
        assert row["zone"] in known, row["label"]
        assert abs(row["latitude"]) <= 90, row["label"]
        assert abs(row["longitude"]) <= 180, row["label"]
        assert row["areas"].split()[-1] == row["country"].lower(), row["label"]


def test_an_area_id_is_used_by_one_place_only(rows: sqlite3.Connection) -> None:
    own = [row["areas"].split()[0] for row in rows.execute("SELECT areas FROM place WHERE kind IN ('city', 'neighbourhood')")]
    assert len(own) - len(set(own)) <= 2, "two places written by hand may stand for one in the list"


def test_a_zip_code_lies_in_its_own_state(rows: sqlite3.Connection, gazetteer: Gazetteer) -> None:
    sample = rows.execute("SELECT * FROM place WHERE kind = 'postal_code' AND country = 'US' AND id % 40 = 0").fetchall()
    astray = [
        row["name"]
        for row in sample
        if (areas := gazetteer.areas_of_point(row["latitude"], row["longitude"])) and f"us-{row['region'].lower()}" not in areas
    ]
    assert len(sample) > 1_000
    assert astray == []


def one_slip(name: str, dice: random.Random) -> str:
    """The name with one letter left out, doubled, or swapped with the next, not the first."""
    place = dice.randrange(1, len(name) - 1)
    before, letter, after = name[:place], name[place], name[place + 1 :]
    return dice.choice([before + after, before + letter + letter + after, before + after[:1] + letter + after[1:]])


def _is_here(place: KnownPlace, row: sqlite3.Row) -> bool:
    return metres_between(place.point.latitude, place.point.longitude, row["latitude"], row["longitude"]) <= 20_000


def _sample(rows: sqlite3.Connection, which: str, count: int) -> list[sqlite3.Row]:
    cities = rows.execute(f"SELECT * FROM place WHERE kind = 'city' AND {which} ORDER BY areas").fetchall()
    return random.Random(17).sample(cities, min(count, len(cities)))


def _with_state(row: sqlite3.Row, _: random.Random) -> str:
    return f"{row['name']}, {row['region']}"


def _slip_with_state(row: sqlite3.Row, dice: random.Random) -> str:
    return f"{one_slip(row['name'], dice)}, {row['region']}"


def _alone(row: sqlite3.Row, _: random.Random) -> str:
    return str(row["name"])


Writing = Callable[[sqlite3.Row, random.Random], str]


@pytest.mark.parametrize(
    ("which", "write", "at_least"),
    [
        (CANADIAN_CITIES, _with_state, 95),  # measured 96.0: the others are asked about, as two Lakeviews of Saskatchewan
        (AMERICAN_CITIES, _with_state, 98),  # measured 99.3
        (CANADIAN_CITIES, _slip_with_state, 92),  # measured 94.3
        (AMERICAN_CITIES, _slip_with_state, 95),  # measured 97.0
    ],
)
def test_300_cities_are_found_by_name_and_region_with_and_without_a_slip(
    rows: sqlite3.Connection, gazetteer: Gazetteer, which: str, write: Writing, at_least: int
) -> None:
    dice = random.Random(5)
    sample = _sample(rows, which, 300)
    answers = [(row, gazetteer.lookup(write(row, dice))) for row in sample]
    found = [row for row, answer in answers if answer.place is not None and _is_here(answer.place, row)]
    wrong = [row["label"] for row, answer in answers if answer.place is not None and not _is_here(answer.place, row)]
    assert wrong == []
    assert 100 * len(found) / len(sample) >= at_least


@pytest.mark.parametrize("which", [CANADIAN_CITIES, AMERICAN_CITIES])
def test_every_city_is_found_or_among_those_asked_about(rows: sqlite3.Connection, gazetteer: Gazetteer, which: str) -> None:
    for row in _sample(rows, which, 300):
        answer = gazetteer.lookup(f"{row['name']}, {row['region']}", limit=10)
        offered = (answer.place, *answer.alternatives, *answer.suggestions)
        assert any(place is not None and _is_here(place, row) for place in offered), row["label"]


@pytest.mark.parametrize(("which", "country"), [(CANADIAN_CITIES, "CA"), (AMERICAN_CITIES, "US")])
def test_a_name_alone_is_never_taken_for_a_smaller_place_than_the_one_meant(
    rows: sqlite3.Connection, gazetteer: Gazetteer, which: str, country: str
) -> None:
    """In a community of the country: the city itself, a question, or a place at least as large as a third of it."""
    smaller = []
    for row in _sample(rows, which, 300):
        place = gazetteer.lookup(row["name"], bias=Bias(country)).place
        if place is not None and not _is_here(place, row):
            other = rows.execute("SELECT max(population) FROM place WHERE label = ?", (place.name,)).fetchone()[0]
            smaller += [row["label"]] if other < row["population"] / 3 else []
    assert smaller == []
