"""What organizations were asked of two records that may be one, and said, in the reader's words: for planners beside the pair, and for an
organization on its own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from directory.domain.categories import tree
from directory.domain.people import Role
from directory.domain.planning.asked import BY_LINK, Agreement, Answer, Hindrance, Said, Voice, Way, agreement
from directory.rules.matching.facts import Facts
from directory.services.matching.answering import OwnQuestion, QuestionLine
from directory.services.matching.asked import Standing
from directory.services.matching.levels import Level
from directory.services.matching.reach import Reach
from directory.web.here import parts
from directory.web.languages import language
from directory.web.models.duplicates_page import KINDS, Head, SideBySide, bars, level_names, marked, public_address
from directory.web.models.editor.told import field_label, value_lines
from directory.web.status import Status
from directory.web.times import local_date
from directory.web.wording import _

LETTERS = ("A", "B")


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """Where one organization stands. `words`: its own, "" where it wrote none; `who`: the role of whoever answered, and the day. `reached`:
    where a link went or would go, or why it is to be called; `phone`: the number for that, and what to dial."""

    name: str
    status: Status
    words: str
    who: str
    reached: str = ""
    phone: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class AskedPart:
    """What planners see of it. `may_ask`: nobody was asked yet, or of older facts; `waits`: a merge needs a reason of its own now."""

    rows: tuple[VoiceRow, ...]
    may_ask: bool
    again: bool
    waits: bool
    warns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnLine:
    href: str
    names: tuple[str, str]
    level: str
    status: Status


@dataclass(frozen=True, slots=True)
class OwnPage:
    """`for_one`, `for_two`: what speaks for one thing and for two, the weightiest first. `facts`: of what is shown, sent with the answer.
    `answers`: value, words, whether it is chosen. `outcome` "" while nobody decided."""

    id: str
    level: str
    heads: tuple[Head, Head]
    fields: tuple[SideBySide, ...]
    for_one: tuple[str, ...]
    for_two: tuple[str, ...]
    facts: str
    speakers: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str, bool], ...]
    words: str
    given: str
    until: str
    is_awaited: bool
    outcome: str
    anyway: str
    kept_href: str
    may_answer: bool
    is_outdated: bool
    correct: str


def asked_part(standing: Standing, names: tuple[str, str], reach: Mapping[str, Reach]) -> AskedPart:
    """`reach`: of the organizations that have no account."""
    return AskedPart(
        rows=tuple(_with_reach(_row(standing, each, names), standing, each, reach) for each in standing.voices),
        may_ask=not standing.is_decided and bool(standing.voices) and (standing.asked is None or standing.is_outdated),
        again=standing.asked is not None,
        waits=bool(standing.hindrances),
        warns=_warns(standing),
    )


def _warns(standing: Standing) -> tuple[str, ...]:
    """Where what two organizations say does not go together."""
    if agreement(standing.voices) is not Agreement.AGAINST:
        return ()
    if any(each.counts and each.said is not None and each.said.answer is Answer.DIFFERENT for each in standing.voices):
        return (_("One says that they are the same, another that they are two. Talk with them first."),)
    return (_("They do not agree on which of the two stays."),)


def _row(standing: Standing, each: Voice, names: tuple[str, str]) -> VoiceRow:
    said = each.said
    if said is None:
        return VoiceRow(each.name, _waiting_status(standing, each), "", "")
    if each.counts:
        return VoiceRow(each.name, _answer_status(standing, said, names), said.words, _who(said))
    before = _(
        "Before a fact changed: %(answer)s (%(who)s). It counts no more.", answer=answer_words(standing, said, names), who=_who(said)
    )
    return VoiceRow(each.name, _waiting_status(standing, each), said.words, before)


def _with_reach(row: VoiceRow, standing: Standing, each: Voice, reach: Mapping[str, Reach]) -> VoiceRow:
    how = reach.get(each.organization_id)
    if how is None or each.counts or standing.is_decided:
        return row
    if how.sent_at is not None:
        return replace(row, reached=_("A link went to %(mailbox)s on %(day)s.", mailbox=how.mailbox, day=local_date(how.sent_at)))
    is_over = standing.asked is not None and not standing.is_outdated
    if how.mailbox and not is_over:
        return replace(row, reached=_("A link would go to %(mailbox)s.", mailbox=how.mailbox))
    words = _("It wants no mails.") if how.wants_none else "" if how.mailbox else _("No mailbox is known to write to.")
    number, dial = how.phone
    call = _("Call them:") if number else "" if how.mailbox else _("No telephone is known either.")
    return replace(row, reached=f"{words} {call}".strip(), phone=(number, f"tel:{dial}" if number else ""))


def _waiting_status(standing: Standing, each: Voice) -> Status:
    asked_now = standing.asked is not None and not standing.is_outdated
    if each.way is Way.NONE and not asked_now:
        return Status("plain", "info", _("Nobody there has an account: not waited for before a link was sent"))
    if each.hindrance is Hindrance.NOT_ASKED:
        return Status("ask", "alert", _("Asked of what they were before: ask again") if standing.asked else _("Not asked yet"))
    until = local_date(standing.asked.until) if standing.asked else ""
    if each.hindrance is Hindrance.AWAITED:
        words = (
            _("Asked by a link, waited for until %(day)s", day=until) if each.way is Way.LINK else _("Waited for until %(day)s", day=until)
        )
        return Status("ask", "clock", words)
    if each.way is Way.NONE and standing.asked is not None and parts().clock.now() < standing.asked.until:
        return Status("plain", "info", _("Nobody there has an account, and no link could be sent: not waited for"))
    return Status("plain", "info", _("No answer until %(day)s: not waited for any more", day=until))


def _answer_status(standing: Standing, said: Said, names: tuple[str, str]) -> Status:
    words = answer_words(standing, said, names)
    if said.answer is Answer.DIFFERENT:
        return Status("danger", "alert", words)
    return Status("open", "check", words) if standing.keeps(said) else Status("ask", "info", words)


def answer_words(standing: Standing, said: Said, names: tuple[str, str]) -> str:
    kept = standing.keeps(said)
    if kept:
        number = standing.ids.index(kept)
        return _("The same: %(letter)s, %(name)s, is the one to keep", letter=LETTERS[number], name=names[number] or _("no name"))
    return {
        Answer.DIFFERENT: _("Two different things"),
        Answer.CLOSED: _("One of them has closed"),
        Answer.UNSURE: _("Not sure"),
    }[said.answer]


def _who(said: Said) -> str:
    roles = {Role.LEAD.value: _("a lead of the organization"), BY_LINK: _("by the link that was mailed to it")}
    return _("%(role)s, %(day)s", role=roles.get(said.role) or _("an editor of its listings"), day=local_date(said.at))


def own_lines(found: Sequence[QuestionLine]) -> tuple[OwnLine, ...]:
    return tuple(
        OwnLine(
            url_for("own_duplicates.one", question_id=line.id), (line.names[0] or _("no name"), line.names[1] or _("no name")),
            level_names()[line.level], _line_status(line),
        )
        for line in found
    )  # fmt: skip


def _line_status(line: QuestionLine) -> Status:
    if line.standing.is_one:
        return Status("plain", "check", _("They are one now"))
    if line.standing.is_two:
        return Status("plain", "check", _("Found to be two"))
    if not line.waits:
        return Status("open", "check", _("Answered"))
    return Status("ask", "clock", _("Waits for your answer"))


def own_page(found: OwnQuestion, *, by_link: bool = False) -> OwnPage:
    """`by_link`: nobody is signed in, so that nothing is put right from here."""
    first, second = found.both
    own = {each.organization_id for each in found.speaks_for}
    is_ours = (found.owners[0] in own, found.owners[1] in own)
    said = found.speaks_for[0].said if len(found.speaks_for) == 1 else None
    counts = found.speaks_for[0].counts
    chosen = said.answer.value if said is not None and counts else ""
    names, (left, right) = (first.name, second.name), marked(first.name, second.name)
    decided = found.standing.is_decided
    told = bars([each for each in found.reasons if each.field != "start"])
    return OwnPage(
        id=found.id,
        level=level_names()[found.level],
        heads=(
            (left, public_address(found.level, first.id), _("ours") if is_ours[0] else ""),
            (right, public_address(found.level, second.id), _("ours") if is_ours[1] else ""),
        ),
        fields=_fields(found),
        for_one=tuple(bar.words for bar in told if bar.speaks_for),
        for_two=tuple(bar.words for bar in told if not bar.speaks_for),
        facts=found.standing.facts,
        speakers=tuple((each.organization_id, each.name) for each in found.speaks_for),
        answers=tuple((answer.value, words, answer.value == chosen) for answer, words in _choices(is_ours).items()),
        words=said.words if said is not None and counts else "",
        given=_given(found, names),
        until=local_date(found.standing.asked.until) if found.standing.asked is not None else "",
        is_awaited=any(each.hindrance is Hindrance.AWAITED for each in found.speaks_for),
        outcome=_outcome(found, names),
        anyway=found.outcome.anyway if found.outcome is not None else "",
        kept_href=public_address(found.level, found.outcome.kept_id) if found.outcome is not None and found.standing.is_one else "",
        may_answer=not decided,
        is_outdated=found.standing.is_outdated and not decided,
        correct="" if by_link else _correct(found, is_ours),
    )


def _choices(is_ours: tuple[bool, bool]) -> dict[Answer, str]:
    """Where the one is ours and the other somebody else's, the words say so; else the records are named by their letters."""
    ours, theirs = _("The same, and ours is the one to keep"), _("The same, and theirs is the one to keep")
    if is_ours == (True, False):
        keep = {Answer.LEFT: ours, Answer.RIGHT: theirs}
    elif is_ours == (False, True):
        keep = {Answer.RIGHT: ours, Answer.LEFT: theirs}
    else:
        both = zip((Answer.LEFT, Answer.RIGHT), LETTERS, strict=True)
        keep = {answer: _("The same, and %(letter)s is the one to keep", letter=letter) for answer, letter in both}
    return {
        **keep,
        Answer.DIFFERENT: _("Two different things, because …"),
        Answer.CLOSED: _("One of them has closed"),
        Answer.UNSURE: _("Not sure"),
    }


def _given(found: OwnQuestion, names: tuple[str, str]) -> str:
    told = []
    for each in found.speaks_for:
        if each.said is not None:
            words = answer_words(found.standing, each.said, names)
            told.append(f"{each.name}: {words}" if len(found.speaks_for) > 1 else words)
            if not each.counts:
                told.append(_("That was said of what they were before, and counts no more."))
    return " ".join(told)


def _outcome(found: OwnQuestion, names: tuple[str, str]) -> str:
    done = found.outcome
    if done is not None and found.standing.is_one:
        kept = names[0] if done.kept_id == found.both[0].id else names[1]
        return _("They became one on %(day)s: %(name)s stays.", day=local_date(done.at), name=kept or _("no name"))
    if found.standing.is_one:
        return _("One of them has become part of another entry meanwhile.")
    if found.standing.is_two:
        return _("The planners found that they are two. Both stay.")
    if done is not None and done.undone_at is not None:
        return _("They were made one, and that was taken back on %(day)s. Each stands by itself.", day=local_date(done.undone_at))
    return ""


def _correct(found: OwnQuestion, is_ours: tuple[bool, bool]) -> str:
    """Where our own is put right: the record itself, or the organization whose place it is."""
    ours = [number for number in (0, 1) if is_ours[number]]
    if not ours or found.standing.is_one:
        return ""
    number = ours[0]
    if found.level is Level.PROGRAM:
        return url_for("manage.edit", service_id=found.both[number].id)
    return url_for("manage.organization_edit", organization_id=found.owners[number])


def _fields(found: OwnQuestion) -> tuple[SideBySide, ...]:
    """What both say, line by line, with what differs marked. Fields of which neither says anything are left out."""
    sides = zip(found.both, found.descriptions, found.hours, strict=True)
    first, second = (_lines(facts, told) | _hours(found.level, hours) for facts, told, hours in sides)
    labels = dict.fromkeys((*first, *second))
    pairs = ((label, first.get(label, ()), second.get(label, ())) for label in labels)
    return tuple(_side(label, one, other) for label, one, other in pairs if one or other)


def _lines(facts: Facts, description: str) -> dict[str, tuple[str, ...]]:
    town = " ".join(word for word in (facts.city, facts.postal_code) if word)
    ages = [f"{each:g}" for each in (facts.minimum_age, facts.maximum_age) if each is not None]
    return {
        _("Other names"): facts.other_names,
        _("Organization"): (facts.owner,) if facts.owner else (),
        _("Address"): tuple(line for line in (facts.street, town) if line),
        _("Telephone"): facts.phones,
        _("Website and mail"): facts.links,
        _("What it is"): tuple(tree.name(slug, language()) for slug in facts.categories),
        _("Who it is for"): (facts.audience,) if facts.audience else (),
        _("Ages"): ("–".join(ages),) if ages else (),
        _("Description"): (description,) if description else (),
    }


def _hours(level: Level, hours: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """In the words of the editor, as beside a merge."""
    kind = KINDS[level]
    return {field_label(name, kind): value_lines(name, value, kind) for name, value in hours.items()}


def _side(label: str, one: tuple[str, ...], other: tuple[str, ...]) -> SideBySide:
    pairs = [marked(first, second) for first, second in zip(one, other, strict=False)]
    alone = min(len(one), len(other))
    left = (*(pair[0] for pair in pairs), *(((line, True),) for line in one[alone:]))
    right = (*(pair[1] for pair in pairs), *(((line, True),) for line in other[alone:]))
    return SideBySide(label, left, right)
