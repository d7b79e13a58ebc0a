"""The fields of a form that are parts of a record: phones, prices, documents, areas served, hours, room, texts in other languages."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from directory.domain.editing.parts_values import ADDRESS_LINES
from directory.services.editing.codecs import Codec
from directory.services.editing.records import Record, Row
from directory.services.exchange.apply.tables import row_of
from directory.services.exchange.prepare.languages import CODES
from directory.services.exchange.prepare.phones import read_phone

_Names = Mapping[str, str]


def _owned(record: Record, row: Row) -> bool:
    return row.get(record.owner) == record.object_id


def rows(kind: str, names: _Names, settle: Callable[[Record, Row, Row], None] = lambda *_: None) -> Codec:
    """A list of items, each a row known by its id. `names`: the item's word -> its column. `settle(record, before, row)` fills what follows
    from the rest."""

    def read(record: Record) -> list[dict[str, Any]]:
        return [{"id": str(row["id"]), **{word: _said(row.get(name)) for word, name in names.items()}} for row in record.rows(kind)]

    def write(record: Record, value: list[dict[str, Any]]) -> None:
        before = {str(row["id"]): row for row in record.rows(kind)}
        after = []
        for item in value:
            told = {name: item[word] if item[word] not in ("", []) else None for word, name in names.items()}
            stored = before.get(item["id"], {})
            row = record.new_part(kind, {**stored, **told}, item["id"])
            settle(record, stored, row)
            after.append(row)
        record.replace(kind, list(before.values()), after)

    return Codec(read, write, part=kind, owns=_owned)


def _said(value: Any) -> Any:
    """Nothing is said as an empty text; lists and yes or no stay what they are."""
    return "" if value is None else value


def _settle_phone(record: Record, before: Row, row: Row) -> None:
    row["sms"] = None if row["sms"] == "" else row["sms"]
    row["confidential"] = bool(row["confidential"])
    if row["number"] != before.get("number"):
        found = read_phone(row["number"], record.country)
        row["e164"] = found.dial or None
        if found.extension and not row["extension"]:
            row["extension"] = found.extension


_PHONE: _Names = {name: name for name in ("number", "extension", "type", "description", "sms", "confidential")}
_plain_phones = rows("phone", _PHONE, _settle_phone)


def _read_phones(record: Record) -> list[dict[str, Any]]:
    found = _plain_phones.read(record)
    return [{**item, "sms": None if item["sms"] == "" else item["sms"], "confidential": bool(item["confidential"])} for item in found]


phones = Codec(_read_phones, _plain_phones.write, part="phone", owns=_owned)

_AMOUNT: _Names = {"option": "option", "amount": "amount", "currency": "currency", "note": "amount_description"}
_plain_amounts = rows("cost_option", _AMOUNT)


def _read_amounts(record: Record) -> list[dict[str, Any]]:
    return [{**item, "amount": None if item["amount"] == "" else float(item["amount"])} for item in _plain_amounts.read(record)]


amounts = Codec(_read_amounts, _plain_amounts.write, part="cost_option", owns=_owned)


def _settle_area(_record: Record, _before: Row, row: Row) -> None:
    row["postal_codes"] = row["postal_codes"] or []
    if row["extent"] and not row["extent_type"]:
        row["extent_type"] = "geojson"


_AREA: _Names = {name: name for name in ("name", "area_id", "postal_codes", "extent")}
_plain_served = rows("service_area", _AREA, _settle_area)


def _read_served(record: Record) -> list[dict[str, Any]]:
    found = _plain_served.read(record)
    stored = {str(row["id"]): row for row in record.rows("service_area")}
    return [
        {**item, "name": item["name"] or stored[item["id"]].get("description") or "", "postal_codes": list(item["postal_codes"] or ())}
        for item in found
    ]


served = Codec(_read_served, _plain_served.write, part="service_area", owns=_owned)
access = rows("accessibility", {name: name for name in ("code", "description", "details")})


def _settle_contact(_record: Record, _before: Row, row: Row) -> None:
    row["published"] = bool(row["published"])


_plain_contacts = rows("contact", {name: name for name in ("name", "title", "department", "email", "published")}, _settle_contact)


def _read_contacts(record: Record) -> list[dict[str, Any]]:
    return [{**item, "published": bool(item["published"])} for item in _plain_contacts.read(record)]


contacts = Codec(_read_contacts, _plain_contacts.write, part="contact", owns=_owned)


def _read_documents(record: Record) -> list[str]:
    return sorted({row["document"] for row in record.rows("required_document")})


def _write_documents(record: Record, value: list[str]) -> None:
    before = record.rows("required_document")
    kept = [row for row in before if row["document"] in value]
    known = {row["document"] for row in kept}
    new = [record.new_part("required_document", {"document": text}) for text in value if text not in known]
    record.replace("required_document", before, [*kept, *new])


documents = Codec(_read_documents, _write_documents, part="required_document", owns=_owned)


def _language(row: Row) -> str:
    return row.get("code") or row.get("name") or ""


def _read_languages(record: Record) -> list[str]:
    return sorted({_language(row) for row in record.rows("language")} - {""})


def _write_languages(record: Record, value: list[str]) -> None:
    before = record.rows("language")
    kept = [row for row in before if _language(row) in value]
    known = {_language(row) for row in kept}
    new = [record.new_part("language", _named_language(text)) for text in value if text not in known]
    record.replace("language", before, [*kept, *new])


def _named_language(text: str) -> Row:
    return {"code": text} if text.partition("-")[0] in CODES else {"name": text}


languages = Codec(_read_languages, _write_languages, part="language", owns=_owned)


def _of_service(record: Record, row: Row) -> bool:
    return str(row["service_id"]) == record.object_id


def _read_categories(record: Record) -> list[str]:
    return sorted({row["category"] for row in record.parts.get("service_category", ())})


def _write_categories(record: Record, value: list[str]) -> None:
    before = record.parts.get("service_category", [])
    kept = [row for row in before if row["category"] in value]
    known = {row["category"] for row in kept}
    new = [
        row_of("service_category", {}, service_id=record.object_id, category=slug, origin="stated") for slug in value if slug not in known
    ]
    record.parts["service_category"] = [*kept, *new]


categories = Codec(_read_categories, _write_categories, part="service_category", owns=_of_service)


def _of_room(record: Record, row: Row) -> bool:
    """Room of the whole service; beds and seats counted by kind stay with whoever counts them."""
    return _owned(record, row) and not row.get("unit_id")


def _rooms(record: Record) -> list[Row]:
    return sorted(record.rows("service_capacity", lambda row: _of_room(record, row)), key=lambda row: row["updated"], reverse=True)


def _read_capacity(record: Record) -> dict[str, Any]:
    row = next(iter(_rooms(record)), None)
    if row is None or not row.get("status") or (row["expires_at"] is not None and row["expires_at"] <= record.at):
        return {}
    until = row["expires_at"].isoformat() if isinstance(row["expires_at"], datetime) else ""
    return {"status": row["status"], "until": until, "note": row.get("description") or ""}


def _write_capacity(record: Record, value: dict[str, Any]) -> None:
    before = _rooms(record)
    after = []
    if value:
        told = {
            "status": value["status"],
            "description": value["note"] or None,
            "expires_at": datetime.fromisoformat(value["until"]) if value["until"] else None,
            "updated": record.at,
        }
        after = [record.new_part("service_capacity", told, str(before[0]["id"]) if before else "")]
    record.replace("service_capacity", before, after)


capacity = Codec(_read_capacity, _write_capacity, part="service_capacity", owns=_of_room)


def _address_rows(record: Record) -> list[Row]:
    return sorted(record.rows("address"), key=lambda row: (row["address_type"], str(row["id"])))


def _read_address(record: Record) -> dict[str, str]:
    row = next(iter(_address_rows(record)), None)
    found = {name: (row or {}).get(name) or "" for name in ADDRESS_LINES}
    return found if any(text for name, text in found.items() if name != "country") else {}


def _write_address(record: Record, value: dict[str, str]) -> None:
    first = _address_rows(record)[:1]
    told = {name: value.get(name) or None for name in ADDRESS_LINES}
    after = [record.new_part("address", {**(first[0] if first else {}), **told}, str(first[0]["id"]) if first else "")] if value else []
    record.replace("address", first, after)


address = Codec(_read_address, _write_address, part="address", owns=_owned)


def translation(field: str, language: str) -> Codec:
    """A text of a record in another language. What a person writes is no machine's any more."""

    def owns(record: Record, row: Row) -> bool:
        return str(row["object_id"]) == record.object_id and row["field"] == field and row["language"] == language

    def found(record: Record) -> list[Row]:
        return [row for row in record.parts.get("translation", ()) if owns(record, row)]

    def read(record: Record) -> str:
        return next((row["text"] for row in found(record)), "")

    def write(record: Record, value: str) -> None:
        told = {"field": field, "language": language, "text": value, "machine": False, "kind": record.kind, "modified_at": record.at}
        after = [row_of("translation", told, object_id=record.object_id)] if value else []
        record.replace("translation", found(record), after)

    return Codec(read, write, part="translation", owns=owns)
