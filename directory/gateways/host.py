"""The name of a host, by which its own index is told from those of others that share the database."""

import re
import secrets
import socket
from pathlib import Path

from directory.gateways.kept_once import kept_once

_LONGEST = 40


def host_name(folder: Path) -> str:
    """Made once and kept in the data folder, as in `web1-3fa2b1`: it stays the same when the machine is renamed, and two machines of one
    name are two hosts. A data folder that is copied to another host must be copied without this file."""
    return kept_once(folder / "host-name", lambda: f"{_plain(socket.gethostname())}-{secrets.token_hex(3)}")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.partition(".")[0].lower()).strip("-")[:_LONGEST] or "host"
