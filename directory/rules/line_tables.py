"""The tables of published income lines, read once from `data/lines` (README.md there says what each is and how a year is added).

A file is a CSV under lines of `# name: value` that say who published the figures, when and under which licence.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile

LARGEST_LISTED = 8  # households up to this size have figures of their own in HUD's tables; seven in those of Statistics Canada
_FOLDER = files("directory.rules") / "data" / "lines"
_AMI = "us-ami-"


@dataclass(frozen=True, slots=True)
class AreaIncome:
    """HUD's figures for one of its areas. `median`: of families, None where only bounds are known. `very_low`, `low`: the published limits
    of 50 and 80 percent for one to eight people."""

    median: int | None
    very_low: tuple[int, ...]
    low: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What is certain of a Canadian place: the sizes of community that it may count as, the regions it may lie in; none: not known."""

    communities: frozenset[str]
    regions: frozenset[str]


@cache
def about(name: str) -> Mapping[str, str]:
    """What the head of a file says of it: title, publisher, citation, licence and so on."""
    head = takewhile(lambda line: line.startswith("#"), _text(name).splitlines())
    return dict(line.lstrip("# ").split(": ", 1) for line in head)


def file_names() -> tuple[str, ...]:
    return tuple(sorted(entry.name for entry in _FOLDER.iterdir() if entry.name.endswith(".csv")))


@cache
def poverty_guidelines() -> Mapping[int, Mapping[str, tuple[int, int]]]:
    """Year -> `us` (48 states and the District of Columbia), `us-ak`, `us-hi` -> (for one person, for each further one)."""
    found: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for row in _rows("us-fpl.csv"):
        found[int(row["year"])][row["place"]] = (int(row["first"]), int(row["each_more"]))
    return found


def area_income_years() -> tuple[int, ...]:
    return tuple(int(name.removeprefix(_AMI).removesuffix(".csv")) for name in file_names() if name.startswith(_AMI))


@cache
def area_incomes(year: int) -> Mapping[str, tuple[AreaIncome, ...]]:
    """Counties and states -> the areas in each; a county that HUD divides by towns has several."""
    found: dict[str, dict[AreaIncome, None]] = defaultdict(dict)
    for row in _rows(f"{_AMI}{year}.csv"):
        figures = AreaIncome(int(row["median"]) if row["median"] else None, _sizes(row, "l50"), _sizes(row, "l80"))
        for county in row["counties"].split():
            for place in (county, "-".join(county.split("-")[:2])):
                found[place][figures] = None
    return {place: tuple(areas) for place, areas in found.items()}


@cache
def states_of(year: int) -> tuple[str, ...]:
    return tuple(place for place in area_incomes(year) if place.count("-") == 1)


@cache
def low_income_cut_offs(tax: str) -> Mapping[int, Mapping[str, tuple[int, ...]]]:
    """`before` or `after` tax: year -> size of community -> the cut-offs of families of one to seven and more."""
    found: dict[int, dict[str, tuple[int, ...]]] = defaultdict(dict)
    for row in _rows("ca-lico.csv"):
        if row["tax"] == tax:
            found[int(row["year"])][row["community"]] = tuple(int(row[str(size)]) for size in range(1, 8))
    return found


@cache
def market_baskets() -> Mapping[int, Mapping[str, Mapping[str, int]]]:
    """Year -> province -> region -> the threshold of the reference family of four."""
    found: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in _rows("ca-mbm.csv"):
        found[int(row["year"])][row["province"]][row["region"]] = int(row["reference_family"])
    return found


@cache
def canadian_places() -> Mapping[str, Place]:
    return {row["area"]: Place(_several(row["community"]), _several(row["region"])) for row in _rows("ca-places.csv")}


def _several(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split("|")))


def _sizes(row: Mapping[str, str], column: str) -> tuple[int, ...]:
    return tuple(int(row[f"{column}_{size}"]) for size in range(1, LARGEST_LISTED + 1))


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    return csv.DictReader(line for line in _text(name).splitlines() if not line.startswith("#"))


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
