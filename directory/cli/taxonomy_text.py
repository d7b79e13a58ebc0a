"""What `directory taxonomy show` answers, as lines for a terminal and as JSON."""

import textwrap
from collections.abc import Iterator
from typing import Any

from directory.domain.categories.tables import gravity_codes
from directory.domain.categories.tree import LANGUAGES, name
from directory.services.taxonomy.show import Shown, TermShown

WIDTH = 96


def unknown_sentence(found: TermShown, lang: str) -> str:
    """One sentence for a term that nobody knows."""
    near = ", ".join(f"{slug} ({name(slug, lang)})" for slug in found.near)
    return f"Nobody knows “{found.term}”" + (f"; near it: {near}." if near else "; nothing is called anything like it.")


def lines_of(found: TermShown, lang: str) -> Iterator[str]:
    if not found.categories:
        yield f"“{found.term}” is a known {found.kind}; no category of ours stands for it."
    for number, shown in enumerate(found.categories):
        if number:
            yield ""
        yield from _category_lines(shown, lang)


def _category_lines(shown: Shown, lang: str) -> Iterator[str]:
    entry, mappings = shown.category, shown.mappings
    yield f"{entry.slug}  ({entry.sector})"
    for language in LANGUAGES:
        yield f"  {language}  {entry.names[language]}"
        yield from _wrapped("      ", ", ".join(entry.synonyms[language]))
    yield from _wrapped("  under: ", " < ".join(f"{slug} ({name(slug, lang)})" for slug in shown.ancestors) or "nothing; it is at the top")
    yield from _wrapped("  holds: ", ", ".join(shown.children) or "no others")
    yield from _wrapped("  211HSIS: ", ", ".join(mappings.hsis_211) or "none")
    yield from _wrapped("  Open Eligibility: ", ", ".join(mappings.open_eligibility) or "none")
    yield f"  Gravity: {mappings.gravity or 'none'}" + (f" ({gravity_codes()[mappings.gravity]})" if mappings.gravity else "")
    yield "  services: " + ("not counted, there is no database yet" if shown.services is None else str(shown.services))


def _wrapped(label: str, text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=label, subsequent_indent="      ", break_on_hyphens=False)


def json_of(found: TermShown) -> dict[str, Any]:
    return {
        "term": found.term,
        "known_as": found.kind,
        "categories": [_category_json(shown) for shown in found.categories],
        "near": [{"slug": slug, "names": {language: name(slug, language) for language in LANGUAGES}} for slug in found.near],
    }


def _category_json(shown: Shown) -> dict[str, Any]:
    entry, mappings = shown.category, shown.mappings
    return {
        "slug": entry.slug,
        "sector": entry.sector,
        "names": dict(entry.names),
        "synonyms": {language: list(found) for language, found in entry.synonyms.items()},
        "ancestors": list(shown.ancestors),
        "children": list(shown.children),
        "mappings": {
            "211hsis": list(mappings.hsis_211),
            "open_eligibility": list(mappings.open_eligibility),
            "gravity": mappings.gravity or None,
        },
        "services": shown.services,
    }
