"""Answers are remembered while nothing changes, and forgotten with the view of the index they came from."""

from pathlib import Path

from search_index.documents import ListingDocument
from search_index.embedded import TantivyEngine
from search_index.embedded.answers import Answers
from search_index.port import Put
from search_index.query import SearchPage, ServiceQuery
from search_index.whom import Whom
from tests.search.contract.engines import fill


def listing(number: int, name: str) -> ListingDocument:
    return ListingDocument(
        id=f"place-{number}", service_id=f"service-{number}", version=1, name=name, organization_id="", organization="", source=""
    )


def test_a_question_asked_again_is_answered_from_memory() -> None:
    asked: list[str] = []
    answers = Answers(size=2)

    def ask(text: str) -> SearchPage:
        def find() -> SearchPage:
            asked.append(text)
            return SearchPage(total=len(asked))

        return answers.answer(ServiceQuery(text), find)

    assert ask("food") is ask("food")
    ask("shelter")
    ask("food")
    ask("rent")  # the least recently asked, shelter, is forgotten
    ask("food")
    ask("shelter")
    assert asked == ["food", "shelter", "rent", "shelter"]


def test_a_change_is_found_by_a_question_asked_before(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    fill(engine, [listing(1, "Pantry")])
    assert engine.search(ServiceQuery("kitchen")).total == 0
    engine.apply([Put("service-2", 1, (listing(2, "Kitchen"),))])
    assert engine.search(ServiceQuery("kitchen")).total == 1
    engine.close()


def test_what_was_told_of_a_person_is_not_remembered() -> None:
    asked: list[Whom | None] = []
    answers = Answers()
    somebody = ServiceQuery("food", whom=Whom(numbers=(("age", ((34.0, 35.0),)),)))

    def find() -> SearchPage:
        asked.append(somebody.whom)
        return SearchPage()

    answers.answer(somebody, find)
    answers.answer(somebody, find)
    assert asked == [somebody.whom] * 2
