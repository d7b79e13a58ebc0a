"""The sample community as a feed: records for the importer, and the truth about what was planted in them.

Everything comes from the seed: the same seed and date give the same bytes. Dates (verified, updated, exceptions) count from the date given,
so that freshness looks as it would in a living directory. `python -m seeds.sample.generate` writes `truth.json` anew.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from directory.services.exchange.records import ROOT_KINDS, Record, Where
from seeds.sample.alike import plant_look_alikes, plant_overlaps
from seeds.sample.community import Community, make_community
from seeds.sample.draw import Draw
from seeds.sample.planted import plant_duplicates
from seeds.sample.truth import as_data

SEED = 1
TRUTH = Path(__file__).with_name("truth.json")
_FILE = "sample"


def made(seed: int, today: date) -> Community:
    """The community with everything planted."""
    community = make_community(seed, today)
    plant_duplicates(Draw(f"{seed} duplicates"), community)
    plant_look_alikes(Draw(f"{seed} look-alikes"), community)
    plant_overlaps(Draw(f"{seed} overlaps"), community)
    return community


def sample_records(seed: int = SEED, clock_date: date = date(2026, 11, 23)) -> Iterator[Record]:
    """All records of the sample community: organizations, then locations, then services."""
    ordered = sorted(made(seed, clock_date).records, key=lambda record: ROOT_KINDS.index(record[0]))
    for line, (kind, data) in enumerate(ordered, start=1):
        yield Record(kind, data, Where(_FILE, line))


def truth_text(seed: int = SEED) -> str:
    """The truth about what was planted, as `truth.json` holds it; it does not depend on the date."""
    return json.dumps(as_data(made(seed, date(2026, 1, 1)).groups, seed), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TRUTH.write_text(truth_text(), encoding="utf-8")
