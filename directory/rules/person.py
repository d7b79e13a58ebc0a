"""What somebody has told of the person that help is looked for, read from JSON or from the words of a command line.

==================  =============================================  =========================================
kind                in words                                       in JSON
==================  =============================================  =========================================
number              `34`, `25..35`, `..5`, `60..`                  `34`, `{"min": 25, "max": 35}`
income              `25000`, `..2100/month`, `900CAD/two_weeks`    `25000`, `{"max": 2100, "per": "month", "currency": "CAD"}`
one of several      `female`                                       `"female"`
any of several      `veteran,family`, `none`; may be repeated      `["veteran", "family"]`, `[]`
yes or no           `yes`, `no`                                    `true`, `false`
any of them         `declined`                                     `"declined"`
==================  =============================================  =========================================

Ages of children and of others in the household may be repeated; `none` says that there are none. Whole ages mean up to the next birthday.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.domain.errors import InvalidInput
from directory.domain.sentences import Sentence, say
from directory.rules.answers import DECLINED, Answer, Home, Income, Span
from directory.rules.catalogue import Field, Kind, Privacy, nearest
from directory.rules.facts import FACTS, HOLDS_FOR_CHILD
from directory.rules.operands import CURRENCIES, Per

DECLINED_WORD, NONE_WORD = "declined", "none"
NOTHING_WORD = "nothing"
"""Says that none of the values holds, also where *none* is one of them."""

MOST_FACTS = 60
MOST_REPEATED = 20
ADULT_YEARS = 18.0

Areas = Callable[[str], Iterable[str]]
"""What a place is called -> the ids of all areas that hold it; nothing where it is not known."""

_BOUND = r"\d{1,9}(?:\.\d{1,3})?"
_NUMBER = re.compile(rf"(?P<low>-?{_BOUND})?(?P<dots>\.\.)?(?P<high>-?{_BOUND})?")
_MONEY = re.compile(r"(?P<number>[\d.]{1,24}) ?(?P<currency>[A-Za-z]{3})?(?:/(?P<per>[a-z_]{1,12}))?")


def _no_areas(_name: str) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Person:
    """`answers`: fact -> what is known, with what follows from it. `told`: fact -> as it was told, in the JSON form."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)

    def is_open(self, fact: str) -> bool:
        """Whether it may still be asked: it is neither known nor declined."""
        return fact not in self.answers


NOBODY = Person()


def read_words(words: Iterable[str], *, areas: Areas = _no_areas, currency: str = "USD") -> Person:
    """Of `fact=value` pairs. Raise `InvalidInput` naming the fact."""
    told: dict[str, Any] = {}
    for pair in words:
        name, equals, value = pair.partition("=")
        found = _fact(name.strip())
        if not equals or not value.strip():
            raise InvalidInput(name.strip()[:40], say("Write a fact as name=value, as in age=34."))
        raw = _from_words(found, value.strip())
        if name.strip() in told and isinstance(raw, list) and isinstance(told[found.name], list):
            told[found.name] = [*told[found.name], *raw]
        elif found.name in told:
            raise InvalidInput(found.name, say('"%(fact)s" is told twice; tell it once.', fact=found.name))
        else:
            told[found.name] = raw
    return read_person(told, areas=areas, currency=currency)


def read_person(told: object, *, areas: Areas = _no_areas, currency: str = "USD") -> Person:
    """Of the JSON form. `currency`: of amounts that name none. Raise `InvalidInput` naming the fact."""
    if not isinstance(told, Mapping) or len(told) > MOST_FACTS:
        raise InvalidInput("facts", say('"facts" is an object of facts by name, as in {"age": 34}.'))
    answers: dict[str, Answer] = {}
    kept: dict[str, Any] = {}
    for name, raw in told.items():
        found = _fact(name)
        if raw is None:
            continue
        answers[found.name] = DECLINED if raw == DECLINED_WORD else _answer(found, raw, areas, currency)
        kept[found.name] = raw
    return Person({**answers, **_following(answers)}, kept)


def _fact(name: object) -> Field:
    found = FACTS.get(str(name))
    if found is None:
        meant = nearest(str(name), FACTS)
        if meant:
            raise InvalidInput("facts", say('"%(name)s" is not a fact. Did you mean "%(meant)s"?', name=str(name)[:40], meant=meant))
        raise InvalidInput("facts", say('"%(name)s" is not a fact; the list of facts names them.', name=str(name)[:40]))
    if found.privacy is Privacy.NEVER_HELD:
        raise InvalidInput(found.name, say("What somebody's status is, is never asked or kept here; leave it out."))
    return found


def _from_words(found: Field, value: str) -> Any:
    if value == DECLINED_WORD:
        return value
    if found.kind is Kind.YES_NO:
        if value.lower() not in ("yes", "no"):
            raise InvalidInput(found.name, say('"%(fact)s" is yes, no or declined.', fact=found.name))
        return value.lower() == "yes"
    if found.kind is Kind.SET or found.repeats:
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if found.kind is Kind.SET:
            return [] if parts in ([NONE_WORD], [NOTHING_WORD]) and parts[0] not in found.choices else parts
        return [] if parts == [NONE_WORD] else [_bounds(found, part) for part in parts]
    if found.kind is Kind.NUMBER:
        return _bounds(found, value)
    return _money_words(found, value) if found.kind is Kind.MONEY else value


def _bounds(found: Field, value: str) -> Any:
    read = _NUMBER.fullmatch(value)
    if read is None or not (read["low"] or read["high"]):
        raise InvalidInput(found.name, say('"%(fact)s" is a number such as 34, or a span such as 25..35, ..5 or 60..', fact=found.name))
    if not read["dots"]:
        return _plain(read["low"])
    bounds = {"min": read["low"], "max": read["high"]}
    return {name: _plain(bound) for name, bound in bounds.items() if bound}


def _plain(text: str) -> float | int:
    return float(text) if "." in text else int(text)


def _money_words(found: Field, value: str) -> Any:
    read = _MONEY.fullmatch(value)
    if read is None:
        raise InvalidInput(found.name, say('"%(fact)s" is an amount such as 25000, ..2100/month or 900CAD/week.', fact=found.name))
    amount = _bounds(found, read["number"])
    bounds = amount if isinstance(amount, dict) else {"min": amount, "max": amount}
    currency = {"currency": read["currency"].upper()} if read["currency"] else {}
    return {**bounds, **currency, **({"per": read["per"]} if read["per"] else {})}


def _answer(found: Field, raw: object, areas: Areas, currency: str) -> Answer:
    if found.kind is Kind.NUMBER:
        return _spans(found, raw)
    if found.kind is Kind.MONEY:
        return _income(found, raw, currency)
    if found.kind is Kind.YES_NO:
        if not isinstance(raw, bool):
            raise InvalidInput(found.name, say('"%(fact)s" is true, false or "declined".', fact=found.name))
        return raw
    if found.kind is Kind.AREA:
        return _home(found, raw, areas)
    if found.kind is Kind.CHOICE:
        return _value(found, raw)
    given = raw if isinstance(raw, list) else [raw]
    if len(given) > MOST_FACTS:
        raise InvalidInput(found.name, say('"%(fact)s" has too many values.', fact=found.name))
    values = {_value(found, each) for each in given}
    return frozenset(values | {more for value in values for more in found.implies.get(value, ())})


def _value(found: Field, raw: object) -> str:
    word = raw.strip() if isinstance(raw, str) else ""
    if found.choices and word not in found.choices:
        known = ", ".join(found.choices)
        meant = nearest(word, found.choices)
        if meant:
            raise InvalidInput(
                found.name, say('"%(fact)s": did you mean "%(meant)s"? It is one of %(known)s.', fact=found.name, meant=meant, known=known)
            )
        raise InvalidInput(found.name, say('"%(fact)s" is one of %(known)s.', fact=found.name, known=known))
    if not 0 < len(word) <= 40:
        raise InvalidInput(found.name, say('"%(fact)s" is a word, as in "%(example)s".', fact=found.name, example="fr"))
    return word


def _home(found: Field, raw: object, areas: Areas) -> Home:
    ids = frozenset(areas(raw.strip()[:120])) if isinstance(raw, str) else frozenset()
    if not ids:
        raise InvalidInput(found.name, say("The place is not known here; write a city, a postal code or the id of an area."))
    return Home(ids)


def _spans(found: Field, raw: object) -> tuple[Span, ...]:
    given = raw if isinstance(raw, list) else [raw]
    if len(given) > (MOST_REPEATED if found.repeats else 1) or (not given and not found.repeats):
        raise InvalidInput(found.name, say('"%(fact)s" is one number, or one span.', fact=found.name))
    return tuple(_span(found, each) for each in given)


def _span(found: Field, raw: object) -> Span:
    low, high = _ends(found, raw, found.least, found.most)
    is_age = not found.is_whole
    if high is not None and is_age and high.is_integer() and (low is None or low.is_integer() or low != high):
        return Span(low, high + 1, high_open=True)
    return Span(low, high)


def _ends(found: Field, raw: object, least: float, most: float) -> tuple[float | None, float | None]:
    """Both bounds of a number or of {"min", "max"}."""
    bounds = raw if isinstance(raw, Mapping) else {"min": raw, "max": raw}
    low, high = (_end(found, bounds.get(name), least, most) for name in ("min", "max"))
    if set(bounds) - {"min", "max"} or (low is None and high is None):
        raise InvalidInput(found.name, say('"%(fact)s" is a number, or {"min", "max"} with at least one of them.', fact=found.name))
    if low is not None and high is not None and low > high:
        raise InvalidInput(found.name, say('"%(fact)s": put the smaller number first.', fact=found.name))
    return low, high


def _end(found: Field, raw: object, least: float, most: float) -> float | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise InvalidInput(found.name, say('"%(fact)s" is a number, or {"min", "max"} with at least one of them.', fact=found.name))
    if not least <= raw <= most:
        raise InvalidInput(found.name, _outside(found, least, most))
    return float(raw)


def _outside(found: Field, least: float, most: float) -> Sentence:
    return say('"%(fact)s" lies between %(least)s and %(most)s.', fact=found.name, least=f"{least:g}", most=f"{most:,.0f}")


def _income(found: Field, raw: object, currency: str) -> Income:
    bounds: dict[str, object] = dict(raw) if isinstance(raw, Mapping) else {"min": raw, "max": raw}
    given, per = bounds.pop("currency", currency), bounds.pop("per", Per.YEAR.value)
    if given not in CURRENCIES:
        raise InvalidInput(found.name, say('The currency of "%(fact)s" is one of %(known)s.', fact=found.name, known=", ".join(CURRENCIES)))
    if not isinstance(per, str) or per not in list(Per):
        raise InvalidInput(found.name, say('"%(fact)s" is per %(known)s.', fact=found.name, known=", ".join(Per)))
    low, high = _ends(found, bounds, 0, 1e9)
    times = Per(per).in_a_year
    return Income(None if low is None else low * times, None if high is None else high * times, str(given))


def _following(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """What follows from what was told; what contradicts it is refused, so that no answer can turn an earlier one over."""
    found: dict[str, Answer] = {}
    children, grade = answers.get(HOLDS_FOR_CHILD), answers.get("grade")
    if isinstance(children, tuple) and any(span.high is not None and span.high <= ADULT_YEARS for span in children):
        if answers.get("parent") is False:
            raise InvalidInput("parent", say("There is a child under 18 among the ages told; the person is a parent or guardian, then."))
        found["parent"] = True
    if isinstance(grade, tuple):
        if answers.get("student") is False:
            raise InvalidInput("student", say("There is a school grade among what was told; the person is a student, then."))
        found["student"] = True
    return found
