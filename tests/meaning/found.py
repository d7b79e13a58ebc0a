"""What plain words find in the whole search, over the listings of a data folder: is a right service among the first ten, and does a name
that is typed still find its own listing first.

    python -m tests.meaning.found --data FOLDER [--half tuning|held_out] [--names N]

The folder is one that `./run --data FOLDER` has filled. A query counts where the folder has a listing for it at all. With
`MEANING=embeddings` in the environment, embeddings help.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from directory.app import build_parts
from directory.domain.categories.tree import CATEGORIES, closure
from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.finding.results import ChipKind, FindPage, FoundService
from directory.services.parts import Parts
from directory.settings import read_settings
from directory.store.tables import Organization, Service
from search_index.query import Facet
from tests.meaning.figures import FIRST, LANGUAGES, Query, queries


@dataclass(frozen=True)
class Named:
    """A name that is typed, and how to tell that a result bears it."""

    name: str
    bears: Callable[[FoundService], bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--half", choices=("tuning", "held_out"), default="tuning")
    parser.add_argument("--names", type=int, default=200, help="how many names of services and organizations are typed")
    options = parser.parse_args()
    parts = build_parts(read_settings(data_dir=options.data))
    parts.meaning.prepare()
    offered = {slug for slug in CATEGORIES if _total(parts, slug)}
    asked = [query for query in queries(options.half) if query.right & offered]
    print(f"{len(asked)} queries of the half {options.half!r} for which the folder has a listing")
    print(f"{'a right service among the first ten':38}{'plain words only':>18}{'with needs':>12}{'no result':>11}")
    for language in LANGUAGES:
        plain, needs, none = found(parts, asked, language)
        print(f"{language:38}{plain:18.3f}{needs:12.3f}{none:11.3f}", flush=True)
    names = _names(parts, options.names)
    understood, lost = lost_names(parts, names)
    print(f"{len(names)} names typed: {understood} are understood as a need too, {lost} of them stand first only without it")


def _total(parts: Parts, slug: str) -> int:
    return find_services(parts, FindRequest(per_page=1, selections={Facet.CATEGORY: (slug,)})).total


def found(parts: Parts, asked: Sequence[Query], language: str) -> tuple[float, float, float]:
    """Shares of queries: found by words alone, found with needs, and with needs but without any result."""
    plain = needs = none = 0
    for query in asked:
        request = FindRequest(text=query.texts[language], locale=language, per_page=FIRST)
        with_needs, without, _ = _both(parts, request)
        needs += _has_right(query, with_needs)
        plain += _has_right(query, without)
        none += with_needs.total == 0
    return plain / len(asked), needs / len(asked), none / len(asked)


def _both(parts: Parts, request: FindRequest) -> tuple[FindPage, FindPage, bool]:
    """The answer with the needs that are understood, the one without, and whether there is a need at all."""
    with_needs = find_services(parts, request)
    keys = tuple(chip.key for chip in with_needs.chips if chip.kind is ChipKind.CONCEPT)
    return with_needs, find_services(parts, replace(request, ignore=keys)) if keys else with_needs, bool(keys)


def _has_right(query: Query, page: FindPage) -> bool:
    return any(not query.right.isdisjoint(closure(result.listing.categories)) for result in page.results)


def lost_names(parts: Parts, names: Sequence[Named]) -> tuple[int, int]:
    """How many names are understood as a need too, and how many of those stand first only when it is taken back."""
    understood = lost = 0
    for named in names:
        with_needs, without, has_need = _both(parts, FindRequest(text=named.name, per_page=FIRST))
        understood += has_need
        lost += _is_first(named, without) and not _is_first(named, with_needs)
    return understood, lost


def _is_first(named: Named, page: FindPage) -> bool:
    return bool(page.results) and named.bears(page.results[0])


def _names(parts: Parts, count: int) -> list[Named]:
    """Names of services and of organizations, half and half."""
    with parts.database.reading() as session:
        services = sorted({name for (name,) in session.execute(select(Service.name)) if name})
        organizations = sorted({name for (name,) in session.execute(select(Organization.name)) if name})
    chance = random.Random(7)
    of_services = chance.sample(services, min(len(services), count // 2))
    of_organizations = chance.sample(organizations, min(len(organizations), count - count // 2))
    return [*(Named(name, _named_so(name)) for name in of_services), *(Named(name, _run_by(name)) for name in of_organizations)]


def _named_so(name: str) -> Callable[[FoundService], bool]:
    return lambda result: result.listing.name == name


def _run_by(name: str) -> Callable[[FoundService], bool]:
    return lambda result: result.listing.organization is not None and result.listing.organization.name == name


if __name__ == "__main__":
    main()
