"""Feeds made of a few lines, read by any of the readers."""

from collections.abc import Mapping
from pathlib import Path

from directory.services.exchange.readers import make_reader
from directory.services.exchange.readers.mapping_grammar import parse_mapping
from directory.services.exchange.records import FeedFile, Problem, ReaderOptions, Record


def feed_files(folder: Path, files: Mapping[str, str | bytes]) -> list[FeedFile]:
    """Writes files into a folder and gives them as the importer would."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return files_of(folder)


def files_of(folder: Path) -> list[FeedFile]:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in (".csv", ".tsv", ".xml", ".ndjson"))
    return [FeedFile(path.relative_to(folder).as_posix(), str(path), path.stat().st_size) for path in found]


def read_feed(reader: str, files: list[FeedFile], mapping: str = "") -> tuple[list[Record], list[Problem]]:
    """Everything that a reader makes of the files."""
    options = ReaderOptions(mapping=parse_mapping(mapping) if mapping else {})
    records: list[Record] = []
    problems: list[Problem] = []
    for found in make_reader(reader).read(files, options):
        if isinstance(found, Record):
            records.append(found)
        else:
            problems.append(found)
    return records, problems
