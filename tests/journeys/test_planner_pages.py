"""Every page of planners, and what organizations see of it, on a phone, at double size, from right to left and on a desk: nothing to scroll
sideways, nothing that axe finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import delete, select

from directory.app import app_of
from directory.domain.gaps import Gap
from directory.domain.people import Role
from directory.services.conversations.begin import begin, subject_of_pair
from directory.services.parts import Parts
from directory.services.planning.actions import Idea, plan_action
from directory.services.planning.outcomes import Wish, propose_outcome
from directory.store.tables import (
    CellMeasure,
    Conversation,
    Organization,
    OutcomeSigner,
    OverlapPair,
    PlannedAction,
    RoleGrant,
    SearchCount,
    SearchGap,
    SharedOutcome,
)
from directory.web.models.planner_places import planner_groups
from tests.journeys.conftest import DESK, PHONE, Visit
from tests.journeys.test_overlaps import pair
from tests.support.people import link_of, somebody

__all__ = ["pair"]
pytestmark = pytest.mark.browser
PLANNER = "pages@example.org"
AREA = "us-pa-philadelphia"
ABOUT = f"need=emergency-shelter&area={AREA}"
BENEATH = (
    "/planning",
    "/planning/changes?what=added",
    "/planning/map?need=emergency-shelter",
    f"/planning/conversations/new?{ABOUT}&quarter=2026-Q3",
    f"/planning/actions/new?{ABOUT}",
    f"/planning/outcomes/new?{ABOUT}",
    "/planning/freshness/listings",
    "/planning/verify/log",
    "/planning/verify/unlisted",
    "/planning/rules/flag-pairs/0",
)
HALF_A_DESK = {"width": 640, "height": 800}
SIDEWAYS = """() => { const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("main *, header *")].filter((each) => each.getBoundingClientRect().right > wide + 1)
    .map((each) => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`).slice(0, 5); }"""
DOUBLED = "document.documentElement.style.fontSize = '212.5%'"
"""Somebody's own size of letters, twice the one that pages ask for."""

RIGHT_TO_LEFT = "document.documentElement.dir = 'rtl'"


@dataclass(frozen=True, slots=True)
class Shown:
    """What planners and an organization work on together: ids."""

    pair: str
    talk: str
    outcome: str
    action: str
    side: str


@pytest.fixture
def shown(pair: None, served_parts: Parts) -> Iterator[Shown]:
    """A pair that offers alike with a conversation about it; and a need that was asked for and not met, with what is planned about it."""
    parts = served_parts
    for number in range(40):
        parts.gaps.count(date(2026, 8, 3), ("emergency-shelter",), AREA)
        if number < 16:
            parts.gaps.add(Gap(date(2026, 8, 3), ("emergency-shelter",), AREA, (), 0, "en"))
    parts.gaps.flush(parts.database)
    with parts.database.reading() as session:
        sides = tuple(session.scalars(select(Organization.id).where(Organization.name.in_(("Alder", "Birch"))).order_by(Organization.name)))
        both = (OverlapPair.organization_a_id.in_(sides), OverlapPair.organization_b_id.in_(sides))
        (line,) = session.scalars(select(OverlapPair.id).where(*both))
    planner = somebody(parts, Role.PLANNER, PLANNER)
    talk = begin(parts, planner, subject_of_pair(parts, planner, line), "Who could open on an evening?", sides)
    wish = Wish("emergency-shelter", AREA, "unmet_share", "20", "2027-Q4", "2028-01-15", organizations=sides)
    idea = Idea("partnership", "One intake", "2027-01-31", "emergency-shelter", AREA, "unmet_share", organizations=sides)
    yield Shown(line, talk, propose_outcome(parts, planner, wish), plan_action(parts, planner, idea), sides[0])
    with parts.database.writing() as session:
        for table in (Conversation, PlannedAction, OutcomeSigner, SharedOutcome, CellMeasure, SearchCount, SearchGap):
            session.execute(delete(table))
        session.execute(delete(RoleGrant).where(RoleGrant.organization_id.in_(sides)))
        session.commit()


def places(app: Flask) -> list[str]:
    with app.test_request_context():
        return [place.href for group in planner_groups("", lambda _action: True) for place in group.places]


def what_is_wrong(page: Page, addresses: Iterable[str]) -> list[str]:
    """On these pages, in the ways that people look at them."""
    wrong: list[str] = []

    def look(at: str, how: str) -> None:
        if found := page.evaluate(SIDEWAYS):
            wrong.append(f"{at} {how}: sideways {found}")

    for at in addresses:
        page.set_viewport_size(PHONE)
        answer = page.goto(at)
        assert answer is not None
        assert answer.status == 200, at
        look(at, "on a phone")
        if (found := Axe().run(page)).violations_count:
            wrong.append(f"{at}: {found.generate_report()}")
        page.evaluate(RIGHT_TO_LEFT)
        look(at, "on a phone, from right to left")
        page.set_viewport_size(DESK)
        look(at, "on a desk, from right to left")
        page.set_viewport_size(HALF_A_DESK)
        page.evaluate(DOUBLED)
        look(at, "at double size, from right to left")
        page.evaluate("document.documentElement.dir = 'ltr'")
        look(at, "at double size")
    return wrong


def signed_in(visit: Visit, link: str) -> Page:
    page = visit(f"/sign-in?{urlencode({'link': link})}")
    page.click("main button")
    return page


def test_every_page_of_planners_is_for_everybody(visit: Visit, served_parts: Parts, shown: Shown) -> None:
    page = signed_in(visit, link_of(served_parts, "planner", "/planning", PLANNER))
    beneath = (
        f"/planning/overlaps/{shown.pair}", f"/planning/conversations/{shown.talk}", f"/planning/conversations/{shown.talk}/print",
        f"/planning/outcomes/{shown.outcome}", f"/planning/actions/{shown.action}",
    )  # fmt: skip
    assert what_is_wrong(page, (*places(app_of(served_parts)), *BENEATH, *beneath)) == []


def test_what_an_organization_sees_of_it_is_for_everybody(visit: Visit, served_parts: Parts, shown: Shown) -> None:
    page = signed_in(visit, link_of(served_parts, "lead", "/manage", "alder-pages@example.org", organization_id=shown.side))
    own = (
        "/manage/duplicates",
        "/manage/conversations",
        f"/manage/conversations/{shown.side}/{shown.talk}",
        "/manage/plans",
        f"/manage/overlaps/{shown.side}",
    )
    assert what_is_wrong(page, own) == []


def test_bars_grow_the_way_the_page_is_read(visit: Visit, served_parts: Parts, shown: Shown) -> None:
    page = signed_in(visit, link_of(served_parts, "planner", "/planning", PLANNER))
    for at, bar in (
        ("/planning/overlaps", ".overlap-bar"),
        ("/planning/gaps?quarter=2026-Q3", "td .bar"),
        (f"/planning/overlaps/{shown.pair}", ".day-bar"),
    ):
        page.goto(at)
        turned = f"getComputedStyle(document.querySelector('{bar}')).transform"
        assert page.evaluate(turned) == "none"
        page.evaluate(RIGHT_TO_LEFT)
        assert page.evaluate(turned) == "matrix(-1, 0, 0, 1, 0, 0)"
