"""What a listing's own words suggest of who can come, for whoever edits it: each to be accepted, changed or refused, none by itself.

What is accepted stands as read from the text until the listing is published, and says no to nobody before. What somebody said is no rule is
remembered for that listing, and collected without it, so that the reading of texts can be tested with it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.ids import is_id
from directory.domain.said import language_of
from directory.rules.conditions import written
from directory.rules.criteria import By, check_criteria
from directory.rules.entries import Entries
from directory.rules.plain_answers import free_id
from directory.rules.reading import suggest
from directory.rules.reading.found import Kind
from directory.rules.reading.places import Areas
from directory.rules.reading.suggest import Suggestion
from directory.services.parts import Parts
from directory.store.tables import RejectedSuggestion

TEXTS = ("eligibility_description", "description")
"""Fields of a listing that are read for who can come."""
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class TextSuggestion:
    """`key` names it as long as its words mean the same. `text` is the whole text in which it was `found`, of the field `field`."""

    key: str
    field: str
    text: str
    language: str
    found: Suggestion


def suggestions_for(
    form: Mapping[str, Any], entries: Entries, refused: frozenset[str] = frozenset(), areas: Areas | None = None
) -> tuple[TextSuggestion, ...]:
    """What the texts of a form suggest that is neither among its criteria nor was refused."""
    texts = {field: str(form.get(field) or "") for field in TEXTS}
    language = str(form.get("text_language") or "") or language_of(" ".join(texts.values())) or "en"
    every = [each for field, text in texts.items() for each in _of_text(field, text, language, areas)]
    fresh = {each.key: each for each in reversed(every) if each.key not in refused and not _is_said(each.found, entries)}
    return tuple(each for each in every if fresh.get(each.key) is each)[:MOST_SHOWN]


def accepted(entries: Entries, suggestion: TextSuggestion) -> dict[str, Any]:
    """The criteria with what the words suggest."""
    found, more = suggestion.found, dict(entries)
    if found.kind is Kind.CRITERION and found.when is not None:
        criteria = dict(entries.get("criteria", {}))
        said = {"by": By.TEXT.value, "text": found.words[:500], "confirmed_on": None}
        criteria[free_id("text", criteria)] = {"when": _plain(found.when), "strength": found.strength, "said": said}
        more |= {"criteria": criteria}
        if found.strength == "hard":
            more.pop("open_to_all", None)
    elif found.kind is Kind.DOCUMENT:
        need = "required" if found.strength == "hard" else "helpful"
        more["documents"] = {**entries.get("documents", {}), found.code: {"need": need, "or": []}}
    elif found.kind is Kind.REFERRAL:
        more["referral"] = {"required": found.code == "required", "from": list(found.sources)}
    elif found.kind is Kind.QUESTION:
        questions = dict(entries.get("questions", {}))
        questions[free_id("q", questions)] = {"text": found.words[:500], "question": found.words[:500]}
        more["questions"] = questions
    elif not any(each["strength"] == "hard" for each in entries.get("criteria", {}).values()):
        more["open_to_all"] = True
    return more


def refuse(parts: Parts, service_id: str, suggestion: TextSuggestion) -> None:
    """Remember that these words are no rule of this listing."""
    if not is_id(service_id):
        return
    with parts.database.writing() as session:
        if suggestion.key not in refused_in(session, service_id):
            session.add(
                RejectedSuggestion(
                    service_id=service_id,
                    key=suggestion.key,
                    language=suggestion.language[:20],
                    words=suggestion.found.words,
                    meaning=meaning_of(suggestion.found),
                    rejected_at=parts.clock.now(),
                )
            )
            session.commit()


def refused(parts: Parts, service_id: str) -> frozenset[str]:
    """Keys of what somebody said is no rule of a listing."""
    with parts.database.reading() as session:
        return refused_in(session, service_id) if is_id(service_id) else frozenset()


def refused_in(session: Session, service_id: str) -> frozenset[str]:
    return frozenset(session.scalars(select(RejectedSuggestion.key).where(RejectedSuggestion.service_id == service_id)))


def all_refused(parts: Parts) -> list[dict[str, Any]]:
    """Everything that was refused anywhere, as cases for tests: language, words, what they were taken for; never of which listing."""
    with parts.database.reading() as session:
        rows = session.execute(select(RejectedSuggestion.language, RejectedSuggestion.words, RejectedSuggestion.meaning)).all()
    found = {json.dumps(case, sort_keys=True): case for row in rows if (case := {"language": row[0], "words": row[1], "rejected": row[2]})}
    return [found[key] for key in sorted(found)]


def meaning_of(found: Suggestion) -> dict[str, Any]:
    """What the words were taken for, without where they stand."""
    return {name: value for name, value in found.as_json().items() if name not in ("start", "end", "words", "reason")}


def _of_text(field: str, text: str, language: str, areas: Areas | None) -> Iterator[TextSuggestion]:
    for found in suggest(text, language, areas=areas):
        said = json.dumps([" ".join(found.words.lower().split()), meaning_of(found)], sort_keys=True, ensure_ascii=False)
        yield TextSuggestion(sha256(said.encode()).hexdigest()[:20], field, text, language, found)


def _is_said(found: Suggestion, entries: Entries) -> bool:
    if found.kind is Kind.CRITERION and found.when is not None:
        return any(each["when"] == _plain(found.when) for each in entries.get("criteria", {}).values())
    if found.kind is Kind.DOCUMENT:
        documents = entries.get("documents", {})
        return found.code in documents or any(found.code in each["or"] for each in documents.values())
    if found.kind is Kind.REFERRAL:
        return bool(entries.get("referral"))
    if found.kind is Kind.QUESTION:
        return any(found.words in (each["text"], each["question"]) for each in entries.get("questions", {}).values())
    return bool(entries.get("open_to_all") or entries.get("criteria"))


def _plain(when: Mapping[str, Any]) -> dict[str, Any]:
    """A condition in its one form."""
    said = {"by": By.TEXT.value, "text": "", "confirmed_on": None}
    return written(check_criteria({"schema": 1, "criteria": [{"id": "c", "when": when, "said": said}]}).criteria[0].when)
