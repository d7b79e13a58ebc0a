"""Conversations as their pages show them: in a list, and one with its steps, its facts, what was said, and how it ends."""

from dataclasses import dataclass

from directory.domain.planning.conversation import CLOSED, Act, Stage, allows, opens_at, words_until
from directory.services.conversations.facts import PairFacts
from directory.services.conversations.read import Listed, SideSaid, Told
from directory.web.conversation_words import question_words, role_words, stage_status, subject_words
from directory.web.here import parts
from directory.web.models.conversation_facts import FactsShown, dated, facts_shown
from directory.web.status import Status
from directory.web.times import full_date, local_date
from directory.web.wording import _, ngettext
from directory.web.words import sector_name

NAMED = 4
"""Organizations that a list names; the page of the conversation has them all."""


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One in a list. `waits`: for whom, in words."""

    id: str
    subject: str
    question: str
    who: str
    status: Status
    waits: str
    until: str
    has_to_do: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the way: "done", "now" or "later"."""

    words: str
    detail: str
    state: str


@dataclass(frozen=True, slots=True)
class SideShown:
    """An organization. `stands`: what it did so far, in words. `said`: question -> its words, in the order of the questions. `silent`: why
    there is nothing to read, "" where there is. `end`: what it says of the end; `agrees`: to what is proposed now."""

    id: str
    name: str
    sector: str
    is_own: bool
    stands: tuple[Status, ...]
    note: str
    said: tuple[tuple[str, str], ...]
    silent: str
    end: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One of the three questions with what the reader's organization has written so far."""

    name: str
    question: str
    hint: str
    words: str


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """`can`: names of acts that the reader can do now. `proposal`: (number, what, who, by when), None where nothing is proposed."""

    id: str
    subject: str
    question: str
    begun: str
    status: Status
    is_open: bool
    is_closed: bool
    ending: str
    until: str
    opens: str
    awaited: tuple[str, ...]
    steps: tuple[StepLine, ...]
    facts: FactsShown
    sides: tuple[SideShown, ...]
    questions: tuple[str, ...]
    fields: tuple[Field, ...]
    own: SideShown | None
    rather_talk: bool
    is_in: bool
    has_looked: bool
    can: frozenset[str]
    proposal: tuple[int, str, str, str] | None
    closed_on: str
    closed_because: str


def conversation_row(one: Listed) -> ConversationRow:
    return ConversationRow(
        id=one.id,
        subject=subject_words(one.about, one.need, one.area_id, one.pair),
        question=one.question,
        who=some_names(one.names),
        status=stage_status(one.stage),
        waits=_waits(one),
        until=_until_words(one.stage, dated(one.until)) if one.until else _("ended on %(day)s", day=dated(one.closed_at)),
        has_to_do=one.has_to_do,
    )


def _waits(one: Listed) -> str:
    if not one.awaited:
        return ""
    return _("all are awaited") if len(one.awaited) == len(one.names) else _("awaited: %(names)s", names=some_names(one.awaited))


def some_names(names: tuple[str, ...]) -> str:
    """The first few, and how many more there are."""
    first = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return ngettext("%(names)s and %(num)d more", "%(names)s and %(num)d more", more, names=first) if more > 0 else first


def conversation_page(told: Told, reader: str = "", *, has_account: bool = True) -> ConversationPage:
    """`reader`: the organization that reads, "" for planners."""
    course, now = told.course, parts().clock.now()
    sides = tuple(_side(each, told, reader) for each in told.sides)
    own = next((each for each in told.sides if each.organization_id == reader), None)
    questions = question_words()
    pair = told.facts.then.names if isinstance(told.facts, PairFacts) else ()
    return ConversationPage(
        id=told.id,
        subject=subject_words(told.about, told.need, told.area_id, pair),
        question=told.question,
        begun=local_date(course.begun_at),
        status=stage_status(told.stage),
        is_open=_is_opened(told),
        is_closed=told.stage in CLOSED,
        ending=told.stage.value if told.stage in CLOSED else "",
        until=dated(told.until),
        opens=dated(opens_at(course)),
        awaited=told.awaited,
        steps=_steps(told),
        facts=facts_shown(told, reader, has_account=has_account),
        sides=sides,
        questions=tuple(words for words, _hint in questions.values()),
        fields=tuple(
            Field(name, words, hint, getattr(own.answers, name) if own and own.answers else "") for name, (words, hint) in questions.items()
        ),
        own=next((each for each in sides if each.is_own), None),
        rather_talk=bool(own and own.rather_talk),
        is_in=bool(own and own.in_at),
        has_looked=bool(own and own.facts_at),
        can=frozenset(act.value for act in Act if allows(course, act, now, reader)),
        proposal=(told.proposal, told.what, told.who, full_date(told.by)) if told.by else None,
        closed_on=dated(course.closed_at),
        closed_because=told.closed_because,
    )


def _is_opened(told: Told) -> bool:
    return opens_at(told.course) <= (told.course.closed_at or parts().clock.now())


def _until_words(stage: Stage, day: str) -> str:
    if stage is Stage.FACTS:
        return _("until %(day)s, then it goes on", day=day)
    if stage is Stage.ANSWERS:
        return _("answers open on %(day)s at the latest", day=day)
    return _("last words until %(day)s", day=day)


def _steps(told: Told) -> tuple[StepLine, ...]:
    course, opened, closed = told.course, _is_opened(told), told.stage in CLOSED
    told_of = {"all": len(course.sides)}
    looked = sum(each.facts_at is not None for each in course.sides)
    came = sum(each.in_at is not None for each in course.sides)
    opens = dated(opens_at(course))
    at = {Stage.FACTS: 0, Stage.ANSWERS: 1, Stage.OPEN: 3}.get(told.stage, 4)
    reached = 4 if opened else 1 if closed else at  # what was withdrawn before it opened went no further
    later = _("on %(day)s at the latest", day=opens) if not closed else ""
    last = _("last words until %(day)s", day=dated(words_until(course))) if opened else ""
    lines = (
        (_("The facts"), _("%(done)s of %(all)s looked", done=looked, **told_of)),
        (_("Sealed answers"), _("%(done)s of %(all)s answered", done=came, **told_of)),
        (_("What all said"), _("opened on %(day)s", day=opens) if opened else later),
        (_("The end"), dated(course.closed_at) if closed else last),
    )
    return tuple(
        StepLine(words, detail, "now" if number == min(at, 3) else "done" if number < reached else "later")
        for number, (words, detail) in enumerate(lines)
    )


def _side(each: SideSaid, told: Told, reader: str) -> SideShown:
    answers = each.answers
    said = tuple((words, getattr(answers, name)) for name, (words, _hint) in question_words().items()) if answers else ()
    return SideShown(
        id=each.organization_id,
        name=each.organization,
        sector=sector_name(each.sector) if each.sector else "",
        is_own=each.organization_id == reader,
        stands=_stands(each, told),
        note=each.facts_note,
        said=said,
        silent=_silent(each, told, has_words=any(text for _question, text in said)),
        end=each.last_words or (_("Agrees to it.") if each.agrees else _("Said nothing.") if told.stage is Stage.DISAGREEMENT else ""),
        agrees=each.agrees,
    )


def _stands(each: SideSaid, told: Told) -> tuple[Status, ...]:
    """What it did so far. Whether it has answered may be known; what it says may not."""
    waits = told.stage not in CLOSED
    found = []
    if each.facts_at:
        role = role_words(each.facts_role)
        found.append(Status("open", "check", _("looked at the facts"), detail=f"{local_date(each.facts_at)}{f', {role}' if role else ''}"))
    else:
        found.append(Status("ask" if waits else "plain", "clock", _("has not looked at the facts")))
    if each.in_at:
        found.append(Status("open", "check", _("has answered"), detail=local_date(each.in_at)))
    elif told.stage is not Stage.FACTS:
        found.append(Status("ask" if told.stage is Stage.ANSWERS else "plain", "clock", _("has not answered")))
    if told.stage is Stage.OPEN and not each.has_spoken:
        found.append(Status("ask", "clock", _("its last word is awaited")))
    return tuple(found)


def _silent(each: SideSaid, told: Told, *, has_words: bool) -> str:
    """Why there is nothing to read."""
    if has_words:
        return ""
    if each.answers and each.rather_talk:
        return _("Would rather talk.")
    if each.in_at is None:
        return _("Said nothing.") if _is_opened(told) else _("No answer yet.")
    return "" if _is_opened(told) else _("Answered. Sealed until all are in, or %(day)s.", day=dated(opens_at(told.course)))
