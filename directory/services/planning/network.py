"""Who refers to whom between sectors, where that is slow, and where a link is missing; and which organizations of two sectors have an
agreement. Counts of referrals only as they may be told, and never of an organization."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from directory.domain.access import Action, reach
from directory.domain.errors import InvalidInput
from directory.domain.people import Actor
from directory.domain.planning.missing_links import MissingLink, missing_links
from directory.domain.planning.network import Flow, Network, network_of
from directory.domain.planning.quarter import Quarter
from directory.domain.planning.reading import OF_REFERRALS
from directory.domain.planning.table import Elsewhere
from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.measures import Course
from directory.domain.referrals.states import State
from directory.domain.sectors import Sector
from directory.domain.sentences import say
from directory.services.area_tree import area_tree
from directory.services.indexing.operations import listed_condition
from directory.services.listings.community import community_in
from directory.services.partners.pairs import Pair, pairs_in_reach
from directory.services.parts import Parts
from directory.services.planning.asked import asked_in
from directory.services.planning.counted_in import counted_in
from directory.services.referrals.community_clocks import published_clocks
from directory.services.referrals.courses import read_courses
from directory.store.tables import Location, Organization, Service, ServiceArea, ServiceAtLocation, ServiceCategory


@dataclass(frozen=True, slots=True)
class NetworkFound:
    """`areas`: of which the planner sees referrals (None: all). `clocks`: how soon an answer is due, urgent and else, as "1d" or "4h"; ""
    where nothing is said. `missing`: empty where too little is known to say so."""

    network: Network
    missing: tuple[MissingLink, ...]
    areas: frozenset[str] | None
    clocks: Mapping[Urgency, str]


@dataclass(frozen=True, slots=True)
class PairFound:
    """Two sectors: referrals both ways, what else is known of them, and the agreements of their organizations, by name."""

    there: Flow
    back: Flow
    missing: MissingLink | None
    agreements: tuple[Pair, ...]


def read_network(parts: Parts, actor: Actor, quarter: Quarter) -> NetworkFound:
    """As far as somebody's planning reaches: by the area that people live in."""
    found = reach(actor, Action.PLAN)
    areas = None if found.everything else found.area_ids
    with parts.database.reading() as session:
        by_area = _by_area(session, quarter)
        tree = area_tree(session)
        among = None if areas is None else {area for area in by_area if any(tree.lies_in(area, whole) for whole in areas)}
        network = network_of(quarter, by_area, elsewhere=_told_by_need(session, quarter), among=among)
        linked = [(flow.first, flow.second) for flow in network.flows]
        missing = missing_links(_offered(session), linked, tree, areas) if network.is_known else ()
    return NetworkFound(network, missing, areas, _answer_clocks(parts))


def read_pair(parts: Parts, actor: Actor, found: NetworkFound, first: str, second: str) -> PairFound:
    """One level deeper. Raise `InvalidInput` for what is no sector."""
    for name, sector in (("from", first), ("to", second)):
        if sector and sector not in list(Sector):
            raise InvalidInput(name, say('"%(name)s" is no sector; the network names them all.', name=sector[:40]))
    agreements = pairs_in_reach(parts, actor)
    wanted = sorted((first, second))
    return PairFound(
        there=found.network.flow(first, second),
        back=found.network.flow(second, first),
        missing=next((link for link in found.missing if sorted((link.first, link.second)) == wanted), None),
        agreements=tuple(pair for pair in agreements if sorted((pair.first.sector, pair.second.sector)) == wanted),
    )


def _by_area(session: Session, quarter: Quarter) -> dict[str, list[Course]]:
    zone = ZoneInfo(community_in(session).zone)
    first, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (quarter.first, quarter.end))
    found, coarse = dict[str, list[Course]](), counted_in(session)
    for area, course in read_courses(session, first, end):
        found.setdefault(coarse(area), []).append(course)
    return found


def _told_by_need(session: Session, quarter: Quarter) -> dict[str, Elsewhere]:
    """What the gaps tell of the referrals of each area: each need that was referred is a referral at least."""
    shown: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    for by in asked_in(session, quarter).values():
        for ended in OF_REFERRALS & by.keys():
            shown.update(by[ended].shown)
            hidden.update(by[ended].hidden)
    return {area: Elsewhere(shown[area], hidden[area]) for area in shown.keys() | hidden.keys()}


def _offered(session: Session) -> dict[str, dict[str, set[str]]]:
    """Sector -> category -> areas that programs serve or lie in. Confidential places are nowhere."""
    served = select(ServiceArea.service_id, ServiceArea.area_id).where(
        ServiceArea.service_id.is_not(None), ServiceArea.area_id.is_not(None)
    )
    alive = (ServiceAtLocation.withdrawn_at.is_(None), ServiceAtLocation.merged_into.is_(None), Location.confidential.is_(False))
    lying = select(ServiceAtLocation.service_id, Location.area_id).join(Location, Location.id == ServiceAtLocation.location_id)
    where = union_all(served, lying.where(*alive, Location.area_id.is_not(None))).subquery()
    asked = (
        select(Organization.sector, ServiceCategory.category, where.c.area_id)
        .select_from(Service)
        .join(Organization, Organization.id == Service.organization_id)
        .join(ServiceCategory, ServiceCategory.service_id == Service.id)
        .join(where, where.c.service_id == Service.id)
        .where(*listed_condition(), Organization.sector.is_not(None))
        .distinct()
    )
    found: dict[str, dict[str, set[str]]] = {}
    for sector, category, area in session.execute(asked):
        found.setdefault(sector, {}).setdefault(category, set()).add(area)
    return found


def _answer_clocks(parts: Parts) -> dict[Urgency, str]:
    """Until yes or no, by the rules that hold now."""
    clocks = {clock.state: clock for clock in published_clocks(parts).clocks}
    seen: Collection[str] = (State.SEEN.value, State.SENT.value)
    clock = next((clocks[state] for state in seen if state in clocks), None)
    return {Urgency.URGENT: clock.urgent if clock else "", Urgency.ROUTINE: clock.routine if clock else ""}
