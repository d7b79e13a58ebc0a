"""Links are checked within the setting: once a minute a host, within what it lets programs ask, never in a private network; three failures
on different days make one dead, and the listing says so."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from directory.domain.upkeep.links import State
from directory.gateways.link import Answer, NotAllowed, NotDelivered, WebAsker
from directory.services.parts import Parts
from directory.services.quality.judge import judge_pending
from directory.services.quality.links import BETWEEN, check_links, gather_links, read_dead_links
from directory.services.quality.signals import read_cases
from directory.store.tables import LinkCheck, ListingFlag, Organization, Service
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add
from tests.support.people import at

SITE = "https://pantry.example/"


class Web:
    """Websites as they are to answer: address -> status, or a fault. Everything asked is kept."""

    def __init__(self) -> None:
        self.says: dict[str, Answer | Exception] = {}
        self.asked: list[tuple[str, str]] = []

    def ask(self, address: str, method: str, *, most_bytes: int = 0) -> Answer:
        self.asked.append((method, address))
        found = self.says.get(address, Answer(404 if address.endswith("/robots.txt") else 200))
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def on(parts: Parts) -> Parts:
    """The parts, with a pantry that has a website and one that names its organization's, where all hosts may be asked."""
    with parts.database.writing() as session:
        house = add(session, Organization(name="House", website="house.example"))
        add(session, Service(name="Pantry", organization_id=house.id, url=SITE))
        add(session, Service(name="Kitchen", organization_id=house.id))
        session.commit()
    return replace(parts, settings=parts.settings.model_copy(update={"link_checks": "*"}))


def minutes(parts: Parts, web: Web, times: int) -> None:
    for _ in range(times):
        check_links(parts, web)
        at(parts, BETWEEN)


def states(parts: Parts) -> dict[str, str | None]:
    with parts.database.reading() as session:
        return {row.host: row.state for row in session.scalars(select(LinkCheck))}


def link_of(parts: Parts, name: str) -> Any:
    with parts.database.reading() as session:
        service_id = session.scalar(select(Service.id).where(Service.name == name))
        assert service_id is not None
        return read_cases(session, [service_id], parts.clock.now())[service_id].signals.get("listing.link")


@ONE_IS_ENOUGH
def test_nothing_is_asked_unless_the_setting_names_hosts(parts: Parts, on: Parts):
    web = Web()
    gather_links(parts)
    assert check_links(parts, web).asked == 0
    only = replace(parts, settings=parts.settings.model_copy(update={"link_checks": "house.example"}))
    assert gather_links(only) == 1
    minutes(only, web, 3)
    assert {address.split("/")[2] for _method, address in web.asked} == {"house.example"}


def test_a_listing_says_whether_its_website_or_its_organizations_works(on: Parts):
    assert link_of(on, "Pantry") is None
    gather_links(on)
    web = Web()
    web.says[SITE] = Answer(301, "https://new.example/")
    minutes(on, web, 2)
    assert (link_of(on, "Pantry"), link_of(on, "Kitchen")) == ("moved", "works")
    (moved,) = read_dead_links(on)
    assert (moved.address, moved.state, moved.moved_to, moved.listings) == (SITE, State.MOVED, "https://new.example/", 1)


def test_a_host_is_asked_once_a_minute_by_however_many_workers(on: Parts):
    with on.database.writing() as session:
        for number in range(4):
            add(session, Service(name=f"Page {number}", url=f"{SITE}page{number}"))
        session.commit()
    gather_links(on)
    web = Web()
    for _ in range(3):
        check_links(on, web)
    assert sorted(address for _method, address in web.asked) == ["http://house.example/robots.txt", f"{SITE}robots.txt"]
    minutes(on, web, 7)
    of_site = [address for _method, address in web.asked if address.startswith(SITE)]
    assert len(of_site) == 1 + 5
    assert [method for method, address in web.asked if address.startswith(SITE)][1:] == ["HEAD"] * 5


@ONE_IS_ENOUGH
def test_what_would_not_tell_of_itself_is_asked_for_whole(on: Parts):
    gather_links(on)
    web = Web()
    web.says[SITE] = Answer(405)
    minutes(on, web, 3)
    assert [method for method, address in web.asked if address == SITE] == ["HEAD", "GET"]
    assert states(on)["pantry.example"] == "works"


@ONE_IS_ENOUGH
def test_what_a_host_forbids_programs_is_not_asked(on: Parts):
    gather_links(on)
    web = Web()
    web.says[f"{SITE}robots.txt"] = Answer(200, text="User-agent: *\nDisallow: /")
    minutes(on, web, 3)
    assert (("HEAD", SITE) in web.asked, states(on)["pantry.example"]) == (False, None)


def test_three_failures_on_different_days_make_it_dead_and_flag_the_listing_until_it_answers(on: Parts):
    gather_links(on)
    web = Web()
    minutes(on, web, 2)
    web.says[SITE] = NotDelivered("TimeoutError")
    at(on, timedelta(days=31))
    found = []
    for _day in range(4):
        minutes(on, web, 3)
        judge_pending(on)
        with on.database.reading() as session:
            flags = session.scalars(select(ListingFlag.flag).where(ListingFlag.settled_at.is_(None))).all()
        found.append((states(on)["pantry.example"], "dead_link" in flags))
        at(on, timedelta(days=1))
    assert found == [("works", False), ("works", False), ("dead", True), ("dead", True)]
    web.says[SITE] = Answer(200)
    at(on, timedelta(days=7))
    minutes(on, web, 3)
    judge_pending(on)
    with on.database.reading() as session:
        settled = session.scalars(select(ListingFlag.how).where(ListingFlag.flag == "dead_link")).all()
    assert (states(on)["pantry.example"], settled) == ("works", ["fixed"])


@ONE_IS_ENOUGH
def test_a_private_network_is_not_asked_and_says_nothing(on: Parts):
    gather_links(on)
    web = Web()
    web.says[f"{SITE}robots.txt"] = NotAllowed("It leads into a private network.")
    minutes(on, web, 4)
    assert states(on)["pantry.example"] is None
    assert [address for _method, address in web.asked if address.startswith(SITE)] == [f"{SITE}robots.txt"]


@ONE_IS_ENOUGH
@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.8/"])
def test_the_real_one_refuses_addresses_of_the_own_network(parts: Parts, address: str):
    with pytest.raises(NotAllowed):
        WebAsker("test").ask(address, "HEAD")


def test_what_nobody_gives_any_more_and_what_the_setting_no_longer_names_is_forgotten(on: Parts, parts: Parts):
    assert gather_links(on) == 2
    with on.database.writing() as session:
        session.execute(select(Service))
        for service in session.scalars(select(Service).where(Service.name == "Pantry")):
            service.url = "not an address"
        session.commit()
    assert gather_links(on) == 1
    assert set(states(on)) == {"house.example"}
    assert gather_links(parts) == 0
    assert states(on) == {}
