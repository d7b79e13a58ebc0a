"""What somebody types is taken in its one form, or given back with a sentence that says what would be right."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.editing.checking import checked
from directory.domain.editing.fields import FIELDS, field_of
from directory.domain.editing.keys import Key, read_key
from directory.domain.errors import InvalidInput

WRONG: list[tuple[str, Any, str]] = [
    ("name", "  ", "Write a name by which people know it."),
    ("url", "ask us", "Write a web address such as https://example.org."),
    ("url", "javascript:alert(1)", "Write a web address such as https://example.org."),
    ("email", "ana@", "Write one mail address such as name@example.org."),
    ("ages", {"from": "30", "to": "18"}, "The youngest age, 30, must not be above the oldest, 18."),
    ("ages", {"from": "minus", "to": ""}, "An age is a number of years from 0 to 150."),
    ("phones", [{"number": "call"}], "“call” is no telephone number. Write it with its area code, such as 613-555-0199."),
    ("hours", {"week": {"MO": [["9", "17:00"]]}}, "“9” is no time of day. Write it as 09:00 or 17:30."),
    ("hours", {"week": {"MO": [["09:00", ""]]}}, "Hours need both times: when it opens and when it closes."),
    (
        "hours",
        {"week": {"MO": [["09:00", "12:00"], ["11:00", "15:00"]]}},
        "MO: 09:00–12:00 and 11:00–15:00 overlap. Write each part of the day once.",
    ),
    ("exceptions", [{"effect": "closes", "from": "24.12."}], "“24.12.” is no date. Write it as 2026-12-24."),
    ("exceptions", [{"effect": "replaces", "from": "2026-12-24"}], "Hours need both times: when it opens and when it closes."),
    (
        "exceptions",
        [{"effect": "closes", "from": "2026-12-24", "to": "2026-12-20"}],
        "The last day, 2026-12-20, must not come before the first, 2026-12-24.",
    ),
    ("capacity", {"status": "capacity"}, "Write until when this holds, so that nobody relies on it later."),
    ("amounts", [{"option": "Adults", "amount": "5"}], "Write the currency of the price in three letters, such as CAD."),
    ("status", "gone", "Choose one of: active, temporarily closed, inactive, defunct."),
    ("served", [{"postal_codes": ["K1A!"]}], "“K1A!” is no postal code. Write codes such as K1A or 19104, with commas between them."),
    ("phones", "613-555-0199", "This cannot be read. Write it anew."),
]


@pytest.mark.parametrize(("field", "value", "sentence"), WRONG)
def test_what_is_wrong_is_said_at_its_field_with_what_would_be_right(field: str, value: Any, sentence: str) -> None:
    found = checked({"alert": "Bring bags.", field: value})
    assert found.errors == {field: sentence}
    assert found.form == {"alert": "Bring bags."}


RIGHT: list[tuple[str, Any, Any]] = [
    ("name", "  Cafe\u0301  pantry ", "Café pantry"),
    ("url", "example.org/food", "https://example.org/food"),
    ("ages", {"from": "0,5", "to": "17"}, {"from": 0.5, "to": 17}),
    ("hours", {"week": {"TU": [["9:00", "12:00"]], "MO": []}}, {"week": {"TU": [["09:00", "12:00"]]}}),
    ("hours", {"week": {"SU": [["00:00", "24:00"]]}}, {"week": {"SU": [["00:00", "00:00"]]}}),
    ("languages", ["fr", "", "en", "fr"], ["en", "fr"]),
    ("closed_on_holidays", "", None),
    ("text:fr:name", " Pain ", "Pain"),
]


@pytest.mark.parametrize(("field", "value", "taken"), RIGHT)
def test_what_can_be_read_is_taken_in_its_one_form(field: str, value: Any, taken: Any) -> None:
    assert checked({field: value}).form == {field: taken}


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.sampled_from(["number", "week", "MO"]), inner),
    max_leaves=8,
)


@given(st.sampled_from([(kind, name) for kind, fields in FIELDS.items() for name in fields]), JUNK)
def test_no_value_breaks_a_checker_and_what_it_takes_it_takes_again(field: tuple[str, str], value: Any) -> None:
    kind, name = field
    found = checked({name: value}, kind)
    if found.is_right:
        assert checked(found.form, kind).form == found.form


def test_days_that_differ_at_a_place_need_its_usual_hours() -> None:
    closed = [{"effect": "closes", "from": "2026-12-24"}]
    found = checked({"site:1:exceptions": closed, "site:1:hours": {}})
    assert list(found.errors) == ["site:1:exceptions"]


@pytest.mark.parametrize("key", ["", "secret", "site:1", "text:fr:status", "text:fr", "elsewhere:1:name", "location:1:cost"])
def test_a_field_that_no_listing_has_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput):
        field_of(key)


@pytest.mark.parametrize("key", ["name", "text:fr:name", "site:1:hours", "location:1:text:fr:name"])
def test_a_key_reads_and_writes_the_same(key: str) -> None:
    assert str(read_key(key)) == key
    assert isinstance(read_key(key), Key)
