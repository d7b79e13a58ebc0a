"""A staged thing with everything resolved: its row and the rows of its parts, ready to be compared or written."""

import json
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from directory.services.exchange.apply.tables import row_of
from directory.services.exchange.identity import derived_id, own_id
from directory.services.exchange.prepare.things import encode
from directory.services.exchange.records import Where

Row = dict[str, Any]

PREPARATION = "2"
"""Raise when records are prepared in another way, so that a next import applies it to everything that was imported before."""


@dataclass(slots=True)
class Planned:
    """`fields` and `parts` as staged; `refs` column -> id or None; `terms` ids of the terms that its attributes name, by part index."""

    kind: str
    key: str
    object_id: str
    where: Where
    fields: Row
    parts: list[Any]
    categories: list[list[str]]
    aside: Row
    refs: dict[str, str | None]
    terms: dict[int, str | None]
    content: str
    stored_digest: str | None
    stored_state: str | None
    digest: str = ""
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def seal(self) -> None:
        """Compute the digest of all that the source says, with what it refers to."""
        text = f"{PREPARATION}\x1f{self.content}\x1f{sorted(self.refs.items())}\x1f{sorted(self.terms.items())}"
        self.digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def name(self) -> str:
        return str(self.fields.get("name") or self.key)

    @property
    def is_confidential(self) -> bool:
        return bool(self.fields.get("confidential"))

    def count_parts(self) -> Counter[str]:
        found = Counter(part[0] for part in self.parts)
        found.update("unit" for part in self.parts if part[0] == "service_capacity" and part[3].get("unit"))
        return found


def wanted_ids(planned: Planned) -> dict[str, list[str]]:
    """UUIDs that parts bring along, by kind: they are kept unless another record's part holds them."""
    found: dict[str, list[str]] = {}
    for kind, _, ext, _, _ in planned.parts:
        if ext and (own := own_id(ext)):
            found.setdefault(kind, []).append(own)
    return found


def build_rows(planned: Planned, taken: dict[str, dict[str, str]], source: str) -> None:
    """Fill `planned.rows` with the rows of its parts. `taken`: kind -> part id -> id of the record whose part holds it."""
    rows: dict[str, list[Row]] = {}
    ids: list[str] = []
    seen: set[str] = set()
    for index, (kind, parent, ext, fields, _) in enumerate(planned.parts):
        part_id = _part_id(planned, kind, ext, fields, parent, taken, seen)
        ids.append(part_id)
        owner_kind, owner = (planned.kind, planned.object_id) if parent < 0 else (planned.parts[parent][0], ids[parent])
        if kind == "service_capacity" and fields.get("unit"):
            fields = _with_unit(fields, rows, source)
        row = _part_row(planned, kind, index, fields, part_id, owner_kind, owner)
        if row is not None:
            rows.setdefault(kind, []).append(row)
    if planned.categories:
        made = [
            row_of("service_category", {}, service_id=planned.object_id, category=slug, origin=origin)
            for slug, origin in planned.categories
        ]
        rows["service_category"] = made
    if planned.aside and not planned.is_confidential:
        rows["unmapped"] = [row_of("unmapped", {}, object_id=planned.object_id, kind=planned.kind, fields=planned.aside)]
    planned.rows = rows


def _part_id(planned: Planned, kind: str, ext: str, fields: Row, parent: int, taken: dict[str, dict[str, str]], seen: set[str]) -> str:
    """The part's own UUID where it is free, else one made from the record it belongs to. The same said twice gets two ids."""
    own = own_id(ext) if ext else None
    if own and own not in seen and taken.setdefault(kind, {}).setdefault(own, planned.object_id) == planned.object_id:
        seen.add(own)
        return own
    said = ext or encode(fields)
    number = 0
    while True:
        found = derived_id(planned.object_id, kind, str(parent), said, str(number) if number else "")
        if found not in seen:
            seen.add(found)
            return found
        number += 1


def _with_unit(fields: Row, rows: dict[str, list[Row]], source: str) -> Row:
    unit = dict(fields["unit"])
    ext = unit.pop("id", "")
    unit_id = own_id(ext) or derived_id(source, "unit", encode(unit))
    if all(row["id"] != unit_id for row in rows.setdefault("unit", [])):
        rows["unit"].append(row_of("unit", unit, id=unit_id))
    return {**{name: value for name, value in fields.items() if name != "unit"}, "unit_id": unit_id}


def _part_row(planned: Planned, kind: str, index: int, fields: Row, part_id: str, owner_kind: str, owner: str) -> Row | None:
    if kind == "attribute":
        term = planned.terms.get(index)
        return row_of(kind, fields, id=part_id, link_entity=owner_kind, link_id=owner, taxonomy_term_id=term)
    if kind == "metadata":
        return row_of(kind, fields, id=part_id, resource_type=owner_kind, resource_id=owner)
    if kind == "translation":
        return row_of(kind, fields, object_id=owner, kind=owner_kind) if owner_kind == planned.kind else None
    return row_of(kind, fields, **{"id": part_id, f"{owner_kind}_id": owner})


def planned_of(kind: str, row: tuple[Any, ...], refs: dict[str, str | None], terms: dict[int, str | None], parsed: list[Any]) -> Planned:
    """From a row of the staging area and its parsed content."""
    _, key, content, _, _, object_id, stored_digest, stored_state, file, line, path = row
    fields, parts, categories, aside = parsed
    planned = Planned(
        kind, key, object_id, Where(file, line, path), fields, parts, categories, aside, refs, terms, content, stored_digest, stored_state
    )
    planned.seal()
    return planned


def parse(content: str) -> list[Any]:
    parsed: list[Any] = json.loads(content)
    return parsed
