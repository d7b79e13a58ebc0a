"""Why a result is listed, in words: what its words met, where it is, what was chosen. What the card says already is not said again."""

from collections.abc import Callable, Mapping

from directory.services.finding.results import FoundService
from directory.web.amounts import distance_words
from directory.web.wording import _
from directory.web.words import facet_name, facet_value_name
from search_index.explain import Reason
from search_index.query import Facet

Data = Mapping[str, object]


def why_listed(found: FoundService) -> tuple[str, ...]:
    """Reasons, the weightiest first, each once."""
    words = (_in_words(reason) for reason in found.reasons)
    return tuple(dict.fromkeys(entry for entry in words if entry))


def _in_words(reason: Reason) -> str:
    if reason.code.startswith("matches_"):
        return _met(reason.code.removeprefix("matches_"), str(reason.data.get("word", "")))
    told = _TOLD.get(reason.code)
    return told(reason.data) if told else ""


def _met(field: str, word: str) -> str:
    return {
        "name": _("“%(word)s” is in its name", word=word),
        "alternate_names": _("“%(word)s” is another of its names", word=word),
        "category_words": _("“%(word)s” is a kind of help it gives", word=word),
        "organization": _("“%(word)s” is in the name of its organization", word=word),
        "place_words": _("“%(word)s” is where it is", word=word),
        "description": _("“%(word)s” is in its description", word=word),
        "eligibility": _("“%(word)s” is in whom it is for", word=word),
    }.get(field, _("“%(word)s” is in what it says of itself", word=word))


def _chosen(data: Data) -> str:
    facet, value = Facet(str(data["facet"])), str(data["value"])
    if facet in (Facet.ORGANIZATION, Facet.SOURCE):
        return _("chosen: %(what)s", what=facet_name(facet))
    return _("chosen: %(what)s", what=facet_value_name(facet, value))


_TOLD: dict[str, Callable[[Data], str]] = {
    "concept": lambda data: _("because you said “%(words)s”", words=str(data["words"])),
    "within": lambda data: _("it is %(distance)s away, as near as you asked", distance=distance_words(float(str(data["km"])))),
    "away": lambda data: _("it is %(distance)s away", distance=distance_words(float(str(data["km"])))),
    "reaches_you": lambda _data: _("it can be had from where you are"),
    "serves_area": lambda _data: _("it serves the area you asked about"),
    "open": lambda _data: _("it is open when you asked"),
    "place_not_published": lambda _data: _("its address is not published, so distance does not count"),
    "chosen": _chosen,
}
