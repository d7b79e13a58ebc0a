"""The reviewed phrase lists, read once from `lists/`: one file for each kind of danger, with its languages, sources and dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from directory.domain.danger.grammar import Pattern, parse_phrase
from directory.domain.danger.kinds import DangerKind

LANGUAGES = ("en", "fr", "es")


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A public page that a list or a piece of advice rests on: who says it, the page in words, where it is, when it was read."""

    name: str
    page: str
    address: str
    read: date


@dataclass(frozen=True, eq=False, slots=True)
class Phrase:
    """One phrase of a list, known by itself. `is_topic`: it names the subject without saying that it happens, so the context can take it
    back."""

    written: str
    language: str
    kind: DangerKind
    pattern: Pattern
    is_topic: bool


@dataclass(frozen=True, slots=True)
class Guards:
    """What takes danger words back, in all languages at once, since *suicide* is a word of two. `negators` before them, with nothing but
    `between` words in between, unless a word of `going_on` stands before the negator (*arrête pas de*: it goes on); `before` and `after`:
    phrases that touch them; `anywhere`: phrases that say that something else is spoken of; `elsewhere`: phrases that take back what only
    names a subject. `small` words may stand inside."""

    negators: frozenset[str]
    going_on: frozenset[str]
    between: frozenset[str]
    before: tuple[Pattern, ...]
    after: tuple[Pattern, ...]
    anywhere: tuple[Pattern, ...]
    elsewhere: tuple[Pattern, ...]
    small: frozenset[str]


@dataclass(frozen=True, slots=True)
class DangerList:
    """All about one kind. `sources` and `advice` (what to do first, one calm sentence) by language; `reviewed` says by whom, honestly."""

    kind: DangerKind
    advice: Mapping[str, str]
    advice_source: NamedSource
    sources: Mapping[str, NamedSource]
    reviewed: str
    phrases: tuple[Phrase, ...]


@cache
def danger_lists() -> Mapping[DangerKind, DangerList]:
    """Every list, the most urgent kind first."""
    return MappingProxyType({kind: _read_list(kind) for kind in DangerKind})


@cache
def guards() -> Guards:
    """The guards of all languages."""
    return Guards(
        negators=frozenset().union(*(_words(_shared()[language]["negators"]) for language in LANGUAGES)),
        going_on=frozenset().union(*(_words(_shared()[language]["going_on"]) for language in LANGUAGES)),
        between=frozenset().union(*(_words(_shared()[language]["between"]) for language in LANGUAGES)),
        before=_guard_phrases("before"),
        after=_guard_phrases("after"),
        anywhere=_guard_phrases("anywhere"),
        elsewhere=_guard_phrases("elsewhere"),
        small=frozenset().union(*(small_words(language) for language in LANGUAGES)),
    )


@cache
def small_words(language: str) -> frozenset[str]:
    """Words that may stand anywhere inside a phrase of a language."""
    return _words(_shared()[language]["small"])


@cache
def phrases_by_word() -> Mapping[str, tuple[Phrase, ...]]:
    """For each word that some phrase cannot do without: those phrases. What was said is looked up here before anything is compared."""
    table: dict[str, list[Phrase]] = {}
    for entry in danger_lists().values():
        for phrase in entry.phrases:
            for word in phrase.pattern.needed[0]:
                table.setdefault(word, []).append(phrase)
    return MappingProxyType({word: tuple(phrases) for word, phrases in table.items()})


def _read_list(kind: DangerKind) -> DangerList:
    table = read_table(f"lists/{kind.value}.yaml")
    return DangerList(
        kind=kind,
        advice=MappingProxyType(dict(table["advice"]["text"])),
        advice_source=NamedSource(**table["advice"]["source"]),
        sources=MappingProxyType({language: NamedSource(**table[language]["source"]) for language in LANGUAGES}),
        reviewed=table["reviewed"],
        phrases=tuple(phrase for language in LANGUAGES for phrase in _list_phrases(kind, language, table[language])),
    )


def _list_phrases(kind: DangerKind, language: str, table: Mapping[str, Any]) -> list[Phrase]:
    sets = {**_shared_sets(language), **{name: _words(words) for name, words in table.get("sets", {}).items()}}
    return [
        Phrase(line, language, kind, parse_phrase(line, sets), is_topic=section == "topic")
        for section in ("now", "topic")
        for line in _lines(table[section])
    ]


@cache
def _shared() -> Mapping[str, Any]:
    return MappingProxyType(read_table("lists/shared.yaml"))


def _shared_sets(language: str) -> dict[str, frozenset[str]]:
    return {name: _words(words) for name, words in _shared()[language]["sets"].items()}


def read_table(path: str) -> dict[str, Any]:
    """A file beside this one, as it is written."""
    table: dict[str, Any] = yaml.safe_load((files(__package__) / path).read_text(encoding="utf-8"))
    return table


def _lines(block: str) -> list[str]:
    """The phrases of a block: one a line, what follows `#` is a note."""
    lines = (line.partition("#")[0].strip() for line in block.splitlines())
    return [line for line in lines if line]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _guard_phrases(section: str) -> tuple[Pattern, ...]:
    lines = dict.fromkeys((line, language) for language in LANGUAGES for line in _lines(_shared()[language][section]))
    return tuple(parse_phrase(line, _shared_sets(language)) for line, language in lines)
