"""The page on which a planner begins a conversation: what it is about, and who may take part."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from directory.domain.planning.conversation import About
from directory.services.conversations.begin import Subject
from directory.services.partners.choose import chosen_organizations
from directory.services.parts import Parts
from directory.web.conversation_words import subject_words
from directory.web.words import sector_name


@dataclass(frozen=True, slots=True)
class SideChoice:
    id: str
    name: str
    sector: str
    has_mail: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class NewPage:
    """`under_way`: where a conversation on the same goes on already, "" for none."""

    subject: str
    sides: tuple[SideChoice, ...]
    under_way: str


def new_page(parts: Parts, subject: Subject, shown: Sequence[str], chosen: Sequence[str]) -> NewPage:
    """`shown`: whom it concerns, and who was asked in by name; `chosen`: those that are ticked."""
    return NewPage(
        subject=_subject(subject),
        sides=tuple(
            SideChoice(each.id, each.name, sector_name(each.sector) if each.sector else "", each.has_mail, each.id in chosen)
            for each in chosen_organizations(parts, shown)
        ),
        under_way=url_for("conversations.one", conversation_id=subject.under_way) if subject.under_way else "",
    )


def _subject(subject: Subject) -> str:
    if subject.line is not None:
        first, second = subject.line.first, subject.line.second
        return subject_words(About.OVERLAP, "", "", (f"{first.name} ({first.organization})", f"{second.name} ({second.organization})"))
    if subject.cell is None:
        return ""
    return subject_words(About.GAP, subject.cell.need, subject.cell.area, ())
