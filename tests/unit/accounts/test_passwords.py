"""Which passwords are good enough, and how browsers are called."""

import pytest

from directory.domain.errors import InvalidInput
from directory.services.accounts.password import checked_password, fits, hash_password
from directory.web.devices import device_words

KNOWN = ("anna.smid@example.org", "Anna Ŝmid")


@pytest.mark.parametrize(
    "good",
    ["lantern quarry pelican sixty", "correct horse battery staple", "T7#kd0!pqzLm", "bleu souris wagon tiroir", "überfluß ohne grund"],
)
def test_a_few_words_that_do_not_belong_together_are_good(good: str) -> None:
    assert checked_password(good, KNOWN) == good


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("", "at least 12"),
        ("short words", "at least 12"),
        ("x" * 201, "at most 200"),
        ("password12345", "easily guessed"),
        ("Passw0rd2026!", "easily guessed"),
        ("qwertyuiop[]", "easily guessed"),
        ("123456789012", "easily guessed"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "easily guessed"),
        ("iloveyou1234", "easily guessed"),
        ("x anna.smid@example.org", "leave out"),
        ("my Anna.Smid in spring", "leave out"),
        ("anna ŝmid wears green", "leave out"),
    ],
)
def test_what_is_short_common_or_known_of_the_person_is_refused(bad: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        checked_password(bad, KNOWN)


def test_a_password_is_the_same_however_its_letters_are_written() -> None:
    kept = hash_password("caf\u00e9 lantern quarry")
    assert kept.startswith("$argon2id$")
    assert fits(kept, "cafe\u0301 lantern quarry")
    assert not fits(kept, "cafe lantern quarry")
    assert not fits(None, "cafe lantern quarry")
    assert not fits("no hash at all", "cafe lantern quarry")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox, Linux"),
        ("curl/8.0", ""),
    ],
)
def test_a_browser_is_called_by_names_that_everybody_knows(told: str, words: str) -> None:
    assert device_words(told) == words
