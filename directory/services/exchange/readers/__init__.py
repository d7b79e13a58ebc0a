"""Readers of feeds, one module a format. `reader_for` picks one by name or by looking at the files."""

from importlib import import_module

from directory.domain.errors import InvalidInput
from directory.services.exchange.records import FeedFile, Reader

FORMATS = {
    "hsds-json": ("hsds_json", "HsdsJsonReader"),
    "airs-xml": ("airs_xml", "AirsXmlReader"),
    "hsds-csv": ("tabular", "TabularReader"),
    "csv": ("csv_mapping", "CsvMappingReader"),
}
"""Format -> module and class, in the order in which `auto` tries them."""


def make_reader(name: str) -> Reader:
    module, reader = FORMATS[name]
    made: Reader = getattr(import_module(f"directory.services.exchange.readers.{module}"), reader)()
    return made


def reader_for(name: str, files: list[FeedFile], has_mapping: bool) -> Reader:
    """The reader of the named format; for `auto`, the first that knows the files. Raise `InvalidInput` when none does."""
    if name != "auto":
        return make_reader(name)
    if has_mapping:
        return make_reader("csv")
    for candidate in FORMATS:
        reader = make_reader(candidate)
        if reader.sniff(files):
            return reader
    raise InvalidInput("format", "It is not clear what kind of feed this is; say --format hsds-json, hsds-csv, airs-xml or csv.")
