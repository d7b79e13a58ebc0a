"""The map that can be moved: Leaflet, served from its package's own folder, and asked for only when somebody opens the map."""

from importlib.metadata import version as version_of
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Response, abort
from xstatic.pkg import leaflet

from directory.web.static_files import FOREVER

_DISTRIBUTION = "xstatic-leaflet"
_SERVED = frozenset({"leaflet.js", "leaflet.css", "images/layers.png", "images/layers-2x.png"})

blueprint = Blueprint("leaflet", __name__)


def version() -> str:
    """The version of the package, part of each address."""
    return version_of(_DISTRIBUTION)


@blueprint.get("/leaflet/<release>/<path:name>")
def file(release: str, name: str) -> Response:
    """One file of the package, if it is one that our map uses."""
    if release != version() or name not in _SERVED:
        abort(404)
    response = Response((Path(leaflet.BASE_DIR) / name).read_bytes(), content_type=guess_type(name)[0])
    response.headers["Cache-Control"] = FOREVER
    return response
