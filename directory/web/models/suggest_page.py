"""Suggesting a change of a listing, and deciding on it: each field with what it says now and what it should say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.listing import Listing
from directory.domain.said import Said, language_of
from directory.domain.suggestions import FIELDS, GONE, NOTE
from directory.services.upkeep.suggest import Outcome
from directory.services.upkeep.suggestions import ListedSuggestion
from directory.web.languages import language
from directory.web.times import age_words, days_ago, machine_time
from directory.web.wording import _


def suggestable_words() -> dict[str, str]:
    """What each field is called."""
    return {
        "phone": _("Telephone"),
        "hours": _("Hours"),
        "address": _("Address"),
        "name": _("Name"),
        "description": _("What it is"),
        "eligibility": _("Who it is for"),
        "application_process": _("How to get in"),
        "fees": _("Cost"),
        "documents": _("What to bring"),
        "website": _("Website"),
        "email": _("Mail address"),
        GONE: _("It is closed for good"),
        NOTE: _("What else is wrong"),
    }


def present_values(listing: Listing) -> dict[str, str]:
    """What the listing says now, as its form shows it; "" where words are to be written anew."""
    number = next((phone.number for phone in listing.phones), "")
    return {
        "phone": number,
        "name": listing.name,
        "description": listing.description,
        "eligibility": listing.eligibility,
        "application_process": listing.application_process,
        "fees": listing.fees,
        "documents": "\n".join(listing.documents),
        "website": listing.url,
        "email": listing.email,
    }


@dataclass(frozen=True, slots=True)
class SuggestField:
    """`present` is shown as it stands and stands in the field too; `is_open`: something was typed into it, or is wrong with it."""

    name: str
    words: str
    present: str
    typed: str
    lines: bool
    longest: int
    is_open: bool
    lang: str


def suggest_fields(listing: Listing, typed: Mapping[str, str], wrong: str) -> tuple[SuggestField, ...]:
    """Every field but *closed for good* and the note, which are asked apart."""
    words, present = suggestable_words(), present_values(listing)
    return tuple(
        SuggestField(
            name=field.name,
            words=words[field.name],
            present=present.get(field.name, ""),
            typed=typed.get(field.name, present.get(field.name, "")),
            lines=field.lines,
            longest=field.longest,
            is_open=wrong == field.name or typed.get(field.name, present.get(field.name, "")) != present.get(field.name, ""),
            lang=Said(present.get(field.name, ""), language_of(present.get(field.name, ""))).foreign_to(language()),
        )
        for field in FIELDS
        if field.name not in (GONE, NOTE)
    )


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    words: str
    after: str
    verdict: str
    tone: str
    why: str


def outcome_rows(outcome: Outcome) -> tuple[OutcomeRow, ...]:
    """What came of each field."""
    words = suggestable_words()
    told = {
        "accepted": (_("Taken over"), "open"),
        "declined": (_("Not taken over"), "closed"),
        "": (_("Waits for somebody to look"), "ask"),
    }
    return tuple(
        OutcomeRow(words[one.field], "" if one.field == GONE else one.after, *told[one.verdict], one.why) for one in outcome.fields
    )


@dataclass(frozen=True, slots=True)
class DecisionField:
    """`lines` tell the two texts apart line by line: (mark, text), mark being "-", "+" or " "."""

    name: str
    words: str
    lines: tuple[tuple[str, str], ...]
    by_hand: bool
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class DecisionCard:
    id: str
    service_id: str
    name: str
    href: str
    edit: str
    organization: str
    who: str
    told: str
    iso: str
    held: str
    wants_answer: bool
    fields: tuple[DecisionField, ...]


def decision_cards(found: list[ListedSuggestion], now: datetime) -> tuple[DecisionCard, ...]:
    """What waits for a decision."""
    return tuple(_card(one, now) for one in found)


def _card(one: ListedSuggestion, now: datetime) -> DecisionCard:
    words = suggestable_words()
    held = {
        "trap": _("a field was filled in that people do not see"),
        "markup": _("it brings markup along"),
        "links": _("it is full of links"),
        "often": _("somebody suggests very often"),
    }
    return DecisionCard(
        id=one.id,
        service_id=one.service_id,
        name=one.name,
        href=url_for("listings.service", service_id=one.service_id),
        edit=url_for("manage.edit", service_id=one.service_id),
        organization=one.organization,
        who=_("the organization itself, through its link") if one.is_owner else _("somebody without an account"),
        told=age_words(days_ago(one.made_at, now)),
        iso=machine_time(one.made_at),
        held=held.get(one.held_why, ""),
        wants_answer=one.wants_answer,
        fields=tuple(
            DecisionField(
                field.name, words[field.name], _lines(field.name, field.before, field.after), field.by_hand, field.verdict, field.why
            )
            for field in one.fields
        ),
    )


def _lines(name: str, before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Which lines go, come and stay."""
    if name == GONE:
        return ()
    old, new = before.splitlines(), after.splitlines()
    if not old:
        return tuple(("+", line) for line in new)
    gone = [("-", line) for line in old if line not in new]
    come = [("+" if line not in old else " ", line) for line in new]
    return (*gone, *come)
