"""What the worker process does for agreements and questions, and what no older copy brings back."""

from datetime import timedelta

import structlog
from sqlalchemy import select, update

from directory.jobs.partners import Partners
from directory.services.ask_around.ask import ask_around
from directory.services.keeping.replay import read_present, replay
from directory.services.partners.contacts import name_contact, take_contact_out
from directory.services.partners.propose import end
from directory.services.parts import Parts
from directory.store.tables import AskAround, JobRun, PartnerLink, Partnership, PartnershipContact
from tests.services.partners.conftest import SECRET, Houses, agree, mails
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at


@ONE_IS_ENOUGH
def test_the_worker_process_reminds_and_deletes_and_its_log_holds_numbers_only(parts: Parts, houses: Houses) -> None:
    agree(parts, houses, review="2026-12-01")
    ask_around(parts, houses.harbour_worker, houses.harbour, [houses.clinic], SECRET, "beds", has_looked=True)
    mails(parts)
    job = Partners(parts)
    with structlog.testing.capture_logs() as lines:
        assert job.step()
        assert not job.step(), "once a minute"
        at(parts, timedelta(days=30))
        assert job.step()
    assert [(line["successors_asked"], line["reminded"], line["deleted"]) for line in lines] == [(0, 1, 0), (0, 0, 1)]
    assert "winter" not in str(lines)
    with parts.database.reading() as session:
        assert session.scalars(select(AskAround.id)).all() == []
        assert session.get_one(JobRun, ("partners", parts.consumer)).failure is None


def test_an_older_copy_brings_back_no_agreement_that_ended_no_contact_and_no_link(parts: Parts, houses: Houses) -> None:
    """The copy is from before: what it holds is put back by hand, then what must hold on is played again."""
    agreed = agree(parts, houses)
    name_contact(parts, houses.clinic_lead, houses.clinic, agreed, name="Rosa", phone="613-555-0177")
    question = ask_around(parts, houses.harbour_worker, houses.harbour, [houses.clinic], SECRET, "beds", has_looked=True)
    with parts.database.reading() as session:
        kept = session.scalars(select(PartnershipContact)).one()
        copied = {column.key: getattr(kept, column.key) for column in PartnershipContact.__table__.columns}
    take_contact_out(parts, houses.clinic_lead, houses.clinic, agreed, copied["id"])
    end(parts, houses.clinic_lead, houses.clinic, agreed)
    with parts.database.engine.connect() as connection:
        present = read_present(connection)
    with parts.database.writing() as session:
        session.execute(update(Partnership).values(ended_at=None, ended_by=None, ended_by_organization=None))
        session.add(PartnershipContact(**copied))
        session.flush()
        replay(session, present, parts.clock, "tests")
        session.commit()
    with parts.database.reading() as session:
        assert session.get_one(Partnership, agreed).ended_by_organization == houses.clinic
        assert session.scalars(select(PartnershipContact.id)).all() == []
        assert session.scalars(select(PartnerLink.id)).all() == []
        assert session.get(AskAround, question) is not None
