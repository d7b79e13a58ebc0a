"""Partners that are suggested, as pages show them: what speaks for each, what to know before, what would change it; and why not another."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.rules.sets.check import signals_in
from directory.rules.sets.reasons import places_in
from directory.rules.sets.rule import Points
from directory.rules.sets.score import Scored
from directory.services.referrals.alternatives import as_found
from directory.services.rules.contests import contested_now
from directory.services.rules.versions import Held
from directory.services.suggesting.gates import Gate, sentence_of
from directory.services.suggesting.sentences import Speaker
from directory.services.suggesting.suggested import (
    Missing,
    Reason,
    Suggested,
    Suggestion,
    cautions_of,
    reasons_of,
    would_change,
)
from directory.services.suggesting.why_not import WhyNot
from directory.web.amounts import in_miles
from directory.web.here import parts
from directory.web.languages import language
from directory.web.models.referral_others import Other, others
from directory.web.models.texts import Line, listing_line
from directory.web.times import full_date
from directory.web.wording import _

FIRST_REASONS = 3
SEES = {"from.sees", "candidate.sees"}


@dataclass(frozen=True, slots=True)
class ShownPartner:
    """`other`: its card, and what is known to whoever asks. `first`: the weightiest reasons, in sentences; `reasons`: all of them, with
    rule and points. `changes`: what is not known and would count."""

    other: Other
    place: int
    points: int
    first: tuple[str, ...]
    reasons: tuple[Reason, ...]
    cautions: tuple[str, ...]
    changes: tuple[Missing, ...]
    keeps_place: bool


@dataclass(frozen=True, slots=True)
class ShownPartners:
    """`rules`: name and version of the rules; `rules_at` where they stand in sentences. `as_of`: the last day that figures count."""

    partners: tuple[ShownPartner, ...]
    rules: str
    rules_at: str
    as_of: str
    considered: int

    def __bool__(self) -> bool:
        return bool(self.partners)


@dataclass(frozen=True, slots=True)
class ShownWhyNot:
    """`gates`: why it is kept out. `behind`: in words how far it is from the last that is suggested; "" where a gate keeps it out or it is
    suggested."""

    organization: str
    organization_at: str
    program: Line
    program_at: str
    is_suggested: str
    gates: tuple[str, ...]
    points: int
    behind: str
    reasons: tuple[Reason, ...]
    cautions: tuple[str, ...]
    lacks: tuple[Missing, ...]


def speaker() -> Speaker:
    """Who tells it in the reader's language."""
    return Speaker(language(), in_miles())


def shown_partners(found: Suggested, now: datetime, user_agent: str) -> ShownPartners:
    cards = others([as_found(each.candidate) for each in found.shown], now, user_agent)
    contests = contested_now(parts(), {_organization_id(each) for each in found.shown} - {""}) if found.shown else {}
    told = tuple(
        _partner(each, card, found, contests.get(_organization_id(each), frozenset()))
        for each, card in zip(found.shown, cards, strict=True)
    )
    return ShownPartners(told, rules_name(found.held), rules_at(found.held), full_date(found.as_of), found.considered)


def _organization_id(each: Suggestion) -> str:
    return each.candidate.listing.organization.id if each.candidate.listing.organization is not None else ""


def contested_here(scored: Scored, held: Held, contests: frozenset[str]) -> tuple[str, ...]:
    """What the organization contests of what speaks for or against it here, and nobody has answered yet."""
    fired = (*scored.reasons, *scored.cautions)
    signals = {name for rule in fired for name in signals_in(rule)} & contests
    rules = {rule.id for rule in fired if f"{held.name}/{rule.id}" in contests}
    what = [*(speaker().label(name) for name in sorted(signals)), *sorted(rules)]
    return (_("The organization contests: %(what)s.", what="; ".join(what)),) if what else ()


def _partner(each: Suggestion, card: Other, found: Suggested, contests: frozenset[str]) -> ShownPartner:
    reasons = reasons_of(found.asking, each.candidate, each.scored, speaker())
    return ShownPartner(
        other=card, place=each.place, points=each.scored.points, first=_first(reasons, each),
        reasons=reasons, cautions=(*_cautions(found, each), *contested_here(each.scored, found.held, contests)),
        changes=would_change(each.candidate, each.scored, speaker()), keeps_place=each.rank.keeps_place,
    )  # fmt: skip


def _first(reasons: tuple[Reason, ...], each: Suggestion) -> tuple[str, ...]:
    """The weightiest, and what each of two sectors sees of the problem, where that is a reason."""
    sees = {rule.id for rule in each.scored.reasons if isinstance(rule.then, Points) and set(places_in(rule.then.reason)) >= SEES}
    return tuple(one.sentence for place, one in enumerate(reasons) if place < FIRST_REASONS or one.rule in sees)


def _cautions(found: Suggested, each: Suggestion) -> tuple[str, ...]:
    return tuple(one.sentence for one in cautions_of(found.asking, each.candidate, found.held, each.scored, speaker()))


@dataclass(frozen=True, slots=True)
class WorksWith:
    """A line on the page of a listing: a program that goes well with it, and the two weightiest reasons."""

    name: Line
    at: str
    organization: str
    reasons: tuple[str, ...]


LINES_ON_A_LISTING = 3


def works_with(found: Suggested) -> tuple[WorksWith, ...]:
    return tuple(
        WorksWith(
            name=listing_line(each.candidate.listing, "name"), at=url_for("listings.service", service_id=each.id),
            organization=each.candidate.listing.organization.name if each.candidate.listing.organization is not None else "",
            reasons=tuple(one.sentence for one in reasons_of(found.asking, each.candidate, each.scored, speaker())[:2]),
        )
        for each in found.shown[:LINES_ON_A_LISTING]
    )  # fmt: skip


def rules_name(held: Held) -> str:
    """What the rules are called in the reader's language, with their version; those that ship have none."""
    title = held.rules.title.in_(language())
    return _("%(title)s, version %(version)s", title=title, version=held.version) if held.version else title


def rules_at(held: Held) -> str:
    return url_for("rules.one", set_name=held.rules.name)


def shown_why_not(asked: WhyNot, found: Suggested) -> ShownWhyNot:
    candidate, scored = asked.candidate, asked.scored
    if candidate is None or scored is None:
        return ShownWhyNot(asked.name, _organization_at(asked), Line(""), "", "", (), 0, "", (), (), ())
    gates = asked.shut[:1] if asked.asking.is_public and Gate.NO_CONFLICT in asked.shut else asked.shut
    return ShownWhyNot(
        organization=asked.name, organization_at=_organization_at(asked), program=listing_line(candidate.listing, "name"),
        program_at=url_for("listings.service", service_id=candidate.id),
        is_suggested=_("It is suggested, at place %(place)s.", place=asked.place) if asked.place else "",
        gates=tuple(speaker().translate(sentence_of(gate, asked.asking)) for gate in gates), points=scored.points,
        behind=_behind(asked), reasons=() if gates else reasons_of(asked.asking, candidate, scored, speaker()),
        cautions=tuple(one.sentence for one in cautions_of(asked.asking, candidate, found.held, scored, speaker())),
        lacks=() if gates else asked.lacks(speaker()),
    )  # fmt: skip


def _behind(asked: WhyNot) -> str:
    if asked.place or asked.shut:
        return ""
    if asked.not_looked_at:
        return speaker().translate(asked.not_looked_at)
    if not asked.behind:
        return _("It has as many points as the last that is suggested; of equals the place is drawn by their ids.")
    return _("The last that is suggested has %(points)s points more.", points=asked.behind)


def _organization_at(asked: WhyNot) -> str:
    return url_for("listings.organization", organization_id=asked.organization_id)
