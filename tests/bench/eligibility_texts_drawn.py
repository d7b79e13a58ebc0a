"""Draw, with a fixed seed, texts of the open data that may speak of who can come: what the labelled file was made of.

    python -m tests.bench.eligibility_texts_drawn > drawn.jsonl

Each line is a text without labels: id, language, source, licence, half, text. Labels were then written by a reader, by hand. The draw is
by source: where a source holds fewer texts than its share, all of them are taken. Most of the food pantries' texts are names of places
and hours, so their draw is in two: texts in which any word of a wide list stands (not the reader's patterns), and texts drawn from all.
"""

import csv
import hashlib
import html
import json
import random
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

OPEN_DATA = Path(__file__).parents[2] / "seeds" / "open_data"
SEED = 20261126
SHORTEST, LONGEST = 15, 900

SPEAKS_OF_PEOPLE = re.compile(
    r"eligib|residen|proof|\bI\.?D\b|senior|child|famil|income|limited to|\bonly\b|must|require|\bage|year|veteran|student|women|\bmen\b"
    r"|serving|serves|homeless|disab|county|zip|school|poverty|refer|welcome|document",
    re.IGNORECASE,
)
TELLING_KEYS = re.compile(r"desc|note|elig|require|detail|value|text|document|access|restrict|serv|info|geogr|popul", re.IGNORECASE)
ILLINOIS_COLUMNS = (
    "An individual must be one of these to qualify",
    "Flat fee description",
    "Sliding scale fees description",
    "Process for applying by phone",
    "Process for walk-ins",
    "Process for applying by email",
)


def tidy(text: str) -> str:
    """One line, without markup: Vancouver's export wraps tags twice."""
    for _ in range(3):
        text = html.unescape(text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text)).strip()


def food_pantry_texts() -> Iterator[str]:
    def walk(value: object, key: str) -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from walk(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner, key)
        elif isinstance(value, str) and TELLING_KEYS.search(key):
            yield value

    for name in ("services", "locations", "organizations"):
        for line in (OPEN_DATA / "food-pantries-us" / f"{name}.ndjson").read_text("utf-8").splitlines():
            yield from walk(json.loads(line), "")


def philadelphia_texts() -> Iterator[str]:
    with (OPEN_DATA / "philadelphia-reentry" / "data.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield ". ".join(part.strip() for part in (row["People Served"], row["Description"]) if part and part.strip())


def illinois_texts() -> Iterator[str]:
    folder = OPEN_DATA / "illinois-legal-aid" / "input"
    for name, columns in (("services", ILLINOIS_COLUMNS), ("organizations", ("Body",))):
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield from (row[column] for column in columns if row.get(column))


def vancouver_texts() -> Iterator[str]:
    for path in sorted((OPEN_DATA / "bc211-airs-xml").glob("*.xml")):
        for element in ElementTree.parse(path).iter():
            if element.tag in ("Description", "SiteDescription", "AgencyDescription") and element.text:
                yield element.text


def half_of(identifier: str) -> str:
    """The half a text belongs to, by its id alone."""
    return ("tuning", "final")[hashlib.sha256(identifier.encode()).digest()[0] % 2]


SHARES = (
    ("food-pantries-us", "CC0-1.0", food_pantry_texts, SPEAKS_OF_PEOPLE, 98),
    ("food-pantries-us", "CC0-1.0", food_pantry_texts, None, 12),
    ("philadelphia-reentry", "MIT", philadelphia_texts, None, 70),
    ("illinois-legal-aid", "MIT", illinois_texts, None, 50),
    ("bc211-airs-xml", "BSD-3-Clause", vancouver_texts, None, 30),
)


def draw() -> Iterator[dict[str, str]]:
    taken: set[str] = set()
    for source, licence, texts, speaks_of, count in SHARES:
        found = sorted({tidy(text) for text in texts()} - taken)
        fit = [text for text in found if SHORTEST <= len(text) <= LONGEST and (speaks_of is None or speaks_of.search(text))]
        chosen = random.Random(SEED).sample(fit, min(count, len(fit)))
        print(f"{source}: {len(fit)} texts, {len(chosen)} drawn", file=sys.stderr)
        for text in chosen:
            taken.add(text)
            identifier = f"{source}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
            yield {"id": identifier, "language": "en", "source": source, "licence": licence, "half": half_of(identifier), "text": text}


if __name__ == "__main__":
    for drawn in draw():
        print(json.dumps(drawn, ensure_ascii=False))
