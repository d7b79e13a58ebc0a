"""What to try when little or nothing was found: which choice hides the most, and which place was meant."""

from dataclasses import dataclass, replace

from directory.domain.categories import tree
from directory.domain.place import KnownPlace, PlaceAnswer
from directory.services.finding.farther import Farther
from directory.services.finding.other_needs import OtherNeed
from directory.services.finding.phrases import IN_WORDS, NEAR_WORDS, fold
from directory.services.finding.request import FindRequest
from directory.services.finding.results import Chip, ChipKind, FindPage, Relaxation
from directory.web.amounts import distance_words, number, radius_words
from directory.web.languages import language
from directory.web.models.searches import Step, first_page, step_to, with_values, without_chip, without_field
from directory.web.wording import _, ngettext
from directory.web.words import facet_name
from search_index.query import Facet

WIDER = 4
"""How many times the distance a wider search reaches; the use case counts with the same."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to find more. `text` says what it hides now or would show; `step` does it."""

    text: str
    step: Step


def ways_to_find_more(request: FindRequest, page: FindPage) -> tuple[Way, ...]:
    """Where the nearest is, then the choices that hide something, those that help most first."""
    nearest = (_nearest(request, page.farther),) if page.farther else ()
    return (*nearest, *(_way(request, page, entry) for entry in page.relaxations if not (nearest and entry.field == "within_km")))


def other_ways(request: FindRequest, page: FindPage) -> tuple[Way, ...]:
    """The needs nearest to the one that was meant, with how many services each has here."""
    return tuple(_other(request, page, other) for other in page.other_needs)


def _other(request: FindRequest, page: FindPage, other: OtherNeed) -> Way:
    """The category in place of the words; a place and a time that were read out of the words stay, as fields of their own."""
    text = _("%(need)s (%(count)s)", need=tree.name(other.category, language()), count=number(other.total))
    asked = replace(first_page(request), text=_words_kept(page), ignore=())
    return Way(text, step_to(with_values(asked, Facet.CATEGORY, (other.category,))))


def _words_kept(page: FindPage) -> str:
    """The words that spoke of place and time, as they were typed."""
    return " ".join(chip.words for chip in page.chips if chip.key and chip.kind in (ChipKind.PLACE, ChipKind.TIME))


def _nearest(request: FindRequest, farther: Farther) -> Way:
    distance = distance_words(farther.distance_km)
    if farther.place:
        text = _("Nearest: %(distance)s, in %(place)s", distance=distance, place=farther.place)
    else:
        text = _("Nearest: %(distance)s", distance=distance)
    many = number(farther.total)
    if farther.within_km:
        within = radius_words(farther.within_km)
        count = ngettext("%(count)s within %(distance)s", "%(count)s within %(distance)s", farther.total, count=many, distance=within)
    else:
        count = ngettext("%(count)s at any distance", "%(count)s at any distance", farther.total, count=many)
    return Way(f"{text} · {count}", step_to(replace(first_page(request), within_km=farther.within_km)))


def _way(request: FindRequest, page: FindPage, relaxation: Relaxation) -> Way:
    hidden = relaxation.total - page.total
    distance = _within(page)
    if relaxation.field == "within_km" and distance is not None:
        wide = distance * WIDER
        text = ngettext(
            "%(count)s more within %(distance)s",
            "%(count)s more within %(distance)s",
            hidden,
            count=number(hidden),
            distance=radius_words(wide),
        )
        return Way(text, step_to(replace(first_page(request), within_km=wide)))
    if relaxation.field == "text":
        text = ngettext("%(count)s more without your words", "%(count)s more without your words", hidden, count=number(hidden))
        return Way(text, step_to(replace(first_page(request), text=_words_kept(page), ignore=())))
    text = ngettext(
        "%(count)s hidden by “%(choice)s”",
        "%(count)s hidden by “%(choice)s”",
        hidden,
        count=number(hidden),
        choice=_choice(relaxation.field),
    )
    return Way(text, step_to(_without(request, page, relaxation.field)))


def _without(request: FindRequest, page: FindPage, field: str) -> FindRequest:
    """The search without a choice, also where that choice was read out of the words."""
    codes = {"open_at": "open_at", "near": "near"}
    chip: Chip | None = next((chip for chip in page.chips if chip.code == codes.get(field)), None)
    return without_chip(request, chip) if chip else without_field(request, field)


def _within(page: FindPage) -> float | None:
    return next((float(str(chip.data["km"])) for chip in page.chips if chip.code == "within"), None)


def _choice(field: str) -> str:
    if field in set(Facet):
        return facet_name(Facet(field))
    return {
        "open_at": _("When"),
        "near": _("Where"),
        "known_only": _("only where it is known"),
        "serves": _("whom it serves"),
        "within_km": _("distance"),
        "box": _("this part of the map"),
    }.get(field, field)


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """A place that was named and is ambiguous (`is_known`) or not known; `answers` are the places that may be meant."""

    asked: str
    is_known: bool
    answers: tuple[Way, ...]


def place_question(request: FindRequest, answer: PlaceAnswer | None) -> PlaceQuestion | None:
    """What to ask back about a place; None when there is nothing to ask."""
    if answer is None:
        return None
    places = answer.alternatives or answer.suggestions
    answers = tuple(Way(place.name, step_to(_with_place(request, answer.asked, place))) for place in places)
    return PlaceQuestion(answer.asked, bool(answer.alternatives), answers)


def _with_place(request: FindRequest, asked: str, place: KnownPlace) -> FindRequest:
    """The search around this place: the words that named it are taken out of the text, whose other words stay."""
    text = request.text if request.near else _cut(request.text, asked)
    return replace(first_page(request), text=text, near=place.name)


def _cut(text: str, words: str) -> str:
    """The text without these words and the "near" or "in" before them."""
    start = text.casefold().find(words.casefold())
    if start < 0:
        return text
    before, after = text[:start].rstrip(), text[start + len(words) :].strip()
    for opener in (*NEAR_WORDS, *IN_WORDS):
        if fold(before) == opener or fold(before).endswith(f" {opener}"):
            before = " ".join(before.split()[: -len(opener.split())])
            break
    return f"{before} {after}".strip()
