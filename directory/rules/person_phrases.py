"""What is told of a person, in words for whoever reads it: "age: 34", "where they live: Ottawa"."""

from collections.abc import Mapping
from typing import Any

from directory.domain.sentences import say
from directory.rules import phrase_words as words
from directory.rules.catalogue import Field, Kind
from directory.rules.facts import FACTS
from directory.rules.naming import Names
from directory.rules.operands import Per
from directory.rules.person import DECLINED_WORD
from directory.rules.phrases import Translate

_FACT, _YES, _NO, _NONE, _ELSEWHERE = say("%(fact)s: %(value)s"), say("yes"), say("no"), say("none of these"), say("elsewhere")
_NOT_ONE, _DECLINED = say("none"), say("rather not say")
_FROM, _UP_TO, _BETWEEN = say("from %(low)s"), say("up to %(high)s"), say("%(low)s to %(high)s")


def told_lines(told: Mapping[str, Any], translate: Translate, names: Names, currency: str = "USD") -> dict[str, str]:
    """Each fact with its line, in the order of the catalogue. A place that is none (`zz-…`) is elsewhere. `currency`: of amounts that name
    none."""
    telling = _Telling(translate, names, currency)
    return {name: telling.line(FACTS[name], told[name]) for name in FACTS if name in told}


class _Telling:
    def __init__(self, translate: Translate, names: Names, currency: str) -> None:
        self._translate = translate
        self._names = names
        self._currency = currency

    def _say(self, template: str, **values: object) -> str:
        return str(self._translate(str(getattr(template, "template", template)))) % values

    def line(self, field: Field, raw: Any) -> str:
        return self._say(_FACT, fact=self._say(field.label), value=self._value(field, raw))

    def _value(self, field: Field, raw: Any) -> str:
        if raw == DECLINED_WORD:
            return self._say(_DECLINED)
        if isinstance(raw, bool):
            return self._say(_YES if raw else _NO)
        if field.kind is Kind.MONEY:
            return self._money(raw)
        given = raw if isinstance(raw, list) else [raw]
        if not given:
            return self._say(_NOT_ONE if field.kind is Kind.NUMBER else _NONE)
        return self._names.both([self._word(field, each) for each in given])

    def _word(self, field: Field, value: Any) -> str:
        if field.kind is Kind.NUMBER:
            bounds = value if isinstance(value, Mapping) else {"min": value, "max": value}
            return self._span(*(None if (end := bounds.get(name)) is None else self._names.number(float(end)) for name in ("min", "max")))
        if field.kind is Kind.AREA:
            return self._place(str(value))
        if field.name == "language":
            return self._names.language(value)
        return self._say((field.answers or field.choices).get(value, value))

    def _place(self, value: str) -> str:
        """The name of an area by its id; what a person wrote stays as it was written."""
        if value.startswith("zz"):
            return self._say(_ELSEWHERE)
        return self._names.area(value) if "-" in value and value.islower() else value

    def _money(self, raw: Any) -> str:
        bounds = raw if isinstance(raw, Mapping) else {"min": raw, "max": raw}
        currency = str(bounds.get("currency", self._currency))
        ends = (None if (end := bounds.get(name)) is None else self._names.money(float(end), currency) for name in ("min", "max"))
        return self._say(words.OFTEN[Per(bounds.get("per", Per.YEAR))], amount=self._span(*ends))

    def _span(self, low: str | None, high: str | None) -> str:
        if low is None or high is None:
            return self._say(_UP_TO, high=high) if low is None else self._say(_FROM, low=low)
        return low if low == high else self._say(_BETWEEN, low=low, high=high)
