"""Whom to call when the words of a search speak of danger."""

from directory.api.shapes.facts import Json, text
from directory.domain.community import CrisisNumber
from directory.services.finding.danger import Advice, Danger


def danger(found: Danger | None, locale: str) -> Json | None:
    """The kinds of danger, whom to call and what to do first; None where the words speak of none."""
    if found is None:
        return None
    return {
        "level": found.level.value,
        "kinds": [kind.value for kind in found.kinds],
        "numbers": [crisis_number(entry, locale) for entry in found.numbers],
        "advice": [_advice(entry, locale) for entry in found.advice],
    }


def crisis_number(entry: CrisisNumber, locale: str) -> Json:
    """A line to call, in one language."""
    return {
        "number": entry.number,
        "name": in_language(entry.name, locale),
        "when": text(in_language(entry.when, locale)),
        "text_number": text(entry.text_number),
        "emergency": entry.emergency,
        "kinds": list(entry.kinds),
    }


def in_language(texts: dict[str, str], locale: str) -> str:
    """The text in a language ("fr", "fr-CA"), else in English."""
    return texts.get(locale.partition("-")[0].lower()) or texts.get("en", "")


def _advice(entry: Advice, locale: str) -> Json:
    return {
        "kind": entry.kind.value,
        "text": in_language(entry.text, locale),
        "source": entry.source.name,
        "source_page": entry.source.page,
        "source_address": entry.source.address,
        "source_read_on": entry.source.read.isoformat(),
    }
