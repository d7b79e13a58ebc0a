"""Five things worth an hour, each with why in a sentence and the one link to begin at."""

from dataclasses import dataclass

from flask import url_for

from directory.domain.planning.asked import Agreement
from directory.domain.planning.quarter import Quarter
from directory.domain.planning.worth import Kind
from directory.services.matching.heard import Heard
from directory.services.matching.levels import Level
from directory.services.planning.worth import AGAINST, CONTEST, ROOM, Hour
from directory.web.amounts import number
from directory.web.models.quadrant_part import cell_href, cell_name
from directory.web.wording import _, ngettext


@dataclass(frozen=True, slots=True)
class HourRow:
    icon: str
    kind: str
    why: str
    href: str
    act: str


def hour_row(hour: Hour, quarter: Quarter) -> HourRow:
    """In the reader's words."""
    told = {
        Kind.DUPLICATE: _duplicate,
        Kind.UNMET: _unmet,
        Kind.TALK: _talk,
        Kind.STALE: _stale,
        Kind.ANSWER: _answer,
    }[hour.of.kind]
    return told(hour, quarter)


def _duplicate(hour: Hour, _quarter: Quarter) -> HourRow:
    one, other = hour.names
    number_of_pair, level = hour.of.key
    href = url_for("duplicates.look", pair=number_of_pair)
    if hour.heard is not None and hour.heard.same:
        return HourRow("list", _("Listed twice"), _said_one(hour.heard, one, other), href, _("Look at the two"))
    words = {
        Level.ORGANIZATION: _("“%(one)s” and “%(other)s” are as good as certain to be one organization.", one=one, other=other),
        Level.SITE: _("“%(one)s” and “%(other)s” are as good as certain to be one place.", one=one, other=other),
        Level.PROGRAM: _("“%(one)s” and “%(other)s” are as good as certain to be one program; people find it twice.", one=one, other=other),
    }
    return HourRow("list", _("Listed twice"), words[Level(level)], href, _("Look at the two"))


def _said_one(heard: Heard, one: str, other: str) -> str:
    told = {"one": one or _("no name"), "other": other or _("no name"), "names": ", ".join(heard.same)}
    if heard.agreement is Agreement.ALL_ONE:
        return _("“%(one)s” and “%(other)s”: everybody whose records they are says that they are one. A matter of minutes.", **told)
    if heard.is_awaited:
        return _("“%(one)s” and “%(other)s”: %(names)s says that they are one; somebody else has time to answer yet.", **told)
    return _("“%(one)s” and “%(other)s”: %(names)s says that they are one, and nobody else is waited for. A matter of minutes.", **told)


def _unmet(hour: Hour, quarter: Quarter) -> HourRow:
    cell = hour.cell
    assert cell is not None
    told = {"cell": cell_name(cell), "part": number(cell.unmet), "whole": number(cell.events)}
    if cell.usable:
        why = _("%(cell)s: not met %(part)s of the %(whole)s times it was asked for.", **told)
    else:
        why = _("%(cell)s: nothing can be used now, and it was asked for %(whole)s times.", **told)
    return HourRow("alert", _("Not met"), why, cell_href(quarter, cell), _("See why"))


def _talk(hour: Hour, _quarter: Quarter) -> HourRow:
    one, other = hour.names
    pair, room = hour.of.key
    if room == AGAINST and hour.heard is not None:
        href = url_for("duplicates.look", pair=pair) + "#asked-title"
        return HourRow("info", _("Worth a conversation"), _against(hour.heard, one, other), href, _("Read what each says"))
    if room == ROOM:
        why = _("%(one)s and %(other)s offer alike, and one of them says that it has room.", one=one, other=other)
    else:
        why = _("%(one)s and %(other)s offer alike to the same people; neither says that it is full.", one=one, other=other)
    return HourRow("info", _("Worth a conversation"), why, url_for("overlaps.one", pair_id=pair), _("See what they share"))


def _against(heard: Heard, one: str, other: str) -> str:
    told = {"one": one or _("no name"), "other": other or _("no name"), "same": ", ".join(heard.same), "two": ", ".join(heard.two)}
    if heard.two:
        return _("“%(one)s” and “%(other)s”: %(same)s says that they are one, %(two)s that they are two.", **told)
    return _("“%(one)s” and “%(other)s”: all say that they are one, and do not agree on which of the two stays.", **told)


def _stale(hour: Hour, _quarter: Quarter) -> HourRow:
    cell = hour.cell
    assert cell is not None
    told = {"cell": cell_name(cell), "stale": number(cell.stale), "offered": number(cell.offered), "count": number(cell.events)}
    why = _("%(cell)s was asked for %(count)s times, and %(stale)s of %(offered)s listings were not verified in time.", **told)
    return HourRow("clock", _("Old listings"), why, url_for("verify.queue"), _("See whom to call"))


def _answer(hour: Hour, _quarter: Quarter) -> HourRow:
    which, _key = hour.of.key
    (name,) = hour.names
    waits = ngettext("for %(num)d day", "for %(num)d days", hour.of.days)
    if which == CONTEST:
        why = _("%(name)s contests what rules say of it, and has waited %(time)s.", name=name, time=waits)
        return HourRow("clock", _("An answer that waits"), why, url_for("rule_contests.contests"), _("Answer"))
    why = _("Somebody asked to look after the listings of %(name)s, and has waited %(time)s.", name=name, time=waits)
    return HourRow("clock", _("An answer that waits"), why, url_for("claims.page"), _("Answer"))
