"""The page of an import that waits: each record with what would change in words, and what stands against people's word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.editing.differences import FieldChange
from directory.domain.editing.words import Explained
from directory.services.editing.records import FORM_OF
from directory.services.exchange.review import ON_A_PAGE, Review, ReviewedItem
from directory.services.exchange.review_items import ACCEPT, CHANGED, MISSING, NEW
from directory.services.exchange.review_problems import problem_words
from directory.web.here import community_zone
from directory.web.models.editor.told import change_words, field_label, value_lines
from directory.web.times import age_words, days_ago, moment_words
from directory.web.wording import _, ngettext

MOST_CHANGES_OF_NEW = 6


@dataclass(frozen=True, slots=True)
class ReviewConflict:
    """A field on which people's word stands, and what the source says."""

    field: str
    label: str
    theirs: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One record of the import."""

    number: int
    what: str
    words: str
    name: str
    kind: str
    href: str
    changes: tuple[Explained, ...]
    conflicts: tuple[ReviewConflict, ...]
    more: str
    secret: bool
    accepted: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """`filters`: value, words, how many, chosen or not."""

    id: str
    source: str
    about: str
    state: str
    state_words: str
    is_open: bool
    lines: tuple[ReviewLine, ...]
    filters: tuple[tuple[str, str, int, bool], ...]
    what: str
    page: int
    has_before: bool
    has_next: bool
    accepted: int
    problems: tuple[str, ...]
    why: str


def review_page(review: Review, what: str, now: datetime) -> ReviewPage:
    """Everything that the page of an import shows."""
    counts = review.counts
    filters = (
        ("", _("All"), sum(counts.get(name, 0) for name in (NEW, CHANGED, MISSING))),
        (NEW, _("New"), counts.get(NEW, 0)),
        (CHANGED, _("Changed"), counts.get(CHANGED, 0)),
        (MISSING, _("Missing from it"), counts.get(MISSING, 0)),
        ("waits", _("Against what people edited"), review.waiting),
    )
    return ReviewPage(
        id=review.id,
        source=review.source,
        about=_("Read %(age)s, %(moment)s", age=age_words(days_ago(review.made_at, now)), moment=moment_words(review.made_at)),
        state=review.state,
        state_words=state_words(review.state),
        is_open=review.state == "waiting",
        lines=tuple(_line(item) for item in review.items),
        filters=tuple((value, words, count, value == what) for value, words, count in filters if count or not value),
        what=what,
        page=review.page,
        has_before=review.page > 1,
        has_next=review.page * ON_A_PAGE < review.shown,
        accepted=review.accepted,
        problems=tuple(problem_words(each, _) for each in review.problems),
        why=review.why,
    )


def review_rows(reviews: Sequence[Review]) -> tuple[tuple[str, str, str, str], ...]:
    """Each import: its address, source, state and when it was read."""
    return tuple(
        (url_for("imports.page", import_id=each.id), each.source, state_words(each.state), moment_words(each.made_at)) for each in reviews
    )


def state_words(state: str) -> str:
    """How far an import is."""
    return {
        "reading": _("Being read"),
        "waiting": _("Waits for a decision"),
        "asked": _("Will be applied in a moment"),
        "applying": _("Being applied"),
        "applied": _("Applied"),
        "dropped": _("Thrown away"),
        "failed": _("Could not be read"),
    }.get(state, state)


def kind_words(kind: str) -> str:
    """What kind of record it is."""
    return {
        "service": _("Service"),
        "organization": _("Organization"),
        "location": _("Place"),
        "service_at_location": _("Service at a place"),
        "program": _("Program"),
    }.get(kind, kind)


def _line(item: ReviewedItem) -> ReviewLine:
    kind = FORM_OF.get(item.kind, "")
    changes = item.changes if item.what == CHANGED else item.changes[:MOST_CHANGES_OF_NEW]
    told = tuple(change_words(change, kind, community_zone()) for change in changes if _is_told(change)) if kind else ()
    return ReviewLine(
        number=item.number,
        what=item.what,
        words={NEW: _("New"), CHANGED: _("Changed"), MISSING: _("Missing from it")}.get(item.what, item.what),
        name=item.name or (_("a place whose address is secret") if item.secret else kind_words(item.kind)),
        kind=kind_words(item.kind),
        href=_address(item),
        changes=told,
        conflicts=() if item.secret else tuple(_conflict(item, field, value, kind) for field, value in item.conflicts),
        more=_more(item, told),
        secret=item.secret,
        accepted=item.decision == ACCEPT,
    )


def _is_told(change: FieldChange) -> bool:
    return change.field != "point"


def _more(item: ReviewedItem, told: tuple[Explained, ...]) -> str:
    if item.places:
        return ngettext("with %(num)d place told anew", "with %(num)d places told anew", item.places)
    if item.what == CHANGED and not told and not item.conflicts:
        return _("in details that pages do not show")
    return ""


def _conflict(item: ReviewedItem, field: str, value: object, kind: str) -> ReviewConflict:
    lines = value_lines(field, value, kind, community_zone())
    return ReviewConflict(field, field_label(field, kind), lines, item.choices.get(field, ""))


def _address(item: ReviewedItem) -> str:
    if item.what == NEW or item.secret:
        return ""
    if item.kind == "service":
        return url_for("listings.service", service_id=item.object_id)
    if item.kind == "organization":
        return url_for("listings.organization", organization_id=item.object_id)
    return ""
