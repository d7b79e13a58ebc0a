"""Why a service was found: reasons that tell something."""

from search_index.explain import reasons_of
from search_index.query import Hit, ServiceQuery


def test_small_words_are_a_reason_only_where_nothing_else_is():
    told = Hit("s", "d", 1.0, matched=(("name", "School"), ("description", "to"), ("description", "the")))
    assert [reason.data["word"] for reason in reasons_of(told, ServiceQuery(text="to the school"))] == ["School"]
    only_small = Hit("s", "d", 1.0, matched=(("name", "The"),))
    assert [reason.data["word"] for reason in reasons_of(only_small, ServiceQuery(text="the"))] == ["The"]
