"""Weighing all candidates at once comes to what weighing each of them by itself does."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_index.documents import ListingDocument
from search_index.fields import TEXT_FIELDS
from search_index.meeting import ListingWords, meetings, texts_of
from search_index.meili import contract
from search_index.meili.encoding import encoded
from search_index.meili.relevance import Relevance
from search_index.meili.rows import Rows
from search_index.meili.wordings import WordsMeant
from search_index.port import Put
from search_index.query import Meant
from search_index.synonyms import shipped_synonyms
from search_index.vocabulary import Vocabulary
from search_index.wording import attempts

WORDS = ("food", "bank", "pantry", "meals", "shelter", "shelters", "sheltr", "housing", "hous", "legal", "aid", "clinic", "a")
texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)


@st.composite
def corpora(draw: st.DrawFn) -> list[ListingDocument]:
    return [
        ListingDocument(
            f"d{number}", f"s{number}", 1, draw(texts), "o", draw(texts), "", place_words=draw(texts), categories=("c1", "c1/c2")
        )
        for number in range(draw(st.integers(1, 12)))
    ]


def weighed(documents: list[ListingDocument], text: str, is_complete: Any = True, meant: tuple[Meant, ...] = ()) -> list[float]:
    ready = [encoded(Put(each.service_id, 1, (each,)), shipped_synonyms()) for each in documents]
    rows = Rows(held for each in ready for held in each.documents)
    words = WordsMeant(Vocabulary(word for each in ready for word in each.words))
    attempt = next(attempts(text, "en", shipped_synonyms()))
    return Relevance(attempt, words, meant).of(rows, np.full(len(rows), is_complete)).tolist()


@given(corpora(), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join))
def test_each_listing_weighs_the_same_among_others_as_alone(documents: list[ListingDocument], text: str) -> None:
    alone = [weighed([each, *documents], text)[0] for each in documents]  # the same words are known to the index
    assert weighed(documents, text) == alone


@given(corpora(), st.sampled_from(("pantry", "clinic", "legal aid", "food bank")))
def test_words_that_stand_themselves_weigh_where_the_scan_says_they_were_met(documents: list[ListingDocument], text: str) -> None:
    attempt = next(attempts(text, "en", shipped_synonyms()))
    asked = [word for unit in attempt.units for word in unit.words]
    for document, weight in zip(documents, weighed(documents, text), strict=True):
        held = [[f for f in contract.TELLING if word.text in " ".join(texts_of(document).get(f, ())).split()] for word in asked]
        if all(held):
            assert weight == meetings(attempt, ListingWords(texts_of(document))).weight


def test_what_stands_elsewhere_and_what_was_only_meant_weigh_little_and_much() -> None:
    documents = [ListingDocument(f"d{n}", f"s{n}", 1, name, "o", "", "", categories=("food",)) for n, name in enumerate(("meals", "rent"))]
    assert weighed(documents, "meals") == [TEXT_FIELDS["name"], 1.0]
    assert weighed(documents, "meals", is_complete=False) == [TEXT_FIELDS["name"] * 0.1, 0.0]
    assert weighed(documents, "meals", meant=(Meant("food", 0.5),)) == [2 * TEXT_FIELDS["name"], 1.0 + TEXT_FIELDS["name"]]
