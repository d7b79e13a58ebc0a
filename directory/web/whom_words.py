"""Who a program is for, in the reader's words or in those of any language of this site."""

from collections.abc import Mapping
from typing import Any

from flask import g

from directory.domain.areas import words_of
from directory.rules import phrases
from directory.rules.conditions import Condition, WrongCondition, check_condition
from directory.rules.criteria import Criteria, Criterion, Document, Strength
from directory.rules.entries import Entries, criteria_in
from directory.rules.facts import FACTS
from directory.rules.naming import Names
from directory.rules.operands import Per
from directory.rules.person_phrases import told_lines
from directory.services.finding.persons import currency_of
from directory.services.listings.area_names import own_area_names
from directory.services.words import translate_into
from directory.web.here import community, parts
from directory.web.languages import language, locale, locale_of
from directory.web.wording import _


def area_name(area_id: str) -> str:
    """What an area is called."""
    if "area_names" not in g:
        g.area_names = own_area_names(parts())
    return str(g.area_names.get(area_id) or words_of(area_id))


def names(code: str = "") -> Names:
    """How a language writes numbers, money, lists and names; without `code`, the reader's."""
    return Names(locale_of(code) if code else locale(), area_name)


def whom_sentence(criteria: Criteria, code: str = "") -> str:
    """The whole sentence: "For women aged 18 or over. Bring a photo ID." """
    return phrases.sentence_of(criteria, translate_into(code or language()), names(code))


def whom_alone(criteria: Criteria) -> str:
    """The sentence without referral and papers, in the reader's language."""
    return phrases.whom_of(criteria, translate_into(language()), names())


def entry_lines(entries: Entries) -> list[str]:
    """What a form holds of who can come, a sentence for each thing; nothing while it cannot be read."""
    try:
        return phrases.lines_of(criteria_in(entries), translate_into(language()), names())
    except WrongCondition:
        return []


def criterion_words(criterion: Criterion) -> str:
    """One criterion alone: "For people aged 18 or over."."""
    return " ".join(phrases.lines_of(Criteria(criteria=(criterion,)), translate_into(language()), names()))


def criterion_line(when: Mapping[str, Any], strength: str) -> str:
    """A condition that was checked, as one criterion."""
    return criterion_words(Criterion("", check_condition(when, FACTS), Strength(strength)))


def told_words(told: Mapping[str, Any]) -> dict[str, str]:
    """What is told of a person, by fact: "age: 34"."""
    return told_lines(told, translate_into(language()), names(), currency_of(community()))


def period_pairs() -> tuple[tuple[str, str], ...]:
    """How often an amount comes."""
    words = {Per.YEAR: _("a year"), Per.MONTH: _("a month"), Per.TWO_WEEKS: _("every two weeks"), Per.WEEK: _("a week")}
    return tuple((per.value, words[per]) for per in Per)


def condition_words(condition: Condition, code: str = "") -> str:
    """Whom one condition means: "people aged 18 or over"."""
    return phrases.phrase_of(condition, translate_into(code or language()), names(code))


def referral_words(criteria: Criteria) -> str:
    """Whether a referral is needed and from whom; "" where nobody said."""
    return phrases.referral_of(criteria, translate_into(language()), names())


def paper_words(document: Document) -> str:
    """One paper, with what does as well."""
    return phrases.papers_of(document, translate_into(language()), names())
