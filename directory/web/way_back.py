"""Where somebody came from, as the address or a form of a page tells it: only ever a page of our own."""

import re
from urllib.parse import urlsplit

from flask import request

LONGEST = 300


def own_path(written: str) -> str:
    """A path of this site with what it asks for, as it was written; "" for anything else."""
    split = urlsplit(written)
    is_ours = written.startswith("/") and not written.startswith(("//", "/\\")) and not (split.scheme or split.netloc)
    return written.partition("#")[0] if is_ours and not re.search(r"[\x00-\x20\\]", written) else ""


def way_back() -> str:
    """The page of ours that `back` in the address names; "" where it names none."""
    written = request.args.get("back", "")
    return own_path(written) if len(written) <= LONGEST else ""
