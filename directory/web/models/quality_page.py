"""What is to be put right of listings, in words: what it is, whose turn it is, what to do, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import url_for

from directory.domain.sectors import Sector
from directory.rules.conditions import comparisons_in
from directory.rules.sets.kinds import Owner, SetKind, Severity
from directory.rules.sets.reasons import Text
from directory.rules.sets.wording import filled_text, text_with_labels
from directory.services.quality.answer import Lasts
from directory.services.quality.flags import ON_A_PAGE, Answered, FlagPage, OpenFlag, Wanted
from directory.services.words import translate_into
from directory.web.amounts import number
from directory.web.here import community_zone
from directory.web.languages import language
from directory.web.times import full_date, local_date
from directory.web.whom_words import names
from directory.web.wording import _
from directory.web.words import sector_name

_SECTION_OF: Mapping[str, str] = {
    "listing.categories": "what",
    "listing.has_category": "what",
    "listing.risk": "what",
    "listing.has_description": "what",
    "listing.description_length": "what",
    "listing.has_phone": "reach",
    "listing.has_way_to_reach": "reach",
    "listing.link": "reach",
    "listing.link_days": "reach",
    "listing.has_place": "in",
    "listing.has_way_in": "in",
    "listing.has_hours": "hours",
    "listing.hours_contradict": "hours",
    "listing.has_area": "who",
    "listing.has_criteria": "who",
    "listing.has_languages": "who",
    "listing.minimum_age": "who",
    "listing.maximum_age": "who",
    "listing.ages_are_reversed": "who",
    "listing.has_cost": "bring",
    "listing.tells_of_room": "now",
    "listing.room_days": "now",
}
"""Where in the editor each signal is told; what is nowhere here is told of a place, or needs no editing."""

_LOOKS = {Severity.HIGH: ("danger", "alert"), Severity.MEDIUM: ("ask", "info"), Severity.LOW: ("plain", "info")}


@dataclass(frozen=True, slots=True)
class FlagRow:
    """`mend`: where it is put right, "" where nobody who reads can. `turn`: whose turn it is, "" where that is plain."""

    id: str
    service: str
    href: str
    organization: str
    only: str
    severity: str
    tone: str
    icon: str
    reason: str
    way_out: str
    mend: str
    since: str
    turn: str
    is_taken_over: bool


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """What is right as it stands."""

    id: str
    service: str
    href: str
    reason: str
    why: str
    holds: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list to choose from."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class QualityPage:
    """`here`: the address of this page with what is chosen, for forms to come back to. `counts`: a link for each severity."""

    rows: tuple[FlagRow, ...]
    total: int
    total_words: str
    counts: tuple[tuple[str, str, str, bool], ...]
    turns: tuple[Choice, ...]
    sectors: tuple[Choice, ...]
    flags: tuple[Choice, ...]
    severity: str
    organization_id: str
    organization: str
    here: str
    table: str
    everywhere: str
    before: str
    after: str
    page: int
    pages: int


def severity_words(severity: Severity) -> str:
    """How much depends on it."""
    return {Severity.HIGH: _("Important"), Severity.MEDIUM: _("Soon"), Severity.LOW: _("When there is time")}[severity]


def lasts_choices() -> tuple[tuple[str, str], ...]:
    """For how long an answer may hold."""
    words = {
        Lasts.ALWAYS: _("until it changes"),
        Lasts.YEAR: _("for a year, or until it changes"),
        Lasts.QUARTER: _("for three months, or until it changes"),
    }
    return tuple((lasts.value, told) for lasts, told in words.items())


def reason_words(flag: OpenFlag) -> str:
    """What is wrong, with the values that were seen."""
    if flag.then is None:
        return _("The rule that flagged it holds no longer; it goes by itself.")
    told = _filled(flag.then.reason, flag)
    return told if flag.is_known else _("Too little is known to say: %(reason)s", reason=told)


def way_out_words(flag: OpenFlag) -> str:
    """What to do about it."""
    return _filled(flag.then.way_out, flag) if flag.then is not None else ""


def _filled(text: Text, flag: OpenFlag) -> str:
    seen = {name: frozenset(value) if isinstance(value, list) else value for name, value in flag.seen.items()}
    called = {"listing.name": flag.service, "listing.organization": flag.organization}
    return filled_text(text, seen, called, SetKind.QUALITY, translate_into(language()), names())


def mend_address(flag: OpenFlag) -> str:
    """The section of the editor where it is put right, opened."""
    tests = comparisons_in(flag.rule.when) if flag.rule is not None else ()
    section = next((_SECTION_OF[test.field] for test in tests if test.field in _SECTION_OF), None)
    return url_for("manage.edit", service_id=flag.service_id, open=section, _anchor=section)


def flag_row(flag: OpenFlag, *, says_turn: bool = False) -> FlagRow:
    tone, symbol = _LOOKS[flag.severity]
    return FlagRow(
        id=flag.id,
        service=flag.service,
        href=url_for("listings.service", service_id=flag.service_id),
        organization=flag.organization,
        only=url_for("quality.page", organization=flag.organization_id, turn="all") if says_turn and flag.organization_id else "",
        severity=severity_words(flag.severity),
        tone=tone,
        icon=symbol,
        reason=reason_words(flag),
        way_out=way_out_words(flag),
        mend=mend_address(flag),
        since=_("since %(date)s", date=local_date(flag.opened_at)),
        turn=_turn(flag, says_turn=says_turn),
        is_taken_over=flag.is_taken_over,
    )


def _turn(flag: OpenFlag, *, says_turn: bool) -> str:
    if flag.is_taken_over:
        return _("Planners have it in hand")
    if not says_turn:
        return _("A planner looks at it") if flag.owner is Owner.PLANNER else ""
    return _("Its organization's turn") if flag.owner is Owner.ORGANIZATION else _("Planners' turn")


def answered_row(flag: Answered) -> AnsweredRow:
    until = _("Holds until %(date)s", date=full_date(flag.until)) if flag.until else _("Holds until it changes")
    said = _("said on %(date)s", date=local_date(flag.at)) if flag.at else ""
    href = url_for("listings.service", service_id=flag.service_id)
    return AnsweredRow(flag.id, flag.service, href, reason_words(flag), flag.why, f"{until}; {said}" if said else until)


def quality_page(found: FlagPage, wanted: Wanted, flag_texts: Mapping[str, Text], organization: str, turn: str) -> QualityPage:
    """The page of planners. `flag_texts`: what is to be done about each flag; `turn`: as it stands in the address."""
    at = partial(_at, _asked(wanted, turn))
    pages = max(1, -(-found.total // ON_A_PAGE))
    before = found.page - 1
    return QualityPage(
        rows=tuple(flag_row(flag, says_turn=True) for flag in found.flags),
        total=found.total,
        total_words=_("To put right: %(count)s", count=number(found.total)),
        counts=tuple(
            (severity_words(each), number(count), at(severity=each.value), wanted.severity is each)
            for each, count in found.by_severity.items()
        ),
        turns=_choices({"planner": _("Planners'"), "organization": _("Organizations'"), "all": _("Everybody's")}, turn),
        sectors=_choices({"": _("All sectors"), **_sectors()}, wanted.sector),
        flags=_choices({"": _("Everything"), **dict(_flag_words(found.by_flag, flag_texts))}, wanted.flag),
        severity=wanted.severity.value if wanted.severity else "",
        organization_id=wanted.organization_id,
        organization=organization,
        here=at(page=found.page if before else None),
        table=url_for("quality.table", **_asked(wanted, turn)),
        everywhere=at(organization=None),
        before=at(page=before if before > 1 else None) if before else "",
        after=at(page=found.page + 1) if found.page < pages else "",
        page=found.page,
        pages=pages,
    )


def _asked(wanted: Wanted, turn: str) -> dict[str, Any]:
    """What is chosen, as the address has it."""
    return {
        "turn": turn if turn != "planner" else None, "severity": wanted.severity.value if wanted.severity else None,
        "sector": wanted.sector or None, "organization": wanted.organization_id or None, "flag": wanted.flag or None,
    }  # fmt: skip


def _at(asked: Mapping[str, Any], **changes: Any) -> str:
    return url_for("quality.page", **{**asked, **changes})


def _choices(words: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, told, value == chosen) for value, told in words.items())


def _sectors() -> dict[str, str]:
    found = {sector.value: sector_name(sector) for sector in Sector}
    return dict(sorted(found.items(), key=lambda each: each[1].casefold()))


def _flag_words(counts: Iterable[tuple[str, int]], texts: Mapping[str, Text]) -> Iterable[tuple[str, str]]:
    for flag, count in counts:
        text = texts.get(flag)
        told = text_with_labels(text, SetKind.QUALITY, translate_into(language()), names()) if text else flag.replace("_", " ")
        yield flag, f"{told} ({number(count)})"


def zone_day(flag: OpenFlag) -> str:
    """Since when, as a date of the community's calendar, for tables."""
    return flag.opened_at.astimezone(community_zone()).date().isoformat()
