"""The history of a listing in words: each act with who (in public by organization and role), when, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import url_for

from directory.domain.editing.keys import ORGANIZATION, SERVICE
from directory.domain.editing.words import Explained
from directory.domain.listing import Listing
from directory.services.accounts.names import names_of
from directory.services.editing.history import Act
from directory.services.editing.organization_history import OwnAct
from directory.services.parts import Parts
from directory.web.models.editor.told import change_words
from directory.web.models.texts import Line, listing_line
from directory.web.times import machine_time, moment_words
from directory.web.wording import _

LEFT_OUT = (":point",)
"""Follows from the address, and would only repeat it in numbers."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """`who` for everybody, `name` for the people who keep the listing; `id` "" where it cannot be brought back."""

    id: str
    at: str
    moment: str
    what: str
    who: str
    name: str
    why: str
    changes: tuple[Explained, ...]
    hidden: bool


def history_lines(acts: Sequence[Act], kind: str, zone: ZoneInfo, names: Mapping[str, str] | None = None) -> tuple[HistoryLine, ...]:
    """The acts in words. Without `names` nobody is named, as in public."""
    return tuple(_line(act, kind, zone, names or {}) for act in acts)


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line of the history of an organization. `of` and `href`: the listing that it changed; "" for the organization itself."""

    line: HistoryLine
    of: Line | str
    href: str


def own_history_lines(acts: Sequence[OwnAct], listings: Sequence[Listing], zone: ZoneInfo) -> tuple[OwnLine, ...]:
    """The acts of an organization and its listings in words, in public: nobody is named. Hours are told on the clock of each listing."""
    known = {listing.id: listing for listing in listings}
    found = []
    for own in acts:
        listing = known.get(own.service_id)
        own_zone = ZoneInfo(listing.places[0].zone) if listing and listing.places else zone
        line = _line(own.act, SERVICE if listing else ORGANIZATION, own_zone, {})
        href = url_for("listings.history", service_id=listing.id) if listing else ""
        found.append(OwnLine(line, listing_line(listing, "name") if listing else "", href))
    return tuple(found)


def names_of_acts(parts: Parts, acts: Sequence[Act]) -> dict[str, str]:
    """Who stands behind the acts, for the people who keep the listing."""
    with parts.database.reading() as session:
        return names_of(session, {act.actor for act in acts})


def _line(act: Act, kind: str, zone: ZoneInfo, names: Mapping[str, str]) -> HistoryLine:
    changes = tuple(change_words(change, kind, zone) for change in act.changes if not change.field.endswith(LEFT_OUT))
    return HistoryLine(
        id=act.id,
        at=machine_time(act.at),
        moment=moment_words(act.at),
        what=_("Added to the directory") if act.created else how_words(act.how),
        who=who_words(act),
        name=names.get(act.actor, ""),
        why="" if act.why == "import" else act.why,
        changes=() if act.created else changes,
        hidden=act.hidden and not changes,
    )


def how_words(how: str) -> str:
    """By which act it came about."""
    return {
        "edit": _("Edited"),
        "restore": _("An earlier state was brought back"),
        "suggestion": _("A suggestion was accepted"),
        "verification": _("Corrected while it was verified"),
        "report": _("Told in one tap"),
        "verified": _("Found right: verified"),
        "verified by mistake": _("A verification was taken back"),
        "taken out": _("Taken out of the list"),
        "listed again": _("Listed again"),
        "closed today": _("Closed today"),
        "full today": _("Full today"),
        "just come today": _("Just come today, no referral needed"),
        "not today": _("What was told for today was taken back"),
        "merge": _("Another record of the same thing became part of it, or came apart again"),
        "decision": _("Decided between the source and the listing"),
        "import": _("Imported anew"),
    }.get(how, _("Changed"))


def who_words(act: Act) -> str:
    """Who did it, as the public is told: an organization, a planner, a source; never a person."""
    if act.source:
        return _("by its source, %(source)s", source=act.source)
    if act.organization:
        return _("by %(organization)s", organization=act.organization)
    if act.role == "planner":
        return _("by a planner of this directory")
    return _("by the people who run this directory") if act.role or act.how else ""
