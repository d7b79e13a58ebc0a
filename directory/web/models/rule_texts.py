"""The sentences that rules which route give, in the reader's language."""

from collections.abc import Mapping

from directory.rules.sets.kinds import SetKind
from directory.rules.sets.reasons import Text
from directory.rules.sets.signals import Signals
from directory.rules.sets.wording import filled_text, text_with_labels
from directory.web.whom_words import names
from directory.web.wording import _


def text_words(text: Text) -> str:
    """Where no referral is at hand."""
    return text_with_labels(text, SetKind.ROUTE, _, names())


def text_of_case(text: Text, signals: Signals, called: Mapping[str, str]) -> str:
    """Of one referral, with the values that were seen and the names of those concerned."""
    return filled_text(text, signals, called, SetKind.ROUTE, _, names())
