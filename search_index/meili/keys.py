"""Scoped keys, minted once from the master key: one that may only search, one that may only keep this directory's indexes in step.

Keys have no date on which they end; they end when the master key changes, or are made anew when their scope does. The same master key gives
the same keys, however often they are asked for.
"""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from search_index.meili.connection import Connection, Refusal

SEARCH_ACTIONS = ("search", "documents.get", "version")
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
    "version",
)


@dataclass(frozen=True, slots=True)
class ScopedKeys:
    search: str
    write: str


def make_keys(url: str, master_key: str, index: str) -> ScopedKeys:
    """The keys for an index and its generations, made where they do not exist or have another scope. Raise `Refusal`, `IndexUnavailable`."""
    connection = Connection(url, master_key)
    try:
        return ScopedKeys(
            search=_key(connection, index, "search", SEARCH_ACTIONS, "Searches the directory."),
            write=_key(connection, index, "write", WRITE_ACTIONS, "Keeps the index of the directory in step."),
        )
    finally:
        connection.close()


def _key(connection: Connection, index: str, name: str, actions: tuple[str, ...], description: str) -> str:
    uid = str(uuid5(NAMESPACE_URL, f"shared-directory/{index}/{name}"))
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
