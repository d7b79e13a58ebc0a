"""The terms that a community sets for referrals, and publishes: everybody can read how long they may have to wait."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.domain.errors import InvalidInput
from directory.domain.referrals.clocks import DEFAULT_CLOCKS, Term, Urgency, read_clocks, read_term, write_term
from directory.services.listings.community import save_fact
from directory.services.parts import Parts
from directory.services.referrals.working_time import CLOCKS_FACT, clocks_in
from directory.store.tables import CommunityFact


@dataclass(frozen=True, slots=True)
class PublishedClock:
    """`urgent`, `routine`: as "4h" (open hours) or "2d" (working days). `expires`: at twice the term it is at its end."""

    state: str
    waits_for: str
    urgent: str
    routine: str
    expires: bool
    is_default: bool


def published_clocks(parts: Parts) -> tuple[PublishedClock, ...]:
    """In the order of the states."""
    with parts.database.reading() as session:
        found = clocks_in(session)
    return tuple(
        PublishedClock(
            state.value, row.waits_for, write_term(row.urgent), write_term(row.routine), row.expires, row == DEFAULT_CLOCKS[state]
        )
        for state, row in found.items()
    )


def set_clocks(parts: Parts, changes: Iterable[tuple[str, str, str]], actor: str) -> None:
    """Set terms, each a state, an urgency and "4h" or "2d"; with the history of what they were. They hold for what begins from now on.
    Raise `InvalidInput`."""
    with parts.database.writing() as session:
        row = session.get(CommunityFact, CLOCKS_FACT)
        raw: dict[str, Any] = {name: dict(terms) for name, terms in _as_terms(row.value if row is not None else {}).items()}
        for state, urgency, term in changes:
            if urgency not in list(Urgency):
                raise InvalidInput("urgency", "The urgency is urgent or routine.")
            raw.setdefault(state, {})[urgency] = write_term(read_term(term))
        read_clocks(raw)
        save_fact(session, CLOCKS_FACT, raw, actor, parts.clock.now())
        session.commit()


def term_words(written: str) -> tuple[float, bool]:
    """How many, and whether they are working days: for pages."""
    term: Term = read_term(written)
    return (term.working_days, True) if term.working_days else (term.open_minutes / 60, False)


def _as_terms(value: Any) -> Mapping[str, Mapping[str, str]]:
    return value if isinstance(value, dict) else {}
