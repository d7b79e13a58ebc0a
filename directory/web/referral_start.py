"""Refer in two taps: the form with everything chosen already, then a code is sent and nothing of the person. In danger there is no form."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, Refused
from directory.domain.ids import is_id
from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.consent import Hindrance
from directory.domain.sentences import retold, say
from directory.services.finding.danger import danger_in
from directory.services.referrals.asked import Asked, area_named, read_asked
from directory.services.referrals.own import reroute
from directory.services.referrals.start import NewNeed, send, start_need
from directory.services.suggesting.avoid import PersonSaidNo
from directory.web.here import community, parts
from directory.web.models.danger import crisis_lines, shown_danger
from directory.web.models.referral_start import StartPage, start_page
from directory.web.person import told
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("referral_start", __name__, url_prefix="/referrals/start")

LONGEST_FIELD = 2_000
UNKNOWN_AREA = say("Where they live: write a city or a region that is known, with its region, such as London, Ontario; or leave it out.")


@blueprint.get("")
def form() -> AnyResponse:
    """The first tap. `danger`: the search spoke of danger now; `calm`: nobody is in danger any more, says the worker."""
    if request.args.get("danger") and not request.args.get("calm"):
        return _danger("")
    return _shown(read_asked(parts(), signed_in(), request.args.get("place", "")), request.args)


@blueprint.post("")
def begin() -> AnyResponse:
    """The second tap: send the code, or write down first what the person agrees to."""
    values = request.form
    asked = read_asked(parts(), signed_in(), values.get("place", ""))
    words = f"{values.get('matters', '')} {values.get('tried', '')}"[: 2 * LONGEST_FIELD]
    if values.get("in_danger") or (not values.get("calm") and danger_in(words, community())):
        return _danger(words)
    need_id, was_asked = "", values.get("asked_first") == "yes"
    try:
        need_id = _need(asked, values)
        attempt_id = reroute(parts(), signed_in(), need_id, "", asked.listing.id, asked.place.id, asked_first=was_asked)
        if values.get("do") == "agree":
            return redirect(url_for("referral_consent.form", need_id=need_id), code=303)
        send(parts(), signed_in(), attempt_id, asked_first=was_asked)
    except PersonSaidNo as error:
        begun = {**values.to_dict(), "whom": f"need:{need_id}"}  # what was begun goes on, once the person was asked
        return _shown(read_asked(parts(), signed_in(), values.get("place", "")), begun, ask_first=retold(error.message, _))
    except InvalidInput as error:
        return _shown(asked, values, told_to_reader(error))
    except Refused as error:
        return _shown(asked, values, told_to_reader(InvalidInput("whom", error.message)))
    return redirect(url_for("referral_needs.page", need_id=need_id, done="sent"), code=303)


def _need(asked: Asked, values: Mapping[str, str]) -> str:
    """The need that it is for: one that there is, or a new one of somebody known or new. None is made where nobody can be asked."""
    if not asked.takes_referrals:
        raise Refused(say("This organization takes no referrals here; call instead."))
    kind, _colon, need_id = values.get("whom", "").partition(":")
    if kind == "need" and is_id(need_id):
        return need_id
    area = values.get("lives", "")
    area_id = area_named(parts(), area)
    if area.strip() and not area_id:
        raise InvalidInput("lives", UNKNOWN_AREA)
    hindrance = values.get("hindrance", "")
    return start_need(
        parts(),
        signed_in(),
        values.get("team", "") or next(iter(sorted(signed_in().organizations())), ""),
        NewNeed(
            category=values.get("category", ""),
            urgency=Urgency.URGENT if values.get("urgency") == Urgency.URGENT else Urgency.ROUTINE,
            area_id=area_id,
            language=values.get("language", "")[:35],
            matters=values.get("matters", ""),
            tried=values.get("tried", ""),
            facts=_facts() if values.get("facts") else {},
            is_minor=bool(values.get("minor")),
            hindrance=Hindrance(hindrance) if hindrance in list(Hindrance) else None,
            person_of=need_id if kind == "person" and is_id(need_id) else "",
        ),
    )


def _facts() -> Mapping[str, Any]:
    """What was told of the person in this browser, where they live aside: that is kept coarse, beside it."""
    return {name: value for name, value in told().person.told.items() if name != "area"}


def _danger(words: str) -> AnyResponse:
    """Whom to call, and no form. Nothing of what was written is kept."""
    here = community()
    found = shown_danger(danger_in(words, here)) if words.strip() else None
    place = request.values.get("place", "")
    again = url_for(".form", place=place, category=request.values.get("category"), calm=1) if is_id(place) else url_for("referrals.board")
    body = render_template("referrals/danger.html", found=found, lines=crisis_lines(here.crisis_lines), again=again)
    return make_response(body)


def _shown(asked: Asked, values: Mapping[str, str], wrong: WrongField | None = None, ask_first: str = "") -> AnyResponse:
    """`ask_first`: the person wants this organization kept out of it, in a sentence."""
    page: StartPage = start_page(asked, values, signed_in())
    body = render_template("referrals/start.html", page=page, wrong=wrong, longest=LONGEST_FIELD, ask_first=ask_first)
    return make_response(body, 400 if wrong else 409 if ask_first else 200)
