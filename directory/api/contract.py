"""The contract of the interface as OpenAPI 3.1: made from the routes, served at `/api/v1/openapi.json`, and kept in git beside this file.

Kept, a change of the contract shows in review. `python -m directory.api.contract` writes the kept one anew.
"""

import json
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app

from directory.api.json_response import cached
from directory.api.smorest import ApiBlueprint, DirectoryApi

KEPT = Path(__file__).with_name("openapi.json")

blueprint = ApiBlueprint("api_contract", __name__, url_prefix="/api/v1", description="This document.")


@blueprint.get("/openapi.json", answers={"type": "object"})
def openapi() -> Response:
    """Read this document"""
    api: DirectoryApi = current_app.extensions["directory_api"]
    return cached(contract(api))


def contract(api: DirectoryApi) -> dict[str, Any]:
    """The document as plain values."""
    found: dict[str, Any] = json.loads(json.dumps(api.spec.to_dict()))
    return found


def written(api: DirectoryApi) -> str:
    """The document as it is kept in git."""
    return json.dumps(contract(api), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    from directory.api.blueprint import register

    app = Flask("contract", static_folder=None, template_folder=None)
    register(app)
    KEPT.write_text(written(app.extensions["directory_api"]), encoding="utf-8")


if __name__ == "__main__":
    main()
