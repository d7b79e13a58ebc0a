"""A town in which several programs offer one thing, indexed, and signals to score."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from directory.domain.referrals.states import State
from directory.services.indexing.rebuild import rebuild_index
from directory.services.parts import Parts
from directory.store.tables import Attempt, HelpedPerson, Need, Organization, Service, ServiceCategory
from tests.support.listings import add, add_location, add_organization, add_service
from tests.support.referrals import Town

HERE = {"latitude": 45.43, "longitude": -75.70}


def add_program(session: Session, name: str, category: str = "emergency-shelter", sector: str = "housing", **more: Any) -> Service:
    """A program of an organization of its own near Ottawa, with an address for referrals; fields of the service may be told."""
    house = add_organization(session, name=f"{name} House", sector=sector, email=more.pop("email", f"{name.lower()}@houses.example"))
    place = add_location(session, name=f"{name} place", **{**HERE, **more.pop("at", {})})
    service = add_service(session, name=name, organization=house, at=place, **more)
    add(session, ServiceCategory(service_id=service.id, category=category))
    return service


def programs(parts: Parts, *names: str, **more: Any) -> dict[str, str]:
    """Programs by name, indexed; name -> id of the service."""
    with parts.database.writing() as session:
        made = {name: add_program(session, name, **more).id for name in names}
        session.commit()
    rebuild_index(parts)
    return made


def organization_of(parts: Parts, service_id: str) -> str:
    with parts.database.reading() as session:
        return session.get_one(Service, service_id).organization_id or ""


def past_attempts(parts: Parts, sender_id: str, service_id: str, states: Mapping[State, int], days_ago: int = 28) -> None:
    """Referrals of other people that were sent some days ago and came to these ends; answered on the day after."""
    then = parts.clock.now() - timedelta(days=days_ago)
    with parts.database.writing() as session:
        receiver = session.get_one(Service, service_id).organization_id
        number = session.query(Need).count()
        for state, count in states.items():
            for _each in range(count):
                number += 1
                person = add(session, HelpedPerson(organization_id=sender_id, channel="none", made_at=then))
                need = add(
                    session,
                    Need(
                        code=f"T{number:07d}", person_id=person.id, organization_id=sender_id, category="emergency-shelter",
                        urgency="routine",
                        made_at=then,
                    ),
                )  # fmt: skip
                answered = None if state is State.EXPIRED else then + timedelta(days=1)
                session.add(
                    Attempt(
                        need_id=need.id, service_id=service_id, sender_id=sender_id, receiver_id=receiver, urgency="routine",
                        category="emergency-shelter", made_at=then, state=state.value, since=then, sent_at=then, decided_at=answered,
                        ended_at=then + timedelta(days=2), version=1,
                    )
                )  # fmt: skip
        session.commit()


def give_sector(parts: Parts, town: Town, sector: str = "schools") -> None:
    """The school says that it is one."""
    with parts.database.writing() as session:
        session.get_one(Organization, town.school).sector = sector
        session.commit()
