"""One version with everything that a planner decides by: what holds instead, who did what."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.services.accounts.names import names_of
from directory.services.parts import Parts
from directory.services.rules.versions import Held, VersionRead, held_now, read_version, read_versions


@dataclass(frozen=True, slots=True)
class Looked:
    """`names`: label of an actor -> what they are called."""

    found: VersionRead
    held: Held
    names: Mapping[str, str]


def look_at(parts: Parts, set_name: str, version: int) -> Looked:
    """Raise `NotFound`."""
    found = read_version(parts, set_name, version)
    with parts.database.reading() as session:
        held = held_now(parts, session, found.kind)
        return Looked(found, held, names_of(session, (found.made_by, found.asked_by, found.active_by)))


def look_at_all(parts: Parts) -> tuple[tuple[VersionRead, ...], Mapping[str, str]]:
    """All versions, and what those are called who did something to them."""
    found = read_versions(parts)
    with parts.database.reading() as session:
        return found, names_of(session, {each.made_by for each in found})
