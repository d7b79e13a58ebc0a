"""How fast a feed is imported: `python -m tests.bench.import_speed --services 100000`.

Writes an HSDS 3.1 feed of nested services (organization, one location with address and phone, 2 to 5 rows of hours, languages, a
taxonomy term) into a temporary folder, imports it twice into an empty directory, and prints services a second and the highest memory. Each
import runs in a process of its own, so that its memory is its own.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMES = ("Food pantry", "Drop-in counselling", "Newcomer settlement", "Tax clinic", "After-school program", "Housing help", "Detox intake")
STREETS = ("Main Street", "Bank Street", "Rideau Street", "Church Road", "Elgin Street", "Laurier Avenue", "King Street West")
CITIES = (("Ottawa", "ON", "K1P 5M7", 45.42, -75.69), ("Toronto", "ON", "M5V 2T6", 43.64, -79.39), ("Montréal", "QC", "H2Y 1C6", 45.5,
-73.55),
          ("Philadelphia", "PA", "19104", 39.96, -75.2), ("Chicago", "IL", "60608", 41.85, -87.67))  # fmt: skip
LANGUAGES = ("English", "French", "Arabic", "Spanish", "Somali", "Mandarin")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def main() -> None:
    arguments = _arguments()
    if arguments.run:
        _run(Path(arguments.run), Path(arguments.feed), arguments.database, arguments.services)
        return
    with tempfile.TemporaryDirectory(prefix="import-speed-") as name:
        folder = Path(name)
        feed = folder / "services.ndjson"
        size = write_feed(feed, arguments.services, arguments.seed)
        print(f"feed: {arguments.services:,} services, {size / 1e6:.0f} MB")
        for which in ("first run", "second run, nothing changed"):
            command = [sys.executable, "-m", "tests.bench.import_speed", "--services", str(arguments.services), "--run", str(folder)]
            command += ["--feed", str(feed), "--database", arguments.database]
            result = subprocess.run(command, check=True, capture_output=True, text=True)
            print(f"{which}: {result.stdout.strip()}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database", default="", help="SQLAlchemy address of an empty database; without it a SQLite file")
    parser.add_argument("--run", default="", help=argparse.SUPPRESS)
    parser.add_argument("--feed", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _run(folder: Path, feed: Path, database: str, services: int) -> None:
    from directory.app import build_parts
    from directory.services.exchange.request import ImportRequest
    from directory.services.exchange.run import import_feed
    from directory.settings import Settings
    from directory.store.migrate import upgrade

    parts = build_parts(Settings(data_dir=folder / "data", database_url=database))
    upgrade(parts.database)
    before = _memory()
    started, spent = time.perf_counter(), time.process_time()
    report = import_feed(parts, ImportRequest(path=feed, source="bench", licence="CC0-1.0"))
    wall, cpu = time.perf_counter() - started, time.process_time() - spent
    counts = report.counts["service"]
    print(
        f"{services / wall:,.0f} services/s ({services / cpu:,.0f} per second of one core), {wall:.1f} s, peak memory {_memory():,.0f} MB"
        f" ({before:,.0f} MB before), {counts['created']:,} created, {counts['unchanged']:,} unchanged, {report.rejected} rejected"
    )


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write_feed(path: Path, services: int, seed: int) -> int:
    with path.open("w", encoding="utf-8") as stream:
        for service in feed_of(services, seed):
            stream.write(json.dumps(service, ensure_ascii=False) + "\n")
    return path.stat().st_size


def feed_of(services: int, seed: int) -> Iterator[dict[str, Any]]:
    """Services with ids that are UUIDs; about one organization for four services, each told whole in every service."""
    chance = random.Random(seed)
    for number in range(services):
        yield service_of(number, chance)


def _id(kind: str, number: int) -> str:
    return str(uuid.UUID(int=(hash_of(kind) << 64) | (number + 1), version=4))


def hash_of(kind: str) -> int:
    return uuid.uuid5(uuid.NAMESPACE_DNS, kind).int >> 64


def service_of(number: int, chance: random.Random) -> dict[str, Any]:
    group = number // 4
    name = NAMES[number % len(NAMES)]
    return {
        "id": _id("service", number),
        "organization": {
            "id": _id("organization", group),
            "name": f"Community organization {group}",
            "description": "We help people of the neighbourhood.",
            "website": f"https://org{group}.example.org",
        },
        "name": f"{name} {number}",
        "description": f"{name} for people who live nearby. Bring what you have; nobody is turned away. Ask for number {number}.",
        "status": "active",
        "url": f"https://org{group}.example.org/services/{number}",
        "email": f"service{number}@org{group}.example.org",
        "eligibility_description": "Adults 18 and over who live in the city",
        "minimum_age": 18,
        "application_process": "Walk in, or call ahead",
        "fees_description": "Free",
        "phones": [{"id": _id("service phone", number), "number": _phone(chance), "type": "voice"}],
        "languages": [
            {"id": _id(f"language {index}", number), "name": language}
            for index, language in enumerate(chance.sample(LANGUAGES, chance.randint(1, 3)))
        ],
        "schedules": [_hours(number, index, day) for index, day in enumerate(chance.sample(DAYS, chance.randint(2, 5)))],
        "service_at_locations": [{"id": _id("at", number), "location": _location(number, chance)}],
        "attributes": [
            {
                "id": _id("attribute", number),
                "link_type": "taxonomy",
                "taxonomy_term": {"id": _id("term", number % 50), "code": f"T-{number % 50}", "name": f"Kind of help {number % 50}"},
            }
        ],
    }


def _location(number: int, chance: random.Random) -> dict[str, Any]:
    city, region, postal_code, latitude, longitude = CITIES[number % len(CITIES)]
    return {
        "id": _id("location", number),
        "location_type": "physical",
        "name": f"Centre {number}",
        "latitude": round(latitude + chance.uniform(-0.1, 0.1), 6),
        "longitude": round(longitude + chance.uniform(-0.1, 0.1), 6),
        "addresses": [
            {
                "id": _id("address", number),
                "address_1": f"{chance.randint(1, 2000)} {STREETS[number % len(STREETS)]}",
                "city": city,
                "state_province": region,
                "postal_code": postal_code,
                "country": "US" if region in ("PA", "IL") else "CA",
                "address_type": "physical",
            }
        ],
        "phones": [{"id": _id("location phone", number), "number": _phone(chance), "type": "voice"}],
    }


def _hours(number: int, index: int, day: str) -> dict[str, Any]:
    opens = 8 + number % 4
    times = {"opens_at": f"{opens:02d}:00", "closes_at": f"{opens + 7:02d}:30"}
    return {"id": _id(f"schedule {index}", number), "freq": "WEEKLY", "byday": day, **times}


def _phone(chance: random.Random) -> str:
    return f"({chance.choice((613, 416, 514, 215, 312))}) {chance.randint(200, 999)}-{chance.randint(0, 9999):04d}"


if __name__ == "__main__":
    main()
