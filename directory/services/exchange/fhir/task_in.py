"""Reads a `Task` that a receiver's system sent in: what it says of the status, and whether it leaves alone what is not its to change."""

from datetime import date
from typing import Any

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say
from directory.services.exchange.fhir.answers import Said
from directory.services.exchange.fhir.reasons import BUSINESS_STATUS, STATUS_REASON
from directory.services.exchange.fhir.task import REVIEW_DATE, WAIT_POSITION
from directory.services.exchange.fhir.terms import OURS, Here, Json

LONGEST_TEXT = 2_000
NOT_ITS_TO_CHANGE = ("intent", "code", "focus", "for", "authoredOn", "requester", "owner", "groupIdentifier", "priority")


def said_in(here: Here, sent: Any, shown: Json) -> Said:
    """`shown`: the Task as it is shown now. Raise `InvalidInput`."""
    if not isinstance(sent, dict) or sent.get("resourceType") != "Task":
        raise InvalidInput("resourceType", say("Send a Task."))
    if sent.get("id") != shown["id"]:
        raise InvalidInput("id", say("The id must be the one in the address."))
    for name in NOT_ITS_TO_CHANGE:
        if name in sent and not _is_same(sent[name], shown.get(name)):
            raise InvalidInput(name, say("%(name)s is not changed here; leave it out, or as it is.", name=name))
    reason = _concept(sent, "statusReason")
    is_repeated = reason == shown.get("statusReason")
    return Said(
        status=_text(sent, "status"),
        business=_own_code(_concept(sent, "businessStatus"), here.codes(BUSINESS_STATUS), "businessStatus"),
        reason=_own_code(reason, here.codes(STATUS_REASON), "statusReason"),
        text="" if is_repeated else _text(reason, "text"),
        named=_named(sent),
        wait_position=_position(_extension(sent, here.extension(WAIT_POSITION), "valuePositiveInt")),
        review_on=_day(_extension(sent, here.extension(REVIEW_DATE), "valueDate")),
    )


def _is_same(sent: Any, shown: Any) -> bool:
    """Displays and texts may be left out or differ: they only say the same again."""
    if isinstance(sent, dict) and isinstance(shown, dict):
        return all(_is_same(value, shown.get(name)) for name, value in sent.items() if name not in ("display", "text"))
    if isinstance(sent, list) and isinstance(shown, list):
        return len(sent) == len(shown) and all(_is_same(one, other) for one, other in zip(sent, shown, strict=True))
    if isinstance(sent, str) and isinstance(shown, str):
        return _within(sent) == _within(shown)
    return bool(sent == shown)


def _within(address: str) -> str:
    """An address of ours without the name of the host: a site may be called by several."""
    return address.rpartition(OURS)[2]


def _concept(sent: Json, name: str) -> Json:
    found = sent.get(name) or {}
    if not isinstance(found, dict):
        raise InvalidInput(name, say("%(name)s must be a CodeableConcept.", name=name))
    return found


def _own_code(found: Json, system: str, name: str) -> str:
    """The first code of our own list, or without any system. One of another list alone says nothing that we know."""
    codings = found.get("coding") or []
    if not isinstance(codings, list) or not all(isinstance(each, dict) for each in codings):
        raise InvalidInput(name, say("%(name)s must be a CodeableConcept.", name=name))
    own = [each.get("code") for each in codings if _within(str(each.get("system", system))) == _within(system)]
    return str(own[0]) if own else ""


def _text(found: Json, name: str) -> str:
    value = found.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise InvalidInput(name, say("%(name)s must be a text of at most %(most)s signs.", name=name, most=LONGEST_TEXT))
    return " ".join(value.split())


def _named(sent: Json) -> str:
    notes = sent.get("note") or []
    if not isinstance(notes, list):
        raise InvalidInput("note", say("%(name)s must be a list.", name="note"))
    return next((name for note in notes if isinstance(note, dict) and (name := _text(note, "authorString"))), "")


def _extension(sent: Json, url: str, name: str) -> Any:
    extensions = sent.get("extension") or []
    found = extensions if isinstance(extensions, list) else []
    return next((each.get(name) for each in found if isinstance(each, dict) and _within(str(each.get("url"))) == _within(url)), None)


def _position(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 100_000:
        raise InvalidInput("extension", say("The place in line must be a whole number from 1 on."))
    return value


def _day(value: Any) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidInput("extension", say("The day on which you look at the list again must be a date, as in 2026-12-24.")) from None
