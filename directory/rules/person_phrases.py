"""What is told of a person, in words for whoever reads it: "age: 34", "where they live: Ottawa"."""

from collections.abc import Mapping
from typing import Any

from directory.domain.sentences import say
from directory.rules import phrase_words as words
from directory.rules.catalogue import Kind
from directory.rules.facts import FACTS
from directory.rules.naming import Names
from directory.rules.operands import Per
from directory.rules.phrases import Translate

_FACT, _YES, _NO, _NONE, _ELSEWHERE = say("%(fact)s: %(value)s"), say("yes"), say("no"), say("none of these"), say("elsewhere")


def told_lines(told: Mapping[str, Any], translate: Translate, names: Names) -> list[str]:
    """Each fact in the order of the catalogue. A place that is none (`zz-…`) is elsewhere."""
    found = []
    for name in FACTS:
        if name in told:
            values = {"fact": str(translate(FACTS[name].label)), "value": _value(name, told[name], translate, names)}
            found.append(str(translate(_FACT)) % values)
    return found


def _value(name: str, raw: Any, translate: Translate, names: Names) -> str:
    field = FACTS[name]
    if isinstance(raw, bool):
        return str(translate(_YES if raw else _NO))
    if field.kind is Kind.MONEY:
        return str(translate(words.OFTEN[Per(raw["per"])])) % {"amount": names.money(raw["max"], raw["currency"])}
    given = raw if isinstance(raw, list) else [raw]
    if not given:
        return str(translate(_NONE))
    return names.both([_word(name, each, translate, names) for each in given])


def _word(name: str, value: Any, translate: Translate, names: Names) -> str:
    field = FACTS[name]
    if field.kind is Kind.NUMBER:
        return names.number(float(value))
    if field.kind is Kind.AREA:
        return str(translate(_ELSEWHERE)) if value.startswith("zz") else names.area(value)
    return names.language(value) if name == "language" else str(translate(field.choices[value]))
