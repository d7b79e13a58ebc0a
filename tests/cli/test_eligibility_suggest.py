"""`directory eligibility suggest`: what the words of a text might say of who can come."""

import io
from pathlib import Path

import pytest

from tests.cli.conftest import Say

LISTING = "Adults 18+ who live in Ottawa. Bring photo ID.\nPriority to veterans or seniors 65 and over.\n"


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    path = tmp_path / "listing.txt"
    path.write_text(LISTING, encoding="utf-8")
    return path


def test_each_criterion_is_given_as_json_with_its_place_in_the_text(say: Say, listing: Path) -> None:
    said = say("eligibility", "suggest", str(listing), "--json")
    assert (said.code, said.err) == (0, "")
    found = said.json["suggestions"]
    assert [each["words"] for each in found] == ["18+", "Ottawa", "photo ID", "veterans or seniors 65 and over"]
    assert all(LISTING[each["start"] : each["end"]] == each["words"] for each in found)
    assert found[0]["when"] == {"field": "age", "op": "gte", "value": 18}
    assert (found[2]["kind"], found[2]["code"]) == ("document", "photo_id")
    assert (found[3]["strength"], len(found[3]["when"]["any"])) == ("soft", 2)


def test_people_read_the_text_with_the_words_marked_and_what_each_might_mean(say: Say, listing: Path) -> None:
    said = say("eligibility", "suggest", str(listing))
    assert "Adults [1: 18+] who live in [2: Ottawa]. Bring [3: photo ID]." in said.out
    assert "  1  age ≥ 18\n" in said.out
    assert "  4  veteran: veteran or age ≥ 65 (comes first)\n" in said.out


def test_standard_input_is_read_in_french(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Femmes enceintes de 18 ans et plus résidant à Gatineau.".encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(words)))
    found = say("eligibility", "suggest", "-", "--language", "fr", "--json").json
    assert found["language"] == "fr"
    assert [each["when"]["field"] for each in found["suggestions"]] == ["pregnant", "age", "area"]


def test_a_text_that_says_nothing_of_people_is_no_mistake(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "hours.txt"
    path.write_text("Open Monday to Friday, 9 to 5.")
    assert say("eligibility", "suggest", str(path), "--json").json["suggestions"] == []
    assert say("eligibility", "suggest", str(path)).out == "Nothing found that says who can come.\n"


def test_of_a_very_long_text_it_says_how_much_was_read(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("word " * 5_000)
    said = say("eligibility", "suggest", str(path), "--json")
    assert said.json["characters_read"] == 20_000
    assert said.err == "The text is long: its first 20,000 characters were read.\n"


def test_what_cannot_be_read_ends_with_one_sentence_and_code_2(say: Say, tmp_path: Path, listing: Path) -> None:
    picture, heavy = tmp_path / "picture.png", tmp_path / "heavy.txt"
    picture.write_bytes(b"\x89PNG\xff\xfe\x00")
    heavy.write_bytes(b"a" * 1_000_001)
    for arguments, sentence in (
        ([str(tmp_path / "none.txt")], "There is no file"),
        ([str(tmp_path)], "cannot be read"),
        ([str(picture)], "is not text in UTF-8; save it as UTF-8 text."),
        ([str(heavy)], "is larger than 1,000,000 bytes; give the text of one listing."),
        ([str(listing), "--language", "de"], "“de” is not a language that is read here; use en or fr."),
    ):
        said = say("eligibility", "suggest", *arguments)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("directory: ")
        assert sentence in said.err
        assert said.err.count("\n") == 1
