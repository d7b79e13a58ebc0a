"""Questions to the published index, all of one search under one deadline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from search_index.meili import contract
from search_index.meili.connection import Connection, Deadline
from search_index.meili.encoding import Row, row_of
from search_index.meili.values import any_value

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

    def rows(self, expression: str, limit: int, sort: Sequence[str] = ()) -> list[Row]:
        """What a candidate needs of at most so many documents."""
        return [row_of(held) for held in self.fetch(expression, [contract.ROW], limit, sort)]

    def fetch(self, expression: str, fields: Sequence[str], limit: int, sort: Sequence[str] = (), offset: int = 0) -> list[Answer]:
        asked = {"filter": expression, "fields": list(fields), "limit": limit, "offset": offset, "sort": list(sort)}
        path = f"indexes/{self.index}/documents/fetch"
        found: list[Answer] = self.connection.ask("POST", path, asked, deadline=self.deadline, is_read=True)["results"]
        return found

    def by_key(self, keys: Iterable[str], fields: Sequence[str]) -> dict[str, Answer]:
        """Documents by their primary key."""
        wanted = list(keys)
        found = self.fetch(any_value(contract.ID, wanted), [contract.ID, *fields], len(wanted)) if wanted else []
        return {held[contract.ID]: held for held in found}


def count_of(answer: Answer) -> int:
    return int(answer["estimatedTotalHits"])
