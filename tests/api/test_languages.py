"""What goes wrong is told in the language of whoever asks, with the same field and status in all of them."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("en", "Must be a number."),
        ("es", "Debe ser un número."),
    ],
)
def test_a_problem_is_told_in_the_language_of_whoever_asks(client: FlaskClient, language: str, detail: str):
    answer = client.get("/api/v1/search?q=food&within_km=far", headers={"Accept-Language": language})
    assert answer.status_code == 400
    assert answer.json["field"] == "within_km"
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.json["detail"] == detail


def test_a_sentence_with_values_keeps_them_in_another_language(client: FlaskClient):
    answer = client.get("/api/v1/search?q=food&open_at=soon", headers={"Accept-Language": "es-MX"})
    assert answer.json["detail"].startswith("El momento (open_at) debe ser now")
    assert "«soon»" in answer.json["detail"]


def test_the_language_named_in_the_address_counts_before_the_browsers(client: FlaskClient):
    answer = client.get("/api/v1/categories?lang=es&colour=red", headers={"Accept-Language": "fr"})
    assert answer.json["detail"] == "Ese parámetro no existe aquí."


def test_what_is_not_there_is_told_in_the_language_too(client: FlaskClient):
    answer = client.get("/api/v1/services/11111111-2222-4333-8444-555555555555", headers={"Accept-Language": "es"})
    assert (answer.status_code, answer.json["detail"]) == (404, "No hay tal ficha en esta dirección.")


def test_a_language_that_the_community_does_not_speak_falls_back_to_its_first(client: FlaskClient):
    answer = client.get("/api/v1/search?q=food&within_km=far", headers={"Accept-Language": "fr"})
    assert (answer.headers["Content-Language"], answer.json["detail"]) == ("en", "Must be a number.")
