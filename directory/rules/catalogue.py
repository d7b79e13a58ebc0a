"""What conditions may speak of: typed fields with their words, so that a wrong one is named when it is written and not when it is needed.

A catalogue is data. The one of facts about a person is in `facts`; rules about partners, duplicates and clocks bring their own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz, process

ALIKE = 60.0  # of 100: near enough to be what was meant


class Kind(StrEnum):
    NUMBER = "number"
    CHOICE = "choice"  # one of several values
    SET = "set"  # any number of values
    YES_NO = "yes_no"
    AREA = "area"  # ids of areas, each within those that hold it
    MONEY = "money"  # an amount in a currency for a period
    DATE = "date"


class Op(StrEnum):
    RANGE = "range"
    EQ = "eq"
    NE = "ne"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    IN = "in"
    NOT_IN = "not_in"
    HAS_ANY = "has_any"
    HAS_ALL = "has_all"
    HAS_NONE = "has_none"
    IS = "is"
    BEFORE = "before"
    AFTER = "after"
    MEETS = "meets"  # words that only a person can judge: always ask
    IS_KNOWN = "is_known"
    IS_UNKNOWN = "is_unknown"


COMPARISONS = (Op.GT, Op.GTE, Op.LT, Op.LTE)
_OPS = {
    Kind.NUMBER: (Op.RANGE, Op.EQ, Op.NE, *COMPARISONS),
    Kind.CHOICE: (Op.EQ, Op.NE, Op.IN, Op.NOT_IN),
    Kind.SET: (Op.HAS_ANY, Op.HAS_ALL, Op.HAS_NONE),
    Kind.YES_NO: (Op.IS,),
    Kind.AREA: (Op.IN, Op.NOT_IN),
    Kind.MONEY: COMPARISONS,
    Kind.DATE: (Op.BEFORE, Op.AFTER),
}


class Privacy(StrEnum):
    """How near to a person a field comes. What is `NEVER_HELD` is not taken from anybody: conditions on it always ask."""

    PLAIN = "plain"
    SENSITIVE = "sensitive"
    NEVER_HELD = "never_held"


@dataclass(frozen=True, slots=True)
class Field:
    """`unit`: of numbers. `choices`: value -> words for it; empty where any value goes (languages, areas). `implies`: a value -> others
    that hold with it. `least` and `most` bound a number. `repeats`: there may be several (ages of children), and a condition holds
    when it holds for one of them. `label` names it, `question` asks for it; both in English, translated where they are shown.
    `reason`: why it is asked, said beside a sensitive question. `answers`: value -> words for it as an answer to the question, where those
    for the people ("tenants") would not do ("rents a home")."""

    name: str
    kind: Kind
    label: str
    question: str = ""
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    implies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least: float = 0
    most: float = 1e9
    repeats: bool = False
    privacy: Privacy = Privacy.PLAIN
    reason: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether its numbers are counted in whole ones: a household of three, grade 4. Ages are not: 4.9 is under 5."""
        return self.unit != "years"


class Catalogue(Mapping[str, Field]):
    """Fields by name, in the order given. `may_be_unknown`: conditions may ask whether something is known (`is_known`). Of people they may
    not, since an answer more would turn what was into its opposite."""

    def __init__(self, fields: Iterable[Field], *, may_be_unknown: bool = False) -> None:
        self._fields = {each.name: each for each in fields}
        self.may_be_unknown = may_be_unknown

    def __getitem__(self, name: str) -> Field:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def ops(self, kind: Kind) -> tuple[Op, ...]:
        more = (Op.IS_KNOWN, Op.IS_UNKNOWN) if self.may_be_unknown else (Op.MEETS,)
        return (*_OPS[kind], *more)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like one that is not known; "" where none is like it."""
    found = process.extractOne(word[:80], list(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return str(found[0]) if found else ""
