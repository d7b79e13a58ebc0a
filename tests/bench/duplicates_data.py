"""The labelled data that the duplicate finder is measured on (tests/data/duplicates), and the halves it is cut into.

Halves are by entity, drawn by a hash: `DEV` is what was looked at while weights were chosen; `HELD_OUT` is scored, not looked at.
"""

import csv
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from directory.rules.matching.facts import Facts, IdentityLevel

FOLDER = Path(__file__).parents[1] / "data" / "duplicates"
_FIELD = re.compile(r"COL (\w+) VAL (.*?)(?= COL |$)")
_QUOTES = re.compile(r"(?:^|\s)[`'\"]+(?=\s|$)|\\")
Link = tuple[str, str]


class Half(StrEnum):
    DEV = "dev"
    HELD_OUT = "held out"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Labelled:
    """`entities`: record id -> entity, where every pair is labelled; `pairs`: (smaller id, larger id) -> same, where only some are."""

    name: str
    level: IdentityLevel
    records: list[Facts]
    entities: dict[str, str]
    pairs: dict[Link, bool]


def half_of(entity: str) -> Half:
    return Half.DEV if hashlib.blake2b(f"half {entity}".encode(), digest_size=1).digest()[0] % 2 else Half.HELD_OUT


def chicago(half: Half = Half.ALL) -> Labelled:
    """Listings of early-childhood programs; an entity is a site."""
    with (FOLDER / "chicago-early-childhood" / "listings.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if half in (Half.ALL, half_of(row["True Id"]))]
    records = [
        Facts(
            id=row["Id"],
            name=" ".join(row["Site name"].split()),
            street=row["Address"].strip(),
            postal_code=row["Zip"].strip(),
            phones=(row["Phone"],) if row["Phone"].strip() else (),
        )
        for row in rows
    ]
    return Labelled("Chicago early childhood", IdentityLevel.SITE, records, {row["Id"]: row["True Id"] for row in rows}, {})


def restaurants(half: Half = Half.ALL, splits: tuple[str, ...] = ("train", "valid")) -> Labelled:
    """Pairs of restaurants; the same is the same tenant. A half holds the pairs of which both restaurants are in it."""
    ids: dict[tuple[str, ...], str] = {}
    pairs: dict[Link, bool] = {}
    records: dict[str, Facts] = {}
    for split in splits:
        for line in (FOLDER / "fodors-zagats" / f"{split}.txt").read_text(encoding="utf-8").splitlines():
            if not line.strip():
                continue
            *both, label = line.split("\t")
            one, other = (_restaurant(text, side, ids, records) for side, text in zip("fz", both, strict=True))
            pairs[(min(one, other), max(one, other))] = label.strip() == "1"
    entity = {one: one for one in records}
    for (one, other), same in pairs.items():
        if same:
            gone = entity[other]
            entity = {key: entity[one] if value == gone else value for key, value in entity.items()}
    if half is not Half.ALL:
        records = {one: facts for one, facts in records.items() if half_of(entity[one]) is half}
        pairs = {pair: same for pair, same in pairs.items() if pair[0] in records and pair[1] in records}
    return Labelled("Fodor's and Zagat's restaurants", IdentityLevel.ORGANIZATION, list(records.values()), {}, pairs)


def _restaurant(text: str, side: str, ids: dict[tuple[str, ...], str], records: dict[str, Facts]) -> str:
    said = {name: " ".join(_QUOTES.sub(" ", value).split()) for name, value in _FIELD.findall(text)}
    key = (side, *(said.get(name, "") for name in ("name", "addr", "city", "phone")))
    if key not in ids:
        ids[key] = f"{side}{len(ids)}"
        records[ids[key]] = Facts(
            id=ids[key],
            name=said.get("name", "").replace(" 's", "'s"),
            street=said.get("addr", ""),
            city=said.get("city", ""),
            phones=(said["phone"],) if said.get("phone") else (),
        )
    return ids[key]
