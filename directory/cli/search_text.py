"""A search's answer for a terminal: the facts that a result on the page has, in the same order, and what to do when there is none."""

import html
import re
import textwrap
from collections.abc import Iterator
from datetime import datetime

from directory.api.shapes.danger import in_language
from directory.api.shapes.finding import numbers_to_call
from directory.api.shapes.labels import language_name
from directory.api.shapes.reasons import sentence
from directory.cli.eligibility_text import outcome_words, reason_lines
from directory.domain.categories.tree import name as category_name
from directory.domain.place import PlaceAnswer
from directory.domain.said import said
from directory.rules.facts import FACTS
from directory.rules.listed import criteria_of
from directory.services.finding.danger import Danger, DangerLevel
from directory.services.finding.eligibility import Fit
from directory.services.finding.results import ChipKind, FindPage, FoundService
from directory.services.listings.access_words import access_words

WIDTH = 96
LONGEST_DESCRIPTION = 240

SAID_ALREADY = frozenset(
    {
        "open",
        "closed",
        "within",
        "away",
        "serves_area",
        "serves_elsewhere",
        "place_not_published",
        "verified",
        "never_verified",
        "hours_unknown",
    }
)
"""Reasons that stand on lines of their own."""

_TAGS = re.compile(r"</?mark>")


def lines_of(page: FindPage, lang: str = "en") -> Iterator[str]:
    yield from _danger(page.danger, lang)
    yield from _heading(page, lang)
    for number, found in enumerate(page.results, start=(page.page - 1) * page.per_page + 1):
        yield ""
        yield from _result(number, found, page.asked_at, lang)
    yield from _help(page, lang)


def _danger(danger: Danger | None, lang: str) -> Iterator[str]:
    if danger is None:
        return
    if danger.level is DangerLevel.NEAR:
        called = ", ".join(f"{entry.number} {in_language(entry.name, lang)}" for entry in danger.numbers)
        yield f"If somebody is in danger now, call {called}" if called else "If somebody is in danger now, call the emergency number"
        return
    yield "Is somebody in danger? Call first:"
    for entry in danger.numbers:
        texting = f", or text {entry.text_number}" if entry.text_number else ""
        when = in_language(entry.when, lang)
        yield f"   {entry.number} {in_language(entry.name, lang)}{texting}{f' ({when})' if when else ''}"
    for advice in danger.advice:
        yield from textwrap.wrap(
            f"{in_language(advice.text, lang)} ({advice.source.name})", WIDTH, initial_indent="   ", subsequent_indent="   "
        )
    yield ""


def _heading(page: FindPage, lang: str) -> Iterator[str]:
    many = f"{page.total}{'' if page.total_exact else ' or more'}"
    understood = [chip.words for chip in page.chips if chip.words and chip.kind in (ChipKind.PLACE, ChipKind.TIME)]
    yield f"{many} service{'' if page.total == 1 else 's'}" + (f" · understood: {', '.join(understood)}" if understood else "")
    for chip in page.chips:
        if chip.kind is ChipKind.CONCEPT:
            yield f"“{chip.words}”: {category_name(str(chip.data['category']), lang)}"
    if page.fit is not None:
        yield _fits(page.fit)
    if page.place:
        yield f"Around {page.place.name} (a {page.place.point.kind.value.replace('_', ' ')}, known to {_metres(page.place.point.radius_m)})"
    if page.place_question:
        yield _question(page.place_question)
    if page.words_dropped:
        yield f"Nothing has all your words; left out: {', '.join(page.words_dropped)}"
    if page.degraded:
        yield "The search is not at full strength just now; some results may be missing."


def _fits(fit: Fit) -> str:
    if fit.shows_unfit:
        return f"Not for them: {fit.unfit}"
    more = "" if fit.is_exact else " of the foremost"
    asked = f"; ask at {fit.asks}" if fit.asks else ""
    left = f"; {fit.unfit} do not fit (--unfit shows them)" if fit.unfit else ""
    found = FACTS[fit.question.fact] if fit.question else None
    question = f"\nNext: {found.question} (--fact {found.name}=…)" if found else ""
    return f"For them: {fit.yes}{more}{asked}{left}{question}"


def _fit(found: FoundService) -> Iterator[str]:
    if found.assessment is None:
        return
    yield f"{outcome_words(found.assessment)}:"
    yield from (
        line.strip() for line in reason_lines(found.assessment, criteria_of(found.listing), has_text=bool(found.listing.eligibility))
    )


def _metres(radius: int) -> str:
    return f"{radius / 1000:.0f} km" if radius >= 1000 else f"{radius} m"


def _question(answer: PlaceAnswer) -> str:
    if answer.alternatives:
        return f"Which “{answer.asked}”? {'; '.join(place.name for place in answer.alternatives)}. Say it with --near."
    if answer.suggestions:
        return f"The place “{answer.asked}” is not known. Did you mean {'; '.join(place.name for place in answer.suggestions)}?"
    return f"The place “{answer.asked}” is not known; try a postal code or the nearest city."


def _result(number: int, found: FoundService, asked_at: datetime, lang: str) -> Iterator[str]:
    listing = found.listing
    organization = said(listing.organization, "name", lang).text if listing.organization else ""
    yield f"{number}. {said(listing, 'name', lang).text}" + (f" — {organization}" if organization else "")
    for words in (
        _what(found),
        _who_for(found, lang),
        _where(found, lang),
        access_words(found.access, asked_at),
        *_fit(found),
        _how_to_reach(found),
        _good_to_know(found, lang),
        _how_sure(found, asked_at),
        "; ".join(sentence(reason) for reason in found.reasons if reason.code not in SAID_ALREADY),
        f"/services/{listing.id}",
    ):
        if words:
            yield from textwrap.wrap(words, WIDTH, initial_indent="   ", subsequent_indent="   ")


def _what(found: FoundService) -> str:
    words = html.unescape(_TAGS.sub("", found.summary.html)) or found.listing.description
    return textwrap.shorten(words, LONGEST_DESCRIPTION, placeholder=" …")


def _who_for(found: FoundService, lang: str) -> str:
    listing = found.listing
    ages = _ages(listing.minimum_age, listing.maximum_age)
    who = textwrap.shorten(said(listing, "eligibility", lang).text, LONGEST_DESCRIPTION, placeholder=" …")
    return f"For: {'; '.join(filter(None, (who, ages)))}" if who or ages else ""


def _ages(lowest: float | None, highest: float | None) -> str:
    if lowest is not None and highest is not None:
        return f"ages {lowest:g} to {highest:g}"
    if lowest is not None:
        return f"from age {lowest:g}"
    return f"up to age {highest:g}" if highest is not None else ""


def _where(found: FoundService, lang: str) -> str:
    place = found.place
    if place.confidential:
        where = "Address not published"
    else:
        where = ", ".join(dict.fromkeys(filter(None, (said(place, "name", lang).text, place.address.one_line if place.address else ""))))
    distance = f"{found.distance_km:.1f} km" if found.distance_km is not None else ""
    serves = {True: "serves your area", False: "serves other areas", None: ""}[found.serves_here]
    return "Where: " + ", ".join(filter(None, (where or "not known", distance, serves)))


def _how_to_reach(found: FoundService) -> str:
    listing = found.listing
    numbers = [
        f"{phone.number}{f' ext. {phone.extension}' if phone.extension else ''}" for phone in numbers_to_call(listing, found.place.phones)
    ]
    website = listing.url or (listing.organization.website if listing.organization else "")
    ways = [f"call {number}" for number in dict.fromkeys(numbers)][:2] + [way for way in (listing.email, website) if way]
    return "Reach: " + (", ".join(ways) or "not known")


def _good_to_know(found: FoundService, lang: str) -> str:
    listing, place = found.listing, found.place
    languages = sorted({language.code for language in (*listing.languages, *place.languages) if language.code})
    told = [
        listing.alert,
        {"free": "Free", "sliding": "Sliding scale", "fee": "Fee"}.get(listing.cost[0], "") if listing.cost else "",
        "in " + ", ".join(language_name(code, lang) for code in languages) if languages else "",
        f"bring {', '.join(listing.documents)}" if listing.documents else "",
    ]
    return "; ".join(filter(None, told))


def _how_sure(found: FoundService, asked_at: datetime) -> str:
    listing = found.listing
    source = f"source: {listing.source.name}{' (made-up sample data)' if listing.source.is_sample else ''}" if listing.source else ""
    verified = listing.verification.at
    if verified is None:
        return "; ".join(filter(None, ("Never verified, as far as known: call first", source)))
    old = (asked_at - verified).days > 365
    return "; ".join(filter(None, (f"Verified {verified:%Y-%m-%d}{': call first' if old else ''}", source)))


def _help(page: FindPage, lang: str) -> Iterator[str]:
    if page.farther:
        within = f"within {page.farther.within_km:g} km" if page.farther.within_km else "at any distance"
        where = f", in {page.farther.place}" if page.farther.place else ""
        yield ""
        yield f"Nearest: {page.farther.distance_km:.0f} km{where}; {page.farther.total} {within} (--within-km {page.farther.within_km:g})"
    if page.relaxations:
        yield ""
        yield "More without " + ", ".join(f"{entry.field} ({entry.total})" for entry in page.relaxations)
    if page.other_needs:
        yield "Close to it: " + ", ".join(f"{category_name(entry.category, lang)} ({entry.total})" for entry in page.other_needs)
    if page.whom_to_ask:
        yield "Ask: " + ", ".join(f"{entry.number} {in_language(entry.name, lang)}" for entry in page.whom_to_ask)
    if page.has_sample_data:
        yield ""
        yield "Some of these are made-up sample data."
