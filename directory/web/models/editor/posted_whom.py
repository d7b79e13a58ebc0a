"""What a page posts of who can come: answers to the six plain questions, with the criteria that they were asked for."""

import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from directory.rules.criteria import DOCUMENTS, REFERRERS
from directory.rules.plain_answers import EMPTY, plain_of
from directory.rules.situations import SITUATIONS

_OF_MONEY = {"words": ("words",), "amount": ("amount", "currency", "per"), "share": ("percent", "of")}
_ORDERS = {"situation": SITUATIONS, "papers": tuple(DOCUMENTS), "helps": tuple(DOCUMENTS)}


def read_criteria(form: MultiDict[str, str], key: str, base: Any, _zone: ZoneInfo) -> Any:
    """The criteria that were shown, where every answer stayed the same; else the answers as typed, beside them."""
    shown, ages = _held(form, f"{key}.shown", base or {}), _held(form, f"{key}.ages", None)
    typed = _settled({name: _typed(form, f"{key}.{name}", empty) for name, empty in EMPTY.items()})
    try:
        is_same = typed == plain_of(shown, ages).answers
    except (KeyError, TypeError, ValueError, AttributeError):  # the page was tampered with
        shown, is_same = base or {}, False
    return shown if is_same else {"typed": typed, "base": shown, "ages": ages}


def _held(form: MultiDict[str, str], name: str, otherwise: Any) -> Any:
    try:
        found = json.loads(form.get(name, "") or "null")
    except ValueError:
        return otherwise
    return found if isinstance(found, Mapping) else otherwise


def _typed(form: MultiDict[str, str], name: str, empty: Any) -> Any:
    if isinstance(empty, list):
        return [value for value in dict.fromkeys(form.getlist(name)) if value]
    return form.get(name, "").replace("\r\n", "\n").strip()


def _settled(typed: dict[str, Any]) -> dict[str, Any]:
    """In the order and with the answers that count: what belongs to another choice was not said."""
    for name, order in _ORDERS.items():
        typed[name] = [value for value in order if value in typed[name]]
    typed |= {"gender": sorted(typed["gender"]), "areas": sorted(typed["areas"])}
    typed["referrers"] = sorted(each for each in typed["referrers"] if each in REFERRERS)
    for how, names in _OF_MONEY.items():
        if typed["money"] != how:
            typed |= dict.fromkeys(names, "")
    if len(typed["situation"]) < 2:
        typed["enough"] = "any" if typed["situation"] else ""
    if len(typed["papers"]) < 2:
        typed["one_is_enough"] = ""
    return typed
