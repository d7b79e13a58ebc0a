"""Agreements as their pages show them."""

import re
from dataclasses import dataclass

from directory.domain.partners import Standing
from directory.services.partners.choose import Choosable
from directory.services.partners.contacts import PartnerContact
from directory.services.partners.introduce import Asked, OwnAsked
from directory.services.partners.pairs import Pair
from directory.services.partners.read import (
    KeptBetween,
    ListedPartnership,
    ShownDisagreement,
    ShownPartnership,
    ShownTerms,
    Side,
    SideWords,
)
from directory.web.status import Status
from directory.web.times import full_date, local_date
from directory.web.wording import _, ngettext
from directory.web.words import sector_name

HOURS_OF_A_DAY = 8


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One agreement in a list. `notes`: what is to be done, in words."""

    id: str
    partners: str
    status: Status
    facts: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactLine:
    id: str
    name: str
    phone: str
    tel: str
    mail: str


@dataclass(frozen=True, slots=True)
class SideCard:
    name: str
    is_own: bool
    contacts: tuple[ContactLine, ...]
    successor_wanted: bool


@dataclass(frozen=True, slots=True)
class TermsCard:
    """`lines`: (what, in words); `standing`: who said yes, and who has not."""

    id: str
    by: str
    lines: tuple[tuple[str, str], ...]
    words: str
    standing: tuple[str, ...]
    waits_for_us: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class SideColumn:
    name: str
    is_own: bool
    words: str
    when: str
    is_settled: bool


@dataclass(frozen=True, slots=True)
class DisagreementCard:
    id: str
    when: str
    settled: str
    sides: tuple[SideColumn, ...]
    own_words: str
    may_settle: bool


@dataclass(frozen=True, slots=True)
class PartnershipPage:
    id: str
    organization: str
    partners: str
    status: Status
    since: str
    ended: str
    review: str
    last_talk: str
    talks: tuple[str, ...]
    kept: tuple[str, ...]
    sides: tuple[SideCard, ...]
    holding: TermsCard | None
    proposed: TermsCard | None
    disagreements: tuple[DisagreementCard, ...]
    is_open: bool
    is_agreed: bool


@dataclass(frozen=True, slots=True)
class IntroductionRow:
    id: str
    who: str
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class ChooseRow:
    """An organization to choose; `sector` in words."""

    id: str
    name: str
    sector: str
    has_lead: bool
    has_mail: bool


@dataclass(frozen=True, slots=True)
class PairRow:
    """An organization is (name, id, sector in words)."""

    first: tuple[str, str, str]
    second: tuple[str, str, str]
    since: str
    review: str


def partner_row(one: ListedPartnership) -> PartnerRow:
    facts = []
    if one.since:
        facts.append(_("since %(day)s", day=local_date(one.since)))
    if one.standing is Standing.AGREED:
        if one.review_on:
            facts.append(_("look at it again by %(day)s", day=full_date(one.review_on)))
        facts.append(_("last spoke on %(day)s", day=full_date(one.last_talk)) if one.last_talk else _("nobody noted yet that you spoke"))
    notes = []
    if one.successor_wanted:
        notes.append(_("Your contact has left: who takes over?"))
    if one.is_disputed:
        notes.append(_("You see something differently"))
    return PartnerRow(
        one.id, ", ".join(one.partners), standing_status(one.standing, waits_for_us=one.waits_for_us), tuple(facts), tuple(notes)
    )


def standing_status(standing: Standing, *, waits_for_us: bool) -> Status:
    """Where an agreement stands, as a status in words with an icon."""
    if waits_for_us and standing in (Standing.PROPOSED, Standing.AGREED):
        return Status("ask", "alert", _("Waits for your answer"))
    return {
        Standing.PROPOSED: Status("ask", "clock", _("Proposed, not agreed yet")),
        Standing.AGREED: Status("open", "check", _("Agreed")),
        Standing.ENDED: Status("closed", "x", _("Ended")),
        Standing.DECLINED: Status("closed", "x", _("Not agreed")),
    }[standing]


def partnership_page(shown: ShownPartnership) -> PartnershipPage:
    is_open = shown.standing in (Standing.PROPOSED, Standing.AGREED)
    own = next(side for side in shown.sides if side.is_own)
    proposed = shown.proposed
    return PartnershipPage(
        id=shown.id,
        organization=shown.organization,
        partners=", ".join(side.name for side in shown.sides if not side.is_own),
        status=standing_status(shown.standing, waits_for_us=proposed is not None and proposed.waits_for_us),
        since=_("since %(day)s", day=local_date(shown.since)) if shown.since else "",
        ended=_ended(shown),
        review=full_date(shown.review_on) if shown.review_on else "",
        last_talk=_("You last spoke on %(day)s.", day=full_date(shown.talks[0].spoke_on)) if shown.talks else "",
        talks=tuple(_("%(day)s, noted by %(name)s", day=full_date(talk.spoke_on), name=talk.noted_by) for talk in shown.talks),
        kept=tuple(kept_words(one) for one in shown.kept if one.kept.in_time + one.kept.late),
        sides=tuple(_side(side) for side in shown.sides),
        holding=_terms(shown.holding, own.name) if shown.holding else None,
        proposed=_terms(proposed, own.name) if proposed else None,
        disagreements=tuple(_disagreement(one) for one in shown.disagreements),
        is_open=is_open,
        is_agreed=shown.standing is Standing.AGREED,
    )


def _ended(shown: ShownPartnership) -> str:
    if shown.ended_at is None:
        return ""
    day = local_date(shown.ended_at)
    if not shown.ended_by:
        return _("It was not answered in time: over since %(day)s.", day=day)
    if shown.standing is Standing.DECLINED:
        return _("%(name)s said no on %(day)s.", name=shown.ended_by, day=day)
    return _(
        "%(name)s ended it on %(day)s. What it said can be read for a year from then; contacts are forgotten.", name=shown.ended_by, day=day
    )


def _side(side: Side) -> SideCard:
    return SideCard(side.name, side.is_own, tuple(contact_line(one) for one in side.contacts), side.successor_wanted)


def contact_line(one: PartnerContact) -> ContactLine:
    number = re.split(r"(?i)\b(?:ext|x|poste|extension)\b", one.phone)[0]
    return ContactLine(one.id, one.name, one.phone, re.sub(r"[^\d+]", "", number), one.mail)


def _terms(terms: ShownTerms, own: str) -> TermsCard:
    lines = (
        (_("Answer when it is urgent"), hours_words(terms.urgent_hours)),
        (_("Answer in general"), hours_words(terms.routine_hours)),
        (_("Shared intake"), _("Yes: people tell their story once") if terms.shared_intake else _("No")),
        (_("Look at it again by"), full_date(terms.review_on)),
    )
    standing = []
    if terms.agreed_at is None:
        standing.append(_("Said yes: %(names)s", names=", ".join(terms.said_yes)))
        if terms.to_say_yes:
            standing.append(_("Not yet: %(names)s", names=", ".join(terms.to_say_yes)))
    return TermsCard(terms.id, terms.by, lines, terms.words, tuple(standing), terms.waits_for_us, terms.by == own)


def kept_words(one: KeptBetween) -> str:
    """How a promised time was kept; fewer than five referrals are not told as a share."""
    told = {"receiver": one.receiver, "sender": one.sender}
    if not one.kept.is_enough:
        return _("%(receiver)s got fewer than five referrals from %(sender)s: too few to tell", **told)
    total = one.kept.in_time + one.kept.late
    return _("%(receiver)s answered %(sender)s in time %(times)s of %(total)s times", **told, times=one.kept.in_time, total=total)


def hours_words(hours: int | None) -> str:
    """A promised time; working days where it is whole ones."""
    if hours is None:
        return _("Nothing promised")
    if hours >= HOURS_OF_A_DAY and hours % HOURS_OF_A_DAY == 0:
        return ngettext("within %(num)d working day", "within %(num)d working days", hours // HOURS_OF_A_DAY)
    return ngettext("within %(num)d working hour", "within %(num)d working hours", hours)


def _disagreement(one: ShownDisagreement) -> DisagreementCard:
    own = next(side for side in one.sides if side.is_own)
    return DisagreementCard(
        id=one.id,
        when=local_date(one.opened_at),
        settled=_("Settled on %(day)s", day=local_date(one.settled_at)) if one.settled_at else "",
        sides=tuple(_column(side) for side in one.sides if side.words or len(one.sides) == 2),
        own_words=own.words,
        may_settle=bool(own.words) and not own.is_settled,
    )


def _column(side: SideWords) -> SideColumn:
    return SideColumn(side.name, side.is_own, side.words, local_date(side.written_at) if side.written_at else "", side.is_settled)


def introduction_row(one: Asked) -> IntroductionRow:
    return IntroductionRow(
        one.id, _("%(name)s, %(organization)s", name=one.name, organization=one.organization), one.words, local_date(one.asked_at)
    )


def own_introduction(one: OwnAsked) -> tuple[str, str, str]:
    """To whom, by whom and when, what came of it."""
    answers = {
        "": _("waits for an answer"),
        "yes": _("introduced: you both have a mail"),
        "no": _("not this time"),
        "late": _("nobody answered in 30 days"),
    }
    when = local_date(one.asked_at)
    return one.to, f"{one.by}, {when}" if one.by else when, answers[one.answer]


def choose_row(one: Choosable) -> ChooseRow:
    return ChooseRow(one.id, one.name, sector_name(one.sector) if one.sector else "", one.has_lead, one.has_mail)


def pair_row(pair: Pair) -> PairRow:
    def told(name: str, object_id: str, sector: str) -> tuple[str, str, str]:
        return name, object_id, sector_name(sector) if sector else ""

    return PairRow(
        told(pair.first.name, pair.first.id, pair.first.sector),
        told(pair.second.name, pair.second.id, pair.second.sector),
        local_date(pair.since),
        full_date(pair.review_on) if pair.review_on else "",
    )
