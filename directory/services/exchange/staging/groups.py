"""Which tellings are of one thing, and under which key each thing is known. The answer never depends on the order of rows.

Within a feed several tellings may carry one id:

- the very same row twice is one thing;
- a row that says less of the same (every field it has is equal) is the same thing told shorter;
- a record nested in another is a telling of the row with that id, if the feed has it; nested ones among themselves are one thing when their
  names and places agree, or when the id is a UUID;
- unlike rows under one id are different things. Each gets a key of its own from the id, its name and its place, and where even those agree
  from all that it says.

A row without an id gets its key from name and place. What the directory already knows under a derived key stays under it, and what it knows
under the plain id keeps that when just one of several unlike rows carries its name.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from directory.services.exchange.identity import key_among_unlike, key_without_id, own_id
from directory.services.exchange.records import Problem, Severity, Where
from directory.services.exchange.staging.area import StagingArea

_COLUMNS = "token, ext, bundle, nested, weight, name_key, place_key, file, line, path, content, refs"


@dataclass(frozen=True, slots=True)
class Telling:
    token: str
    ext: str
    bundle: str
    nested: int
    weight: int
    name_key: str
    place_key: str
    file: str
    line: int | None
    path: str
    content: str
    refs: str

    @property
    def likeness(self) -> tuple[str, str]:
        return (self.name_key, self.place_key)

    @property
    def where(self) -> Where:
        return Where(self.file, self.line, self.path)


@dataclass(frozen=True, slots=True)
class Known:
    """What the directory already holds of the source: keys that the importer derived, and the name of the thing under a plain id."""

    derived: frozenset[tuple[str, str]]
    name_under: Callable[[str, str], str | None]


def group(area: StagingArea, kind: str, known: Known) -> None:
    """Give every telling of a kind its key, or the token of the telling that stands for it."""
    area.db.execute("UPDATE thing SET key = ext WHERE kind = ? AND ext != ''", (kind,))
    shared = area.rows("SELECT ext FROM thing WHERE kind = ? AND ext != '' GROUP BY ext HAVING count(*) > 1", (kind,))
    for (ext,) in shared:
        _settle_shared(area, kind, ext, known)
    if kind != "service_at_location":  # those are known by what they join
        _settle_without_id(area, kind)
    if known.derived:
        _keep_derived(area, kind, known)


def _tellings(area: StagingArea, condition: str, values: tuple[Any, ...]) -> list[Telling]:
    statement = f"SELECT {_COLUMNS} FROM thing JOIN said ON said.thing = thing.rowid WHERE {condition}"  # noqa: S608
    return [Telling(*row) for row in area.rows(f"{statement} ORDER BY nested, weight DESC, token", values)]


def _settle_shared(area: StagingArea, kind: str, ext: str, known: Known) -> None:
    tellings = _tellings(area, "kind = ? AND ext = ?", (kind, ext))
    things, same = _apart(tellings, trusted=own_id(ext) is not None)
    _mark_same(area, kind, same)
    if len(things) == 1:
        return
    keeper = _keeper(things, known.name_under(kind, ext))
    for telling, key in _keys(
        area, kind, [thing for thing in things if thing is not keeper], lambda likeness: key_among_unlike(ext, *likeness)
    ):
        area.db.execute("UPDATE thing SET key = ? WHERE token = ?", (key, telling.token))
        message = f"The id {ext[:60]!r} stands for {len(things)} unlike records; this one is known as {key[:90]!r} from now on."
        area.add_problems([Problem(kind, telling.where, "id", message, Severity.NOTED)])


def _keeper(things: Sequence[Telling], name: str | None) -> Telling | None:
    namesakes = [thing for thing in things if name is not None and thing.name_key == name]
    return namesakes[0] if len(namesakes) == 1 else None


def _settle_without_id(area: StagingArea, kind: str) -> None:
    groups = area.rows("SELECT name_key, place_key, count(*) FROM thing WHERE kind = ? AND ext = '' GROUP BY name_key, place_key", (kind,))
    for name_key, place_key, _ in groups:
        tellings = _tellings(area, "kind = ? AND ext = '' AND name_key = ? AND place_key = ?", (kind, name_key, place_key))
        things, same = _apart(tellings, trusted=False)
        _mark_same(area, kind, same)
        for telling, key in _keys(area, kind, things, lambda likeness: key_without_id(kind, *likeness)):
            area.db.execute("UPDATE thing SET key = ? WHERE token = ?", (key, telling.token))
            if not telling.nested:
                message = "The row has no id; it is known by its name and address from now on."
                area.add_problems([Problem(kind, telling.where, "id", message, Severity.NOTED)])


def _keys(area: StagingArea, kind: str, things: Iterable[Telling], make: Callable[[tuple[str, ...]], str]) -> list[tuple[Telling, str]]:
    """A key for each thing; those that say just the same, in whatever document they came, are one thing."""
    by_likeness: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for thing in things:
        by_likeness[thing.likeness].append(thing)
    keys: dict[str, Telling] = {}
    for likeness, alike in by_likeness.items():
        for thing in alike:
            key = make(likeness if len(alike) == 1 else (*likeness, thing.content, thing.refs))
            if key in keys:
                _mark_same(area, kind, [(thing, keys[key])])
            else:
                keys[key] = thing
    return [(thing, key) for key, thing in keys.items()]


def _mark_same(area: StagingArea, kind: str, same: list[tuple[Telling, Telling]]) -> None:
    """`same` pairs a telling with the one that stands for it."""
    for telling, of in same:
        area.db.execute("UPDATE thing SET same_as = ?, key = NULL WHERE token = ?", (of.token, telling.token))
        if not telling.nested:
            area.add_problems([Problem(kind, telling.where, "id", f"It tells the same as {of.where}; it was loaded once.", Severity.NOTED)])
        elif telling.name_key and of.name_key and telling.name_key != of.name_key:
            message = f"It is told under another name at {of.where}; that row counts."
            area.add_problems([Problem(kind, telling.where, "name", message, Severity.NOTED)])


def _apart(tellings: Sequence[Telling], *, trusted: bool) -> tuple[list[Telling], list[tuple[Telling, Telling]]]:
    """The different things among tellings of one id, and the tellings that another stands for. Sorted: rows first, fuller first."""
    sorting = _Sorting(trusted)
    same: list[tuple[Telling, Telling]] = []
    for telling in tellings:
        of = sorting.row(telling) if not telling.nested else sorting.nested(telling)
        if of is None:
            sorting.keep(telling)
        else:
            same.append((telling, of))
    return sorting.things, same


class _Sorting:
    """The different things found so far under one id, by the document they came in and by name."""

    def __init__(self, trusted: bool) -> None:
        self.trusted = trusted
        self.things: list[Telling] = []
        self.by_bundle: dict[str, list[Telling]] = defaultdict(list)
        self.by_name: dict[str, list[Telling]] = defaultdict(list)

    def keep(self, telling: Telling) -> None:
        self.things.append(telling)
        self.by_bundle[telling.bundle].append(telling)
        self.by_name[telling.name_key].append(telling)

    def row(self, telling: Telling) -> Telling | None:
        """The row that says all that this one says."""
        return next((thing for thing in self.by_bundle[telling.bundle] if _says_all_of(thing, telling)), None)

    def nested(self, telling: Telling) -> Telling | None:
        """The thing that a nested record is a telling of."""
        here = self.by_bundle[telling.bundle]
        rows = [thing for thing in here if not thing.nested]
        if len(rows) == 1:
            return rows[0]
        near = [thing for thing in here if _agree(thing, telling)]
        if near:
            return near[0]
        certain = [thing for thing in self.by_name[telling.name_key] if telling.name_key and _agree(thing, telling)]
        if len(certain) == 1 or (certain and self.trusted):
            return certain[0]
        return self.things[0] if self.trusted and self.things else None


def _agree(one: Telling, other: Telling) -> bool:
    return all(not a or not b or a == b for a, b in zip(one.likeness, other.likeness, strict=True))


def _says_all_of(full: Telling, short: Telling) -> bool:
    """Whether everything that `short` says, `full` says too."""
    fields, parts, categories, _ = json.loads(full.content)
    short_fields, short_parts, short_categories, _ = json.loads(short.content)
    refs, short_refs = json.loads(full.refs), json.loads(short.refs)
    return (
        all(fields.get(name) == value for name, value in short_fields.items())
        and all(part in parts for part in short_parts)
        and all(category in categories for category in short_categories)
        and all(column in refs and refs[column][:2] == ref[:2] for column, ref in short_refs.items())
    )


def _keep_derived(area: StagingArea, kind: str, known: Known) -> None:
    """A thing that is alone under its id now, but is known under a derived key from an import before, stays known so."""
    bases = {key.rpartition("~")[0] for a_kind, key in known.derived if a_kind == kind}
    for ext in sorted(bases - {""}):
        for telling in _tellings(area, "kind = ? AND ext = ? AND same_as IS NULL AND key = ext", (kind, ext)):
            key = key_among_unlike(ext, *telling.likeness)
            if (kind, key) in known.derived and known.name_under(kind, ext) is None:
                area.db.execute("UPDATE thing SET key = ? WHERE token = ?", (key, telling.token))
