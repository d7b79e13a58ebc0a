"""What rules and their sets are called in the reader's words."""

from collections.abc import Mapping

from directory.rules.conditions import Condition
from directory.rules.sets import wording
from directory.rules.sets.kinds import IfUnknown, SetKind, Status
from directory.rules.sets.reasons import Text
from directory.rules.sets.rule import Rule
from directory.rules.sets.signals import Plain
from directory.services.words import translate_into
from directory.web.languages import language
from directory.web.whom_words import names
from directory.web.wording import _


def rule_sentence(rule: Rule, kind: SetKind) -> str:
    """The whole sentence of a rule."""
    return wording.sentence_of(rule, kind, translate_into(language()), names())


def when_words(condition: Condition, kind: SetKind) -> str:
    """The words of a condition alone."""
    return wording.condition_words(condition, kind, translate_into(language()), names())


def text_words(text: Text, kind: SetKind) -> str:
    """A text of a rule, with words in brackets where values will stand."""
    return wording.text_with_labels(text, kind, translate_into(language()), names())


def signal_value(signal: str, value: Plain, kind: SetKind) -> str:
    """A value of a signal, with its unit."""
    return wording.value_words(signal, value, kind, translate_into(language()), names())


def told(words: str) -> str:
    """A word of the catalogue of signals in the reader's language."""
    return translate_into(language())(str(words))


def kind_words() -> Mapping[SetKind, str]:
    """What the rules of a kind decide."""
    return {
        SetKind.SUGGEST: _("Who is suggested to help next"),
        SetKind.FLAG: _("How two listings are compared"),
        SetKind.ROUTE: _("How long a referral may wait"),
        SetKind.QUALITY: _("How fresh and whole a listing is"),
    }


def status_words() -> Mapping[Status, str]:
    return {
        Status.DRAFT: _("Draft"),
        Status.TESTED: _("Tested"),
        Status.ACTIVE: _("Active"),
        Status.RETIRED: _("Retired"),
    }


def unknown_words() -> Mapping[IfUnknown, str]:
    """What comes of a rule where its condition is not known."""
    return {
        IfUnknown.SKIP: _("Nothing comes of it"),
        IfUnknown.COUNT_AS_FALSE: _("It counts as not so"),
        IfUnknown.SEND_TO_REVIEW: _("A person decides"),
    }


def rule_type_words() -> Mapping[str, str]:
    """What may come of a rule."""
    return {
        "points": _("a reason with points"),
        "caution": _("a caution"),
        "pair": _("a reading of two listings"),
        "clock": _("a clock"),
        "tell": _("somebody is told"),
        "flag": _("something to put right"),
        "look": _("a due date"),
    }


def text_labels() -> Mapping[str, str]:
    """The texts of rules."""
    return {
        "reason": _("What people read when it fires"),
        "caution": _("What people are to know before"),
        "way_out": _("What to do about it"),
    }
