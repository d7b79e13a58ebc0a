"""Why a result is listed, as sentences. Codes come from the engine and from the use case; a code without words here reads as itself."""

from collections.abc import Callable, Mapping
from typing import Any

from directory.api.shapes.labels import facet_label
from search_index.explain import Reason
from search_index.query import Facet

Data = Mapping[str, Any]

_FIELDS = {
    "name": "its name",
    "alternate_names": "another name of it",
    "category_words": "what it does",
    "organization": "its organization",
    "place_words": "its place",
    "description": "its description",
    "eligibility": "whom it is for",
    "other_words": "how it works",
}
_MATCHES = "matches_"


def sentence(reason: Reason) -> str:
    """The reason in words."""
    if reason.code.startswith(_MATCHES):
        field = reason.code.removeprefix(_MATCHES)
        return f"“{reason.data['word']}” is in {_FIELDS.get(field, field)}"
    words = _SENTENCES.get(reason.code)
    return words(reason.data) if words else reason.code.replace("_", " ").capitalize()


_SENTENCES: Mapping[str, Callable[[Data], str]] = {
    "concept": lambda data: f"Because you said “{data['words']}”",
    "open": lambda data: "Takes people then" if data.get("taking") == "takes_people" else "Open then, intake not known",
    "closed": lambda _: "Not taking people then",
    "within": lambda data: f"{data['km']:.1f} km away",
    "away": lambda data: f"{data['km']:.1f} km away",
    "reaches_you": lambda _: "Comes to you, by phone or online, or at a place that is not published",
    "place_unknown": lambda _: "Does not say where it is or whom it serves: ask",
    "chosen": lambda data: f"{_facet(data)}, as you asked",
    "unknown": lambda data: f"Does not say its {str(data['field']).replace('_', ' ')}: ask",
    "hours_unknown": lambda _: "Hours not known: call",
    "serves_area": lambda _: "Serves this area",
    "serves_elsewhere": lambda _: "Says that it serves other areas",
    "place_not_published": lambda _: "Where it is, is not published",
    "verified": lambda data: f"Verified {data['on']}",
    "never_verified": lambda _: "Never verified, as far as known",
}


def _facet(data: Data) -> str:
    return facet_label(Facet(data["facet"]), str(data["value"]), "en")
