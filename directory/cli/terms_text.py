"""Imported terms as lines for a terminal and as JSON."""

from collections.abc import Iterator
from typing import Any

from directory.domain.categories.tree import name
from directory.rules.term_suggestions import Ground, Reason, Suggestion
from directory.services.taxonomy.decide import Decided
from directory.services.taxonomy.imported import ImportedTerm, State, TermPage

_LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish"}


def lines_of_terms(found: TermPage) -> Iterator[str]:
    counts = ", ".join(f"{found.states.get(state, 0)} {state.replace('_', ' ')}" for state in State)
    yield f"{found.total} terms ({counts} in all)"
    for entry in found.terms:
        term = entry.term
        words = " · ".join(filter(None, (term.name, term.code if term.code != term.name else "", term.taxonomy)))
        yield ""
        yield f"{words}  ({term.source or 'no source'}, {entry.services} services)"
        yield f"  {term.id}"
        yield f"  {_meaning(entry)}"
        for suggestion in entry.suggestions:
            yield f"  {suggestion.sureness}: {suggestion.category} ({name(suggestion.category, 'en')}), {_why(suggestion)}"


def _meaning(entry: ImportedTerm) -> str:
    if entry.state is State.UNMAPPED:
        return "means no category yet"
    words = ", ".join(entry.categories) or "none fits"
    if entry.decision is None:
        return f"{words}, by the tables"
    why = f": {entry.decision.why}" if entry.decision.why else ""
    return f"{words}, decided by {entry.decision.by} on {entry.decision.at:%Y-%m-%d}{why}"


def _why(suggestion: Suggestion) -> str:
    return "; ".join(_reason(reason) for reason in suggestion.reasons)


def _reason(reason: Reason) -> str:
    if reason.ground is Ground.COMPANY:
        return f"{reason.share} % of its services are filed there"
    return f"{', '.join(reason.words)} as in “{reason.phrase}” ({_LANGUAGES[reason.language]})"


def done_sentence(done: Decided) -> str:
    """What a decision changed."""
    terms = f"{len(done.terms)} term{'' if len(done.terms) == 1 else 's'}"
    return f"Decided on {terms}; {done.services} service{' is' if done.services == 1 else 's are'} filed otherwise now."


def json_of_terms(found: TermPage) -> dict[str, Any]:
    return {
        "total": found.total,
        "states": {state: found.states.get(state, 0) for state in State},
        "sources": dict(sorted(found.sources.items())),
        "terms": [_term_json(entry) for entry in found.terms],
    }


def _term_json(entry: ImportedTerm) -> dict[str, Any]:
    decision = entry.decision
    return {
        "id": entry.term.id,
        "source": entry.term.source,
        "taxonomy": entry.term.taxonomy,
        "code": entry.term.code,
        "name": entry.term.name,
        "services": entry.services,
        "state": entry.state,
        "categories": list(entry.categories),
        "decision": None if decision is None else {"by": decision.by, "at": decision.at.isoformat(), "why": decision.why},
        "suggestions": [
            {"category": one.category, "score": one.score, "sure": one.sureness, "why": _why(one)} for one in entry.suggestions
        ],
    }
