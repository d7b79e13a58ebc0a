"""Resolving what a staged record refers to into ids of the directory."""

from functools import lru_cache

from directory.services.exchange.prepare.things import Ref
from directory.services.exchange.staging.area import StagingArea

SEVERAL = "several"


class Lookup:
    """Finds ids in the staging area. Answers are kept for a while, since many records name the same organization."""

    def __init__(self, area: StagingArea) -> None:
        self._area = area
        self.by_token = lru_cache(maxsize=20_000)(self._by_token)
        self.by_ext = lru_cache(maxsize=20_000)(self._by_ext)

    def find(self, ref: Ref, bundle: str) -> str | None:
        """The id of the record meant; `SEVERAL` when unlike records carry that id; None when the feed has none."""
        if ref.token:
            return self.by_token(ref.token)
        return self.by_ext(ref.kind, ref.ext, bundle)

    def _by_token(self, token: str) -> str | None:
        rows = self._area.rows("SELECT object_id, same_as FROM thing WHERE token = ?", (token,))
        if rows and rows[0][1]:
            rows = self._area.rows("SELECT object_id, same_as FROM thing WHERE token = ?", (rows[0][1],))
        return rows[0][0] if rows else None

    def _by_ext(self, kind: str, ext: str, bundle: str) -> str | None:
        statement = (
            "SELECT DISTINCT coalesce(o.object_id, t.object_id) FROM thing AS t LEFT JOIN thing AS o ON o.token = t.same_as"
            " WHERE t.kind = ? AND t.ext = ?"
        )
        here = self._area.rows(f"{statement} AND t.bundle = ? LIMIT 2", (kind, ext, bundle)) if bundle else []
        found = here or self._area.rows(f"{statement} LIMIT 2", (kind, ext))
        if not found:
            return None
        only: str | None = found[0][0]
        return only if len(found) == 1 else SEVERAL
