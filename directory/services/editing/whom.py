"""Who can come, as one field of the form: answers to plain questions become criteria, the standard's ages stay in step, and what somebody
publishes counts as said by the listing's owner.

A page may send the field as answers: `{"typed": answers, "base": entries, "ages": {...}}` (`rules.plain_answers`); they are kept as they
were typed until they can be read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.community import Community
from directory.domain.editing.authors import Author
from directory.domain.editing.checking import Checked
from directory.domain.editing.differences import FieldChange
from directory.domain.editing.keys import Form
from directory.domain.people import Role
from directory.domain.place import Bias
from directory.domain.sentences import Sentence, say
from directory.rules.conditions import WrongCondition
from directory.rules.criteria import By
from directory.rules.entries import criteria_in, entries_of_criteria
from directory.rules.plain_answers import entries_from, plain_of
from directory.rules.plain_writing import WrongAnswer
from directory.rules.standard_ages import ages_of, with_ages
from directory.services.editing.served_areas import own_area_named
from directory.services.parts import Parts
from directory.store.tables import RoleGrant

CRITERIA, AGES, TYPED = "criteria", "ages", "typed"
_UNREADABLE = say("This cannot be read. Write it anew.")
_OF_AN_OWNER = (Role.EDITOR.value, Role.LEAD.value)


def is_typed(value: Any) -> bool:
    """Whether a value of the field is still as it was typed."""
    return isinstance(value, Mapping) and TYPED in value


def with_whom_read(found: Checked) -> Checked:
    """A checked form with the criteria in their one form, and the ages that follow from answers; or what is wrong with them."""
    value = found.form.get(CRITERIA)
    if not value:
        return found
    form = dict(found.form)
    try:
        entries, has_changed = _entries(value)
    except _Unread as unread:
        form.pop(CRITERIA)
        return Checked(form, {**found.errors, CRITERIA: unread.sentence})
    form[CRITERIA] = entries
    ages = ages_of(entries) if has_changed else None
    return Checked(form if ages is None else {**form, AGES: ages}, found.errors)


def read_whom(value: Any) -> dict[str, Any] | None:
    """The criteria that a value of the field makes; None while it cannot be read."""
    try:
        return _entries(value)[0] if value else {}
    except _Unread:
        return None


def confirmed(entries: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The criteria as somebody says that they are right as they stand; it counts once they publish it."""
    said = {"by": By.OWNER.value, "confirmed_on": today.isoformat()}
    criteria = {key: {**each, "said": {**each["said"], **said}} for key, each in entries.get(CRITERIA, {}).items()}
    return {**entries, CRITERIA: criteria} if criteria else dict(entries)


def in_step(base: Mapping[str, Any], edited: Form) -> Form:
    """Ages and criteria saying the same, whichever of the two was edited."""
    if CRITERIA not in edited and AGES not in edited:
        return edited
    before, entries = base.get(CRITERIA) or {}, edited.get(CRITERIA, base.get(CRITERIA)) or {}
    if entries != before:
        ages = ages_of(entries)
        return edited if ages is None else {**edited, AGES: ages}
    if edited.get(AGES, base.get(AGES)) != base.get(AGES) and entries:
        return {**edited, CRITERIA: with_ages(entries, edited[AGES])}
    return edited


def said_by_owner(
    session: Session, changes: Sequence[FieldChange], author: Author, organization_id: str | None, today: date
) -> list[FieldChange]:
    """What somebody publishes of who can come is the owner's word from now on. It is confirmed where the owner's people publish it, and
    where there are none."""
    return [_said(session, change, author, organization_id, today) if change.field == CRITERIA else change for change in changes]


def has_owner(session: Session, organization_id: str | None) -> bool:
    """Whether somebody keeps the listings of an organization for it."""
    held = (RoleGrant.organization_id == organization_id, RoleGrant.role.in_(_OF_AN_OWNER), RoleGrant.ended_at.is_(None))
    return organization_id is not None and session.scalar(select(RoleGrant.id).where(*held).limit(1)) is not None


def with_places_found(parts: Parts, community: Community, form: Form) -> Form:
    """Places that were typed among the answers, each as the area that it means; those that are not known stay as they were typed."""
    value: Any = form.get(CRITERIA)
    if not is_typed(value) or not value[TYPED].get("places", "").strip():
        return form
    typed, unknown = dict(value[TYPED]), []
    areas = list(typed["areas"])
    for name in (part.strip() for part in typed["places"].replace("\n", ",").replace(";", ",").split(",")):
        found = area_named(parts, community, name) if name else ""
        if found:
            areas.append(found)
        elif name:
            unknown.append(name)
    typed |= {"areas": list(dict.fromkeys(areas)), "places": ", ".join(unknown)}
    return {**form, CRITERIA: {**value, TYPED: typed}}


def area_named(parts: Parts, community: Community, name: str) -> str:
    """The id of the area that people mean by a name or a postal code; "" where it is not known."""
    known = area_known(parts, community, name)
    if known:
        return known
    bias = Bias(community.country, community.region, community.latitude, community.longitude) if community.country else None
    place = parts.geocoding.lookup(name[:120], bias=bias).place
    return place.area_ids[0] if place is not None and place.area_ids else ""


def area_known(parts: Parts, community: Community, name: str) -> str:
    """As `area_named`, of names of areas alone and without asking anybody outside."""
    with parts.database.reading(may_lag=True) as session:
        own = own_area_named(session, name[:120])
    return own or parts.geocoding.area_named(name[:120], country=community.country, region=community.region) or ""


class _Unread(Exception):
    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _entries(value: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """The criteria, and whether answers changed them. Raise `_Unread`."""
    try:
        if not is_typed(value):
            return entries_of_criteria(criteria_in(value)), False
        base, ages = value.get("base") or {}, value.get("ages")
        raw = entries_from(value[TYPED], base, ages)
        entries = entries_of_criteria(criteria_in(raw))
        return entries, entries != base or _ages_changed(value)
    except WrongAnswer as wrong:
        raise _Unread(wrong.sentence) from None
    except WrongCondition as wrong:
        first = wrong.wrongs[0].sentence
        raise _Unread(first if isinstance(first, Sentence) else _UNREADABLE) from None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _Unread(_UNREADABLE) from None


def _ages_changed(value: Mapping[str, Any]) -> bool:
    plain = plain_of(value.get("base") or {}, value.get("ages")).answers
    return any(plain[end] != value[TYPED].get(end) for end in ("age.from", "age.to"))


def _said(session: Session, change: FieldChange, author: Author, organization_id: str | None, today: date) -> FieldChange:
    before = (change.before or {}).get(CRITERIA, {})
    confirms = author.role in _OF_AN_OWNER or not has_owner(session, organization_id)
    after: dict[str, Any] = change.after or {}
    criteria = {}
    for key, each in after.get(CRITERIA, {}).items():
        said = {**each["said"], "by": By.OWNER.value, "confirmed_on": today.isoformat() if confirms else None}
        criteria[key] = each if not confirms and before.get(key) == each else {**each, "said": said}
    return replace(change, after={**after, CRITERIA: criteria}) if criteria else change
