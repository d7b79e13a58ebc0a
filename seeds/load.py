"""What can be loaded: the demo (the sample community and open data), or made-up services in any number."""

from pathlib import Path

from directory.services.exchange.report import ImportReport
from directory.services.exchange.request import ImportRequest
from directory.services.listings.community import is_set, read_community, save_community
from directory.services.parts import Parts
from seeds.areas import save_areas
from seeds.demo import ACTOR, Progress, demo_community, load_demo, no_progress
from seeds.made_feed import import_made
from seeds.sample import place
from seeds.sample.scaled import scaled_records

__all__ = ["load_demo", "seed_scaled"]

SCALED_SOURCE = "made-up"


def seed_scaled(parts: Parts, services: int, seed: int = 1, progress: Progress = no_progress) -> ImportReport:
    """Load exactly so many made-up services over real cities. A directory without a community gets that of the demo first."""
    if not is_set(read_community(parts)):
        save_community(parts, ACTOR, demo_community())
        save_areas(parts, place.area_rows())
    request = ImportRequest(
        path=Path("made-up"),
        source=f"{SCALED_SOURCE}-{seed}",
        publisher="Nobody: these listings are made up",
        licence="CC0-1.0",
        attribution="Made-up listings over real cities, for trying out the directory at scale.",
        is_sample=True,
        actor=ACTOR,
    )
    records = scaled_records(services, seed, parts.clock.now().date())
    return import_made(parts, request, records, lambda _what, done, total: progress(done, total or done))
