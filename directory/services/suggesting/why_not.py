"""Why not this one? For any organization: which gates keep its programs out, or how many points the best of them has, for what, and what
it lacks to the last that is suggested."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import NotFound
from directory.domain.ids import is_id
from directory.domain.listing import Listing
from directory.domain.sentences import say
from directory.domain.sorting import sort_key
from directory.rules.assess import Assessment, assess
from directory.rules.listed import criteria_of
from directory.rules.sets.rule import Points, Rule
from directory.rules.sets.score import Scored
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.services.suggesting.asking import Asking
from directory.services.suggesting.choosing import Choosing, missing_points
from directory.services.suggesting.gates import Gate, shut_gates
from directory.services.suggesting.known import known_of
from directory.services.suggesting.sentences import Speaker
from directory.services.suggesting.signals import Candidate, candidate_of
from directory.services.suggesting.suggested import Missing, Suggested, missing
from directory.store.listings import load_listings
from directory.store.tables import Organization, Service

MOST_PROGRAMS = 50
MOST_LACKS = 10
MOST_OFFERED = 10
OFFERS_OTHER = say("It does not come into question: it does not offer what is asked for, or what goes with it.")
TOO_FAR = say("It does not come into question: so many others are nearer that it was not looked at.")


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Of the program of the organization that comes nearest to being suggested; `candidate` None where it lists none. `shut`: the gates
    that keep it out. `place`: it is suggested after all, and this is its place. `behind`: how many points it lacks to the last that is.
    `not_looked_at`: why it did not come into question at all, "" where it did."""

    organization_id: str
    name: str
    asking: Asking
    candidate: Candidate | None = None
    shut: tuple[Gate, ...] = ()
    scored: Scored | None = None
    place: int = 0
    behind: int = 0
    not_looked_at: str = ""
    lacking: tuple[tuple[Rule, bool], ...] = ()

    def lacks(self, speaker: Speaker) -> tuple[Missing, ...]:
        """The rules that gave it nothing, and what they looked at."""
        candidate = self.candidate
        if candidate is None:
            return ()
        return tuple(missing(rule, candidate, speaker, is_unknown=is_unknown) for rule, is_unknown in self.lacking)


def why_not(parts: Parts, found: Suggested, organization_id: str) -> WhyNot:
    """Held against what was suggested just now. Raise `NotFound`."""
    with parts.database.reading(may_lag=True) as session:
        organization = session.get(Organization, organization_id) if is_id(organization_id) else None
        if organization is None or organization.withdrawn_at is not None:
            raise NotFound(say("There is no such organization."))
        name, listings = organization.name, _programs(parts, session, organization_id)
        known = known_of(parts, session, found.asking, listings.values())
        tried = []
        for listing in listings.values():
            assessment = _assessed(found.asking, listing)
            shut = shut_gates(found.asking, listing, known, assessment.outcome if assessment is not None else None)
            tried.append((candidate_of(found.asking, listing, known, assessment), shut))
    return _best(found, Choosing(found.held.rules), organization_id, name, tried)


def organizations_named(parts: Parts, words: str) -> tuple[tuple[str, str], ...]:
    """Ids and names of organizations whose name, or that of a program of theirs, holds these words; those that are called so come first."""
    wanted = " ".join(words.split())
    if not wanted:
        return ()
    with parts.database.reading(may_lag=True) as session:
        pattern = f"%{_escaped(wanted)}%"
        theirs = select(Service.organization_id).where(Service.name.ilike(pattern, escape="\\"), Service.withdrawn_at.is_(None))
        named = Organization.name.ilike(pattern, escape="\\") | Organization.id.in_(theirs)
        asked = select(Organization.id, Organization.name).where(named, Organization.withdrawn_at.is_(None))
        rows = session.execute(asked.order_by(Organization.name, Organization.id).limit(MOST_OFFERED * 5)).all()
    called = wanted.casefold()
    first = sorted(
        rows, key=lambda row: (row.name.casefold() != called, called not in row.name.casefold(), sort_key(row.name, "en"), row.id)
    )
    return tuple((row.id, row.name) for row in first[:MOST_OFFERED])


def _programs(parts: Parts, session: Session, organization_id: str) -> dict[str, Listing]:
    of_them = select(Service.id).where(Service.organization_id == organization_id, Service.withdrawn_at.is_(None))
    ids = session.scalars(of_them.where(Service.merged_into.is_(None)).order_by(Service.id).limit(MOST_PROGRAMS)).all()
    return load_listings(session, ids, default_zone=community_in(session).zone, now=parts.clock.now())


def _assessed(asking: Asking, listing: Listing) -> Assessment | None:
    return assess(criteria_of(listing), asking.person) if asking.person.answers else None


def _best(
    found: Suggested, choosing: Choosing, organization_id: str, name: str, tried: list[tuple[Candidate, tuple[Gate, ...]]]
) -> WhyNot:  # fmt: skip
    """Of several programs: one that is suggested, else what offers what is needed and passes most gates, then the most points."""
    if not tried:
        return WhyNot(organization_id, name, found.asking)
    places = {each.id: each.place for each in found.shown}
    points = choosing.points({each.id: each.signals for each, _shut in tried})

    def nearness(each: tuple[Candidate, tuple[Gate, ...]]) -> tuple[object, ...]:
        candidate, shut = each
        fits = _offers(found.asking, candidate)
        return (places.get(candidate.id, 99), not fits, len(shut), -points[candidate.id], candidate.id)

    candidate, shut = min(tried, key=nearness)
    scored = choosing.explain(candidate.signals)
    last = found.shown[-1].rank.points if found.shown else 0
    fired = {rule.id for rule in scored.reasons}
    unknown = {rule.id for rule in (*scored.unknown, *scored.to_review)}
    others = {rule.id: rule for rule in found.held.rules.active_rules if isinstance(rule.then, Points) and rule.id not in fired}
    order = missing_points([(key, rule.then.points) for key, rule in others.items() if isinstance(rule.then, Points)], MOST_LACKS)
    return WhyNot(
        organization_id, name, found.asking, candidate, shut, scored, places.get(candidate.id, 0),
        max(0, last - scored.points) if candidate.id not in places else 0,
        "" if candidate.id in found.passed or shut else OFFERS_OTHER if not _offers(found.asking, candidate) else TOO_FAR,
        tuple((others[key], key in unknown) for key, _points in order),
    )  # fmt: skip


def _offers(asking: Asking, candidate: Candidate) -> bool:
    signals = candidate.signals
    if asking.is_need:
        return signals.get("pair.offers_need") is True
    return signals.get("pair.goes_together") is True or "pair.need_lift" in signals


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
