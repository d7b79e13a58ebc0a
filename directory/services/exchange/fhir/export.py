"""Write referrals as FHIR: for each need its request, its attempts and what was agreed to; then what was asked, where, and by whom.

Nothing of a person is read for it. The order is that of ids, so that the same referrals make the same file.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import IO, Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.states import State
from directory.services.exchange.export.run import one_view
from directory.services.exchange.fhir.bundle import entry
from directory.services.exchange.fhir.consent import consent
from directory.services.exchange.fhir.facts import REQUEST, NeedFacts, Pseudonym
from directory.services.exchange.fhir.offered import Offered, organizations
from directory.services.exchange.fhir.offering import healthcare_service, location, organization
from directory.services.exchange.fhir.reading import (
    NEEDS,
    WAS_SENT,
    Names,
    attempt_facts,
    attempts_statement,
    consents_of_needs,
)
from directory.services.exchange.fhir.service_request import service_request
from directory.services.exchange.fhir.task import task
from directory.services.exchange.fhir.terms import Here, Json, here_at, instant
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.tables import Attempt, Need

BUNDLE, LINES = "fhir", "fhir-ndjson"
FORMATS = (BUNDLE, LINES)
AT_ONCE = 250

Progress = Callable[[int, int], None]
"""Told how many needs are done, and of how many."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class FhirExport:
    """`counts`: how many resources of each kind were written. `address`: where they say that they are."""

    format: str
    address: str
    counts: dict[str, int]
    seconds: float


def export_referrals(parts: Parts, format_name: str, stream: IO[str], address: str, progress: Progress) -> FhirExport:
    """Write all that was sent, as one Bundle or as lines of one resource each. `address`: of the site; "" for the one that is set."""
    started = time.perf_counter()
    counts: Counter[str] = Counter()
    now = parts.clock.now()
    with one_view(parts.database) as session:
        here = here_at(address or _site(parts, session))
        found = _counted(_resources(parts, session, here, now, progress), counts)
        if format_name == LINES:
            stream.writelines(_encode(each) + "\n" for each in found)
        else:
            _write_bundle(stream, here, now, found)
    return FhirExport(format_name, here.base, dict(counts), time.perf_counter() - started)


def _site(parts: Parts, session: Session) -> str:
    domain = community_in(session).domain
    return parts.settings.public_address or (f"https://{domain}" if domain else parts.settings.own_address)


def _counted(found: Iterable[Json], counts: Counter[str]) -> Iterator[Json]:
    for each in found:
        counts[each["resourceType"]] += 1
        yield each


def _write_bundle(stream: IO[str], here: Here, now: datetime, found: Iterable[Json]) -> None:
    """Entry by entry, so that a large one needs no memory. An empty one has no list: FHIR knows no empty values."""
    stream.write(f'{{"resourceType":"Bundle","type":"collection","timestamp":"{instant(now)}"')
    between = ',"entry":[\n'
    for each in found:
        stream.write(between + _encode(entry(here, each)))
        between = ",\n"
    stream.write("\n]}\n" if between == ",\n" else "}\n")


def _resources(parts: Parts, session: Session, here: Here, now: datetime, progress: Progress) -> Iterator[Json]:
    offered, names, named = Offered(parts, session, now), Names(session), set[str]()
    total = session.scalar(select(func.count()).select_from(Need).where(_was_sent())) or 0
    done = 0
    for needs in _batches(session):
        yield from _of_needs(session, here, needs, now, offered, names, named)
        done += len(needs)
        progress(done, total)
    for service_id in sorted(offered.services):
        service = offered.services[service_id]
        named.add(service.organization_id)
        yield healthcare_service(here, service)
    for place_id in sorted(offered.places):
        yield location(offered.places[place_id])
    for each in organizations(session, named - {""}):
        yield organization(each)


def _batches(session: Session) -> Iterator[list[Any]]:
    statement = select(*NEEDS).where(_was_sent()).order_by(Need.id).limit(AT_ONCE)
    last = ""
    while rows := list(session.execute(statement.where(Need.id > last) if last else statement)):
        yield rows
        last = rows[-1].id


def _was_sent() -> Any:
    return exists().where(Attempt.need_id == Need.id, WAS_SENT).correlate(Need)


def _of_needs(
    session: Session, here: Here, needs: list[Any], now: datetime, offered: Offered, names: Names, named: set[str]
) -> Iterator[Json]:
    """`named`: ids of organizations that something refers to; it grows."""
    ids = [need.id for need in needs]
    statement = attempts_statement().where(Attempt.need_id.in_(ids)).order_by(Attempt.need_id, Attempt.sent_at, Attempt.id)
    rows = session.execute(statement).all()
    attempts = {need_id: list(group) for need_id, group in groupby(rows, key=lambda row: row.need_id)}
    offered.read(row.service_id for row in rows)
    names.read([*(row.sender_id for row in rows), *(row.receiver_id for row in rows), *(need.organization_id for need in needs)])
    named.update(row.sender_id for row in rows)
    named.update(row.receiver_id for row in rows)
    agreed = consents_of_needs(session, needs, now)
    for need in needs:
        named.update((need.organization_id, *(each for found in agreed[need.id] for each in found.recipients)))
        yield service_request(here, _need_facts(need, attempts[need.id], [found.id for found in agreed[need.id]], offered, names))
        for found in agreed[need.id]:
            yield consent(here, found)
        for row in attempts[need.id]:
            yield task(here, attempt_facts(row, names, offered.location_of(row.service_id, row.place_id)))


def _need_facts(need: Any, rows: list[Any], consents: list[str], offered: Offered, names: Names) -> NeedFacts:
    places = (offered.location_of(row.service_id, row.place_id) for row in rows)
    return NeedFacts(
        id=need.id,
        person=Pseudonym(REQUEST, need.id),
        category=need.category,
        is_urgent=need.urgency == Urgency.URGENT,
        requester_id=need.organization_id,
        requester=names.of(need.organization_id),
        sent_at=rows[0].sent_at,
        states=tuple(State(row.state) for row in rows),
        is_open=need.closed_at is None,
        performers=tuple(dict.fromkeys(row.service_id for row in rows)),
        places=tuple(dict.fromkeys(place for place in places if place)),
        consents=tuple(consents),
    )
