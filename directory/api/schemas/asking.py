"""The parameters of a search. Reading them gives a `FindRequest`; what cannot be read is named by field."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from directory.domain.categories.tree import find_category
from directory.domain.sectors import Sector
from directory.domain.sentences import say
from directory.rules.listed import DISCLOSURES
from directory.services.finding.request import FindRequest
from search_index.query import Facet, Order

USUAL_FACETS = (Facet.CATEGORY, Facet.LANGUAGE, Facet.COST, Facet.ACCESSIBILITY, Facet.REMOTE, Facet.SECTOR)
"""What is counted when nothing is said."""

_LOCALE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_LOST_PLUS = re.compile(r"(?<=\d) (?=\d\d:?\d\d$)")
_WHOLE = {"invalid": say("Must be a whole number."), "null": say("Must be a whole number."), "too_large": say("Must be a smaller number.")}
_NUMBER = {"invalid": say("Must be a number."), "special": say("Must be a number."), "too_large": say("Must be a smaller number.")}
_YES_OR_NO = {"invalid": say("Must be true or false.")}
_SHORT = validate.Length(max=200, error=say("At most 200 characters."))
_MANY = validate.Length(max=30, error=say("At most 30 values."))


def _documented(field: type[fields.Field[Any]], words: str, **more: Any) -> Any:
    example = more.pop("example", None)
    metadata = {"description": words, **({"example": example} if example is not None else {})}
    return field(metadata=metadata, **more)


def _text(words: str, **more: Any) -> Any:
    return _documented(fields.String, words, load_default="", validate=_SHORT, **more)


def _values(words: str, inner: fields.Field[Any] | None = None) -> Any:
    entry = inner or fields.String(validate=validate.Length(min=1, max=200, error=say("From 1 to 200 characters.")))
    return fields.List(entry, load_default=list, validate=_MANY, metadata={"description": words})


def _one_of(values: type[Sector] | tuple[str, ...]) -> Any:
    choices = [str(value) for value in values]
    return fields.String(validate=validate.OneOf(choices, error=say("Must be one of: %(choices)s.", choices=", ".join(choices))))


def _language() -> Any:
    return _documented(
        fields.String,
        "The language of what is asked, and of names in the answer.",
        load_default="en",
        validate=validate.Regexp(f"^{_LOCALE}$", error=say("Must be a language code, such as en or fr-CA.")),
    )


class Arguments(Schema):
    """Parameters of an address; one that it does not know is an error."""

    error_messages = {"unknown": say("There is no such parameter here.")}  # noqa: RUF012


class LanguageArguments(Arguments):
    """`lang` alone: for answers that carry names."""

    lang = _language()


class PartnersArguments(LanguageArguments):
    """The parameters of `GET /api/v1/services/{id}/partners`."""

    why_not = _documented(
        fields.UUID,
        "An organization of which to say why it is not among them.",
        load_default=None,
        error_messages={"invalid_uuid": say("Must be the id of an organization.")},
    )


class PlaceArguments(Arguments):
    """The parameters of `GET /api/v1/places`."""

    q = _documented(
        fields.String,
        "A place, a postal code, or latitude,longitude.",
        required=True,
        validate=validate.Length(min=1, max=200, error=say("From 1 to 200 characters.")),
        error_messages={"required": say("Name a place to look up.")},
        example="19104",
    )
    limit = _documented(
        fields.Integer,
        "How many alternatives or suggestions at most.",
        load_default=5,
        validate=validate.Range(min=1, max=20, error=say("Must be from 1 to 20.")),
        error_messages=_WHOLE,
    )


class SearchArguments(LanguageArguments):
    """The parameters of `GET /api/v1/search`."""

    q = _documented(
        fields.String,
        "What is needed, in plain words; words of place and time in it are understood.",
        load_default="",
        validate=validate.Length(max=400, error=say("At most 400 characters.")),
        example="food tomorrow morning near 19104",
    )
    near = _text("A place, a postal code, or latitude,longitude. Wins over a place in `q`.", example="19104")
    within_km = _documented(
        fields.Float,
        "How far, in kilometres; 0: any distance. Default: as the community has set.",
        load_default=None,
        validate=validate.Range(min=0, max=20_100, error=say("Must be from 0 to 20,100.")),
        error_messages=_NUMBER,
    )
    serves = _text("A place that must be served, where a service says whom it serves.")
    open_at = _text(
        "`now`, or a time by ISO 8601; without an offset the wall clock of each place. Places whose hours are not known are kept, after "
        "those that are open.",
        example="now",
    )
    open_until = _text("The end of a window that begins at `open_at`, at most 24 hours later, written like it.")
    category = _values("Category slugs or names (any of them); see `/api/v1/categories`.")
    language = _values(
        "Languages by code (any of them).",
        fields.String(validate=validate.Regexp(f"^{_LOCALE}$", error=say("Must be a language code, such as fr."))),
    )
    cost = _values("What it costs (any of them).", _one_of(("free", "sliding", "fee")))
    accessibility = _values("Access features by code (any of them), such as wheelchair.")
    remote = _values("How it is given (any of them).", _one_of(("in_person", "phone", "online")))
    sector = _values("Sectors of the organization (any of them).", _one_of(Sector))
    organization = _values(
        "Organizations by id (any of them).", fields.UUID(error_messages={"invalid_uuid": say("Must be the id of an organization.")})
    )
    source = _values("Sources by name (any of them).")
    bbox = _text("West,south,east,north in degrees; west above east crosses the 180th meridian.", example="-75.3,39.9,-75.1,40.0")
    known_only = _documented(
        fields.Boolean, "Leave out what is silent on a filter. Default: unknown is not no.", load_default=False, error_messages=_YES_OR_NO
    )
    order = _documented(
        fields.String,
        "blend of words and distance, relevance, or distance.",
        load_default="blend",
        validate=validate.OneOf([order.value for order in Order], error=say("Must be blend, relevance or distance.")),
    )
    facets = _text("What to count, with commas between; `none` for nothing. Default: " + ", ".join(USUAL_FACETS) + ".")
    ignore = _values("Understood words to search as plain words, by their `ignore` key in `understood.chips`.")
    page = _documented(
        fields.Integer,
        "From 1.",
        load_default=1,
        validate=validate.Range(min=1, max=1000, error=say("Must be from 1 to 1,000.")),
        error_messages=_WHOLE,
    )
    per_page = _documented(
        fields.Integer,
        "Results on a page.",
        load_default=20,
        validate=validate.Range(min=1, max=100, error=say("Must be from 1 to 100.")),
        error_messages=_WHOLE,
    )

    @post_load
    def as_request(self, values: Mapping[str, Any], **_more: Any) -> Any:
        return find_request(values)


class PersonArguments(SearchArguments):
    """What is posted to `/api/v1/search`: the parameters of the address as one JSON object, and what is known of the person."""

    facts = _documented(
        fields.Dict,
        "What is known of the person that help is looked for; see `/api/v1/facts`. Stands in no address and no log, and is not kept.",
        keys=fields.String(),
        load_default=dict,
        error_messages={"invalid": say("Must be an object of facts by name.")},
        example={"age": {"min": 25, "max": 35}, "child.age": [3]},
    )
    avoids = _values("What a program must not be known to do (all of them).", _one_of(DISCLOSURES))
    unfit = _documented(fields.Boolean, "Only what is not for the person, with the reasons.", load_default=False, error_messages=_YES_OR_NO)

    @post_load
    def as_request(self, values: Mapping[str, Any], **_more: Any) -> Any:
        """The request with nobody known in it yet, and the facts: places in them are for the directory to know."""
        request = replace(find_request(values), avoids=frozenset(values["avoids"]), shows_unfit=values["unfit"])
        return request, values["facts"]


def find_request(values: Mapping[str, Any]) -> FindRequest:
    return FindRequest(
        text=values["q"],
        near=values["near"],
        within_km=values["within_km"],
        serves=values["serves"],
        open_at=_LOST_PLUS.sub("+", values["open_at"]),
        open_until=_LOST_PLUS.sub("+", values["open_until"]),
        selections=_selections(values),
        known_only=values["known_only"],
        ignore=tuple(values["ignore"]),
        box=_box(values["bbox"]),
        order=Order(values["order"]),
        page=values["page"],
        per_page=values["per_page"],
        locale=values["lang"],
        facets=_facets(values["facets"]),
    )


def _selections(values: Mapping[str, Any]) -> dict[Facet, tuple[str, ...]]:
    chosen = {facet: tuple(dict.fromkeys(str(value) for value in values[facet.value])) for facet in Facet}
    chosen[Facet.CATEGORY] = tuple(_category(value, values["lang"]) for value in chosen[Facet.CATEGORY])
    chosen[Facet.LANGUAGE] = tuple(value.partition("-")[0].lower() for value in chosen[Facet.LANGUAGE])
    return {facet: found for facet, found in chosen.items() if found}


def _category(words: str, locale: str) -> str:
    found = find_category(words, locale)
    if found is None:
        raise ValidationError(say("There is no category “%(words)s”; /api/v1/categories has them all.", words=words), "category")
    return found


def _facets(written: str) -> frozenset[Facet]:
    names = [name.strip() for name in written.split(",") if name.strip()]
    if not names:
        return frozenset(USUAL_FACETS)
    if names == ["none"]:
        return frozenset()
    known = {facet.value: facet for facet in Facet}
    for name in names:
        if name not in known:
            raise ValidationError(say("Must be none, or some of: %(choices)s.", choices=", ".join(known)), "facets")
    return frozenset(known[name] for name in names)


def _box(written: str) -> tuple[float, float, float, float] | None:
    if not written.strip():
        return None
    try:
        west, south, east, north = (float(side) for side in written.split(","))
    except ValueError:
        raise ValidationError(say("Must be west,south,east,north in degrees, such as -75.3,39.9,-75.1,40.0."), "bbox") from None
    return south, west, north, east
