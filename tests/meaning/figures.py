"""How well plain words are understood: the right category among the first ten, by language.

    python -m tests.meaning.figures [--half tuning|held_out] [--embedder] [--misses N]

`--embedder` adds the figures with sentence embeddings (`MEANING=embeddings ./run setup` installs them); the vectors are kept in a folder of
its own.

A category is right when it is one of those the query file names, or lies under one of them; one above them is wrong. The other half of the
file (`--half held_out`) is for the final figure: nothing is chosen by it.
"""

import argparse
import csv
import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.domain.categories.tree import closure
from directory.domain.meaning.concepts import rank
from directory.gateways.embedding import make_embedder
from directory.services.finding.meaning import Meaning

LANGUAGES = ("en", "fr", "es")
FIRST = 10

Ranker = Callable[[str, str], Sequence[str]]
"""(text, language) -> categories, best first."""


@dataclass(frozen=True)
class Query:
    id: str
    texts: dict[str, str]
    right: frozenset[str]

    def is_right(self, category: str) -> bool:
        return not self.right.isdisjoint(closure([category]))


def queries(half: str) -> list[Query]:
    with (Path(__file__).parent / "queries" / f"{half}.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Query(row["id"], {language: row[language] for language in LANGUAGES}, frozenset(row["categories"].split()))
            for row in csv.DictReader(lines)
            if row["categories"].strip()
        ]


@dataclass(frozen=True)
class Figures:
    """Shares of queries with a right category first, among five, among ten; and the mean nDCG of the first ten."""

    at_1: float
    at_5: float
    at_10: float
    ndcg: float


def place(query: Query, ranked: Sequence[str]) -> int:
    """Where the first right category stands; 0: not among the first ten."""
    return next((number for number, category in enumerate(ranked[:FIRST], 1) if query.is_right(category)), 0)


def ndcg(query: Query, ranked: Sequence[str]) -> float:
    """Each category that is named gains once, at the first that is it or lies under it."""
    left, gained = set(query.right), 0.0
    for number, category in enumerate(ranked[:FIRST], 1):
        met = left & set(closure([category]))
        if met:
            left -= met
            gained += 1 / math.log2(number + 1)
    best = sum(1 / math.log2(number + 1) for number in range(1, min(len(query.right), FIRST) + 1))
    return gained / best


def figures(asked: Sequence[Query], ranker: Ranker, language: str) -> Figures:
    ranked = [ranker(query.texts[language], language) for query in asked]
    places = [place(query, found) for query, found in zip(asked, ranked, strict=True)]

    def among(first: int) -> float:
        return sum(0 < at <= first for at in places) / len(asked)

    mean = sum(ndcg(query, found) for query, found in zip(asked, ranked, strict=True)) / len(asked)
    return Figures(among(1), among(5), among(10), mean)


def worse_twins(asked: Sequence[Query], ranker: Ranker) -> dict[str, float]:
    """Language -> share of queries that find the right category in another language but not in this one."""
    found = {language: [place(query, ranker(query.texts[language], language)) > 0 for query in asked] for language in LANGUAGES}
    anywhere = [any(each) for each in zip(*found.values(), strict=True)]
    return {
        language: sum(there and not here for there, here in zip(anywhere, found[language], strict=True)) / len(asked)
        for language in LANGUAGES
    }


def lexicon_ranker(text: str, language: str) -> Sequence[str]:
    return [concept.category for concept in rank(text, language)]


def embedding_ranker() -> Ranker:
    """The lexicon with embeddings beside it; the vectors of the phrases are made when they are missing."""
    meaning = Meaning(make_embedder("embeddings"), Path(tempfile.gettempdir()) / "meaning-figures")
    meaning.prepare()
    return cache(lambda text, language: [concept.category for concept in meaning.rank(text, language)])


def misses(asked: Sequence[Query], ranker: Ranker, most: int) -> Iterator[str]:
    for query in asked:
        for language in LANGUAGES:
            ranked = ranker(query.texts[language], language)
            if not place(query, ranked) and most > 0:
                most -= 1
                yield f"{query.id} {language}: {query.texts[language]}"
                yield f"    wanted {' '.join(sorted(query.right))}; got {' '.join(ranked[:5])}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tuning", "held_out"), default="tuning")
    parser.add_argument("--embedder", action="store_true", help="with sentence embeddings too")
    parser.add_argument("--misses", type=int, default=0, help="show so many queries of the tuning half that find nothing right")
    options = parser.parse_args()
    asked = queries(options.half)
    print(f"{len(asked)} queries of the half {options.half!r}, each in {', '.join(LANGUAGES)}")
    print(f"{'':16}{'r@1':>8}{'r@5':>8}{'r@10':>8}{'nDCG@10':>10}{'less than its twin':>22}")
    rankers = {"lexicon": lexicon_ranker} | ({"embeddings": embedding_ranker()} if options.embedder else {})
    for name, ranker in rankers.items():
        worse = worse_twins(asked, ranker)
        for language in LANGUAGES:
            found = figures(asked, ranker, language)
            told = f"{found.at_1:8.3f}{found.at_5:8.3f}{found.at_10:8.3f}{found.ndcg:10.3f}{worse[language]:22.3f}"
            print(f"{name:12}{language:4}{told}", flush=True)
    if options.half == "tuning":
        for line in misses(asked, list(rankers.values())[-1], options.misses):
            print(line)


if __name__ == "__main__":
    main()
