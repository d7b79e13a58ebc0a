"""What is to be put right of listings: for whoever keeps those of an organization, and for planners everywhere. Works without script."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, stream_with_context, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.sectors import Sector
from directory.rules.sets.kinds import Owner, SetKind, Severity
from directory.rules.sets.reasons import Text
from directory.rules.sets.rule import FlagListing
from directory.services.csv_lines import MARK, csv_line
from directory.services.listings.read import organization as read_organization
from directory.services.quality.answer import LONGEST_WHY, Lasts, ask_again, hand_back, hand_over, say_right
from directory.services.quality.flags import ON_A_PAGE, OpenFlag, Wanted, each_flag, read_answered, read_flags
from directory.services.rules.versions import held_now
from directory.web.attached import attached
from directory.web.here import parts
from directory.web.models.quality_page import (
    answered_row,
    flag_row,
    lasts_choices,
    mend_address,
    quality_page,
    reason_words,
    severity_words,
    way_out_words,
    zone_day,
)
from directory.web.upkeep import page_number
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.words import sector_name
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("quality", __name__, url_prefix="/planning")
own = Blueprint("own_quality", __name__, url_prefix="/manage/organizations/<organization_id>/quality")


@own.get("")
def own_page(organization_id: str) -> AnyResponse:
    """Everything to be put right of the listings of an organization, and what was said to be right as it stands."""
    return _own_page(organization_id)


@own.post("")
def own_act(organization_id: str) -> AnyResponse:
    """What is said to one of them."""
    done = _act(lambda wrong: _own_page(organization_id, wrong))
    return done if isinstance(done, Response) else redirect(url_for(".own_page", organization_id=organization_id, done=done), 303)


@blueprint.get("/quality")
def page() -> AnyResponse:
    """What is to be put right, those first on which most depends; planners' own turn unless others are asked for."""
    return _planners_page()


@blueprint.post("/quality")
def act() -> AnyResponse:
    """What a planner says to one of them; then the same part of the list again."""
    done = _act(_planners_page)
    if isinstance(done, Response):
        return done
    chosen: dict[str, Any] = {**request.args.to_dict(), "done": done}
    return redirect(url_for(".page", **chosen), 303)


@blueprint.get("/quality.csv")
def table() -> Response:
    """The same as a table for a spreadsheet, all of it."""
    return attached(stream_with_context(_lines(each_flag(parts(), _wanted(), signed_in()))), "listings-to-put-right.csv")


def _act(again: Callable[[WrongField], AnyResponse]) -> AnyResponse | str:
    """Do what a button says; its name, or the page again with what is wrong."""
    what, _colon, flag_id = request.form.get("do", "").partition(":")
    lasts = request.form.get(f"lasts-{flag_id}", "")
    try:
        if what == "right":
            why = request.form.get(f"why-{flag_id}", "")
            say_right(parts(), signed_in(), flag_id, why, Lasts(lasts) if lasts in list(Lasts) else Lasts.ALWAYS)
        elif what in _ACTS:
            _ACTS[what](parts(), signed_in(), flag_id)
    except NotFound:  # it went meanwhile, or somebody else was quicker
        return "gone"
    except InvalidInput as error:
        return again(WrongField(f"why-{flag_id}", told_to_reader(error).message))
    return what


_ACTS = {"over": hand_over, "back": hand_back, "again": ask_again}


def _own_page(organization_id: str, wrong: WrongField | None = None) -> AnyResponse:
    number = page_number()
    found = read_flags(parts(), Wanted(organization_id=organization_id), number)
    body = render_template(
        "manage/quality.html",
        name=read_organization(parts(), organization_id).organization.name,
        organization_id=organization_id,
        rows=[flag_row(flag) for flag in found.flags],
        total=found.total,
        answered=[answered_row(each) for each in read_answered(parts(), organization_id)] if number == 1 else [],
        before=number - 1,
        after=number + 1 if found.total > number * ON_A_PAGE else 0,
        **_acting(wrong),
    )
    return make_response(body, 400 if wrong else 200)


def _planners_page(wrong: WrongField | None = None) -> AnyResponse:
    wanted = _wanted()
    found = read_flags(parts(), wanted, page_number(), signed_in())
    name = read_organization(parts(), wanted.organization_id).organization.name if wanted.organization_id else ""
    body = render_template(
        "planning/quality.html",
        page=quality_page(found, wanted, _flag_texts(), name, _turn()),
        **_acting(wrong),
    )
    return make_response(body, 400 if wrong else 200)


def _acting(wrong: WrongField | None) -> dict[str, Any]:
    """What both pages need for saying that a flag is meant so: what may be said, what was done, what was typed wrong."""
    return {
        "lasts": lasts_choices(),
        "longest": LONGEST_WHY,
        "done": done_words(request.args.get("done", "")),
        "wrong": wrong,
        "typed": request.form.get(wrong.field, "")[:LONGEST_WHY] if wrong else "",
    }


def _turn() -> str:
    turn = request.args.get("turn", "")
    return turn if turn in ("organization", "all") else "planner"


def _wanted() -> Wanted:
    """What the address asks for; what is not known in it counts as not asked."""
    asked, turn = request.args, _turn()
    severity, sector, organization_id = asked.get("severity", ""), asked.get("sector", ""), asked.get("organization", "")
    return Wanted(
        owner=None if turn == "all" else Owner(turn),
        severity=Severity(severity) if severity in list(Severity) else None,
        sector=sector if sector in list(Sector) else "",
        organization_id=organization_id if is_id(organization_id) else "",
        flag=asked.get("flag", "")[:40],
    )


def _flag_texts() -> dict[str, Text]:
    """What is to be done about each flag, by the rules that hold."""
    with parts().database.reading() as session:
        rules = held_now(parts(), session, SetKind.QUALITY).rules
    return {rule.then.flag: rule.then.way_out for rule in rules.active_rules if isinstance(rule.then, FlagListing)}


def done_words(done: str) -> str:
    """What the page says after a button was pressed; "" for what is none."""
    return {
        "right": _("Kept. It is not asked again until it changes, or the time you chose is over."),
        "over": _("A planner has it now."),
        "back": _("It is its organization's turn again, where somebody there can change it."),
        "again": _("It will be asked again within a minute, if it is still so."),
        "gone": _("That is settled already."),
    }.get(done, "")


def _lines(flags: Iterator[OpenFlag]) -> Iterator[str]:
    yield MARK + csv_line(
        (
            "severity",
            "listing",
            "listing_id",
            "organization",
            "organization_id",
            "sector",
            "flag",
            "turn",
            "what",
            "what_to_do",
            "since",
            "mend",
        )
    )
    root = request.url_root.rstrip("/")
    for flag in flags:
        yield csv_line(
            (
                severity_words(flag.severity), flag.service, flag.service_id, flag.organization, flag.organization_id,
                sector_name(flag.sector) if flag.sector else "", flag.flag, flag.owner.value, reason_words(flag), way_out_words(flag),
                zone_day(flag), root + mend_address(flag),
            )
        )  # fmt: skip
