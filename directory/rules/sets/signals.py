"""The catalogue of signals: all that a rule may speak of, each with its kind, unit, source, sensitivity and the kinds of sets it is for.

A person's traits (gender, origin, status, health) are not in it and never become a reason for or against a program: whom a program is
for is asked of its own criteria, and only what comes of that (`eligibility.outcome`) is a signal. Figures that take more than a look are
computed by code, never by a rule; each knows how many cases it rests on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from directory.rules.catalogue import Catalogue, Field, Privacy
from directory.rules.sets.kinds import SetKind

Plain = float | str | bool | frozenset[str] | date
Signals = Mapping[str, Plain]
"""The values of one case: a candidate, a pair, a referral, a listing. What is missing is not known."""


@dataclass(frozen=True, slots=True)
class Signal:
    """`source`: where its value comes from, in a sentence's words. `used_in`: the kinds of sets whose rules may speak of it. `cases`: the
    signal that says of how many cases a figure is, "" where it is none. `is_history`: it rests on what happened between the two before,
    which may never weigh much (`check`)."""

    field: Field
    source: str
    used_in: tuple[SetKind, ...]
    cases: str = ""
    is_history: bool = False

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def is_sensitive(self) -> bool:
        return self.field.privacy is not Privacy.PLAIN


NAMES: Mapping[SetKind, tuple[str, ...]] = {
    SetKind.SUGGEST: (
        "candidate.name", "candidate.organization", "candidate.sees", "from.organization", "from.sees", "need.name", "pair.other_need",
    ),
    SetKind.FLAG: ("a.name", "b.name", "a.organization", "b.organization"),
    SetKind.ROUTE: ("receiver.name", "sender.name", "program.name"),
    SetKind.QUALITY: ("listing.name", "listing.organization"),
}  # fmt: skip
"""Names that the sentence of a rule may hold beside signals, by kind; conditions cannot speak of them."""


@cache
def signals_of(kind: SetKind) -> Mapping[str, Signal]:
    """The signals that rules of a kind may speak of, by name."""
    from directory.rules.sets.signal_tables import ALL_SIGNALS

    return {signal.name: signal for signal in ALL_SIGNALS if kind in signal.used_in}


@cache
def catalogue_of(kind: SetKind) -> Catalogue:
    """The same for the checker of conditions. Signals may be missing, and conditions may ask whether they are."""
    return Catalogue((signal.field for signal in signals_of(kind).values()), may_be_unknown=True)
