"""The parameters of a search for tasks. One that is not known is an error: a misspelt one would silently change what is found."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from directory.domain.errors import InvalidInput
from directory.domain.ids import is_id
from directory.domain.sentences import say
from directory.services.exchange.fhir.own_tasks import COMPARE, MOST_AT_ONCE, USUAL_AT_ONCE, TaskQuery

AFTER = "_after"
KNOWN = ("_id", "_lastUpdated", "status", "owner", "requester", "_count", "_include", "_format", AFTER)
_JSON = frozenset({"json", "text/json", "application/json", "application/fhir+json"})


def task_query(arguments: "MultiDict[str, str]") -> TaskQuery:
    """Raise `InvalidInput`."""
    for name in arguments:
        if name not in KNOWN:
            raise InvalidInput(name, say("There is no parameter %(name)s; there are: %(known)s.", name=name[:40], known=", ".join(KNOWN)))
    if arguments.get("_format", "json").replace(" ", "+") not in _JSON:
        raise InvalidInput("_format", say("There is JSON only."))
    return TaskQuery(
        ids=_ids("_id", _several(arguments, "_id")),
        statuses=_several(arguments, "status"),
        owners=_organizations(arguments, "owner"),
        requesters=_organizations(arguments, "requester"),
        updated=tuple(_moment(said) for said in arguments.getlist("_lastUpdated")),
        with_requests=_include(arguments.getlist("_include")),
        size=_size(arguments.get("_count", "")),
        after="".join(_ids(AFTER, _several(arguments, AFTER)[:1])),
    )


def next_address(address: str, arguments: "MultiDict[str, str]", last_id: str) -> str:
    """Where the page lies that follows this one."""
    pairs = [(name, value) for name, value in arguments.items(multi=True) if name != AFTER]
    return f"{address}?{urlencode([*pairs, (AFTER, last_id)])}"


def _several(arguments: "MultiDict[str, str]", name: str) -> tuple[str, ...]:
    return tuple(part.strip() for value in arguments.getlist(name) for part in value.split(",") if part.strip())


def _organizations(arguments: "MultiDict[str, str]", name: str) -> tuple[str, ...]:
    """With or without the kind before the id, or a whole address."""
    return _ids(name, tuple(each.rpartition("/")[2] for each in _several(arguments, name)))


def _ids(name: str, found: tuple[str, ...]) -> tuple[str, ...]:
    for each in found:
        if not is_id(each):
            raise InvalidInput(name, say("%(name)s must be an id.", name=name))
    return found


def _include(found: list[str]) -> bool:
    for each in found:
        if each != "Task:focus":
            raise InvalidInput("_include", say("Only Task:focus can be included."))
    return bool(found)


def _size(said: str) -> int:
    if not said:
        return USUAL_AT_ONCE
    if not said.isascii() or not said.isdigit() or not 1 <= int(said[:9]) <= MOST_AT_ONCE:
        raise InvalidInput("_count", say("_count must be from 1 to %(most)s.", most=MOST_AT_ONCE))
    return int(said)


def _moment(said: str) -> tuple[str, datetime]:
    """How and with what to compare. A date stands for its whole day in UTC."""
    how, text = said[:2], said[2:].replace(" ", "+")
    if how not in COMPARE:
        raise InvalidInput("_lastUpdated", say("Write ge, gt, le or lt before the moment, as in ge2026-11-26T08:00:00Z."))
    try:
        if len(text) <= 10:
            day = datetime.combine(date.fromisoformat(text), time(), UTC)
            return _DAYS[how](day)
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise InvalidInput("_lastUpdated", say("That is no moment; write one as in ge2026-11-26T08:00:00Z.")) from None
    if found.tzinfo is None:
        raise InvalidInput("_lastUpdated", say("Say the zone of the moment, as in ge2026-11-26T08:00:00Z."))
    return how, found.astimezone(UTC)


_ONE_DAY = timedelta(days=1)
_DAYS: Mapping[str, Callable[[datetime], tuple[str, datetime]]] = {
    "ge": lambda day: ("ge", day),
    "gt": lambda day: ("ge", day + _ONE_DAY),
    "le": lambda day: ("lt", day + _ONE_DAY),
    "lt": lambda day: ("lt", day),
}
