"""Our own style, scripts and icons: read once, named by what they hold, kept by browsers for a year.

All files share one name made of the hash of all of them: `/static/<hash>/js/main.js`. So scripts import each other by plain relative
names, and any change gives every file a new address. The style sheets are kept apart for those who write them and sent as one.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from werkzeug.wrappers import Response as AnyResponse

FOLDER = Path(__file__).parent / "static"
STYLE = "site.css"
STYLE_PARTS = (
    "tokens", "base", "controls", "masthead", "find", "results", "whom", "filters", "map", "listing", "week", "pages", "needs",
    "planning", "month", "figures", "duplicates", "overlaps", "plans", "conversations", "rules", "components", "lists", "upkeep", "people",
    "partners", "accounts", "received", "editor", "coming", "embed", "referrals", "print",
)  # fmt: skip
FOREVER = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """Every file by its name, and the hash of all."""

    version: str
    contents: dict[str, bytes]


def read_static_files() -> StaticFiles:
    """Read the folder, with the style sheets joined in their order."""
    contents = dict(_contents())
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(name.encode() + b"\0" + contents[name])
    return StaticFiles(digest.hexdigest()[:12], contents)


def icon_names() -> tuple[str, ...]:
    """The icons of the sprite, in its order."""
    return tuple(re.findall(r'<symbol id="([^"]+)"', (FOLDER / "icons.svg").read_text()))


def _contents() -> Iterator[tuple[str, bytes]]:
    yield STYLE, b"\n".join((FOLDER / "css" / f"{part}.css").read_bytes() for part in STYLE_PARTS)
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in _TYPES and path.parent.name != "css":
            yield path.relative_to(FOLDER).as_posix(), path.read_bytes()


blueprint = Blueprint("static_files", __name__)


def address(name: str) -> str:
    """Where the browser finds the file."""
    known: dict[str, str] = g.setdefault("static_addresses", {})  # a page shows the same few icons a hundred times
    if name not in known:
        files = _files()
        if name not in files.contents:
            raise KeyError(f"There is no static file {name!r}.")
        known[name] = url_for("static_files.file", version=files.version, name=name)
    return known[name]


@blueprint.get("/static/<version>/<path:name>")
def file(version: str, name: str) -> AnyResponse:
    """One of our files. Under an old hash the present file is sent, to be asked for again: the page may be older than the program."""
    files = _files()
    if name not in files.contents:
        abort(404)
    kind = _TYPES.get(Path(name).suffix) or guess_type(name)[0]
    response = Response(files.contents[name], content_type=f"{kind}; charset=utf-8")
    response.headers["Cache-Control"] = FOREVER if version == files.version else "no-cache"
    response.set_etag(files.version)
    return response.make_conditional(request)


def _files() -> StaticFiles:
    files: StaticFiles = current_app.extensions["static_files"]
    return files
