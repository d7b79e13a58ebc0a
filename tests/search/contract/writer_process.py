"""A process that writes into an embedded index, for the tests that need a second one.

writer_process.py FOLDER hold            take the writer's lock, say "held", keep it until the input ends
writer_process.py FOLDER put ID NAME     apply one listing, say "put"
writer_process.py FOLDER forever         apply listing after listing in batches, saying the number of the last that is durable
"""

import itertools
import sys
from pathlib import Path

from search_index.documents import ListingDocument
from search_index.embedded import TantivyEngine
from search_index.port import Put

_BATCH = 5


def put(service: str, name: str) -> Put:
    return Put(service, 1, (ListingDocument(service, service, 1, name, "o1", "Organization", "source"),))


def tell(words: object) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(folder: str, act: str, *values: str) -> None:
    engine = TantivyEngine(Path(folder))
    if act == "hold":
        rebuild = engine.begin_rebuild()
        tell("held")
        sys.stdin.read()
        rebuild.discard()
    elif act == "put":
        engine.apply([put(*values)])
        tell("put")
    else:
        for first in itertools.count(0, _BATCH):
            engine.apply([put(f"{number:06d}", "Written") for number in range(first, first + _BATCH)])
            tell(first + _BATCH)


if __name__ == "__main__":
    main(*sys.argv[1:])
