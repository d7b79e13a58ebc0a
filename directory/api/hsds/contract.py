"""The contract of the standard's interface as OpenAPI 3.1, made from the parameters that are read and the table of the standard."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from marshmallow import Schema, fields

from directory.api.hsds import asking
from directory.services.exchange.hsds.standard import HOME, STANDARD, VERSION, Field

Json = dict[str, Any]

PROFILE = HOME
PROBLEM = "application/problem+json"
KIND_OF = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
_NESTED: Json = {
    "organization": {"services": {"type": "array", "items": {"$ref": "#/components/schemas/service"}}},
    "service_at_location": {"service": {"$ref": "#/components/schemas/service"}},
}
"""What answers nest beside what the schemas of the standard list, as its own examples do."""
_MINIMAL: Json = {
    "type": "object",
    "required": ["id", "modified_date"],
    "properties": {"id": {"type": "string", "format": "uuid"}, "modified_date": {"type": "string", "format": "date-time"}},
}


def document(lists: Mapping[str, type[Schema]]) -> Json:
    """The whole document."""
    paths: Json = {"/hsds/": {"get": _about()}}
    for kind, arguments in lists.items():
        paths[f"/hsds/{kind}"] = {method: _list(kind, arguments, method) for method in ("get", "post")}
        paths[f"/hsds/{kind}/{{id}}"] = {"get": _one(kind)}
    paths["/hsds/deletions"] = {method: _list("deletions", asking.Changing, method) for method in ("get", "post")}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Human Services Data Specification",
            "version": VERSION,
            "description": "Reading is open to all. Parameters narrow together. Extensions of ours: latitude, longitude, radius, after, "
            "/hsds/deletions. Errors are problems by RFC 9457.",
            "license": {"name": "Each record names its own in an attribute.", "url": HOME},
        },
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _about() -> Json:
    texts = {name: {"type": "string"} for name in ("version", "profile", "openapi_url")}
    publisher = {"type": "object", "required": ["name"], "properties": {name: {"type": "string"} for name in ("name", "email", "website")}}
    schema = {"type": "object", "required": ["version", "profile", "openapi_url"], "properties": {**texts, "publisher": publisher}}
    return {"summary": "About this interface", "operationId": "about", "responses": _responses(schema)}


def _list(kind: str, arguments: type[Schema], method: str) -> Json:
    item: Json = {"$ref": f"#/components/schemas/{KIND_OF.get(kind, 'deletion')}"}
    if kind == "services":
        item = {"anyOf": [item, _MINIMAL]}
    page = {"allOf": [{"$ref": "#/components/schemas/Page"}], "properties": {"contents": {"type": "array", "items": item}}}
    found: Json = {
        "summary": f"List {kind.replace('_', ' ')}",
        "operationId": f"{'list' if method == 'get' else 'query'}_{kind}",
        "parameters": [_parameter(name, field) for name, field in arguments().fields.items()],
        "responses": _responses(page, lines=True, problems=(400,)),
    }
    if method == "post":
        properties = {name: _parameter(name, field)["schema"] for name, field in arguments().fields.items()}
        body = {"type": "object", "properties": properties, "additionalProperties": False}
        found["requestBody"] = {"required": False, "content": {"application/json": {"schema": body}}}
        found["description"] = "The same question with its parameters in the body, so that they stand in no address."
    return found


def _one(kind: str) -> Json:
    parameters: list[Json] = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}]
    if kind == "organizations":
        parameters += [_parameter(name, field) for name, field in asking.OneOrganizationArguments().fields.items()]
    return {
        "summary": f"Read one of the {kind.replace('_', ' ')}",
        "operationId": f"read_{kind}",
        "parameters": parameters,
        "responses": _responses({"$ref": f"#/components/schemas/{KIND_OF[kind]}"}, problems=(308, 400, 404, 410)),
    }


def _responses(schema: Json, *, lines: bool = False, problems: tuple[int, ...] = (400,)) -> Json:
    content: Json = {"application/json": {"schema": schema}}
    if lines:
        content["application/x-ndjson"] = {"schema": {"type": "string"}}
    failed = {"description": "A problem", "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    return {"200": {"description": "The answer", "content": content}, **{str(status): failed for status in problems}}


def _parameter(name: str, field: fields.Field[Any]) -> Json:
    schema: Json = {"type": _TYPES.get(type(field), "string")}
    if name == "format":
        schema["enum"] = ["json", "ndjson"]
    if name in ("page", "per_page"):
        schema |= {"minimum": 1, "default": field.load_default}
    if field.metadata.get("format"):
        schema["format"] = field.metadata["format"]
    words = field.metadata["description"] + (" Extension." if name in asking.EXTENSIONS else "")
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


_TYPES = {fields.Boolean: "boolean", fields.Integer: "integer", fields.Float: "number"}


@cache
def _schemas() -> Json:
    found: Json = {kind.name: _schema(kind.name) for kind in STANDARD.values()}
    integer, flag = {"type": "integer"}, {"type": "boolean"}
    sizes = dict.fromkeys(("total_items", "total_pages", "page_number", "size"), integer)
    flags = dict.fromkeys(("first_page", "last_page", "empty"), flag)
    found["Page"] = {"type": "object", "required": ["empty"], "properties": {**sizes, **flags}}
    text = {"type": "string"}
    found["Problem"] = {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {"type": text, "title": text, "status": integer, "detail": text, "field": text, "target_id": text},
    }
    found["deletion"] = {
        "type": "object",
        "required": ["id", "kind", "deleted_at", "reason"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "kind": text,
            "deleted_at": {"type": "string", "format": "date-time"},
            "reason": {"enum": ["withdrawn", "merged"]},
            "replaced_by": {"type": "string", "format": "uuid"},
        },
    }
    return found


def _schema(kind: str) -> Json:
    known = STANDARD[kind].fields
    properties: Json = {name: _property(field) for name, field in known.items()}
    needed = [field.name for field in known.values() if field.needed == "json"]
    return {"type": "object", "required": needed, "properties": properties | _NESTED.get(kind, {})}


def _property(field: Field) -> Json:
    reference = {"$ref": f"#/components/schemas/{field.of}"}
    if field.type == "object":
        return reference
    if field.type == "array":
        return {"type": "array", "items": reference}
    found: Json = {"type": field.type}
    if field.format in ("uuid", "uri", "email"):
        found["format"] = field.format
    elif field.format == "datetime":
        found["format"] = "date-time"
    return found | ({"enum": list(field.choices)} if field.choices else {})
