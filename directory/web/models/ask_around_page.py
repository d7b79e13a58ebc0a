"""Questions that are asked around, as their pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.domain.ask_around import Covered
from directory.services.ask_around.read import Answer, AskedQuestion, ListedQuestion, WholePicture
from directory.web.status import Status
from directory.web.times import local_date
from directory.web.wording import _
from directory.web.words import sector_name


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question in a list; `who`: who asks, "" for our own."""

    id: str
    words: str
    who: str
    status: Status
    when: str


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """What one organization says; `covers` in words. `has_answered` False: nothing yet."""

    name: str
    sector: str
    has_answered: bool
    when: str
    sees: str
    offers: str
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part, who could cover it in words, and whether nobody could."""

    id: str
    words: str
    by: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class PicturePage:
    """`still_open`: parts that nobody covers, of those whom anybody has answered about."""

    id: str
    organization: str
    words: str
    when: str
    until: str
    lines: tuple[PartLine, ...]
    columns: tuple[AnswerColumn, ...]
    answered: str
    has_answers: bool
    open_count: int


@dataclass(frozen=True, slots=True)
class AskedPage:
    """`lines`: with what is known once one has answered; `sees`, `offers`, `covers`: what one has answered so far."""

    id: str
    organization: str
    words: str
    when: str
    until: str
    parts: tuple[tuple[str, str], ...]
    has_answered: bool
    sees: str
    offers: str
    covers: frozenset[str]
    lines: tuple[PartLine, ...]
    columns: tuple[AnswerColumn, ...]


def own_row(one: ListedQuestion) -> QuestionRow:
    answered = _("%(answered)s of %(asked)s have answered", answered=one.answered, asked=one.asked)
    status = Status("open", "check", answered) if one.answered == one.asked else Status("ask", "clock", answered)
    return QuestionRow(one.id, one.words, "", status, _dates(one.asked_at, one.ends_at))


def asked_row(one: ListedQuestion) -> QuestionRow:
    status = Status("open", "check", _("You have answered")) if one.answered else Status("ask", "alert", _("Waits for your answer"))
    return QuestionRow(one.id, one.words, one.organization, status, _dates(one.asked_at, one.ends_at))


def _dates(asked_at: datetime, ends_at: datetime) -> str:
    return _("asked on %(day)s, deleted on %(end)s", day=local_date(asked_at), end=local_date(ends_at))


def picture_page(found: WholePicture) -> PicturePage:
    columns = _columns(found.answers, dict(found.parts))
    answered = sum(column.has_answered for column in columns)
    lines = _lines(found.parts, found.covered)
    return PicturePage(
        id=found.id,
        organization=found.organization,
        words=found.words,
        when=local_date(found.asked_at),
        until=local_date(found.ends_at),
        lines=lines,
        columns=columns,
        answered=_("%(answered)s of %(asked)s have answered", answered=answered, asked=len(columns)),
        has_answers=answered > 0,
        open_count=sum(line.is_open for line in lines),
    )


def asked_page(found: AskedQuestion) -> AskedPage:
    return AskedPage(
        id=found.id,
        organization=found.organization,
        words=found.words,
        when=local_date(found.asked_at),
        until=local_date(found.ends_at),
        parts=found.parts,
        has_answered=found.own.answered_at is not None,
        sees=found.own.sees,
        offers=found.own.offers,
        covers=found.own.covers,
        lines=_lines(found.parts, found.covered) if found.others is not None else (),
        columns=_columns(found.others or (), dict(found.parts)),
    )


def _lines(parts: tuple[tuple[str, str], ...], covered: tuple[Covered, ...]) -> tuple[PartLine, ...]:
    return tuple(PartLine(part_id, words, ", ".join(one.by), not one.by) for (part_id, words), one in zip(parts, covered, strict=True))


def _columns(answers: tuple[Answer, ...], words: Mapping[str, str]) -> tuple[AnswerColumn, ...]:
    return tuple(
        AnswerColumn(
            name=one.organization,
            sector=sector_name(one.sector) if one.sector else "",
            has_answered=one.answered_at is not None,
            when=local_date(one.answered_at) if one.answered_at else "",
            sees=one.sees,
            offers=one.offers,
            covers=tuple(told for part_id, told in words.items() if part_id in one.covers),
        )
        for one in answers
    )
