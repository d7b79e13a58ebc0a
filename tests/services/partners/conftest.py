"""Three organizations, each with a lead and a worker; and an agreement between the first two."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from directory.domain.partners import Terms, checked_terms
from directory.domain.people import Actor, Role
from directory.gateways.mail import Mail
from directory.services.accounts.people import add_person
from directory.services.listings.community import save_community
from directory.services.messages.deliver import deliver_messages
from directory.services.messages.ways import Ways
from directory.services.partners.propose import Typed, confirm, propose
from directory.services.partners.read import read_partnership
from directory.services.parts import Parts
from tests.services.test_messages import Told
from tests.services.upkeep.conftest import OTTAWA
from tests.support.listings import add_organization
from tests.support.people import somebody
from tests.support.referrals import town

__all__ = ["agreed", "houses", "town"]

SECRET = "We share the waiting list of the winter beds."


@dataclass(frozen=True)
class Houses:
    """Ids of three organizations, and who works there."""

    harbour: str
    clinic: str
    school: str
    harbour_lead: Actor
    harbour_worker: Actor
    clinic_lead: Actor
    clinic_worker: Actor
    school_lead: Actor


@pytest.fixture
def houses(parts: Parts) -> Houses:
    return furnish_houses(parts)


def furnish_houses(parts: Parts) -> Houses:
    save_community(parts, "tests", replace(OTTAWA, is_demo=True))
    with parts.database.writing() as session:
        harbour = add_organization(session, name="Harbour House", email="info@harbour.example", sector="housing").id
        clinic = add_organization(session, name="Clinic of the Ward", email="info@clinic.example", sector="health").id
        school = add_organization(session, name="Glebe School Board", sector="schools").id
        session.commit()

    def person(role: Role, email: str, organization_id: str) -> Actor:
        name = email.partition("@")[0].title()
        add_person(parts, email, role, organization_id=organization_id, name=name)
        return somebody(parts, role, email, organization_id=organization_id)

    return Houses(
        harbour,
        clinic,
        school,
        person(Role.LEAD, "hanna@harbour.example", harbour),
        person(Role.WORKER, "will@harbour.example", harbour),
        person(Role.LEAD, "carla@clinic.example", clinic),
        person(Role.WORKER, "wim@clinic.example", clinic),
        person(Role.LEAD, "sol@school.example", school),
    )


def typed(urgent: str = "4", routine: str = "16", words: str = SECRET, review: str = "2027-11-01", *, shared: bool = True) -> Typed:
    def read(today: date) -> Terms:
        return checked_terms(urgent=urgent, routine=routine, shared_intake=shared, words=words, review_on=review, today=today)

    return read


def agree(parts: Parts, houses: Houses, **how: str) -> str:
    """An agreement between the house and the clinic that holds."""
    made = propose(parts, houses.harbour_lead, houses.harbour, [houses.clinic], typed(**how))
    shown = read_partnership(parts, houses.clinic_lead, houses.clinic, made)
    assert shown.proposed is not None
    assert confirm(parts, houses.clinic_lead, houses.clinic, made, shown.proposed.id)
    return made


@pytest.fixture
def agreed(parts: Parts, houses: Houses) -> str:
    made = agree(parts, houses)
    mails(parts)
    return made


def mails(parts: Parts) -> dict[str, list[str]]:
    """What was sent since the last look: address -> subjects and bodies."""
    told = Told()
    deliver_messages(parts, Ways(mailer=told))
    found: dict[str, list[str]] = {}
    for mail in told.sent:
        assert isinstance(mail, Mail)
        found.setdefault(mail.recipient, []).append(f"{mail.subject}\n{mail.body}")
    return found
