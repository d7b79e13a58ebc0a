"""Rules and signals as JSON."""

from collections.abc import Iterable

from babel import Locale, UnknownLocaleError
from flask import url_for

from directory.api.shapes.facts import Json, instant, text
from directory.rules.naming import Names
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signal_tables import ALL_SIGNALS
from directory.rules.sets.signal_tables.making import CATEGORY_CHOICES
from directory.rules.sets.signals import Signal
from directory.rules.sets.wording import sentence_of
from directory.rules.sets.writing import write_rule_set
from directory.services.rules.public import PublicSet
from directory.services.words import translate_into


def sets(found: Iterable[PublicSet], language: str) -> Json:
    return {"language": language, "sets": [_line(each, language) for each in found]}


def one_set(found: PublicSet, language: str) -> Json:
    rules, translate, names = found.held.rules, translate_into(language), _names(language)
    sentences = [{"id": rule.id, "sentence": sentence_of(rule, rules.kind, translate, names)} for rule in rules.active_rules]
    return {"language": language, **_line(found, language), "sentences": sentences, "document": write_rule_set(rules)}


def _line(found: PublicSet, language: str) -> Json:
    rules = found.held.rules
    return {
        "set": rules.name,
        "kind": rules.kind.value,
        "title": rules.title.in_(language.partition("-")[0]),
        "version": found.held.version,
        "since": instant(found.since),
        "rules": len(rules.active_rules),
        "url": url_for("rules.one", set_name=rules.name),
        "href": url_for("api_rules.one_set", set_name=rules.name),
    }


def signals(language: str) -> Json:
    return {"language": language, "signals": [_signal(each, language) for each in ALL_SIGNALS]}


def _signal(signal: Signal, language: str) -> Json:
    translate, field = translate_into(language), signal.field
    named = {} if field.choices is CATEGORY_CHOICES else field.choices
    return {
        "name": signal.name,
        "type": field.kind.value,
        "label": translate(str(field.label)),
        "unit": "share" if field.unit == "share" else text(translate(str(field.unit)) if field.unit else ""),
        "source": translate(str(signal.source)),
        "used_in": [kind.value for kind in SetKind if kind in signal.used_in],
        "choices": [{"value": value, "words": translate(str(words))} for value, words in named.items()],
        "cases": text(signal.cases),
        "is_history": signal.is_history,
        "sensitive": signal.is_sensitive,
    }


def _names(language: str) -> Names:
    try:
        return Names(Locale.parse(language, sep="-"))
    except (UnknownLocaleError, ValueError):
        return Names(Locale("en"))
