"""Scoped keys, minted once from the master key: one that may only search, one that may only keep this directory's indexes in step.

Keys have no date on which they end; they end when the master key changes, or are made anew when their scope does. The same master key gives
the same keys, however often they are asked for. Asking for the server's version is no right that a key of some indexes can have, so that
is done here, where the master key is at hand.
"""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from search_index.meili.connection import WRITE_SECONDS, Connection, Deadline, Refusal
from search_index.meili.versions import version_remark

SEARCH_ACTIONS = ("search", "documents.get")
WRITE_ACTIONS = (
    "search",
    "documents.get",
    "documents.add",
    "documents.delete",
    "indexes.create",
    "indexes.get",
    "indexes.delete",
    "indexes.swap",
    "settings.update",
    "tasks.get",
)


@dataclass(frozen=True, slots=True)
class ScopedKeys:
    """`remark`: a word on a server that is newer than any this was tried with."""

    search: str
    write: str
    remark: str = ""


def make_keys(url: str, master_key: str, index: str) -> ScopedKeys:
    """The keys for an index and its generations, made where they do not exist or have another scope. Raise `IndexUnavailable`."""
    connection = Connection(url, master_key)
    try:
        remark = version_remark(connection, Deadline.after(WRITE_SECONDS))
        return ScopedKeys(
            search=_key(connection, index, "search", SEARCH_ACTIONS, "Searches the directory."),
            write=_key(connection, index, "write", WRITE_ACTIONS, "Keeps the index of the directory in step."),
            remark=remark,
        )
    finally:
        connection.close()


def key_id(index: str, name: str) -> str:
    """The id of the key of that name ("search", "write"), which is always the same."""
    return str(uuid5(NAMESPACE_URL, f"shared-directory/{index}/{name}"))


def _key(connection: Connection, index: str, name: str, actions: tuple[str, ...], description: str) -> str:
    uid = key_id(index, name)
    wanted = {"actions": sorted(actions), "indexes": [f"{index}*"]}
    try:
        found = connection.ask("GET", f"keys/{uid}")
    except Refusal as error:
        if error.code != "api_key_not_found":
            raise
    else:
        if {"actions": sorted(found["actions"]), "indexes": found["indexes"]} == wanted and found["expiresAt"] is None:
            return str(found["key"])
        connection.ask("DELETE", f"keys/{uid}")
    asked = {"uid": uid, "name": f"shared directory: {name}", "description": description, "expiresAt": None, **wanted}
    return str(connection.ask("POST", "keys", asked)["key"])
