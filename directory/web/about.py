"""About the directory: where its listings come from and on what terms, what is not known, how privacy is kept; components; a way out."""

import calendar
from datetime import date

from babel.dates import format_date, get_day_names
from flask import Blueprint, Response, make_response, render_template

from directory.services.listings.sources import read_sources
from directory.services.referrals.community_clocks import published_clocks
from directory.web.bound import forget_person
from directory.web.components import samples
from directory.web.here import community_zone, parts
from directory.web.languages import locale
from directory.web.models.clock_lines import clock_page
from directory.web.models.source_lines import source_lines
from directory.web.sealed_cookies import forget_all

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def about() -> str:
    """What this is, where it comes from, what it does not know."""
    return render_template("about/about.html", sources=source_lines(read_sources(parts())), gap_log_days=parts().settings.gap_log_days)


@blueprint.get("/about/referral-clocks")
def referral_clocks() -> str:
    """How long a referral may take at each step, as this community has agreed."""
    return render_template("about/referral_clocks.html", clocks=clock_page(published_clocks(parts())))


@blueprint.get("/components")
def components() -> str:
    """Every component with its states, for review."""
    return render_template("about/components.html", **samples())


@blueprint.get("/away")
def away() -> Response:
    """A page that says nothing: this month's calendar, in place of whatever was open. The list in the making is gone with it."""
    today = parts().clock.now().astimezone(community_zone()).date()
    title = format_date(today, "LLLL y", locale=locale())
    return forget_person(forget_all(make_response(render_template("about/away.html", month=month_of(today), today=today, title=title))))


def month_of(today: date) -> dict[str, list[list[date]] | list[str]]:
    """The weeks of the month with the names of the days, beginning with the day the reader's country begins its weeks with."""
    first = locale().first_week_day
    names = get_day_names("short", context="stand-alone", locale=locale())
    weeks = calendar.Calendar(first).monthdatescalendar(today.year, today.month)
    return {"weeks": weeks, "names": [str(names[(first + offset) % 7]) for offset in range(7)]}
