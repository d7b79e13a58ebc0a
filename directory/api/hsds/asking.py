"""The parameters of the standard's interface, and those that we add to it. In an address, a form or a JSON object they mean the same."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Request
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from directory.domain.errors import InvalidInput
from directory.services.exchange.serving.asking import MOST_PER_PAGE, USUAL_PER_PAGE, HsdsQuery

EXTENSIONS = frozenset({"after", "latitude", "longitude", "radius"})
_LOST_PLUS = re.compile(r"(?<=\d) (?=\d\d:?\d\d$)")
_WHOLE: dict[str, Any] = {"invalid": "Must be a whole number.", "null": "Must be a whole number.", "too_large": "Must be a smaller number."}
_NUMBER: dict[str, Any] = {
    "invalid": "Must be a number.",
    "special": "Must be a number.",
    "null": "Must be a number.",
    "too_large": "Must be smaller.",
}
_YES_OR_NO: dict[str, Any] = {"invalid": "Must be true or false.", "null": "Must be true or false."}
_TEXT: dict[str, Any] = {"invalid": "Must be a text.", "null": "Must be a text."}


def _text(words: str, most: int = 200) -> Any:
    length = validate.Length(max=most, error=f"At most {most} characters.")
    return fields.String(load_default="", validate=length, error_messages=_TEXT, metadata={"description": words})


def _id(words: str) -> Any:
    return fields.String(load_default="", validate=_is_id, error_messages=_TEXT, metadata={"description": words, "format": "uuid"})


def _is_id(text: str) -> None:
    try:
        UUID(text or "00000000-0000-0000-0000-000000000000")
    except ValueError:
        raise ValidationError("Must be an id, such as ac148810-d857-441c-9679-408f346de14b.") from None


def _flag(words: str) -> Any:
    return fields.Boolean(load_default=False, error_messages=_YES_OR_NO, metadata={"description": words})


def _number(words: str, lowest: float, highest: float) -> Any:
    between = validate.Range(min=lowest, max=highest, error=f"Must be from {lowest:,g} to {highest:,g}.")
    return fields.Float(load_default=None, validate=between, error_messages=_NUMBER, metadata={"description": words})


def _whole(words: str, default: int, highest: int) -> Any:
    between = validate.Range(min=1, max=highest, error=f"Must be from 1 to {highest:,}.")
    return fields.Integer(load_default=default, validate=between, error_messages=_WHOLE, metadata={"description": words})


class Paging(Schema):
    """What every list takes."""

    error_messages = {"unknown": "There is no such parameter here.", "type": "Must be an object of parameters."}  # noqa: RUF012

    page = _whole("Which page, from 1.", 1, 1_000_000)
    per_page = _whole("How many on a page.", USUAL_PER_PAGE, MOST_PER_PAGE)
    after = _id("The id that the page before ended with: the next page, whatever changed meanwhile. Stands in the `Link` header.")
    format = fields.String(
        load_default="json",
        validate=validate.OneOf(["json", "ndjson"], error="Must be json or ndjson."),
        error_messages=_TEXT,
        metadata={"description": "json: a page. ndjson: everything in one stream, an object a line, without pages."},
    )

    @post_load
    def as_query(self, values: dict[str, Any], **_more: Any) -> tuple[HsdsQuery, str]:
        written = values.pop("format")
        return HsdsQuery(**{**values, "modified_after": _moment(values.get("modified_after") or "")}), written


class Searching(Paging):
    """Words, in the names and descriptions of what is listed."""

    search = _text("Words that must all stand in the names or descriptions, whatever their case.", 400)


class TermArguments(Searching):
    """The parameters of the lists of taxonomy terms."""

    taxonomy_id = _id("Terms of this taxonomy.")
    top_only = _flag("Only terms that lie under no other.")
    parent_id = _id("Terms right under this one.")


class OfTerms(Searching):
    """Narrowing by what services are for."""

    taxonomy_term_id = _id("With this term.")
    taxonomy_id = _id("With any term of this taxonomy.")


class OrganizationArguments(OfTerms):
    """The parameters of the list of organizations."""

    full = _flag("With everything of its own, and its services by name.")
    full_service = _flag("The same, with whole services.")


class Changing(Paging):
    """What changed since."""

    modified_after = _text("Only what changed on or after this moment (ISO 8601; without an offset UTC).", 60)


class ServiceArguments(OfTerms, Changing):
    """The parameters of the list of services."""

    organization_id = _id("Of this organization.")
    minimal = _flag("Only `id` and `modified_date`, of all services on one page.")
    full = _flag("Whole services instead of what is there once.")


class SiteArguments(OfTerms, Changing):
    """The parameters of the list of services at locations."""

    organization_id = _id("Of services of this organization.")
    full = _flag("With everything inside.")
    postcode = _text("A postal code: services that say they serve only others are left out.", 20)
    proximity = _number("Metres from the middle of the postcode.", 0, 20_100_000)
    latitude = _number("Degrees north of a point.", -90, 90)
    longitude = _number("Degrees east of a point.", -180, 180)
    radius = _number("Metres from that point.", 0, 20_100_000)


class OneOrganizationArguments(Schema):
    """The parameter of one organization."""

    error_messages = {"unknown": "There is no such parameter here."}  # noqa: RUF012

    full_service = _flag("With whole services instead of their names.")


class NoArguments(Schema):
    """Addresses that take no parameter."""

    error_messages = {"unknown": "There is no such parameter here."}  # noqa: RUF012


def _moment(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        found = datetime.fromisoformat(_LOST_PLUS.sub("+", text.strip()))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValidationError("Must be a moment by ISO 8601, such as 2026-11-23T15:00:00Z.", "modified_after") from None


def asked_of(schema: type[Schema], request: Request) -> Any:
    """What a request asks, wherever it says it. Raise `InvalidInput` naming the first parameter that cannot be read."""
    said: dict[str, Any] = dict(request.args)
    if request.method == "POST":
        said |= _body(request)
    try:
        return schema().load(said, unknown=RAISE)
    except ValidationError as error:
        messages: Mapping[str, Any] = error.messages_dict
        name, words = next(iter(messages.items()))
        raise InvalidInput(str(name), _first(words)) from None


def _body(request: Request) -> dict[str, Any]:
    if not request.is_json:
        return dict(request.form)
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise InvalidInput("body", 'The body must be a JSON object of parameters, such as {"search": "food"}.')
    return found


def _first(words: Any) -> str:
    while not isinstance(words, str):
        words = next(iter(words.values() if isinstance(words, Mapping) else words))
    return words
