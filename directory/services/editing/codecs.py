"""How each field of a form lies in the tables: read from the rows of a record, written into them, taken over from another state.

One codec for each field of the catalogue. A codec knows which columns and which rows of parts are its own, so that a field can be kept as
it is while everything around it is imported anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from directory.rules.entries import document_of, entries_of
from directory.services.editing.records import Record, Row

WITHDRAWN = "taken out of the list by the people who keep it"

Read = Callable[[Record], Any]
Write = Callable[[Record, Any], None]


@dataclass(frozen=True, slots=True)
class Codec:
    """`columns` of the record and rows of `part` for which `owns` holds belong to the field."""

    read: Read
    write: Write
    columns: tuple[str, ...] = ()
    part: str = ""
    owns: Callable[[Record, Row], bool] = lambda _record, _row: False

    def take_over(self, record: Record, from_record: Record) -> None:
        """Let the field be in `record` what it is in another state of the same record."""
        for column in self.columns:
            record.root[column] = from_record.root.get(column)
        if self.part:
            before = [row for row in record.parts.get(self.part, ()) if self.owns(record, row)]
            after = [row for row in from_record.parts.get(self.part, ()) if self.owns(from_record, row)]
            record.replace(self.part, before, after)
            _take_children(record, from_record, {row["id"] for row in after if "id" in row})


def _take_children(record: Record, from_record: Record, ids: set[str]) -> None:
    for kind, column in (("language", "phone_id"), ("phone", "contact_id"), ("attribute", "link_id"), ("metadata", "resource_id")):
        before = [row for row in record.parts.get(kind, ()) if row.get(column) in ids]
        after = [row for row in from_record.parts.get(kind, ()) if row.get(column) in ids]
        if before or after:
            record.replace(kind, before, after)


def column(name: str, empty: Any = "") -> Codec:
    """A field that is one column; what is empty is stored as nothing."""

    def read(record: Record) -> Any:
        value = record.root.get(name)
        return empty if value is None else value

    def write(record: Record, value: Any) -> None:
        record.root[name] = value if value or value is False else None

    return Codec(read, write, (name,))


def needed_column(name: str, default: Any) -> Codec:
    """A column that always holds something."""

    def read(record: Record) -> Any:
        return record.root.get(name) or default

    def write(record: Record, value: Any) -> None:
        record.root[name] = value or default

    return Codec(read, write, (name,))


def words(name: str) -> Codec:
    """A column that holds a list of the directory's own words."""

    def read(record: Record) -> list[str]:
        return list(record.root.get(name) or ())

    def write(record: Record, value: list[str]) -> None:
        record.root[name] = list(value)

    return Codec(read, write, (name,))


def sorted_words(name: str, order: tuple[str, ...]) -> Codec:
    """As `words`, in the order of the catalogue; words that it has not come last."""
    plain = words(name)

    def read(record: Record) -> list[str]:
        found = set(plain.read(record))
        return [word for word in order if word in found] + sorted(found - set(order))

    return Codec(read, plain.write, (name,))


def _read_fees(record: Record) -> str:
    return record.root.get("fees_description") or record.root.get("fees") or ""


def _write_fees(record: Record, value: str) -> None:
    record.root["fees_description"], record.root["fees"] = value or None, None


fees = Codec(_read_fees, _write_fees, ("fees_description", "fees"))


def _read_ages(record: Record) -> dict[str, float | None]:
    return {"from": _number(record.root.get("minimum_age")), "to": _number(record.root.get("maximum_age"))}


def _write_ages(record: Record, value: dict[str, float | None]) -> None:
    record.root["minimum_age"], record.root["maximum_age"] = value["from"], value["to"]


def _number(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value


ages = Codec(_read_ages, _write_ages, ("minimum_age", "maximum_age"))


def _read_criteria(record: Record) -> dict[str, Any]:
    return entries_of(record.root.get("criteria"))


def _write_criteria(record: Record, value: dict[str, Any]) -> None:
    record.root["criteria"] = document_of(value)


criteria = Codec(_read_criteria, _write_criteria, ("criteria",))


def _read_listed(record: Record) -> bool:
    return record.root.get("withdrawn_at") is None


def _write_listed(record: Record, value: bool) -> None:
    record.root["withdrawn_at"] = None if value else record.at
    record.root["withdrawn_why"] = None if value else WITHDRAWN


listed = Codec(_read_listed, _write_listed, ("withdrawn_at", "withdrawn_why"))

_POINT = {
    "latitude": "latitude", "longitude": "longitude", "kind": "point_kind", "radius_m": "point_radius_m", "zone": "zone",
    "area_id": "area_id",
}  # fmt: skip


def _read_point(record: Record) -> dict[str, Any]:
    found = {name: record.root.get(stored) for name, stored in _POINT.items()}
    return found if any(value is not None for value in found.values()) else {}


def _write_point(record: Record, value: dict[str, Any]) -> None:
    record.root |= {stored: value.get(name) for name, stored in _POINT.items()}


point = Codec(_read_point, _write_point, tuple(_POINT.values()))
