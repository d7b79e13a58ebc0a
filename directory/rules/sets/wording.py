"""The sentence of a rule in any language, whatever its kind, and the texts of rules filled with the values of a case.

`translate` gives a text of this program in the reader's language; `names` writes numbers and lists in it (`rules.naming`). The sentence
is made of what the rule says and nothing else: whoever is judged by it reads what decides.
"""

from collections.abc import Callable, Mapping
from datetime import date

from babel.dates import format_date

from directory.domain.categories import tree
from directory.rules.catalogue import Field, Kind, Op
from directory.rules.conditions import All, Comparison, Condition, Not
from directory.rules.naming import Names
from directory.rules.operands import Range
from directory.rules.sets import signal_words as words
from directory.rules.sets import then_words as frames
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.reasons import Text, filled
from directory.rules.sets.rule import Caution, Clock, FlagListing, FlagPair, LookAgain, Points, Rule, Tell, Then
from directory.rules.sets.signal_tables.making import CATEGORY_CHOICES
from directory.rules.sets.signals import Plain, Signals, catalogue_of

Translate = Callable[[str], object]

_NEGATED = frozenset({Op.NE, Op.NOT_IN, Op.HAS_NONE})
_MOMENTS = {0.0: frames.AT_ONCE, 0.5: frames.AT_HALF, 1.0: frames.AT_WHOLE, 2.0: frames.AT_TWICE}
_KILOMETRE = 1000


def sentence_of(rule: Rule, kind: SetKind, translate: Translate, names: Names) -> str:
    """What the rule does, when, and what comes of it where that is not known: "14 points for the program when it is less than 2 km away.
    If that is not known, nothing comes of it."."""
    said = _Saying(kind, translate, names)
    return f"{said.then(rule.then, said.condition(rule.when))} {said.say(frames.UNKNOWN[rule.if_unknown])}"


def condition_words(condition: Condition, kind: SetKind, translate: Translate, names: Names) -> str:
    """The words of a condition alone: "it is less than 2 km away and it costs nothing"."""
    return _Saying(kind, translate, names).condition(condition)


def value_words(signal: str, value: Plain, kind: SetKind, translate: Translate, names: Names, form: str = "") -> str:
    """One value of a signal, with its unit: "1.4 km", "62%", "has room". `form`: as the places of texts ask for it (`reasons.FORMS`)."""
    return _Saying(kind, translate, names).value(catalogue_of(kind)[signal], value, form)


def filled_text(
    text: Text, signals: Signals, called: Mapping[str, str], kind: SetKind, translate: Translate, names: Names
) -> str:  # fmt: skip
    """A text of a rule for one case. `called`: the names of `signals.NAMES` -> what they are here."""
    return filled(text, names.locale.language, value_of(signals, called, kind, translate, names))


def value_of(
    signals: Signals, called: Mapping[str, str], kind: SetKind, translate: Translate, names: Names
) -> Callable[[str, str], str]:  # fmt: skip
    """What fills the places of texts (`reasons.filled`): values with their units, names, and words for what is not known."""
    said = _Saying(kind, translate, names)

    def value(name: str, form: str) -> str:
        if name in called:
            return called[name]
        if name in signals:
            return said.value(catalogue_of(kind)[name], signals[name], form)
        return said.say(frames.NOT_KNOWN)

    return value


def text_with_labels(text: Text, kind: SetKind, translate: Translate, names: Names) -> str:
    """A text of a rule where no case is at hand: each place says in brackets what will stand there, "…" for a number."""
    said = _Saying(kind, translate, names)

    def label(name: str, form: str) -> str:
        field = catalogue_of(kind).get(name)
        if field is not None and field.kind is Kind.NUMBER:
            return said.no_number(field, form)
        label = field.label if field else frames.NAME_WORDS.get(name, "")
        return f"[{said.say(label) if label else '…'}]"

    return filled(text, names.locale.language, label)


class _Saying:
    def __init__(self, kind: SetKind, translate: Translate, names: Names) -> None:
        self._catalogue = catalogue_of(kind)
        self._translate = translate
        self._names = names

    def say(self, template: str, **values: object) -> str:
        told = str(self._translate(str(getattr(template, "template", template))))
        return told % values if values else told

    def _counted(self, forms: tuple[str, str], count: float, **values: object) -> str:
        """Of one or of many, as the language has it."""
        is_one = self._names.locale.plural_form(count) == "one"
        return self.say(forms[0 if is_one else 1], **values)

    def then(self, then: Then, when: str) -> str:
        if isinstance(then, Points):
            return self._counted(frames.POINTS, then.points, points=self._names.number(then.points), when=when)
        if isinstance(then, Caution):
            less = -then.points
            if not less:
                return self.say(frames.CAUTION, when=when)
            return self._counted(frames.CAUTION_AND_POINTS, less, points=self._names.number(less), when=when)
        if isinstance(then, FlagPair):
            reading, severity = self.say(frames.READINGS[then.reading]), self.say(frames.SEVERITIES[then.severity])
            return self.say(frames.FLAG_PAIR, reading=reading, severity=severity, when=when)
        if isinstance(then, Clock):
            frame = frames.CLOCK_FROM_SENT if then.from_sent else frames.CLOCK
            return self.say(frame[then.waits_for], term=self._term(then), when=when)
        if isinstance(then, Tell):
            moment = _MOMENTS.get(then.at)
            at = self.say(moment) if moment else self.say(frames.AT_SHARE, percent=self._names.percent(then.at * 100))
            return self.say(frames.TELL, moment=at, told=self.say(frames.TOLD[then.action]), when=when)
        if isinstance(then, LookAgain):
            days = self._counted(words.UNITS["days"], then.days, number=self._names.number(then.days))
            return self.say(frames.LOOK_AGAIN, days=days, when=when) if then.days else self.say(frames.LOOK_AT_ONCE, when=when)
        assert isinstance(then, FlagListing)
        return self.say(frames.FLAG_LISTING[then.owner], severity=self.say(frames.SEVERITIES[then.severity]), when=when)

    def _term(self, clock: Clock) -> str:
        hours = clock.term.open_minutes / 60
        forms, number = (frames.OPEN_HOURS, hours) if hours else (frames.WORKING_DAYS, clock.term.working_days)
        return self._counted(forms, number, number=self._names.number(number))

    def condition(self, condition: Condition) -> str:
        if isinstance(condition, Comparison):
            return self._test(condition)
        if isinstance(condition, Not):
            return self._opposite(condition.part)
        parts = [f"({told})" if _is_group(part) else told for part in condition.parts for told in [self.condition(part)]]
        return self._names.both(parts) if isinstance(condition, All) else self._names.either(parts)

    def _opposite(self, part: Condition) -> str:
        if isinstance(part, Not):
            return self.condition(part.part)
        if isinstance(part, Comparison) and part.op is Op.IS:
            return self._yes_no(self._catalogue[part.field], part.operand is not True)
        told = self.condition(part)
        return self.say(words.NOT, clause=f"({told})" if _is_group(part) else told)

    def _test(self, test: Comparison) -> str:
        field = self._catalogue[test.field]
        if test.op in (Op.IS_KNOWN, Op.IS_UNKNOWN):
            return self.say(words.IS_KNOWN if test.op is Op.IS_KNOWN else words.IS_UNKNOWN, label=self.say(field.label))
        if field.kind is Kind.YES_NO:
            return self._yes_no(field, test.operand is True)
        if field.kind is Kind.DATE:
            return self.say(words.BEFORE if test.op is Op.BEFORE else words.AFTER, label=self.say(field.label), day=self._day(test.operand))
        told = self._amount(field, test) if field.kind is Kind.NUMBER else self._values(field, test)
        return self.say(words.NOT, clause=told) if test.op in _NEGATED else told

    def _yes_no(self, field: Field, is_so: bool) -> str:
        if is_so:
            return self.say(field.label)
        own = words.NOT_SO.get(field.name)
        return self.say(own) if own else self.say(words.NOT, clause=self.say(field.label))

    def _amount(self, field: Field, test: Comparison) -> str:
        amount = self._bounded(field, test)
        own = words.AMOUNTS.get(field.name)
        return self.say(own, amount=amount) if own else self.say(words.DEFAULT_AMOUNT, label=self.say(field.label), amount=amount)

    def _bounded(self, field: Field, test: Comparison) -> str:
        if not isinstance(test.operand, Range):
            number = self.value(field, float(str(test.operand)))
            return self.say(words.BOUNDS[test.op], low=number, high=number)
        within = test.operand
        low, high = (None if bound is None else self.value(field, bound) for bound in (within.low, within.high))
        if low is not None and high is not None and not within.low_open and not within.high_open:
            return self.say(words.BETWEEN, low=low, high=high)
        ends = []
        if low is not None:
            ends.append(self.say(words.MORE_THAN if within.low_open else words.AT_LEAST, low=low))
        if high is not None:
            ends.append(self.say(words.LESS_THAN if within.high_open else words.AT_MOST, high=high))
        return self._names.both(ends)

    def _values(self, field: Field, test: Comparison) -> str:
        given = sorted(test.operand) if isinstance(test.operand, frozenset) else [str(test.operand)]
        if field.choices:
            given.sort(key=list(field.choices).index)
        if all((field.name, value) in words.WHOLE for value in given):
            return self._names.either([self.say(words.WHOLE[field.name, value]) for value in given])
        joined = self._names.both if test.op is Op.HAS_ALL else self._names.either
        told = joined([self._quoted(field, value) for value in given])
        own = words.VALUES.get(field.name)
        return self.say(own, values=told) if own else self.say(words.DEFAULT_VALUES, label=self.say(field.label), values=told)

    def _quoted(self, field: Field, value: str) -> str:
        told = self._choice(field, value)
        return self.say(words.QUOTE, value=told) if field.name in words.QUOTED else told

    def _choice(self, field: Field, value: str) -> str:
        if field.choices is CATEGORY_CHOICES or value not in field.choices:
            return tree.name(value, self._names.locale.language) if value in CATEGORY_CHOICES else value
        return self.say(field.choices[value])

    def value(self, field: Field, value: Plain, form: str = "") -> str:
        if isinstance(value, bool):
            return self._yes_no(field, value)
        if isinstance(value, frozenset):
            return self._names.both([self._choice(field, each) for each in sorted(value)])
        if isinstance(value, str):
            return self._choice(field, value)
        if isinstance(value, date):
            return self._day(value)
        return self._number(field, float(value), form)

    def _number(self, field: Field, number: float, form: str) -> str:
        unit = str(field.unit)
        if form == "percent" or (not form and unit == "share"):
            return self._names.percent(round(number * 100))
        if form == "number":
            return self._names.number(round(number, 2))
        if unit == "metres" and (form == "km" or abs(number) >= _KILOMETRE):
            return self.say(words.KILOMETRES, number=self._names.number(round(number / _KILOMETRE, 1)))
        unit = "days" if form == "days" else unit
        told = self._names.number(round(number, 1 if unit != "metres" else 0))
        if unit in words.UNITS:
            return self._counted(words.UNITS[unit], number, number=told)
        return self.say(words.NUMBER_AND_UNIT, number=told, unit=self.say(unit)) if unit else told

    def no_number(self, field: Field, form: str) -> str:
        """Where a number will stand: "… km"."""
        unit = str(field.unit)
        if form == "percent" or (not form and unit == "share"):
            return "…\N{NO-BREAK SPACE}%"
        if form == "km" or unit == "metres":
            return self.say(words.KILOMETRES, number="…")
        return "…" if form == "number" or not unit else self.say(words.NUMBER_AND_UNIT, number="…", unit=self.say(unit))

    def _day(self, day: object) -> str:
        return format_date(day, "long", locale=self._names.locale) if isinstance(day, date) else str(day)


def _is_group(condition: Condition) -> bool:
    return not isinstance(condition, Comparison | Not) and len(condition.parts) > 1
