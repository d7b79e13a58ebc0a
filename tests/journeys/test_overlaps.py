"""A planner on a phone goes from the list of who offers alike to one pair; both pages are for everybody to use."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select

from directory.services.overlaps.run import run_overlaps
from directory.services.parts import Parts
from directory.store.tables import (
    Language,
    Location,
    Organization,
    OverlapPair,
    OverlapRun,
    ScheduleRow,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCategory,
)
from tests.journeys.conftest import PHONE, Visit
from tests.support.pantries import add_offering
from tests.support.people import link_of

pytestmark = pytest.mark.browser
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def pair(served_parts: Parts) -> Iterator[None]:
    """Two pantries of two organizations that offer alike; taken away afterwards."""
    with served_parts.database.writing() as session:
        made = [add_offering(session, name).id for name in ("Alder", "Birch")]
        session.commit()
    run_overlaps(served_parts)
    yield
    with served_parts.database.writing() as session:
        owners = list(session.scalars(select(Service.organization_id).where(Service.id.in_(made))))
        places = list(session.scalars(select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id.in_(made))))
        for table in (OverlapPair, OverlapRun):
            session.execute(delete(table))
        for part in (Language, ScheduleRow, ServiceArea, ServiceAtLocation, ServiceCategory):
            session.execute(delete(part).where(part.service_id.in_(made)))
        for table, ids in ((Service, made), (Location, places), (Organization, owners)):
            session.execute(delete(table).where(table.id.in_(ids)))
        session.commit()


def is_right(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.usefixtures("pair")
def test_from_the_list_to_a_pair_and_its_link(visit: Visit, served_parts: Parts) -> None:
    link = link_of(served_parts, "planner", email="paula@example.org")
    page = visit(f"/sign-in?{urlencode({'link': link})}", viewport=PHONE, is_mobile=True)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("main").get_by_role("link", name="Who offers alike", exact=True).click()
    is_right(page)
    page.get_by_label("Kind of help").select_option("food")
    page.get_by_role("button", name="Show these").click()
    page.get_by_role("link", name=re.compile("Alder · Birch|Birch · Alder")).click()
    expect(page.get_by_text("offer the same to the same people at the same hours").first).to_be_visible()
    expect(page.get_by_role("row", name="Same area")).to_contain_text("100%")
    is_right(page)
    page.get_by_role("link", name="Link to this pair").click()
    expect(page.locator("h1")).to_contain_text("Alder")
