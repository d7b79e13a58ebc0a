"""Answers that a small neighbourhood never gives: degraded, inexact, many pages, sample data, dropped words."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.finding.results import FindPage
from directory.web import find
from tests.web.html import Page, read


def answered(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str, **changes: object) -> Page:
    """The page of a real answer with some of its fields changed."""

    def changed(parts: object, request: FindRequest) -> FindPage:
        return replace(find_services(parts, replace(request, page=1)), page=request.page, **changes)  # type: ignore[arg-type]

    monkeypatch.setattr(find, "find_services", changed)
    return read(client.get(address).text)


WORDS = {
    "en": "Backup search: may miss new changes.",
    "fr": "Recherche de secours, moins à jour.",
    "es": "Búsqueda de reserva, menos al día.",
}


@pytest.mark.parametrize("language", WORDS)
def test_a_degraded_answer_says_so_in_one_line(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, language: str):
    page = answered(client, monkeypatch, f"/search?q=food&lang={language}", degraded=True)
    assert page.one("p", "reserve").text == WORDS[language]
    assert not answered(client, monkeypatch, f"/search?q=food&lang={language}").find("p", "reserve")


def test_words_left_out_are_named(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    assert "Left out: gluten, free." in answered(client, monkeypatch, "/search?q=food", words_dropped=("gluten", "free")).text


def test_sample_data_among_the_results_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    assert "Some of these are sample data" in answered(client, monkeypatch, "/search?q=food", has_sample_data=True).text


def test_an_inexact_number_does_not_sound_exact(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    page = answered(client, monkeypatch, "/search?q=food", total=1200, total_exact=False)
    assert page.headings()[0] == "More than 1,200 services"


def test_pages_lead_on_up_to_the_first_thousand(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    page = answered(client, monkeypatch, "/search?q=food&cost=free&page=2", total=1204)
    assert "Page 2 of 50" in page.text
    assert "Only the first 1,000 can be looked through." in page.text
    links = [link.attributes["href"] for link in page.find("a", "button") if link.text in ("Before", "Next")]
    assert links == ["/search?q=food&cost=free", "/search?q=food&cost=free&page=3"]


def test_the_last_page_leads_no_further(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    page = answered(client, monkeypatch, "/search?q=food&page=50", total=1204)
    assert [link.text for link in page.find("a", "button") if link.text in ("Before", "Next")] == ["Before"]


def test_results_on_later_pages_keep_counting(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    page = answered(client, monkeypatch, "/search?q=food&page=3", total=1204)
    assert page.one("ol", "cards").attributes["start"] == "41"
