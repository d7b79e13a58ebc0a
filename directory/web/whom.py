"""Whom the help is for: answers about the person, told by form and kept in one sealed cookie of the browser (see `directory.web.person`).

Every step comes back to the search that it was told beside: to its address, or, where the search is private, to its results at once.
"""

from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from directory.domain.errors import InvalidInput
from directory.rules.catalogue import Field, Kind
from directory.rules.facts import FACTS
from directory.rules.listed import DISCLOSURES
from directory.rules.person import DECLINED_WORD, NONE_WORD, NOTHING_WORD
from directory.rules.plain_numbers import plain_number
from directory.services.finding.persons import person_in_words
from directory.web import find
from directory.web.asking import read_request
from directory.web.here import parts
from directory.web.languages import language
from directory.web.models.searches import step_to
from directory.web.person import forget, tell, told
from directory.web.wrong_fields import told_to_reader

SEE_OTHER = 303
_LONGEST_SEARCH = 8_000

blueprint = Blueprint("whom", __name__, url_prefix="/search/whom")


@blueprint.post("")
def answer() -> Response:
    """Take answers, take one back, or forget them all; then show the search again."""
    form = request.form
    search: MultiDict[str, str] = MultiDict(parse_qsl(form.get("search", "")[:_LONGEST_SEARCH]))
    is_private = form.get("private", "") == "yes"
    try:
        _take(form)
    except InvalidInput as error:
        return find.results_with(search, is_private=is_private, wrong=told_to_reader(error), written=form)
    if is_private:
        return find.results_with(search, is_private=True)
    return redirect(step_to(read_request(search, language())).href, SEE_OTHER)


def _take(form: MultiDict[str, str]) -> None:
    act, _colon, fact = form.get("act", "tell").partition(":")
    before = told()
    facts, skipped, avoids = dict(before.person.told), set(before.skipped), before.avoids
    if act == "forget":
        forget()
        return
    if act in ("back", "skip", "decline") and fact in FACTS:
        facts.pop(fact, None)
        skipped.discard(fact)
        if act == "skip":
            skipped.add(fact)
        elif act == "decline":
            facts[fact] = DECLINED_WORD
    elif act == "avoid":
        avoids = frozenset(name for name in form.getlist("avoid") if name in DISCLOSURES)
    else:
        facts |= _answers(form)
    tell(facts, avoids, frozenset(skipped))


def _answers(form: MultiDict[str, str]) -> dict[str, Any]:
    """The facts that the fields of a form tell; a field that is left blank tells nothing."""
    pairs = [f"{name}={value}" for name in FACTS if (value := _in_words(FACTS[name], form)) and name in form.getlist("asked")]
    return dict(person_in_words(parts(), pairs).told)


def _in_words(fact: Field, form: MultiDict[str, str]) -> str:
    given = [value.strip()[:120] for value in form.getlist(f"fact.{fact.name}") if value.strip()]
    if not given:
        return ""
    if fact.kind in (Kind.SET,):
        return NOTHING_WORD if given == [_NONE] else ",".join(value for value in given if value != _NONE)
    if fact.repeats:
        return ",".join(_each_age(given[0]))
    if fact.kind is Kind.NUMBER:
        return plain_number(given[0], is_age=not fact.is_whole)
    if fact.kind is Kind.MONEY:
        return f"{plain_number(given[0])}/{form.get(f'fact.{fact.name}.per', 'year')[:12]}"
    return given[0]


_NONE = "-"
"""What the box *none of these* sends: *none* is a value of some facts."""

_NOBODY = frozenset({"none", "no", "aucun", "aucune", "ninguno", "ninguna", "-"})


def _each_age(written: str) -> list[str]:
    ages = [part.strip() for part in written.replace(";", ",").replace(" and ", ",").replace(" et ", ",").replace(" y ", ",").split(",")]
    found = [part for part in ages if part]
    return [NONE_WORD] if len(found) == 1 and found[0].lower() in _NOBODY else [plain_number(part, is_age=True) for part in found]
