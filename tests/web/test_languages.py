"""Every word in the reader's language: what is chosen, what is kept, and that no translation is missing or breaks a sentence."""

import ast
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.html import read
from tests.web.messages import RAISED, ROOT, SOURCES, TRANSLATIONS, extracted_catalogue, read_translations

FILES = sorted(TRANSLATIONS.glob("*.po"))
_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%\((\w+)\)d")


def forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_of_every_page_is_translated(path: Path):
    translated = {message.id: message.string for message in read_translations(path) if message.id}
    wanted = {message.id for message in extracted_catalogue() if message.id}
    missing = {text for text in wanted if not all(forms(translated.get(text, "")))}
    assert not missing, f"run `python -m tests.web.messages` and translate in {path.name}: {sorted(map(str, missing))}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_translation_is_kept_that_nobody_shows(path: Path):
    assert {message.id for message in read_translations(path)} <= {message.id for message in extracted_catalogue()} | {""}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_fills_in_the_same_names(path: Path):
    for message in read_translations(path):
        if message.id:
            wanted = set(_PLACEHOLDER.findall(forms(message.id)[-1]))
            assert all(set(_PLACEHOLDER.findall(form)) <= wanted for form in forms(message.string)), message.id
            assert set(_PLACEHOLDER.findall(forms(message.string)[-1])) == wanted, message.id


def test_a_page_is_written_in_the_language_asked_for(client: FlaskClient):
    page = read(client.get("/search?q=food&lang=fr").text)
    assert page.one("html").attributes["lang"] == "fr"
    assert page.one("html").attributes["dir"] == "ltr"
    assert page.headings()[0] == "3 services"
    assert "Quitter cette page" in page.text


def test_a_language_once_chosen_is_kept(client: FlaskClient):
    answer = client.get("/?lang=es")
    assert "language=es" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert read(client.get("/").text).one("html").attributes["lang"] == "es"


def test_without_a_choice_the_browsers_wish_counts(client: FlaskClient):
    answer = client.get("/", headers={"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"})
    assert read(answer.text).one("html").attributes["lang"] == "fr"
    assert "Set-Cookie" not in answer.headers


def test_a_language_the_community_does_not_speak_is_not_offered(client: FlaskClient):
    assert read(client.get("/?lang=de").text).one("html").attributes["lang"] == "en"


def test_the_search_is_kept_when_the_language_changes(client: FlaskClient):
    page = read(client.get("/search?q=food&cost=free&lang=en").text)
    french = page.one("a", hreflang="fr")
    assert french.text == "français"
    assert french.attributes["href"] == "/search?q=food&cost=free&lang=fr"


def test_times_and_counts_are_written_as_the_language_does(client: FlaskClient):
    words = read(client.get("/search?q=groceries&near=19104&lang=fr").text).text
    assert "Accueille maintenant, jusqu’à 17:00" in words


def test_needs_and_filters_have_names_in_the_language(client: FlaskClient):
    assert read(client.get("/?lang=fr").text).find("a", "tile")[0].text == "Alimentation 2 lieux"
    assert "Espagnol" in read(client.get("/search?q=food&lang=fr").text).text


def test_what_breaks_is_told_in_the_language_even_when_the_community_cannot_be_read(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    def broken(*_anything: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("directory.web.here.read_community", broken)
    answer = client.get("/about", headers={"Accept-Language": "es"})
    assert answer.status_code == 500
    assert read(answer.text).one("html").attributes["lang"] == "es"


def raised_with_values_filled_in(path: Path) -> list[str]:
    """Errors whose sentence is an f-string: nobody could say it in another language."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for call in calls
        if call.func.id in (*RAISED, "ValidationError", "abort")  # type: ignore[attr-defined]
        and any(isinstance(argument, ast.JoinedStr) for argument in call.args)
    ]


def test_every_error_that_a_reader_may_meet_can_be_said_in_another_language():
    code = [(ROOT / folder, names.replace("**", "*")) for folder, names, method in SOURCES if method == "python"]
    files = [path for folder, names in code for path in sorted(folder.rglob(names))]
    assert [found for path in files for found in raised_with_values_filled_in(path)] == []
