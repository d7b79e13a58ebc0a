"""Records that may be one, in the reader's words: names with what differs marked, reasons as bars with their size, fields side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask import url_for

from directory.domain.editing.surviving import Survivor
from directory.domain.planning.asked import Agreement
from directory.domain.planning.verdicts import Found
from directory.rules.matching.pairs import Reason
from directory.rules.matching.saying import SENTENCES
from directory.services.matching.levels import Level
from directory.services.matching.merge import MergePlan
from directory.services.matching.queue import PairRead, Queue
from directory.web.amounts import number
from directory.web.models.editor.told import field_label, value_lines
from directory.web.status import Status
from directory.web.times import day_name, local_day
from directory.web.wording import _, ngettext

WIDEST = 8.0
"""The size of a reason that fills its bar."""

Marked = tuple[tuple[str, bool], ...]
"""Pieces of a text, and whether the other text lacks each."""


Head = tuple[Marked, str, str]
"""The name of a record, where anybody sees it, and whose it is."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A reason: `percent` of the bar's half, to the right where it speaks for the pair."""

    words: str
    size: str
    percent: float
    speaks_for: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    label: str
    left: tuple[Marked, ...]
    right: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class QueueRow:
    href: str
    left: Marked
    right: Marked
    owners: str
    likely: str
    is_certain: bool
    why: str
    note: str
    asked: Status | None
    said: Status | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    levels: tuple[tuple[str, str, str, bool], ...]
    rows: tuple[QueueRow, ...]
    more: str
    compared: str


@dataclass(frozen=True, slots=True)
class PairPage:
    id: int
    level: str
    level_words: str
    heads: tuple[Head, Head]
    likely: str
    bars: tuple[Bar, ...]
    total: str
    fields: tuple[SideBySide, ...]
    verdicts: tuple[tuple[str, str, bool], ...]
    given: str
    reopened: bool
    is_secret: bool
    facts: str


def queue_page(queue: Queue, level: Level) -> QueuePage:
    return QueuePage(
        levels=tuple(
            (url_for(".queue", level=each.value), words, number(queue.waiting.get(each, 0)), each is level)
            for each, words in level_names().items()
        ),
        rows=tuple(_row(pair) for pair in queue.pairs),
        more=_more(len(queue.pairs), queue.waiting.get(level, 0)),
        compared=day_name(local_day(queue.compared_at)) if queue.compared_at else "",
    )


def _more(shown: int, waiting: int) -> str:
    if shown >= waiting:
        return ""
    return ngettext(
        "%(num)d of %(waiting)s is shown; the others follow as these are judged.",
        "%(num)d of %(waiting)s are shown; the others follow as these are judged.",
        shown, waiting=number(waiting),
    )  # fmt: skip


def _row(pair: PairRead) -> QueueRow:
    left, right = marked(pair.left_name, pair.right_name)
    owners = " · ".join(dict.fromkeys(owner for owner in (pair.left_owner, pair.right_owner) if owner))
    return QueueRow(
        href=url_for(".look", pair=pair.id),
        left=left,
        right=right,
        owners=owners,
        likely=likely_words(pair.probability),
        is_certain=pair.band == "certain",
        why=", ".join(bar.words for bar in bars(pair.reasons)[:3] if bar.speaks_for),
        note=_("A fact changed since somebody judged it") if pair.reopened else "",
        asked=_asked(pair),
        said=_said(pair.heard.agreement) if pair.heard is not None else None,
    )


def _asked(pair: PairRead) -> Status | None:
    """Whether the organizations were asked of it as it is, and answered."""
    if pair.asked is None:
        return None
    if not pair.asked.answers:
        return Status("plain", "clock", _("Asked, nobody answered yet"))
    return Status("open", "mail", ngettext("%(num)d organization answered", "%(num)d organizations answered", pair.asked.answers))


def _said(agreement: Agreement) -> Status | None:
    """What the answers come to, in a word."""
    return {
        Agreement.ALL_ONE: Status("open", "check", _("All say: the same")),
        Agreement.ONE: Status("open", "check", _("One says: the same")),
        Agreement.AGAINST: Status("ask", "alert", _("They do not agree: talk with them")),
        Agreement.TWO: Status("plain", "info", _("Said to be two")),
        Agreement.OPEN: None,
    }[agreement]


def pair_page(pair: PairRead, plan: MergePlan | None) -> PairPage:
    left, right = marked(pair.left_name, pair.right_name)
    return PairPage(
        id=pair.id,
        level=pair.level.value,
        level_words=level_names()[pair.level],
        heads=(
            (left, public_address(pair.level, pair.left_id), pair.left_owner),
            (right, public_address(pair.level, pair.right_id), pair.right_owner),
        ),
        likely=likely_words(pair.probability),
        bars=bars(pair.reasons),
        total=f"{pair.score:+.1f}",
        fields=tuple(_side(pair.level, each) for each in plan.survivors) if plan is not None else (),
        verdicts=tuple(
            (found.value, words, found is (pair.given.found if pair.given else None)) for found, words in verdict_words().items()
        ),
        given=_given(pair),
        reopened=pair.reopened,
        is_secret=plan is not None and plan.is_secret,
        facts=pair.facts,
    )


def marked(one: str, other: str) -> tuple[Marked, Marked]:
    """Two texts, cut where they differ: what stands in one alone is marked."""
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, first, first_end, second, second_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if first_end > first:
            left.append((one[first:first_end], kind != "equal"))
        if second_end > second:
            right.append((other[second:second_end], kind != "equal"))
    return tuple(left), tuple(right)


def _side(level: Level, each: Survivor) -> SideBySide:
    kind = KINDS[level]
    one, other = value_lines(each.field, each.kept, kind), value_lines(each.field, each.retired, kind)
    pairs = [marked(first, second) for first, second in zip(one, other, strict=False)]
    alone = min(len(one), len(other))
    left = (*(pair[0] for pair in pairs), *(((line, True),) for line in one[alone:]))
    right = (*(pair[1] for pair in pairs), *(((line, True),) for line in other[alone:]))
    return SideBySide(field_label(each.field, kind), left, right)


def bars(reasons: Sequence[Reason]) -> tuple[Bar, ...]:
    ordered = sorted(reasons, key=lambda reason: (reason.field == "start", -abs(reason.size)))
    return tuple(
        Bar(_reason(reason), f"{reason.size:+.1f}".replace("-", "−"), round(min(1.0, abs(reason.size) / WIDEST) * 50, 1), reason.size > 0)
        for reason in ordered
        if abs(reason.size) >= 0.05
    )


def _reason(reason: Reason) -> str:
    words = _(SENTENCES[reason.field, reason.level])
    return words if reason.shared < 2 else _("%(words)s, shared by %(count)s", words=words, count=reason.shared)


def _given(pair: PairRead) -> str:
    if pair.given is None:
        return ""
    words = verdict_words()[pair.given.found]
    return f"{words}: {pair.given.because}" if pair.given.because else words


def likely_words(probability: float) -> str:
    """Never all: what a comparing calls certain may still be two."""
    of_hundred = round(100 * probability)
    if of_hundred > 99:
        return _("more than 99 in 100")
    return ngettext("about %(num)d in 100", "about %(num)d in 100", of_hundred)


def level_names() -> dict[Level, str]:
    return {Level.ORGANIZATION: _("Organizations"), Level.SITE: _("Places"), Level.PROGRAM: _("Programs")}


def verdict_words() -> dict[Found, str]:
    return {
        Found.SAME: _("The same: one of them is to go"),
        Found.SAME_SITE: _("At one place, and different programs"),
        Found.SAME_ORGANIZATION: _("Of one organization, at different places"),
        Found.PART_OF: _("One is a service of the other"),
        Found.DIFFERENT: _("Different, because …"),
        Found.UNSURE: _("I am not sure"),
    }


KINDS = {Level.ORGANIZATION: "organization", Level.SITE: "location", Level.PROGRAM: "service"}


def public_address(level: Level, record_id: str) -> str:
    """Where anybody sees a record."""
    endpoints = {
        Level.ORGANIZATION: ("listings.organization", "organization_id"),
        Level.SITE: ("listings.location", "location_id"),
        Level.PROGRAM: ("listings.service", "service_id"),
    }
    endpoint, name = endpoints[level]
    return url_for(endpoint, **{name: record_id})  # type: ignore[arg-type]  # names of addresses, not its own
