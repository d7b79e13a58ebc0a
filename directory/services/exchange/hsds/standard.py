"""What HSDS 3.1 has room for, read once from `standard.csv`: every kind of object with its fields, their types, and what is needed.

The table says facts of the standard only; a test holds it against the official schemas. It drives what is written as JSON, the tables and
their description in the tabular form, and the contract of the interface.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

VERSION = "3.1"
HOME = "https://docs.openreferral.org/en/v3.1.1/"


@dataclass(frozen=True, slots=True)
class Field:
    """`type` as in JSON Schema; `format` uuid, uri, email, date, time, datetime or "". `needed`: "json" (everywhere), "table" (in the
    tabular form) or "". `of`: the kind of the objects inside. `choices`: the only values there are, where the standard counts them."""

    name: str
    type: str
    format: str
    needed: str
    of: str
    choices: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """A single value, as a cell of a table can hold it."""
        return self.type in ("string", "number")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object. `file` is its table in the tabular form."""

    name: str
    file: str
    fields: Mapping[str, Field]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields.values() if field.is_plain)


def _read() -> Mapping[str, Kind]:
    fields: dict[str, dict[str, Field]] = {}
    tables: dict[str, str] = {}
    with (files(__package__) / "standard.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            choices = tuple(row["choices"].split(" | ")) if row["choices"] else ()
            field = Field(row["field"], row["type"], row["format"], row["needed"], row["of"], choices)
            fields.setdefault(row["kind"], {})[field.name] = field
            tables[row["kind"]] = row["file"]
    return MappingProxyType({kind: Kind(kind, tables[kind], MappingProxyType(inner)) for kind, inner in fields.items()})


STANDARD: Mapping[str, Kind] = _read()
"""Every kind by name, what others name before what names it."""
