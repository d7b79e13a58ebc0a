"""What this browser was told of the person that help is looked for: kept in one sealed cookie for half an hour, and nowhere else.

No address and no log ever holds it. Nothing is stored here; *forget my answers* and *leave this page* take the cookie away, and so does
half an hour without an answer. What somebody's status is, is never taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, g

from directory.domain.errors import InvalidInput
from directory.rules.listed import DISCLOSURES
from directory.rules.person import NOBODY, Person
from directory.services.finding.persons import person_told
from directory.web.here import parts
from directory.web.sealed_cookies import PERSON, put_cookie, put_sealed, read_sealed

MINUTES = 30


@dataclass(frozen=True, slots=True)
class Told:
    """`person` with what was told; `avoids`: what a program must not be known to do; `skipped`: facts that were answered *not sure*."""

    person: Person = NOBODY
    avoids: frozenset[str] = frozenset()
    skipped: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_something(self) -> bool:
        return bool(self.person.told or self.avoids or self.skipped)


def set_up(app: Flask) -> None:
    """Read the cookie of each request anew."""
    app.before_request(_begin)


def told() -> Told:
    """What is known in this request; nothing where the cookie cannot be read or its time is over."""
    if "told" not in g:
        g.told = _read()
    found: Told = g.told
    return found


def tell(facts: Mapping[str, Any], avoids: frozenset[str], skipped: frozenset[str]) -> Told:
    """Keep these answers for another half hour. Raise `InvalidInput` for one that cannot be read; then what was kept stays."""
    person = person_told(parts(), facts)
    g.told = Told(person, avoids, skipped)
    if g.told.is_something:
        now = parts().clock.now().timestamp()
        put_sealed(PERSON, {"at": int(now), "facts": dict(person.told), "avoids": sorted(avoids), "skipped": sorted(skipped)})
    else:
        put_cookie(PERSON, "")
    return told()


def forget() -> None:
    g.told = Told()
    put_cookie(PERSON, "")


def _begin() -> None:
    g.pop("told", None)


def _read() -> Told:
    kept = read_sealed(PERSON)
    if not isinstance(kept, dict):
        return Told()
    age = parts().clock.now().timestamp() - float(kept.get("at", 0))
    if not -60 <= age <= MINUTES * 60:
        return Told()
    try:
        person = person_told(parts(), kept.get("facts", {}))
    except InvalidInput:  # a place that is not known any more, or an older form
        return Told()
    avoids = frozenset(name for name in kept.get("avoids", ()) if name in DISCLOSURES)
    return Told(person, avoids, frozenset(map(str, kept.get("skipped", ()))))
