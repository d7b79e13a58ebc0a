"""Quarters of a year in the reader's words, and those that may be looked at instead."""

from datetime import timedelta
from typing import Any

from babel.dates import format_interval
from flask import url_for

from directory.domain.planning.quarter import Quarter
from directory.web.here import parts
from directory.web.languages import locale
from directory.web.wording import _

Choices = tuple[tuple[str, str, bool], ...]
"""Address, name and whether it is shown."""


def quarter_name(quarter: Quarter) -> str:
    """As people say it: "Jul–Sep 2026"."""
    return format_interval(quarter.first, quarter.end - timedelta(days=1), "yMMM", locale=locale())


def quarter_words(quarter: Quarter) -> str:
    """Its name, and that it is not over."""
    name = quarter_name(quarter)
    is_over = quarter.end <= parts().clock.now().date()
    return name if is_over else _("%(quarter)s, which is not over", quarter=name)


def quarter_choices(now: Quarter, endpoint: str, asked: dict[str, Any], anchor: str = "") -> Choices:
    """The quarters next to the one that is shown, but for those that have not begun."""
    today = parts().clock.now().date()
    near = (now.after, now, now.before, now.before.before)
    return tuple(
        (url_for(endpoint, quarter=str(each), _anchor=anchor or None, **asked), quarter_name(each), each == now)
        for each in near
        if each.first <= today
    )
