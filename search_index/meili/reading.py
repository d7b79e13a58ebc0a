"""Questions to the published index, all of one search under one deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from search_index.meili import contract
from search_index.meili.connection import Connection, Deadline
from search_index.meili.encoding import WRITTEN, Written, written_of
from search_index.meili.rows import Rows
from search_index.meili.values import any_value, key

Answer = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """Documents are fetched rather than searched for wherever Meilisearch need not rank them: that takes a tenth of the time."""

    connection: Connection
    index: str
    deadline: Deadline

    def several(self, questions: Sequence[dict[str, Any]]) -> list[Answer]:
        """The answers to several searches, in order, asked in one go."""
        asked = {"queries": [{"indexUid": self.index, "limit": 0, **question} for question in questions]}
        answers: list[Answer] = self.connection.ask("POST", "multi-search", asked, deadline=self.deadline, is_read=True)["results"]
        return answers

    def counts(self, filters: Sequence[str]) -> list[int]:
        """How many documents meet each of the filters."""
        return [count_of(answer) for answer in self.several([{"filter": each} for each in filters])] if filters else []

    def rows(self, expression: str, limit: int, sort: Sequence[str] = (), more: Sequence[str] = ()) -> Rows:
        """What a candidate needs of at most so many documents, and more attributes of them."""
        return Rows(self.fetch(expression, [contract.ROW, *more], limit, sort))

    def fetch(self, expression: str, fields: Sequence[str], limit: int, sort: Sequence[str] = (), offset: int = 0) -> list[Answer]:
        asked = {"filter": expression, "fields": list(fields), "limit": limit, "offset": offset, "sort": list(sort)}
        path = f"indexes/{self.index}/documents/fetch"
        found: list[Answer] = self.connection.ask("POST", path, asked, deadline=self.deadline, is_read=True)["results"]
        return found

    def written(self, rows: Rows) -> dict[str, Written]:
        """What candidates show, by the id of their document; read where it was not read with them."""
        known = dict(zip(rows.document_ids, rows.held, strict=True))
        keys = {key(document_id): document_id for document_id, held in known.items() if contract.SERVICE not in held}
        found = self.fetch(any_value(contract.ID, keys), [contract.ID, *WRITTEN], len(keys)) if keys else []
        known |= {keys[held[contract.ID]]: held for held in found}
        return {document_id: written_of(held) for document_id, held in known.items() if contract.SERVICE in held}


def count_of(answer: Answer) -> int:
    return int(answer["estimatedTotalHits"])
