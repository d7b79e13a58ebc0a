"""What the finders need to know of one language: tables of phrases and patterns with fixed limits, made once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from directory.rules.reading.phrases import Phrases
from directory.rules.reading.text import folded


class Bound(StrEnum):
    """What a pattern of ages, grades or sums says of its numbers `low` and `high`."""

    RANGE = "range"
    AT_LEAST = "at least"
    BELOW = "below"
    UP_TO = "up to"


@dataclass(frozen=True, slots=True)
class AgePattern:
    """`certain` patterns need nothing beside them; others count next to a word for people, for ages, or with a unit."""

    pattern: re.Pattern[str]
    bound: Bound
    certain: bool = False


@dataclass(frozen=True, slots=True)
class AgeWords:
    """Ages and school grades of one language. `units` are parts of a year by the first letters of a unit."""

    patterns: tuple[AgePattern, ...]
    numbers: Mapping[str, float]
    units: Mapping[str, float]
    before: re.Pattern[str]
    """Ends what stands before an uncertain age: `adults aged`."""
    not_before: re.Pattern[str]
    """Ends what stands before a number that is no age: `for over`, `$`."""
    after: re.Pattern[str]
    """Begins what follows an uncertain age: `years old`, `olds`."""
    not_after: re.Pattern[str]
    """Begins what follows a number that is no age: `%`, `hours`."""
    of_child_before: re.Pattern[str]
    of_child_after: re.Pattern[str]
    of_household_before: re.Pattern[str]
    grades: tuple[tuple[re.Pattern[str], Bound, int], ...]
    """Pattern, bound, and what is added: the first year of Quebec's secondary school is grade 7."""
    grade_words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MoneyWords:
    percent: re.Pattern[str]
    """Groups `percent` and `of`."""
    standards: tuple[tuple[re.Pattern[str], str], ...]
    """Words of a poverty line, and its name; the first that fits counts."""
    below_line: tuple[tuple[re.Pattern[str], str], ...]
    """Below the line itself, which is 100 percent of it."""
    amount: re.Pattern[str]
    """Groups `amount`, `currency`."""
    speaks_of_income: re.Pattern[str]
    """Somewhere in the sentence of a sum that is an income."""
    periods: tuple[tuple[re.Pattern[str], str], ...]
    inclusive: re.Pattern[str]
    """Ends what stands before a limit that is inside: `at or below`."""
    under: re.Pattern[str]
    """Ends what stands before a limit that is not itself inside."""
    over: re.Pattern[str]
    """Ends what stands before a least income."""
    no_income: re.Pattern[str]
    """Ends what stands before a sum that is no income: a fee, a grant."""


@dataclass(frozen=True, slots=True)
class PlaceWords:
    before: Phrases[str]
    """What stands before a place: `serving`, `residents of`; the meaning is "" or the short form of words that are a place themselves."""
    of_people: frozenset[str]
    """Words for people, after which `inside` may lead to a place."""
    inside: frozenset[str]
    """in, across, throughout."""
    after: frozenset[str]
    """What stands after a place: `residents`."""
    residents: frozenset[str]
    """Of these, the words that say it of a place alone."""
    common: frozenset[str]
    """Small words that belong to a place beside its names: county, area, zip, codes."""
    numbered: frozenset[str]
    """Of these, the words that a number follows: ward 3."""
    between: frozenset[str]
    """and, of, the: inside of a place, never at its ends."""
    skipped: frozenset[str]
    """Words between what leads to a place and the place: `serves families in`."""
    not_places: frozenset[str]
    """Written with a capital, no place: months, days, Food."""
    phrases: Phrases[str]
    """Areas without a name: `local residents`, `within a 25-minute radius` begins with `within`."""
    distance: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class PaperWords:
    codes: Phrases[str]
    asks: re.Pattern[str]
    """In the sentence of a paper that is asked for."""
    none: re.Pattern[str]
    """No papers at all."""
    unasked_before: re.Pattern[str]
    unasked_after: re.Pattern[str]
    helpful: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ReferralWords:
    needed: re.Pattern[str]
    by_oneself: re.Pattern[str]
    not_needed: re.Pattern[str]
    sources: Phrases[str]
    names_self: re.Pattern[str]
    welcome: re.Pattern[str]
    """In the sentence of a referral that is one way among others."""


@dataclass(frozen=True)
class Language:
    code: str
    people: Phrases[str]
    """Words for people; the meaning is a short form, or "" for words that look like it and are not."""
    conditions: Phrases[str]
    """What people live with: counts after a word that links it to people."""
    heads: frozenset[str]
    links: frozenset[str]
    strong_links: Phrases[str]
    """Links that need no person before them: `in recovery from`."""
    between: frozenset[str]
    """Words that may stand between a link and what it leads to."""
    recipients: frozenset[str]
    """Words for people that follow what they live with: `ODSP recipients`."""
    inside_names: frozenset[str]
    """Small words inside of a name."""
    organization: frozenset[str]
    """Words that make a run of capitals the name of an organization."""
    or_words: frozenset[str]
    and_words: frozenset[str]
    passed_over: frozenset[str]
    """Articles and the like between joined neighbours."""
    soft: re.Pattern[str]
    soft_after: re.Pattern[str]
    not_before: re.Pattern[str]
    """Ends what stands before people who are turned away."""
    not_after: re.Pattern[str]
    whatever: re.Pattern[str]
    """Ends what stands before words that do not matter here: `regardless of`."""
    aside: re.Pattern[str]
    """Begins a sentence or a part of it that speaks of another program, of money given, of some of the people."""
    aside_after: re.Pattern[str]
    """Begins what follows people who are spoken of in passing: children *must be accompanied*."""
    open_to_all: re.Pattern[str]
    each_of: re.Pattern[str]
    """Before a list of which all must hold: `must be`, `who are`."""
    must: re.Pattern[str]
    """In a sentence that asks something of people."""
    must_not_count: re.Pattern[str]
    """In a sentence about calling, coming and times."""
    age_classes: Mapping[str, str]
    """The beginning of a word for an age -> children, youth, adults or seniors."""
    ages: AgeWords
    money: MoneyWords
    places: PlaceWords
    papers: PaperWords
    referral: ReferralWords

    @cached_property
    def joining(self) -> frozenset[str]:
        return self.or_words | self.and_words | self.passed_over | {","}

    def age_class(self, words: str) -> str:
        """children, youth, adults or seniors for words of an age; the words themselves where they are none of these."""
        plain = folded(words)
        return next((name for start, name in self.age_classes.items() if plain.startswith(start)), plain)


def numbered(*rows: tuple[str, int]) -> dict[str, float]:
    """Words for numbers: each row counts on from its number."""
    return {word: float(first + place) for words, first in rows for place, word in enumerate(words.split())}


def words_of(text: str) -> frozenset[str]:
    """Words between blanks, folded as the words of a text are."""
    return frozenset(folded(word) for word in text.split())


def pattern(words: str) -> re.Pattern[str]:
    """A pattern without regard to capitals. A blank in it stands for one to three blanks of the text, a blank with `?` for none to three."""
    return re.compile(words.replace(" ?", r"\s{0,3}").replace(" ", r"\s{1,3}"), re.IGNORECASE)
