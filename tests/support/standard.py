"""The official schemas of HSDS 3.1 as validators: as they are, and with every unknown property forbidden."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

STANDARD = Path(__file__).parents[1] / "contracts" / "hsds-3.1"
NESTED_BY_THE_EXAMPLES = {"organization": {"services": "service"}, "service_at_location": {"service": "service"}}
"""What the official examples of answers nest although the schemas do not list it (the interface's own document asks for it)."""


@cache
def schemas() -> Mapping[str, dict[str, Any]]:
    """Each schema by the name of its kind, unchanged."""
    paths = (STANDARD / "schema").glob("*.json")
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths if path.stem != "openapi"}


@cache
def validator(kind: str, *, strict: bool, as_answered: bool = False) -> Draft202012Validator:
    """A validator of one kind. `strict`: no property that the standard does not list, at any depth. `as_answered`: what the examples of the
    interface nest is known too."""
    resources = []
    for name, schema in schemas().items():
        schema = json.loads(json.dumps(schema))
        if as_answered and name == kind:
            for inner, of in NESTED_BY_THE_EXAMPLES.get(name, {}).items():
                one = {"$ref": f"{of}.json"}
                schema["properties"][inner] = {"type": "array", "items": one} if inner.endswith("s") else one
        if strict:
            schema["additionalProperties"] = False
        resources.append((f"{name}.json", Resource.from_contents(schema, DRAFT202012)))
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator({"$ref": f"{kind}.json"}, registry=registry, format_checker=FormatChecker())


def faults(kind: str, value: Any, *, as_answered: bool = False) -> list[str]:
    """What the schemas hold against an object, with unknown properties forbidden (which is all that they ask, and more)."""
    errors = validator(kind, strict=True, as_answered=as_answered).iter_errors(value)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]
