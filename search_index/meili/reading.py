"""Questions to the published index, all of one search under one deadline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from search_index.fields import TEXT_FIELDS
from search_index.meeting import FieldTexts
from search_index.meili import contract
from search_index.meili.connection import Connection, Deadline
from search_index.meili.encoding import Row, row_of, texts_of
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

    def rows(self, expression: str, limit: int, sort: Sequence[str] = (), *, with_texts: bool = False) -> list[Row]:
        """What a candidate needs of at most so many documents; with their texts where all of them will be shown."""
        fields = [contract.ROW, *TEXT_FIELDS] if with_texts else [contract.ROW]
        return [row_of(held) for held in self.fetch(expression, fields, limit, sort)]

    def fetch(self, expression: str, fields: Sequence[str], limit: int, sort: Sequence[str] = (), offset: int = 0) -> list[Answer]:
        asked = {"filter": expression, "fields": list(fields), "limit": limit, "offset": offset, "sort": list(sort)}
        path = f"indexes/{self.index}/documents/fetch"
        found: list[Answer] = self.connection.ask("POST", path, asked, deadline=self.deadline, is_read=True)["results"]
        return found

    def texts(self, rows: Iterable[Row]) -> dict[str, FieldTexts]:
        """The texts of candidates by the id of their document."""
        known = {row.document_id: row.texts for row in rows}
        keys = {key(document_id): document_id for document_id, texts in known.items() if texts is None}
        found = self.fetch(any_value(contract.ID, keys), [contract.ID, *TEXT_FIELDS], len(keys)) if keys else []
        read = {keys[held[contract.ID]]: texts_of(held) for held in found}
        return {document_id: texts for document_id, texts in known.items() if texts is not None} | read


def count_of(answer: Answer) -> int:
    return int(answer["estimatedTotalHits"])
