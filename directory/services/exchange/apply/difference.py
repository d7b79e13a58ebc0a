"""What must be written so that the directory holds what the feed says: rows to insert, update and delete, and the history of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from directory.services.exchange.apply import history
from directory.services.exchange.apply.history import Author
from directory.services.exchange.apply.planned import Planned, Row
from directory.services.exchange.apply.stored import Parts, key_of_part
from directory.services.exchange.apply.tables import COLUMNS, KEPT_ALWAYS, NOT_FROM_FEEDS, kept_if_not_told, row_of
from directory.services.exchange.staging.matching import GONE


@dataclass(frozen=True, slots=True)
class Offer:
    """What a source says of a field on which a person's word stands; `is_open`: otherwise than the person, and somebody must choose.
    `chosen`: somebody did, for "ours" or "theirs"."""

    kind: str
    object_id: str
    field: str
    value: Any
    author: Author
    is_open: bool
    chosen: str = ""


@dataclass
class Work:
    """Everything that one batch writes. `changed`: ids of records that changed, by kind, with what was new left out of it; `concealed`:
    those that became confidential; `offers`: what the source says against people's word."""

    inserts: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    updates: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    deletes: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))
    history: list[Row] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    new: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    resealed: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    concealed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    offers: list[Offer] = field(default_factory=list)

    def count(self, kind: str, what: str, number: int = 1) -> None:
        if number:
            self.counts[kind][what] += number


def insert(work: Work, planned: Planned, author: Author, held_back: str = "") -> None:
    """A record that the directory did not hold. `held_back`: why it is kept unpublished from the start."""
    kind = planned.kind
    root = row_of(
        kind,
        planned.fields | planned.refs,
        id=planned.object_id,
        source_id=author.source_id,
        external_id=planned.key,
        digest=planned.digest,
        version=1,
        created_at=author.at,
        modified_at=author.at,
        **({"changed_at": author.at} if kind == "service" else {}),
        **({"withdrawn_at": author.at, "withdrawn_why": held_back} if held_back else {}),
    )
    work.inserts[kind].append(root)
    for part_kind, rows in planned.rows.items():
        work.inserts[part_kind] += [_dated(part_kind, row, author) for row in _distinct(part_kind, rows)]
    work.history.append(history.created(author, planned))
    if held_back:
        work.history.append(history.change(author, planned, "withdrawn_at", None, author.at))
    work.new[kind].append(planned.object_id)
    work.count(kind, "created")
    for part_kind, number in planned.count_parts().items():
        work.count(part_kind, "created", number)


def _dated(kind: str, row: Row, author: Author) -> Row:
    """A translation says how old its words are."""
    return {**row, "modified_at": author.at} if kind == "translation" else row


def _distinct(kind: str, rows: list[Row]) -> list[Row]:
    return list({key_of_part(kind, row): row for row in rows}.values())


def update(work: Work, planned: Planned, author: Author, before: Row, parts: Parts) -> None:
    """A record that the directory holds otherwise, or maybe only seems to."""
    kind = planned.kind
    names = list(_differing(planned, before))
    after = row_of(kind, planned.fields | planned.refs)
    changes: Row = {name: after[name] for name in names}
    work.history += history.root_changes(author, planned, before, after, names)
    if planned.stored_state == GONE:
        changes |= {"withdrawn_at": None, "withdrawn_why": None}
        work.history.append(history.change(author, planned, "withdrawn_at", before["withdrawn_at"], None))
    told = _parts(work, planned, author, parts, hidden=bool(before.get("confidential")))
    if changes or told:
        work.updates[kind].append(
            {"id": planned.object_id, "digest": planned.digest, "version": before["version"] + 1, "modified_at": author.at, **changes}
        )
        work.changed[kind].append(planned.object_id)
        work.count(kind, "updated")
    else:
        work.resealed[kind].append({"id": planned.object_id, "digest": planned.digest})
        work.count(kind, "unchanged")


def _differing(planned: Planned, before: Row) -> Iterator[str]:
    kept = kept_if_not_told(planned.kind)
    after = row_of(planned.kind, planned.fields | planned.refs)
    for name in COLUMNS[planned.kind]:
        if name in NOT_FROM_FEEDS or (name in kept and name not in planned.fields):
            continue
        if name in KEPT_ALWAYS and before["verified_at"] and after["verified_at"] and before["verified_at"] >= after["verified_at"]:
            continue  # somebody verified it later than the source did
        if before[name] != after[name]:
            yield name


def _parts(work: Work, planned: Planned, author: Author, stored: Parts, hidden: bool) -> bool:
    """Compare parts one by one; True when anything differs."""
    differs = False
    for kind in sorted({*stored, *planned.rows} - {"unit"}):
        old = {key_of_part(kind, row): row for row in stored.get(kind, ())}
        new = {key_of_part(kind, row): row for row in planned.rows.get(kind, ())}
        if kind == "service_category":
            by_planner = {key for key, row in old.items() if row["origin"] == "planner"}
            old, new = ({key: row for key, row in rows.items() if key not in by_planner} for rows in (old, new))
        for key, row in new.items():
            differs |= _one_part(work, planned, author, kind, old.get(key), row, hidden)
        for key in [key for key in old if key not in new]:
            work.deletes[kind].append(key)
            work.history.append(history.part_change(author, planned, kind, old[key], None, hidden))
            work.count(kind, "retired")
            differs = True
    work.inserts["unit"] += planned.rows.get("unit", [])
    work.count("unit", "unchanged", planned.count_parts()["unit"])
    return differs


def _one_part(work: Work, planned: Planned, author: Author, kind: str, old: Row | None, new: Row, hidden: bool) -> bool:
    if old is None:
        work.inserts[kind].append(_dated(kind, new, author))
        work.history.append(history.part_change(author, planned, kind, None, new, hidden))
        work.count(kind, "created")
        return True
    if kind == "contact":
        new = {**new, "published": old["published"]}  # whether a name is shown is not the feed's to say
    if kind == "translation":
        new = {**new, "modified_at": old["modified_at"]}
    if old == new:
        work.count(kind, "unchanged")
        return False
    work.updates[kind].append(_dated(kind, new, author))
    work.history.append(history.part_change(author, planned, kind, old, new, hidden))
    work.count(kind, "updated")
    return True


def unchanged(work: Work, planned: Planned) -> None:
    """A record of which the source says what it said before."""
    work.count(planned.kind, "unchanged")
    for kind, number in planned.count_parts().items():
        work.count(kind, "unchanged", number)
