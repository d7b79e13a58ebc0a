"""The worker judges what changed within seconds and all once a night, and asks websites only where the setting names hosts."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from directory.jobs.links import Links
from directory.jobs.quality import Quality
from directory.services.indexing.enqueue import enqueue
from directory.services.parts import Parts
from directory.store.tables import JobRun, ListingFlag, QualityPass, Service
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.neighbourhood import PANTRY, furnish
from tests.support.people import at


def open_flags(parts: Parts) -> int:
    with parts.database.reading() as session:
        asked = select(func.count()).select_from(ListingFlag)
        return session.scalar(asked.where(ListingFlag.service_id == PANTRY, ListingFlag.flag == "impossible_age",
                                          ListingFlag.settled_at.is_(None))) or 0  # fmt: skip


def test_all_are_judged_first_then_what_changes_and_again_the_next_night(parts: Parts) -> None:
    furnish(parts)
    job = Quality(parts)
    while job.step():
        pass
    with parts.database.reading() as session:
        first = session.get_one(QualityPass, "flags")
        assert (first.done, first.finished_at is None) == (first.total, False)
        session.expunge(first)
        assert session.scalar(select(JobRun.succeeded_at).where(JobRun.job == "quality")) is not None
    for age, expected in ((200, 1), (99, 0)):
        with parts.database.writing() as session:
            session.get_one(Service, PANTRY).maximum_age = age
            enqueue(session, [PANTRY], parts.clock)
            session.commit()
        at(parts, timedelta(seconds=5))
        while job.step():
            pass
        assert open_flags(parts) == expected
    at(parts, timedelta(days=1))
    while job.step():
        pass
    with parts.database.reading() as session:
        assert session.get_one(QualityPass, "flags").began_at > first.began_at


@ONE_IS_ENOUGH
def test_no_website_is_asked_where_the_setting_names_none(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.gateways.link.WebAsker.ask", lambda *_given, **_more: pytest.fail("somebody was asked"))
    furnish(parts)
    assert Links(parts).step()
