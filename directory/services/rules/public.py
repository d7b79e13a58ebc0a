"""The rules that hold now, for everybody: who is judged by rules may read them."""

from dataclasses import dataclass
from datetime import datetime

from directory.domain.errors import NotFound
from directory.domain.sentences import say
from directory.rules.sets.kinds import SetKind
from directory.services.parts import Parts
from directory.services.rules.versions import SHIPPED_VERSION, Held, held_now, version_row


@dataclass(frozen=True, slots=True)
class PublicSet:
    """`since`: when it became active; None for what comes with the program."""

    held: Held
    since: datetime | None


def read_public_sets(parts: Parts) -> tuple[PublicSet, ...]:
    """One set of each kind."""
    with parts.database.reading() as session:
        found = []
        for kind in SetKind:
            held = held_now(parts, session, kind)
            row = version_row(session, held.name, held.version) if held.version != SHIPPED_VERSION else None
            found.append(PublicSet(held, row.active_at if row else None))
        return tuple(found)


def read_public_set(parts: Parts, set_name: str) -> PublicSet:
    """The set of this name, as it holds now. Raise `NotFound`."""
    for found in read_public_sets(parts):
        if found.held.name == set_name:
            return found
    raise NotFound(say('No rule set called "%(set)s" holds now.', set=set_name[:60]))
