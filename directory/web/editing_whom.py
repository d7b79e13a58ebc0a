"""Who can come, on the page of the editor: what the six questions say now, and the steps that are taken with them."""

from collections.abc import Mapping
from typing import Any

from directory.domain.editing.keys import SERVICE, Form
from directory.services.editing.suggested_criteria import TextSuggestion, accepted, refuse, refused, suggestions_for
from directory.services.editing.whom import AGES, CRITERIA, area_known, confirmed, read_whom
from directory.services.finding.persons import CURRENCIES
from directory.web.editing import Target
from directory.web.here import community, parts
from directory.web.models.editor.choices import Choices
from directory.web.models.editor.whom import WhomView, whom_view

ACTS = ("whom", "accept", "change", "refuse", "builder", "confirm")
"""Buttons of the questions, which keep what was typed and show the form again."""


def whom_of(target: Target, form: Mapping[str, Any], choices: Choices) -> WhomView | None:
    """What the page shows of who can come; None for an organization."""
    if target.form_kind != SERVICE:
        return None
    suggestions = _suggestions(target, form)
    currency = CURRENCIES.get(community().country.upper(), "EUR")
    return whom_view(
        form.get(CRITERIA) or {},
        form.get(AGES),
        offered=choices.areas,
        suggestions=suggestions,
        builder=target.address("builder"),
        currency=currency,
    )


def after_act(target: Target, form: Form, act: str, about: str) -> Form | None:
    """The form after a button of the questions; None where it cannot be read yet."""
    entries = read_whom(form.get(CRITERIA) or {})
    if entries is None:
        return None
    if act == "confirm":
        return {**form, CRITERIA: confirmed(entries, parts().clock.now().date())}
    chosen = next((each for each in _suggestions(target, form) if each.key == about), None)
    if chosen is None:
        return form
    if act == "refuse":
        refuse(parts(), target.id, chosen)
        return form
    return {**form, CRITERIA: accepted(entries, chosen)}


def _suggestions(target: Target, form: Mapping[str, Any]) -> tuple[TextSuggestion, ...]:
    """Of a listing that there is already: what was refused is remembered with it."""
    entries = read_whom(form.get(CRITERIA) or {})
    if target.kind != SERVICE or entries is None:
        return ()
    return suggestions_for(form, entries, refused(parts(), target.id), lambda name: area_known(parts(), community(), name) or None)
