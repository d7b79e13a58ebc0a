"""Taxonomies and their terms: our own, which every installation has, before those that feeds brought."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from directory.domain.areas import fold
from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.hsds import own_terms
from directory.services.exchange.hsds.records import Records
from directory.services.exchange.hsds.rows import is_public
from directory.services.exchange.serving.asking import HsdsQuery
from directory.services.exchange.serving.conditions import term_conditions, words_condition
from directory.services.exchange.serving.shapes import Json

AT_ONCE = 200


class TermLists:
    """A list of taxonomies or of terms."""

    def __init__(self, records: Records, kind: str, query: HsdsQuery) -> None:
        self.records, self.query = records, query
        self.is_terms = kind == "taxonomy_terms"
        self.table = TABLES["taxonomy_term" if self.is_terms else "taxonomy"]
        self.own = {value["id"]: value for value in self._own() if self._is_asked(value)}
        self.conditions = self._conditions()

    def _own(self) -> Iterator[Json]:
        if not self.is_terms:
            yield from own_terms.TAXONOMIES
            return
        known = {taxonomy["id"]: taxonomy for taxonomy in own_terms.TAXONOMIES}
        for term in own_terms.own_terms(self.records.sources.values()):
            yield {**term, "taxonomy_detail": known[term["taxonomy_id"]]}

    def _is_asked(self, value: Json) -> bool:
        query = self.query
        said = fold(" ".join(str(value.get(name, "")) for name in ("name", "code", "description")))
        return (
            all(fold(word) in said for word in query.search.split())
            and (not self.is_terms or not query.taxonomy_id or value["taxonomy_id"] == query.taxonomy_id)
            and not (query.top_only and value.get("parent_id"))
            and (not query.parent_id or value.get("parent_id") == query.parent_id)
        )

    def _conditions(self) -> list[Any]:
        if self.is_terms:
            return term_conditions(self.query)
        words = words_condition(self.query.search, (self.table.c.name, self.table.c.description)) if self.query.search else []
        return [*is_public(self.table), *words]

    def total(self) -> int:
        counted = self.records.session.scalar(select(func.count()).select_from(self.table).where(*self.conditions)) or 0
        return len(self.own) + counted

    def page(self) -> list[str]:
        """Ids of the page and one more when there is one: our own first."""
        query, own = self.query, list(self.own)
        wanted = query.per_page + 1
        if query.after:
            mine = own[own.index(query.after) + 1 :] if query.after in self.own else []
            found = mine[:wanted]
            after = "" if query.after in self.own else query.after
            return found + (self._stored(wanted - len(found), after) if wanted > len(found) else [])
        start = (query.page - 1) * query.per_page
        found = own[start : start + wanted]
        return found + (self._stored(wanted - len(found), offset=max(0, start - len(own))) if wanted > len(found) else [])

    def _stored(self, limit: int, after: str = "", offset: int = 0) -> list[str]:
        key = self.table.c.id
        statement = select(key).where(*self.conditions, *((key > after,) if after else ())).order_by(key).limit(limit).offset(offset)
        return list(self.records.session.scalars(statement))

    def batches(self) -> Iterator[list[str]]:
        yield list(self.own)
        last = ""
        while ids := self._stored(AT_ONCE, last):
            yield ids
            last = ids[-1]

    def objects(self, ids: list[str]) -> Iterator[Json]:
        stored = [key for key in ids if key not in self.own]
        found = self.records.terms(stored) if self.is_terms else self.records.own("taxonomy", stored)
        yield from (self.own.get(key) or found[key] for key in ids if key in self.own or key in found)
