"""How much of an object an answer holds: all of it, or only what is there once, with its source."""

from typing import Any

from directory.services.exchange.hsds.own_terms import SOURCE_TAXONOMY

Json = dict[str, Any]


def brief(value: Json) -> Json:
    """The object with its single values and the briefs of single objects inside; of its lists, only the attribute that names the source and
    licence stays, which no copy may lose."""
    found: Json = {}
    for name, inner in value.items():
        if isinstance(inner, dict):
            found[name] = brief(inner)
        elif not isinstance(inner, list):
            found[name] = inner
    sources = [entry for entry in value.get("attributes", ()) if is_source(entry)]
    if sources:
        found["attributes"] = sources
    return found


def is_source(attribute: Json) -> bool:
    term = attribute.get("taxonomy_term")
    return isinstance(term, dict) and term.get("taxonomy_id") == SOURCE_TAXONOMY["id"]


def named(value: Json) -> Json:
    """Just enough of a service to find it by."""
    return {name: value[name] for name in ("id", "name", "status")}


def without(value: Json, *names: str) -> Json:
    return {name: inner for name, inner in value.items() if name not in names}
