"""What the form of a rule offers to choose from, and the words of its fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.rules.catalogue import Field, Kind
from directory.rules.sets.builder import Group, Row
from directory.rules.sets.kinds import IfUnknown, OncePer, Owner
from directory.rules.sets.reasons import LANGUAGES
from directory.rules.sets.signals import catalogue_of
from directory.rules.sets.then_words import READINGS, SEVERITIES, TOLD
from directory.web.languages import own_name
from directory.web.models.rule_cards import family_words
from directory.web.models.rule_form import RuleForm
from directory.web.models.rule_lines import GroupView, KeptView, LineView, Pairs, how_pairs, line_views, signal_pairs
from directory.web.rule_words import rule_type_words, text_labels, told, unknown_words
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class TextBox:
    """One text in one language."""

    name: str
    label: str
    value: str
    language: str


@dataclass(frozen=True, slots=True)
class AskedField:
    """A signal that the rule asks for, in the form of an example by hand. `choices`: () where it is typed."""

    name: str
    label: str
    unit: str
    choices: Pairs


@dataclass(frozen=True, slots=True)
class FormPage:
    form: RuleForm
    type_words: str
    lines: tuple[LineView | GroupView | KeptView, ...]
    hows: Pairs
    signals: Pairs
    texts: tuple[TextBox, ...]
    families: Pairs
    readings: Pairs
    severities: Pairs
    owners: Pairs
    waits: Pairs
    actions: Pairs
    once: Pairs
    unknowns: Pairs
    asked: tuple[AskedField, ...]
    summary: tuple[tuple[str, str], ...]


def form_page(form: RuleForm, caps: Mapping[str, int]) -> FormPage:
    labels, named = text_labels(), family_words()
    return FormPage(
        form=form,
        type_words=rule_type_words()[form.type],
        lines=line_views(form.built, form.kind, form.wrongs),
        hows=how_pairs(),
        signals=signal_pairs(form.kind),
        texts=tuple(
            TextBox(f"{name}.{code}", f"{labels[name]} ({own_name(code)})", form.values.get(f"{name}.{code}", ""), code)
            for name in form.texts
            for code in LANGUAGES
        ),
        families=tuple(
            (family, _("%(family)s (at most %(cap)s)", family=named.get(family, family), cap=cap)) for family, cap in caps.items()
        ),
        readings=_pairs(READINGS),
        severities=_pairs(SEVERITIES),
        owners=((Owner.ORGANIZATION.value, _("its organization")), (Owner.PLANNER.value, _("planners"))),
        waits=(("receiver", _("the receiver")), ("sender", _("the sender"))),
        actions=_pairs(TOLD),
        once=((OncePer.STATE.value, _("again in each state")), (OncePer.VERSION.value, _("again under each version of the rules"))),
        unknowns=tuple((each.value, unknown_words()[each]) for each in IfUnknown),
        asked=tuple(_asked(form)),
        summary=tuple((_anchor(name), words) for name, words in form.wrongs.items()),
    )


def _pairs(words: Mapping[Any, str]) -> Pairs:
    return tuple((str(value), told(said).rstrip(",")) for value, said in words.items())


def _anchor(name: str) -> str:
    return "" if name == "rule" else name.replace(".", "-")


def _asked(form: RuleForm) -> Iterable[AskedField]:
    catalogue = catalogue_of(form.kind)
    rows = [row for item in form.built.items for row in (item.rows if isinstance(item, Group) else [item] if isinstance(item, Row) else [])]
    for name in dict.fromkeys(row.signal for row in rows):
        field = catalogue[name]
        unit = "%" if field.unit == "share" else told(field.unit) if field.unit else ""
        yield AskedField(f"x.{name}", told(field.label), unit, _choices(field))


def _choices(field: Field) -> Pairs:
    if field.kind is Kind.YES_NO:
        return (("yes", _("is so")), ("no", _("is not so")))
    if field.kind is Kind.CHOICE and len(field.choices) <= 20:
        return tuple((value, told(words)) for value, words in field.choices.items())
    return ()
