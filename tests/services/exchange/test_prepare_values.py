"""What the cleaners make of single values: kept, mended with a word on it, or left out with a word on it; never a stack trace."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.services.exchange.prepare import addresses_of_the_web as web
from directory.services.exchange.prepare import moments, numbers
from directory.services.exchange.prepare.fields import FIELDS
from directory.services.exchange.prepare.languages import language_code
from directory.services.exchange.prepare.notes import Notes
from directory.services.exchange.prepare.phones import read_phone
from directory.services.exchange.prepare.texts import plain, short
from directory.services.exchange.prepare.words import accessibility_code, cost_of
from directory.services.exchange.records import Where


def read(clean: Any, value: Any, **more: Any) -> tuple[Any, bool]:
    """What a cleaner gives, and whether it said anything."""
    notes = Notes(Where("feed.ndjson", 1))
    notes.kind, notes.field = "service", "field"
    return clean(value, notes, **more), bool(notes.problems)


@pytest.mark.parametrize(
    ("given_text", "kept", "told"),
    [
        ("Hot meals at noon", "Hot meals at noon", False),
        ("  two  spaces ", "two spaces", False),
        ("<p>Open <b>daily</b></p><ul><li>soup</li></ul>", "Open daily\n\n- soup", True),
        ("&amp;lt;b&amp;gt;Call&amp;lt;/b&amp;gt; first", "Call first", True),
        ("Bread &amp; butter", "Bread & butter", True),
        ("ages <18 & >65", "ages <18 & >65", False),
        ("income <poverty level", "income <poverty level", False),
        ("<script>alert(1)</script>Food", "Food", True),
        ("CafÃ© crÃ¨me", "Café crème", True),
        ("Cafe\u0301", "Café", False),
        ("a\x00b\x07c", "abc", True),
        ('=HYPERLINK("http://x","y")', None, True),
        ("=SUM(A1:A9)", None, True),
        ("+1 613 555 0142", "+1 613 555 0142", False),
        ("- bring a bag", "- bring a bag", False),
        ("", None, False),
        (None, None, False),
        (12, "12", False),
        (["Mondays", "Fridays"], "Mondays; Fridays", True),
        ({"description": "Adults only"}, "Adults only", True),
    ],
)  # fmt: skip
def test_texts_become_plain_words(given_text: Any, kept: str | None, told: bool) -> None:
    assert read(plain, given_text) == (kept, told)


def test_a_text_without_end_is_cut_and_told() -> None:
    kept, told = read(plain, "word " * 10_000)
    assert told
    assert len(kept) <= 20_000


@given(st.text(max_size=300))
def test_a_cleaned_text_is_stable(text: str) -> None:
    once, _ = read(plain, text)
    if once is not None:
        again, told = read(plain, once)
        assert again == once or told  # text that looks escaped once more is unescaped once more, and said so


@pytest.mark.parametrize("nothing", ["N/A", "none", "-", "NULL", "unknown"])
def test_words_that_only_fill_a_blank_are_nothing(nothing: str) -> None:
    assert read(short, nothing) == (None, False)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("www.example.ca", "https://www.example.ca"),
        ("example.org/help", "https://example.org/help"),
        ("http:/example.org", "http://example.org"),
        ("HTTP://Example.org", "http://Example.org"),
        ("http://http://example.org", "http://example.org"),
        ("https://santé.example.fr/à", "https://santé.example.fr/à"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://example.org", None),
        ("see our page", None),
        ("info@example.org", None),
        ("http://localhost", None),
    ],
)
def test_only_addresses_that_a_browser_opens_safely_are_kept(given_text: str, kept: str | None) -> None:
    value, told = read(web.url, given_text)
    assert value == kept
    assert told == (kept != given_text)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("help@example.org", "help@example.org"),
        ("mailto:help@example.org", "help@example.org"),
        ("a@example.org; b@example.org", "a@example.org"),
        ("Ann <ann@example.org>", "ann@example.org"),
        ("nobody", None),
        ("a..b@example.org", None),
    ],
)
def test_one_mail_address_is_kept(given_text: str, kept: str | None) -> None:
    assert read(web.email, given_text)[0] == kept


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("2026-03-31", "2026-03-31"), ("2026-03-31T10:00:00Z", "2026-03-31"), ("31/03/2026", "2026-03-31"), ("3/31/2026", "2026-03-31"),
        ("March 31, 2026", "2026-03-31"), ("4/4/2026", "2026-04-04"), ("3/4/2026", None), ("soon", None), ("2026-02-30", None),
        ("99/99/2026", None),
    ],
)  # fmt: skip
def test_a_date_that_could_be_two_days_is_left_out(given_text: str, kept: str | None) -> None:
    assert read(moments.day, given_text)[0] == kept


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("09:30", "09:30"), ("09:30:00", "09:30"), ("09:30-05:00", "09:30"), ("9:00am", "09:00"), ("9 PM", "21:00"),
        ("12am", "00:00"), ("12 p.m.", "12:00"),
        ("noon", "12:00"), ("24:00", "24:00"), ("9", None), ("25:00", None), ("13pm", None), ("morning", None),
    ],
)  # fmt: skip
def test_a_time_that_could_be_morning_or_evening_is_left_out(given_text: str, kept: str | None) -> None:
    assert read(moments.clock, given_text)[0] == kept


@pytest.mark.parametrize(
    ("clean", "value"),
    [
        (numbers.latitude, 999), (numbers.latitude, "north"), (numbers.longitude, -181), (numbers.age, "twelve"), (numbers.age, -1),
        (numbers.number, float("nan")), (numbers.number, float("inf")), (numbers.number, "1e999"), (numbers.whole, 1.5),
        (numbers.currency, "dollars"),
        (numbers.country, "Atlantis"), (numbers.yes_or_no, "maybe"), (numbers.offset_hours, 99), (numbers.amount, "a lot"),
        (numbers.year, 20),
    ],
)  # fmt: skip
def test_values_that_cannot_be_are_left_out_and_named(clean: Any, value: Any) -> None:
    assert read(clean, value) == (None, True)


@pytest.mark.parametrize(
    ("clean", "value", "kept"),
    [
        (numbers.age, "18", 18), (numbers.amount, "$1,250.50", 1250.5), (numbers.currency, "cad", "CAD"),
        (numbers.country, "United States", "US"),
        (numbers.country, "uk", "GB"), (numbers.yes_or_no, "Yes", True), (numbers.latitude, "45.42", 45.42), (numbers.whole, "3", 3),
    ],
)  # fmt: skip
def test_values_in_other_spellings_are_read(clean: Any, value: Any, kept: Any) -> None:
    assert read(clean, value)[0] == kept


@given(
    st.sampled_from(sorted(FIELDS)),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=5,
    ),
)
def test_no_cleaner_ever_fails_whatever_it_is_given(kind: str, value: Any) -> None:
    for _, clean in FIELDS[kind]:
        read(clean, value)


@pytest.mark.parametrize(
    ("text", "dial", "extension"),
    [
        ("(613) 555-0142", "+16135550142", ""), ("613.232.1234 x12", "+16132321234", "12"), ("1-866-531-2600 ext. 4", "+18665312600", "4"),
        ("211", "211", ""), ("9-8-8", "988", ""), ("+44 1234 234567", "+441234234567", ""), ("613-232-1234 / 613-232-1235", "", ""),
        ("514 555-0142 poste 007", "+15145550142", "007"), ("123", "", ""),
    ],
)  # fmt: skip
def test_telephone_numbers_are_read_or_kept_as_text(text: str, dial: str, extension: str) -> None:
    found = read_phone(text, "CA")
    assert (found.dial, found.extension) == (dial, extension)
    assert found.number


@pytest.mark.parametrize(
    ("code", "name", "found"),
    [
        ("en", None, "en"), ("ENG", None, "en"), (None, "French", "fr"), (None, "français", "fr"), (None, "Mandarin", "cmn"),
        (None, "Arabic (interpreter)", "ar"), (None, "American Sign Language", "ase"), ("375", "375", None), (None, "Klingon", None),
        ("pt-BR", "Portuguese", "pt-BR"), ("und", "Somali", "so"),
    ],
)  # fmt: skip
def test_languages_are_known_by_code_or_by_name(code: str | None, name: str | None, found: str | None) -> None:
    assert language_code(code, name) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Free", ["free"]), ("No charge.", ["free"]), ("Gratuit", ["free"]), ("Sliding scale, ask us", ["sliding"]),
        ("$20 per session", ["fee"]),
        ("Free for residents; $5 for others", []), ("Call for fees", []), (None, []), ("Ask about our free parking; fees of $10 apply", []),
    ],
)  # fmt: skip
def test_cost_is_only_said_where_the_words_leave_no_doubt(text: str | None, found: list[str]) -> None:
    assert cost_of(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wheelchair accessible entrance", "wheelchair"), ("Not wheelchair accessible", None), ("Stairs only, no elevator", None),
        ("Handicapped Accessible", "wheelchair"), ("ASL interpreter", "asl"), ("Accès en fauteuil roulant", "wheelchair"), ("", None),
    ],
)  # fmt: skip
def test_access_is_only_said_where_the_words_do_not_deny_it(text: str, found: str | None) -> None:
    assert accessibility_code(text) == found
