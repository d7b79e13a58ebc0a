"""The sentence that criteria make, and the words for one condition, in any language.

`translate` gives a text of this program in the reader's language; `names` writes numbers, money, lists and names in it (`naming`). The
sentence is made of what was stated and nothing else: what cannot be put in words of ours stands as the listing said it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from directory.rules import phrase_words as words
from directory.rules.catalogue import Kind, Op
from directory.rules.conditions import All, Comparison, Condition, Not
from directory.rules.criteria import DOCUMENTS, REFERRERS, Criteria, Criterion, Document, Strength
from directory.rules.facts import FACTS
from directory.rules.naming import Names
from directory.rules.operands import Amount, Range, Share

Translate = Callable[[str], object]

_ADULT = 18.0
_MONTHS_BELOW = 3.0
_PLACES = {"age": 0, "area": 2, "income": 3}
_NEGATED = frozenset({Op.NE, Op.NOT_IN, Op.HAS_NONE})


def sentence_of(criteria: Criteria, translate: Translate, names: Names) -> str:
    """Whom it is for, who comes first, what to ask, what is needed to come: "For women aged 18 or over. Bring a photo ID."."""
    said = _Saying(translate, names)
    return " ".join([*said.whom(criteria), *said.referral(criteria), *said.papers(criteria.documents)])


def whom_of(criteria: Criteria, translate: Translate, names: Names) -> str:
    """As `sentence_of`, without referral and papers."""
    return " ".join(_Saying(translate, names).whom(criteria))


def phrase_of(condition: Condition, translate: Translate, names: Names) -> str:
    """Whom one condition means: "people aged 18 or over", "veterans", "people who live in San Mateo County"."""
    return _Saying(translate, names).people([condition])


def following_of(condition: Condition, translate: Translate, names: Names) -> str:
    """The words of one condition alone: "aged 18 or over", "who live in San Mateo County"."""
    return _Saying(translate, names).following(condition)


def lines_of(criteria: Criteria, translate: Translate, names: Names) -> list[str]:
    """One sentence for each thing that is said, to be held against what was said before."""
    said = _Saying(translate, names)
    everybody = [said.say(words.FOR_ALL)] if criteria.open_to_all else []
    each = [line for one in criteria.criteria for line in said.criterion(one)]
    questions = [said.say(words.ALSO, words=question.question) for question in criteria.questions]
    return [*everybody, *each, *questions, *said.referral(criteria), *said.papers(criteria.documents)]


def referral_of(criteria: Criteria, translate: Translate, names: Names) -> str:
    """Whether a referral is needed and from whom; "" where nobody said."""
    return " ".join(_Saying(translate, names).referral(criteria))


def papers_of(document: Document, translate: Translate, names: Names) -> str:
    """One paper, with what does as well: "a photo ID or a birth certificate"."""
    return _Saying(translate, names).paper(document)


class _Saying:
    def __init__(self, translate: Translate, names: Names) -> None:
        self._translate = translate
        self._names = names

    def say(self, template: str, **values: object) -> str:
        told = str(self._translate(str(getattr(template, "template", template))))
        return told % values if values else told

    def whom(self, criteria: Criteria) -> Iterable[str]:
        stated = [each.when for each in criteria.hard if not _is_as_said(each.when)]
        if stated:
            yield self.say(words.FOR, who=self.people(stated))
        elif criteria.open_to_all:
            yield self.say(words.FOR_ALL)
        elif not criteria.says_something:
            yield self.say(words.NOT_SAID)
        if criteria.soft:
            yield self._first(criteria.soft)
        for each in criteria.hard:
            if _is_as_said(each.when) and isinstance(each.when, Comparison):
                yield self.say(words.ASK_ABOUT, fact=self.say(FACTS[each.when.field].label), words=each.when.operand)
        for question in criteria.questions:
            yield self.say(words.ALSO, words=question.question)

    def criterion(self, criterion: Criterion) -> Iterable[str]:
        """One criterion alone: "For people aged 18 or over.", "Veterans come first."."""
        if criterion.strength is Strength.SOFT:
            yield self._first([criterion])
        else:
            yield from self.whom(Criteria(criteria=(criterion,)))

    def _first(self, soft: Sequence[Criterion]) -> str:
        told = self.say(words.FIRST, who=self._names.both([self.people([each.when]) for each in soft]))
        return told[:1].upper() + told[1:]

    def people(self, conditions: Sequence[Condition]) -> str:
        """Those for whom all of the conditions hold, begun with a noun of theirs where there is one."""
        head = next((each for each in conditions if _is_noun(each)), None)
        rest = [each for each in conditions if each is not head]
        noun = self._noun(head, rest) if isinstance(head, Comparison) else self.say(words.PEOPLE)
        told = ", ".join(self.following(each) for each in sorted(rest, key=_place))
        return self.say(words.WHO, people=noun, following=told) if told else noun

    def _noun(self, test: Comparison, others: Sequence[Condition]) -> str:
        values = _values(test)
        if values in (("female",), ("male",)):
            ages = [each.operand for each in others if isinstance(each, Comparison) and each.field == "age"]
            within = next((each for each in ages if isinstance(each, Range)), None)
            is_female = values == ("female",)
            if within is not None and within.low is not None and within.low >= _ADULT:
                return self.say(words.WOMEN if is_female else words.MEN)
            if within is not None and within.high is not None and within.high <= _ADULT:
                return self.say(words.GIRLS if is_female else words.BOYS)
        choices = FACTS[test.field].choices
        return self._names.either([self.say(choices[value]) for value in choices if value in values])

    def following(self, condition: Condition) -> str:
        if isinstance(condition, Comparison):
            return self._test(condition)
        if isinstance(condition, Not):
            return self.say(words.EXCEPT, following=self.following(condition.part))
        parts = [f"({told})" if _is_group(part) else told for part in condition.parts if (told := self.following(part))]
        return self._names.both(parts) if isinstance(condition, All) else self._names.either(parts)

    def _test(self, test: Comparison) -> str:
        if test.op is Op.MEETS:
            return self.say(words.AS_SAID, words=test.operand)
        field = FACTS[test.field]
        if field.kind is Kind.YES_NO:
            return self.say(words.YES_NO[test.field][0 if test.operand is True else 1])
        if field.kind is Kind.MONEY:
            return self._money(test)
        told = self._number(test.field, _range(test)) if field.kind is Kind.NUMBER else self._set(test)
        return self.say(words.EXCEPT, following=told) if test.op in _NEGATED else told

    def _set(self, test: Comparison) -> str:
        values = _values(test)
        joined = self._names.both if test.op is Op.HAS_ALL else self._names.either
        if test.field == "area":
            return self.say(words.LIVE_IN, areas=joined([self._names.area(value) for value in values]))
        if test.field == "language":
            return self.say(words.SPEAK, languages=joined([self._names.language(value) for value in values]))
        table = words.FOLLOWING[test.field]
        return joined([self.say(table[value]) for value in table if value in values])

    def _number(self, field: str, within: Range) -> str:
        if field in words.AGED:
            return self.say(words.AGED[field], span=self._ages(within))
        if field == "grade":
            return self._counted(words.GRADES, within, self._grade)
        return self._counted(words.COUNTS, within, self._names.number)

    def _ages(self, within: Range) -> str:
        ends = [end for end in (within.low, within.high) if end is not None]
        in_months = not all(end.is_integer() for end in ends) and max(ends) <= _MONTHS_BELOW * 4
        in_months = in_months and all(round(end * 12, 4).is_integer() or end > _MONTHS_BELOW for end in ends)
        times = 12 if in_months else 1
        low, high = within.low, within.high
        shape = _shape(within)
        last = None if high is None else high * times
        if shape == "between" and within.high_open and last is not None and last.is_integer() and low is not None:
            last -= 1
            shape = "exactly" if last == low * times else shape
        told = {"low": low and low * times, "high": last}
        table = words.MONTHS if in_months else words.YEARS
        return self.say(table[shape], **{name: self._names.number(round(end or 0, 2)) for name, end in told.items()})

    def _counted(self, table: Mapping[str, str], within: Range, name: Callable[[float], str]) -> str:
        """Of whole numbers: what lies above 3 begins at 4."""
        low = None if within.low is None else within.low + (1 if within.low_open else 0)
        high = None if within.high is None else within.high - (1 if within.high_open else 0)
        shape = _shape(Range(low, high))
        told = {"low": "" if low is None else name(low), "high": "" if high is None else name(high)}
        return self.say(table[shape], **told)

    def _grade(self, number: float) -> str:
        known = {-1: words.PRE_KINDERGARTEN, 0: words.KINDERGARTEN, 1: words.FIRST_GRADE}.get(int(number))
        return self.say(known) if known else self.say(words.GRADE, number=int(number))

    def _money(self, test: Comparison) -> str:
        limit = test.operand
        if isinstance(limit, Amount):
            told = self.say(words.OFTEN[limit.per], amount=self._names.money(limit.amount, limit.currency))
        else:
            assert isinstance(limit, Share)
            told = self.say(words.LINES[limit.of], percent=self._names.percent(limit.percent))
            told = told if limit.year is None else self.say(words.OF_YEAR, line=told, year=limit.year)
        return self.say(words.LIMITS[test.op.value], limit=told)

    def referral(self, criteria: Criteria) -> Iterable[str]:
        if criteria.needs_referral is None:
            return
        others = self._names.either([self.say(REFERRERS[each]) for each in criteria.referral_from if each != "self"])
        if "self" in criteria.referral_from:
            yield self.say(words.SELF_OR, who=others) if others else self.say(words.SELF)
        elif not criteria.needs_referral:
            yield self.say(words.NOT_REFERRED)
        else:
            yield self.say(words.REFERRED_BY, who=others) if others else self.say(words.REFERRED)

    def papers(self, documents: Sequence[Document]) -> Iterable[str]:
        brought = [each for each in documents if each.code != "none"]
        for is_needed, template in ((True, words.BRING), (False, words.HELPS)):
            told = [self.paper(each) for each in brought if each.is_needed is is_needed]
            if told:
                yield self.say(template, papers=self._names.both(told))
        if len(brought) < len(documents) and not brought:
            yield self.say(words.BRING_NOTHING)

    def paper(self, document: Document) -> str:
        return self._names.either([self.say(DOCUMENTS[code]) for code in (document.code, *document.instead)])


def _is_as_said(condition: Condition) -> bool:
    return isinstance(condition, Comparison) and condition.op is Op.MEETS


def _is_noun(condition: Condition) -> bool:
    return isinstance(condition, Comparison) and condition.field in words.NOUNS and condition.op in (Op.EQ, Op.IN, Op.HAS_ANY)


def _place(condition: Condition) -> int:
    """Where it reads best: how old, in which situation, where, with how much money."""
    return _PLACES.get(condition.field, 1) if isinstance(condition, Comparison) else 1


def _is_group(condition: Condition) -> bool:
    return not isinstance(condition, Comparison | Not) and len(condition.parts) > 1


def _values(test: Comparison) -> tuple[str, ...]:
    return tuple(sorted(test.operand)) if isinstance(test.operand, frozenset) else (str(test.operand),)


def _range(test: Comparison) -> Range:
    if isinstance(test.operand, Range):
        return test.operand
    number = float(str(test.operand))
    if test.op in (Op.GT, Op.GTE):
        return Range(low=number, low_open=test.op is Op.GT)
    if test.op in (Op.LT, Op.LTE):
        return Range(high=number, high_open=test.op is Op.LT)
    return Range(number, number)


def _shape(within: Range) -> str:
    if within.low is not None and within.high is not None:
        return "exactly" if within.low == within.high else "between"
    if within.low is not None:
        return "over" if within.low_open else "from"
    return "under" if within.high_open else "up_to"
