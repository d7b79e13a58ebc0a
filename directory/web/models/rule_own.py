"""What rules know of an organization, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.rules.catalogue import Kind
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import Plain, Signal, signals_of
from directory.services.parts import Parts
from directory.services.rules.contests import SIGNAL, Contest, Verdict
from directory.services.rules.own import OwnListing, OwnView
from directory.services.rules.public import read_public_sets
from directory.web.languages import language
from directory.web.rule_words import rule_sentence, signal_value, told
from directory.web.times import full_date
from directory.web.wording import _, ngettext


@dataclass(frozen=True, slots=True)
class FigureRow:
    """`key`: what is contested by it ("signal:NAME"). `cases`: "of 12", "" where it is no figure."""

    key: str
    label: str
    value: str
    cases: str
    source: str
    contested: bool


@dataclass(frozen=True, slots=True)
class ListingRows:
    """`due`: when it is to be looked at again, and by which rule."""

    id: str
    name: str
    due: str
    answers: tuple[FigureRow, ...]
    listing: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class ContestRow:
    """`state` in words; `is_open` while nobody answered."""

    id: str
    organization_id: str
    organization: str
    what: str
    words: str
    said: str
    state: str
    answer: str
    is_open: bool
    may_take_back: bool


def own_rows(found: OwnView) -> list[ListingRows]:
    return [_listing(each, found.contested) for each in found.listings]


def _listing(each: OwnListing, contested: frozenset[str]) -> ListingRows:
    judged, due = each.judged, each.judged.due
    looked = _("To be looked at from %(day)s on (rule %(rule)s).", day=full_date(due.at.date()), rule=due.rule.id) if due.rule else ""
    return ListingRows(
        judged.service_id,
        judged.name or "",
        looked,
        tuple(_figure(one.signal, one.value, one.cases, SetKind.SUGGEST, contested) for one in each.answers),
        tuple(_figure(one.signal, one.value, None, SetKind.QUALITY, contested) for one in judged.signals),
    )


def _figure(signal: Signal, value: Plain | None, of: float | None, kind: SetKind, contested: frozenset[str]) -> FigureRow:
    field = signal.field
    if value is None:
        words = _("not known")
    elif isinstance(value, bool):
        words = _("is so") if value else _("is not so")
    else:
        words = signal_value(signal.name, value, kind)
    cases = ngettext("of %(num)s case", "of %(num)s cases", int(of)) if of else ""
    return FigureRow(f"{SIGNAL}:{signal.name}", told(field.label), words, cases, told(signal.source), signal.name in contested)


def contest_rows(found: Iterable[Contest], *, may_take_back: bool = False) -> list[ContestRow]:
    states = {Verdict.PUT_RIGHT: _("Put right"), Verdict.STANDS: _("Stands as it is"), Verdict.TAKEN_BACK: _("Taken back")}
    return [
        ContestRow(
            each.id, each.organization_id, each.organization, thing_words(each.about, each.name), each.words,
            full_date(each.made_at.date()), states[each.verdict] if each.verdict else _("Waits for an answer"), each.answer,
            each.verdict is None, may_take_back and each.verdict is None,
        )
        for each in found
    ]  # fmt: skip


def thing_words(about: str, name: str) -> str:
    """What is contested: the words of a signal, or the rule's own name."""
    if about != SIGNAL:
        return _("The rule %(name)s", name=name)
    field = next((signals_of(kind)[name].field for kind in SetKind if name in signals_of(kind)), None)
    return told(field.label) if field else name


def contestable(parts: Parts) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Groups of what may be contested: figures, then the rules of each set that holds."""
    kinds = (SetKind.SUGGEST, SetKind.QUALITY, SetKind.ROUTE)
    figures = {
        f"{SIGNAL}:{name}": told(signal.field.label)
        for kind in kinds
        for name, signal in signals_of(kind).items()
        if signal.field.kind is not Kind.SET
    }
    groups = [(_("What rules know"), tuple(sorted(figures.items(), key=lambda pair: pair[1].casefold())))]
    for each in read_public_sets(parts):
        rules = each.held.rules
        pairs = tuple(
            (f"rule:{rules.name}/{rule.id}", f"{rule.id}: {rule_sentence(rule, rules.kind)[:110]}") for rule in rules.active_rules
        )
        groups.append((rules.title.in_(language()), pairs))
    return tuple(groups)
