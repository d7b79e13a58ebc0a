"""The planner's first page: what changed, what is worth an hour, how overlap and unmet need lie to each other; and where all else is."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput
from directory.domain.planning.news import What, read_since, written_since
from directory.domain.sentences import say
from directory.services.planning.export import FORMATS
from directory.services.planning.news import MOST, count_news, list_news
from directory.services.planning.news_table import exported_news
from directory.services.planning.read_actions import read_due
from directory.services.planning.seen import say_seen, since_when
from directory.services.planning.this_quarter import wanted_quarter
from directory.services.planning.turned import read_month
from directory.services.planning.worth import best_hours
from directory.web.attached import attached
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.models.hours_part import hour_row
from directory.web.models.month_page import month_page
from directory.web.models.news_part import news_part, news_row, what_words
from directory.web.models.plans_page import due_part
from directory.web.times import moment_words
from directory.web.visitor import signed_in

SEE_OTHER = 303

blueprint = Blueprint("planning", __name__, url_prefix="/planning")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("")
def page() -> str:
    """This month."""
    asked: dict[str, Any] = {name: value for name, value in request.args.items() if name in ("area", "need", "since") and value}
    quarter, since = wanted_quarter(parts(), request.args.get("quarter", "")), wanted_since()
    narrowed = {name: value for name, value in asked.items() if name != "since"}
    gaps, turned = read_month(parts(), signed_in(), quarter, asked.get("area", "")[:120], asked.get("need", ""))
    links = {how: url_for(f"gaps.as_{how}", quarter=str(quarter), **narrowed) for how in FORMATS}
    news = news_part(count_news(parts(), signed_in(), since, turned), since, parts().clock.now())
    hours = [hour_row(each, quarter) for each in best_hours(parts(), signed_in(), gaps)]
    return render_template(
        "planning/month.html", page=month_page(gaps, asked), news=news, hours=hours, links=links, since=written_since(since),
        seen="seen" in request.args, due=due_part(read_due(parts(), signed_in())),
    )  # fmt: skip


@blueprint.post("/seen")
def seen() -> AnyResponse:
    """From now on tell what changes after what was shown."""
    say_seen(parts(), signed_in(), read_since(request.form.get("until", "")))
    return redirect(url_for(".page", seen=1), SEE_OTHER)


@blueprint.get("/changes")
def changes() -> str:
    """The list behind a number of what changed."""
    what, since = _what(), wanted_since()
    lines = list_news(parts(), signed_in(), since, what, MOST + 1)
    rows, kinds = [news_row(line) for line in lines[:MOST]], [(each.value, words) for each, words in what_words().items()]
    return render_template(
        "planning/changes.html", rows=rows, has_more=len(lines) > MOST, words=what_words()[what], since=moment_words(since),
        written=written_since(since), what=what.value, kinds=kinds,
    )  # fmt: skip


@blueprint.get("/changes.csv")
def changes_csv() -> Response:
    """All of what changed as a table."""
    return _table("csv")


@blueprint.get("/changes.xlsx")
def changes_xlsx() -> Response:
    """The same as a workbook."""
    return _table("xlsx")


def _table(how: str) -> Response:
    return attached(exported_news(parts(), signed_in(), wanted_since(), how), f"changes.{how}")


def wanted_since() -> datetime:
    """As the address says, else since they looked last. Raise `InvalidInput`."""
    written = request.args.get("since", "")
    return read_since(written) if written else since_when(parts(), signed_in())


def _what() -> What:
    written = request.args.get("what", "")
    if written not in {each.value for each in What}:
        raise InvalidInput("what", say("Choose what changed from the list."))
    return What(written)
