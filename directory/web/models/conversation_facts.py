"""The facts of a conversation as its pages show them: what was known when it began, what is known now, and what is not known."""

from dataclasses import dataclass
from datetime import datetime

from babel.numbers import format_percent
from flask import url_for

from directory.domain.categories import tree
from directory.domain.planning.quarter import read_quarter
from directory.domain.planning.reading import Cell
from directory.domain.planning.suppression import SMALLEST
from directory.rules.overlap.pair import PARTS
from directory.services.conversations.facts import CellFacts, PairFacts
from directory.services.conversations.read import Told
from directory.services.conversations.told import own_path
from directory.web.amounts import number, radius_words
from directory.web.languages import language, locale
from directory.web.models.gaps_page import causes_of
from directory.web.models.gaps_page import reading_words as gap_reading
from directory.web.models.quarters import quarter_words
from directory.web.overlap_words import missing_words, part_names, reading_words, size_words
from directory.web.times import local_date
from directory.web.whom_words import area_name
from directory.web.wording import _, ngettext


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: as it was when the conversation began, and now; `now` "" where it is not looked at again."""

    name: str
    then: str
    now: str = ""

    @property
    def changed(self) -> bool:
        return bool(self.now) and self.now != self.then


@dataclass(frozen=True, slots=True)
class ListingLine:
    """A listing that it is about. `correct`: where the reader's organization puts it right, "" where it is not theirs."""

    name: str
    href: str
    organization: str
    correct: str


@dataclass(frozen=True, slots=True)
class FactsShown:
    """`of`: what the rows are of, in a sentence. `unknown`: what is not known. `notes`: what to know of the rows. `source`: where planners
    see the same."""

    of: str
    as_of: str
    rows: tuple[FactRow, ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]
    listings: tuple[ListingLine, ...]
    source: str

    @property
    def has_now(self) -> bool:
        return any(row.now for row in self.rows)

    @property
    def changes(self) -> int:
        return sum(row.changed for row in self.rows)


def facts_shown(told: Told, reader: str, *, has_account: bool = True) -> FactsShown:
    """`reader`: the organization that reads, "" for planners."""
    if isinstance(told.facts, PairFacts):
        return _pair(told, told.facts, reader, has_account)
    return _cell(told, told.facts, reader, has_account)


def _pair(told: Told, facts: PairFacts, reader: str, has_account: bool) -> FactsShown:
    then, now = facts.then, facts.now
    rows = [
        FactRow(name, size_words(getattr(then.parts, part)), size_words(getattr(now.parts, part)) if now else "")
        for part, name in part_names().items()
    ]
    rows.append(FactRow(_("Together"), size_words(then.value), size_words(now.value) if now else ""))
    reads = reading_words()
    rows.append(FactRow(_("Reads as"), reads.get(then.reading, then.reading), reads.get(now.reading, now.reading) if now else ""))
    called, known = missing_words(), now.parts if now else then.parts
    notes = []
    if now is None:
        notes.append(_("There is no such pair any more: one of the two is listed no more, or they have too little in common now."))
    if facts.is_behind:
        notes.append(_("A listing was changed just now. The pair is computed again within minutes; come back then."))
    category = tree.name(then.category, language()) if then.category else ""
    in_common = _("What %(first)s and %(second)s have in common", first=then.names[0], second=then.names[1])
    return FactsShown(
        of=f"{in_common} · {category}" if category else in_common,
        as_of=local_date(told.course.begun_at),
        rows=tuple(rows),
        unknown=tuple(called[part] for part in PARTS if part in called and not getattr(known, part).is_known),
        notes=tuple(notes),
        listings=_pair_listings(told, facts, reader, has_account),
        source=url_for("overlaps.one", pair_id=now.id) if now and not reader else "",
    )


def _pair_listings(told: Told, facts: PairFacts, reader: str, has_account: bool) -> tuple[ListingLine, ...]:
    owners = (facts.now.first.organization_id, facts.now.second.organization_id) if facts.now else ("", "")
    return tuple(
        _listing(service_id, name, organization, _correct(told, service_id, owner, reader, has_account))
        for service_id, name, organization, owner in zip(told.service_ids, facts.then.names, facts.then.organizations, owners, strict=True)
    )


def _correct(told: Told, service_id: str, owner: str, reader: str, has_account: bool) -> str:
    """The page on which a reader puts a listing of their own right, and comes back from; without an account they suggest it. "" where it is
    not theirs."""
    if not reader or owner != reader:
        return ""
    if not has_account:
        return url_for("suggest.form", service_id=service_id)
    return url_for("manage.edit", service_id=service_id, back=own_path(reader, told.id))


def _listing(service_id: str, name: str, organization: str, correct: str) -> ListingLine:
    return ListingLine(name, url_for("listings.service", service_id=service_id), organization, correct)


def _cell(told: Told, facts: CellFacts, reader: str, has_account: bool) -> FactsShown:
    cell = facts.cell
    names = {each.organization_id: each.organization for each in told.sides}
    where = {"need": tree.name(cell.need, language()), "area": area_name(cell.area), "quarter": quarter_words(read_quarter(facts.quarter))}
    return FactsShown(
        of=_("%(need)s in %(area)s, %(quarter)s", **where),
        as_of=local_date(told.course.begun_at),
        rows=_cell_rows(facts),
        unknown=tuple(_cell_unknown(facts)),
        notes=(
            _("Fewer than %(few)s are never shown.", few=SMALLEST),
            _("How often people asked stays as it was when the conversation began; what is offered is looked at again."),
        ),
        listings=tuple(
            _listing(
                each.service_id,
                each.name,
                names.get(each.organization_id, ""),
                _correct(told, each.service_id, each.organization_id, reader, has_account),
            )
            for each in facts.listings
        ),
        source="" if reader else url_for("gaps.page", quarter=facts.quarter, area=cell.area, need=cell.need),
    )


def _cell_rows(facts: CellFacts) -> tuple[FactRow, ...]:
    cell, now = facts.cell, facts.now
    share, counted = cell.unmet_share, {"part": number(cell.unmet), "whole": number(cell.events)}
    rows = [
        FactRow(_("Reads as"), gap_reading(cell.reading)),
        FactRow(_("Not met"), _("not known: too few asked") if share is None else _("%(part)s of %(whole)s", **counted)),
        FactRow(_("How asking ended"), "; ".join(causes_of(cell)) or _("not known")),
        FactRow(_("Programs that serve there"), number(cell.offered), number(now.offered)),
        FactRow(_("Of these, can be used"), number(cell.usable), number(now.usable)),
        FactRow(_("Of these, not verified in time"), number(cell.stale), number(now.stale)),
    ]
    if cell.overlaps:
        rows.append(FactRow(_("Pairs worth a conversation"), number(cell.overlaps)))
    if facts.people:
        percent = format_percent((facts.served or 0) / facts.people, locale=locale())
        reached = _("%(percent)s of %(people)s people", percent=percent, people=number(facts.people))
        rows.append(FactRow(_("Have usable help within %(distance)s", distance=radius_words(facts.reach_km)), reached))
    return tuple(rows)


def _cell_unknown(facts: CellFacts) -> list[str]:
    cell: Cell = facts.cell
    found = []
    if cell.unmet_share is None:
        found.append(_("Whether people ask for it. Few searches mean that it is not known, never that nobody needs it."))
    if cell.is_partly_hidden:
        found.append(_("What was too small to show."))
    if facts.people is None:
        found.append(_("How many people live where: nobody loaded it."))
    if facts.now.stale:
        found.append(
            ngettext(
                "Whether %(num)d program is still right: it was not verified in time.",
                "Whether %(num)d programs are still right: they were not verified in time.",
                facts.now.stale,
            )
        )
    return found


def dated(moment: datetime | None) -> str:
    return local_date(moment) if moment is not None else ""
