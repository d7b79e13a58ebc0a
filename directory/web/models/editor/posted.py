"""What a posted form says, as raw values of fields: nothing is judged here, so that what was typed stays where something is wrong.

Names of inputs are the field's key, a dot, and the part: `name`, `ages.from`, `hours.MO.0.opens`, `phones.2.number`. A field was on the
page only if its key is among the values of `has`; one that was not is left alone.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from directory.domain.editing.hours import ORDINALS
from directory.domain.editing.keys import Form, read_key
from directory.domain.editing.parts_values import ADDRESS_LINES
from directory.domain.hours.recurrence import WEEKDAYS
from directory.rules.listed import DISCLOSURES
from directory.services.exchange.prepare.languages import language_code
from directory.web.models.editor.posted_whom import read_criteria

Posted = MultiDict[str, str]
MOST_ROWS = 80
Read = Callable[[Posted, str, Any, ZoneInfo], Any]
_SPLIT = re.compile(r"[,;\n]+")
_ITEM_NAMES = {
    "phones": ("id", "number", "extension", "type", "description", "sms", "confidential"),
    "amounts": ("id", "option", "amount", "currency", "note"),
    "contacts": ("id", "name", "title", "department", "email", "published"),
    "access": ("id", "code", "description", "details"),
}


def read_posted(form: Posted, base: Mapping[str, Any], zone: ZoneInfo) -> Form:
    """The fields that the page held, as they were typed. `base` supplies what no page carries, as drawn areas."""
    found: Form = {}
    for key in dict.fromkeys(form.getlist("has")):
        read: Read = _text if read_key(key).language else _READERS.get(read_key(key).name, _text)
        found[key] = read(form, key, base.get(key), zone)
    return found


def _text(form: Posted, key: str, _base: Any, _zone: ZoneInfo) -> str:
    return form.get(key, "")


def _words(form: Posted, key: str, _base: Any, _zone: ZoneInfo) -> list[str]:
    return [word for word in form.getlist(key) if word]


def _yes(form: Posted, key: str, _base: Any, _zone: ZoneInfo) -> bool:
    return form.get(key) == "yes"


def _listed(form: Posted, key: str, _base: Any, _zone: ZoneInfo) -> bool:
    return form.get(key) != "no"


def _yes_no_unknown(form: Posted, key: str, _base: Any, _zone: ZoneInfo) -> str:
    return form.get(key, "")


def _lines(form: Posted, key: str, _base: Any, _zone: ZoneInfo) -> list[str]:
    return [line for line in form.get(key, "").splitlines() if line.strip()]


def _languages(form: Posted, key: str, _base: Any, _zone: ZoneInfo) -> list[str]:
    written = [name.strip() for name in _SPLIT.split(form.get(f"{key}.more", "")) if name.strip()]
    return sorted({*form.getlist(key), *(language_code(None, name) or name for name in written)})


def _ages(form: Posted, key: str, _base: Any, _zone: ZoneInfo) -> dict[str, str]:
    return {end: form.get(f"{key}.{end}", "").strip() for end in ("from", "to")}


def _hours(form: Posted, key: str, base: Any, _zone: ZoneInfo) -> dict[str, Any]:
    week = {day: _spells(form, f"{key}.{day}") for day in WEEKDAYS}
    monthly = []
    for row in _rows(form, f"{key}.monthly"):
        which, weekday = form.get(f"{row}.which", ""), form.get(f"{row}.day", "")
        opens, closes = form.get(f"{row}.opens", ""), form.get(f"{row}.closes", "")
        if which in ORDINALS and weekday in WEEKDAYS and (opens or closes):
            monthly.append([f"{which}{weekday}", opens, closes])
    others = base.get("other", ()) if isinstance(base, Mapping) else ()
    kept = [row for index, row in enumerate(others) if form.get(f"{key}.other.{index}") == "keep"]
    found = {"week": {day: spells for day, spells in week.items() if spells}, "monthly": monthly, "other": kept}
    return {name: value for name, value in found.items() if value}


def _spells(form: Posted, day: str) -> list[list[str]]:
    if form.get(f"{day}.all") == "yes":
        return [["00:00", "00:00"]]
    pairs = [[form.get(f"{row}.opens", "").strip(), form.get(f"{row}.closes", "").strip()] for row in _rows(form, day)]
    return [pair for pair in pairs if any(pair)]


def _exceptions(form: Posted, key: str, _base: Any, _zone: ZoneInfo) -> list[dict[str, Any]]:
    found = []
    for row in _rows(form, key):
        item: dict[str, Any] = {name: form.get(f"{row}.{name}", "").strip() for name in ("effect", "from", "to", "opens", "closes", "note")}
        if not item["from"] and not item["to"] and not item["note"] and not item["opens"]:
            continue
        if not item["to"] and form.get(f"{row}.open_end") != "yes":
            item["to"] = item["from"]
        if item["effect"] == "closes":
            item["opens"] = item["closes"] = ""
        found.append({**item, "days": form.getlist(f"{row}.days")})
    return found


def _items(form: Posted, key: str, _base: Any, _zone: ZoneInfo) -> list[dict[str, Any]]:
    names = _ITEM_NAMES[read_key(key).name]
    found = []
    for row in _rows(form, key):
        if form.get(f"{row}.gone") == "yes":
            continue
        item = {name: form.get(f"{row}.{name}", "").strip() for name in names}
        if any(value for name, value in item.items() if name not in ("id", "currency", "type")):
            found.append(item)
    return found


def _access(form: Posted, key: str, base: Any, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Ticked features keep what was said beside them."""
    before = {item["code"]: item for item in base or () if item["code"]}
    ticked = [before.get(code, {"id": "", "code": code, "description": "", "details": ""}) for code in form.getlist(f"{key}.codes")]
    return [*ticked, *_items(form, key, base, zone)]


def _served(form: Posted, key: str, base: Any, _zone: ZoneInfo) -> list[dict[str, Any]]:
    kept = [item for item in base or () if item["id"] and form.get(f"{key}.keep.{item['id']}") == "yes"]
    said = {name.strip().casefold(): name.strip() for name in form.getlist(f"{key}.new")}  # ticked, and typed once more
    here = {item["name"].casefold() for item in kept}
    new = [{"id": "", "name": name, "area_id": "", "postal_codes": [], "extent": ""} for low, name in said.items() if low not in here]
    codes = [code.strip() for code in _SPLIT.split(form.get(f"{key}.codes", "")) if code.strip()]
    with_codes = [item for item in kept if item["postal_codes"] and not item["name"] and not item["extent"]]
    if codes:
        first = with_codes[0] if with_codes else {"id": "", "name": "", "area_id": "", "extent": ""}
        return [
            *(item for item in kept if item not in with_codes),
            {**first, "postal_codes": codes},
            *(item for item in new if item["name"]),
        ]
    return [*(item for item in kept if item not in with_codes), *(item for item in new if item["name"])]


def _address(form: Posted, key: str, _base: Any, _zone: ZoneInfo) -> dict[str, str]:
    return {name: form.get(f"{key}.{name}", "") for name in ADDRESS_LINES}


def _point(form: Posted, key: str, base: Any, _zone: ZoneInfo) -> dict[str, Any]:
    """The degrees that were typed; as long as they are the same, all that is known of the point stays."""
    before = base or {}
    degrees = {name: form.get(f"{key}.{name}", "").strip() for name in ("latitude", "longitude")}
    if all(degrees[name] == point_text(before.get(name)) for name in degrees):
        return dict(before)
    return {**degrees} if any(degrees.values()) else {name: before.get(name) for name in ("zone", "area_id")}


def point_text(value: Any) -> str:
    """Degrees as the page shows them."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float | int) else str(value)


def _capacity(form: Posted, key: str, _base: Any, zone: ZoneInfo) -> dict[str, Any]:
    status = form.get(f"{key}.status", "")
    if not status:
        return {}
    return {"status": status, "note": form.get(f"{key}.note", ""), "until": _local_moment(form.get(f"{key}.until", ""), zone)}


def _local_moment(text: str, zone: ZoneInfo) -> str:
    """A moment typed on the clock of the place; what is no moment stays as it was typed."""
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=zone).isoformat() if text.strip() else ""
    except ValueError:
        return text


def _places(form: Posted, key: str, base: Any, _zone: ZoneInfo) -> dict[str, str]:
    before = base or {}
    pairs = [pair.partition("=") for pair in form.getlist(f"{key}.pair")]
    said = {site: location for site, sign, location in pairs if sign}
    gone = set(form.getlist(f"{key}.gone"))
    return {site: location for site, location in {**said, **before}.items() if site not in gone and site in said}


def _rows(form: Posted, prefix: str) -> list[str]:
    """The rows of a list: every prefix with a number for which anything was posted, in the order of the numbers."""
    pattern = re.compile(rf"{re.escape(prefix)}\.(\d{{1,3}})\.")
    numbers = sorted({int(match[1]) for name in form if (match := pattern.match(name))})
    return [f"{prefix}.{number}" for number in numbers[:MOST_ROWS]]


_READERS: dict[str, Read] = {
    **dict.fromkeys(("categories", "cost", "ways_in", "remote"), _words),
    "languages": _languages,
    "documents": _lines,
    "ages": _ages,
    "criteria": read_criteria,
    **dict.fromkeys(DISCLOSURES, _yes_no_unknown),
    "confidential": _yes,
    "listed": _listed,
    "closed_on_holidays": _yes_no_unknown,
    "hours": _hours,
    "intake": _hours,
    "exceptions": _exceptions,
    "phones": _items,
    "amounts": _items,
    "contacts": _items,
    "access": _access,
    "served": _served,
    "address": _address,
    "point": _point,
    "capacity": _capacity,
    "places": _places,
}
