"""Measure what understanding plain words adds to a search, over the listings of a data folder that `./run --data FOLDER` has filled.

    python -m tests.bench.concepts --data FOLDER [--embedder]

For every query of the tuning half, in each language: milliseconds to rank the concepts (the lookup), and how much longer the engine takes
to find what they mean beside the words. It is processor time of the thread, so that other work on the machine counts for less. Of several
passes the fastest counts, each with an engine that remembers nothing.
"""

import argparse
import gc
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from directory.gateways.embedding import make_embedder
from directory.services.finding.concepts import find_concepts, meant_by
from directory.services.finding.meaning import Meaning
from directory.settings import read_settings
from search_index.embedded import TantivyEngine
from search_index.query import Meant, ServiceQuery
from tests.meaning.figures import LANGUAGES, queries

Asked = tuple[str, str]
"""(text, language)."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--embedder", action="store_true", help="with sentence embeddings too")
    parser.add_argument("--passes", type=int, default=5)
    options = parser.parse_args()
    asked = [(query.texts[language], language) for query in queries("tuning") for language in LANGUAGES]
    folder = read_settings(data_dir=options.data).index_dir
    meanings = {"lexicon": Meaning()}
    if options.embedder:
        meanings["embeddings"] = Meaning(make_embedder("embeddings"), options.data)
        meanings["embeddings"].prepare()
    print(f"{len(asked)} queries; milliseconds p50 | p99")
    print(f"{'':14}{'lookup':>18}{'finding what is meant':>26}{'added to a search':>22}")
    for name, meaning in meanings.items():
        _measure(name, meaning, asked, folder, options.passes)


def _measure(name: str, meaning: Meaning, asked: Sequence[Asked], folder: Path, passes: int) -> None:
    lookup = _fastest([partial(find_concepts, *each, ranked=meaning.rank) for each in asked], passes)
    meant = [meant_by(find_concepts(*each, ranked=meaning.rank)) for each in asked]
    without = _engine_times(asked, [()] * len(asked), folder, passes)
    with_concepts = _engine_times(asked, meant, folder, passes)
    more = [after - before for before, after in zip(without, with_concepts, strict=True)]
    added = [first + second for first, second in zip(lookup, more, strict=True)]
    print(f"{name:14}{_told(lookup):>18}{_told(more):>26}{_told(added):>22}", flush=True)


def _engine_times(asked: Sequence[Asked], meant: Sequence[tuple[Meant, ...]], folder: Path, passes: int) -> list[float]:
    questions = [ServiceQuery(text, language, meant=each) for (text, language), each in zip(asked, meant, strict=True)]
    fastest = [math.inf] * len(questions)
    for _ in range(passes):
        engine = TantivyEngine(folder)
        engine.search(replace(questions[0], per_page=1))
        fastest = [min(before, _milliseconds(partial(engine.search, each))) for before, each in zip(fastest, questions, strict=True)]
        engine.close()
    return fastest


def _fastest(works: Sequence[Callable[[], object]], passes: int) -> list[float]:
    gc.collect()
    return [min(_milliseconds(work) for _ in range(passes)) for work in works]


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1000


def _told(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):.2f} | {ordered[math.ceil(len(ordered) * 0.99) - 1]:.2f}"


if __name__ == "__main__":
    main()
