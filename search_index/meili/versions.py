"""Which versions of the server will do."""

import re

from search_index.meili.connection import NEEDED, Connection, Deadline
from search_index.meili.contract import OLDEST_SERVER
from search_index.port import IndexUnavailable


def version_remark(connection: Connection, deadline: Deadline) -> str:
    """A word on a server that is newer than any this was tried with; empty for one that is known. Raise `IndexUnavailable` for one that is
    too old."""
    found = connection.ask("GET", "version", deadline=deadline, is_read=True)["pkgVersion"]
    numbers = tuple(int(number) for number in re.findall(r"\d+", found)[:2])
    if numbers < OLDEST_SERVER:
        raise IndexUnavailable(f"The search server is Meilisearch {found}, which is too old; {NEEDED} or newer is needed.")
    if numbers > OLDEST_SERVER:
        return f"The search server is Meilisearch {found}; this was tried with {NEEDED}."
    return ""
