"""The pages of staff who call organizations: whom to call next, what to read to them, what came of it, what is not listed any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.upkeep.due import Risk
from directory.domain.upkeep.found import Found, Method, Reached
from directory.services.upkeep.calls import CallPage, LoggedCall
from directory.services.upkeep.own import OwnListing
from directory.services.upkeep.queue import Item
from directory.services.upkeep.unlisted import Unlisted
from directory.web.here import community_zone
from directory.web.models.upkeep_page import OwnCard, own_card, risk_words
from directory.web.models.upkeep_words import due_words, field_words, found_words, method_words, reached_words
from directory.web.times import clock_time, local_date, machine_time, moment_words
from directory.web.wording import _, ngettext


def call_address(item_id: str, is_organization: bool) -> str:
    """Where a call is made."""
    return url_for("verify.call", organization_id=item_id) if is_organization else url_for("verify.call", service_id=item_id)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """`holder`: "" where nobody has it, else in words; `is_mine`: who reads has it."""

    id: str
    href: str
    name: str
    due: str
    risk: str
    is_crisis: bool
    listings: str
    before: str
    holder: str
    is_mine: bool


def queue_rows(items: list[Item], me: str, now: datetime) -> tuple[QueueRow, ...]:
    """The queue, the most pressing first."""
    return tuple(_row(item, me, now) for item in items)


def _row(item: Item, me: str, now: datetime) -> QueueRow:
    first, mine = item.due[0], item.claimed_by == me
    until = clock_time(item.claimed_until.astimezone(community_zone())) if item.claimed_until else ""
    holder = _("You have it until %(time)s", time=until) if mine else _("Somebody has it until %(time)s", time=until)
    tried = ngettext("tried %(num)d time", "tried %(num)d times", item.tries) if item.tries else ""
    last = reached_words(Reached(item.last_reached)) if item.last_reached else ""
    return QueueRow(
        id=item.id,
        href=call_address(item.id, item.is_organization),
        name=item.name,
        due=due_words(first.due, now),
        risk=risk_words(first.risk),
        is_crisis=first.risk is Risk.CRISIS,
        listings=ngettext("%(num)d listing", "%(num)d listings", len(item.due)),
        before=" · ".join(filter(None, (tried, last))),
        holder=holder if item.claimed_by else "",
        is_mine=bool(item.claimed_by) and mine,
    )


@dataclass(frozen=True, slots=True)
class CallView:
    """Choices are (value, words). `chosen` is what was chosen already, by the name of the field, where a form came back."""

    address: str
    organization_id: str
    name: str
    before: str
    until: str
    began: str
    cards: tuple[OwnCard, ...]
    more: int
    methods: tuple[tuple[str, str], ...]
    reached: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    chosen: Mapping[str, str]
    ticked: tuple[str, ...]


def call_view(page: CallPage, now: datetime, user_agent: str, chosen: Mapping[str, str], ticked: tuple[str, ...]) -> CallView:
    """What staff has before them while they talk."""
    tried = ngettext("tried %(num)d time", "tried %(num)d times", page.tries) if page.tries else ""
    last = reached_words(Reached(page.last_reached)) if page.last_reached else ""
    return CallView(
        address=call_address(page.item_id, bool(page.organization_id)),
        organization_id=page.organization_id,
        name=page.name,
        before=" · ".join(filter(None, (tried, last))),
        until=clock_time(page.claimed_until.astimezone(community_zone())),
        began=chosen.get("began", machine_time(now)),
        cards=tuple(own_card(OwnListing(one.listing, one.due, ()), now, user_agent) for one in page.listings),
        more=page.total - len(page.listings),
        methods=tuple((method.value, method_words(method)) for method in Method),
        reached=tuple((reached.value, reached_words(reached)) for reached in Reached),
        found=tuple((found.value, found_words(found)) for found in Found),
        fields=tuple(field_words().items()),
        chosen=chosen,
        ticked=ticked,
    )


@dataclass(frozen=True, slots=True)
class LogRow:
    at: str
    iso: str
    name: str
    who: str
    how: str
    reached: str
    minutes: str
    found: str
    fields: str
    note: str


def log_rows(calls: list[LoggedCall]) -> tuple[LogRow, ...]:
    """The log."""
    words = field_words()
    return tuple(
        LogRow(
            at=moment_words(call.at),
            iso=machine_time(call.at),
            name=call.name,
            who=call.who or _("somebody who has left"),
            how=method_words(call.method),
            reached=reached_words(call.reached),
            minutes=ngettext("%(num)d minute", "%(num)d minutes", max(1, round(call.seconds / 60))),
            found=", ".join(f"{found_words(found)}: {count}" for found, count in call.found.items()),
            fields=", ".join(words.get(field, field) for field in call.fields),
            note=call.note,
        )
        for call in calls
    )


@dataclass(frozen=True, slots=True)
class UnlistedRow:
    id: str
    name: str
    organization: str
    state: str
    since: str


def unlisted_rows(found: list[Unlisted]) -> tuple[UnlistedRow, ...]:
    """What is kept unpublished."""
    return tuple(UnlistedRow(one.id, one.name, one.organization, found_words(one.state), local_date(one.since)) for one in found)
