"""A change in words: what a field said and what it says, line by line, with only the lines that differ.

How clocks, days and codes are called is the teller's: in English here, in the reader's language on pages.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from directory.domain.editing.differences import FieldChange
from directory.domain.editing.fields import field_of
from directory.domain.editing.hours import ALL_DAY
from directory.domain.editing.keys import SERVICE, read_key
from directory.domain.sentences import say

_DAYS = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday", "SU": "Sunday"}
_MONTHLY = {
    "1": say("first %(weekday)s of the month"),
    "2": say("second %(weekday)s of the month"),
    "3": say("third %(weekday)s of the month"),
    "4": say("fourth %(weekday)s of the month"),
    "5": say("fifth %(weekday)s of the month"),
    "-1": say("last %(weekday)s of the month"),
}


class Teller(Protocol):
    """Says what values are called."""

    def say(self, template: str, **values: object) -> str: ...
    def clock(self, text: str) -> str: ...
    def day(self, text: str) -> str: ...
    def moment(self, text: str) -> str: ...
    def weekday(self, code: str) -> str: ...
    def choice(self, field: str, value: str) -> str: ...
    def whom(self, entries: Mapping[str, Any]) -> Sequence[str]: ...


class InEnglish:
    """Values as programs write them, with English words around."""

    def say(self, template: str, **values: object) -> str:
        return template % values if values else template

    def clock(self, text: str) -> str:
        return text

    def day(self, text: str) -> str:
        return text

    def moment(self, text: str) -> str:
        return text.replace("T", " ")[:16] + " UTC"

    def weekday(self, code: str) -> str:
        return _DAYS[code]

    def choice(self, field: str, value: str) -> str:  # noqa: ARG002
        return value.replace("_", " ").replace("-", " ")

    def whom(self, entries: Mapping[str, Any]) -> Sequence[str]:
        return [f"{name}: {json.dumps(entry, ensure_ascii=False, sort_keys=True)}" for name, entry in entries.items()]


ENGLISH = InEnglish()


@dataclass(frozen=True, slots=True)
class Explained:
    """`before` and `after` hold only the lines that differ; both empty: it is not told what it was."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def __str__(self) -> str:
        if self.before and self.after:
            return f"{self.label}: {_quoted(self.before)} became {_quoted(self.after)}"
        if self.before or self.after:
            return f"{self.label}: {'added' if self.after else 'took out'} {_quoted(self.after or self.before)}"
        return f"{self.label}: changed"


def explain(change: FieldChange, tell: Teller = ENGLISH, kind: str = SERVICE) -> Explained:
    """A change in words."""
    before, after = (lines(change.field, value, tell, kind) for value in (change.before, change.after))
    return Explained(
        label(change.field, tell, kind),
        tuple(text for text in before if text not in after),
        tuple(text for text in after if text not in before),
    )


def label(key: str, tell: Teller = ENGLISH, kind: str = SERVICE) -> str:
    """What a field is called; a text in another language with its language."""
    read = read_key(key)
    name = tell.say(field_of(read, kind).label)
    return f"{name} ({tell.choice('languages', read.language)})" if read.language else name


def lines(key: str, value: Any, tell: Teller = ENGLISH, kind: str = SERVICE) -> tuple[str, ...]:
    """What a value says, one thing a line; nothing where it says nothing."""
    field = field_of(key, kind)
    if value is None or (value == field.empty and not isinstance(value, bool)):
        return ()
    found = _LINES.get(field.name)
    if found is not None:
        return tuple(text for text in found(value, tell) if text)
    if isinstance(value, bool):
        return (tell.say("Yes") if value else tell.say("No"),)
    if isinstance(value, list):
        return tuple(tell.choice(field.name, str(item)) for item in value)
    return (tell.choice(field.name, value),) if field.name in _CHOICES else tuple(str(value).split("\n"))


_CHOICES = frozenset({"status", "location_type", "sector", "text_language"})


def _hours(value: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    for day, spells in value.get("week", {}).items():
        yield f"{tell.weekday(day)} {', '.join(spell_words(spell, tell) for spell in spells)}"
    for day, *spell in value.get("monthly", ()):
        yield f"{monthly_words(day, tell)} {spell_words(spell, tell)}"
    for row in value.get("other", ()):
        yield _other(row, tell)


def spell_words(spell: Sequence[str], tell: Teller) -> str:
    """Hours from when to when."""
    return tell.say("day and night") if list(spell) == ALL_DAY else "–".join(tell.clock(part) for part in spell)


def monthly_words(day: str, tell: Teller) -> str:
    """Which weekday of the month."""
    return tell.say(_MONTHLY[day[:-2]], weekday=tell.weekday(day[-2:]))


def _other(row: Mapping[str, Any], tell: Teller) -> str:
    """A rule of a feed that the grid cannot show, part by part."""
    days = ", ".join(tell.weekday(day) for day in str(row.get("byday", "")).split(",") if day in _DAYS) or str(row.get("byday", ""))
    often = tell.say("every %(count)s weeks or months", count=row["interval"]) if row.get("interval") else ""
    since = tell.say("from %(day)s", day=tell.day(str(row["dtstart"]))) if row.get("dtstart") else ""
    until = tell.say("until %(day)s", day=tell.day(str(row["until"]))) if row.get("until") else ""
    times = "–".join(tell.clock(str(row[name])) for name in ("opens_at", "closes_at") if row.get(name))
    return ", ".join(text for text in (days, often, since, until, times) if text) or tell.say("a rule of its source")


def _exceptions(value: Sequence[Mapping[str, Any]], tell: Teller) -> Iterator[str]:
    for item in value:
        yield exception_words(item, tell)


def exception_words(item: Mapping[str, Any], tell: Teller) -> str:
    """One line of the days that differ."""
    first, last = item["from"], item["to"]
    when = tell.day(first)
    if not last:
        when = tell.say("from %(day)s", day=when)
    elif last != first:
        when = f"{when} – {tell.day(last)}"
    days = ", ".join(tell.weekday(day) for day in item["days"])
    spell = spell_words((item["opens"], item["closes"]), tell) if item["opens"] else ""
    what = {
        "closes": tell.say("closed"),
        "replaces": tell.say("only %(hours)s", hours=spell),
        "adds": tell.say("also %(hours)s", hours=spell),
    }[item["effect"]]
    note = f" ({item['note']})" if item["note"] else ""
    return f"{when}{f' ({days})' if days else ''}: {what}{note}"


def _ages(value: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    if value["from"] is not None:
        yield tell.say("from %(age)s years", age=f"{value['from']:g}")
    if value["to"] is not None:
        yield tell.say("up to %(age)s years", age=f"{value['to']:g}")


def _criteria(value: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    yield from tell.whom(value)


def _phones(value: Sequence[Mapping[str, Any]], tell: Teller) -> Iterator[str]:
    for item in value:
        extension = tell.say("ext. %(number)s", number=item["extension"]) if item["extension"] else ""
        sms = tell.say("takes texts") if item["sms"] else ""
        secret = tell.say("not shown to the public") if item["confidential"] else ""
        yield " · ".join(text for text in (item["number"], extension, item["type"], item["description"], sms, secret) if text)


def _amounts(value: Sequence[Mapping[str, Any]], _tell: Teller) -> Iterator[str]:
    for item in value:
        amount = f"{item['amount']:.2f} {item['currency']}" if item["amount"] is not None else ""
        yield " · ".join(text for text in (item["option"], amount, item["note"]) if text)


def _served(value: Sequence[Mapping[str, Any]], tell: Teller) -> Iterator[str]:
    for item in value:
        drawn = tell.say("an area drawn on a map") if item["extent"] and not item["name"] else ""
        yield " · ".join(text for text in (item["name"], drawn, ", ".join(item["postal_codes"])) if text)


def _access(value: Sequence[Mapping[str, Any]], tell: Teller) -> Iterator[str]:
    for item in value:
        name = tell.choice("access", item["code"]) if item["code"] else item["description"]
        yield ": ".join(text for text in (name, item["details"]) if text)


def _contacts(value: Sequence[Mapping[str, Any]], tell: Teller) -> Iterator[str]:
    for item in value:
        shown = "" if item["published"] else tell.say("not shown to the public")
        yield " · ".join(text for text in (item["name"], item["title"], item["department"], item["email"], shown) if text)


def _address(value: Mapping[str, str], _tell: Teller) -> Iterator[str]:
    yield ", ".join(
        text
        for text in (
            value["attention"], value["address_1"], value["address_2"],
            " ".join(filter(None, (value["city"], value["state_province"], value["postal_code"]))), value["country"],
        )
        if text
    )  # fmt: skip


def _point(value: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    if value.get("latitude") is not None:
        yield f"{value['latitude']:.5f}, {value['longitude']:.5f}"
    elif value.get("area_id"):
        yield tell.say("only the area is known")


def _capacity(value: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    until = tell.say("until %(day)s", day=tell.moment(value["until"])) if value["until"] else ""
    yield " · ".join(text for text in (tell.choice("capacity", value["status"]), value["note"], until) if text)


def _places(value: Mapping[str, str], tell: Teller) -> Iterator[str]:
    yield tell.say("%(count)s places", count=len(value)) if len(value) != 1 else tell.say("1 place")


_LINES: dict[str, Callable[[Any, Teller], Iterator[str]]] = {
    "hours": _hours,
    "intake": _hours,
    "exceptions": _exceptions,
    "ages": _ages,
    "criteria": _criteria,
    "phones": _phones,
    "amounts": _amounts,
    "served": _served,
    "access": _access,
    "contacts": _contacts,
    "address": _address,
    "point": _point,
    "capacity": _capacity,
    "places": _places,
}


def _quoted(found: Sequence[str]) -> str:
    return "; ".join(f"“{text}”" for text in found)
