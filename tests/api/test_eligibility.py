"""Searching for somebody over JSON: facts in the body, never in an address; what may be told is listed; status is never taken."""

import copy

import jsonschema
import pytest
from flask.testing import FlaskClient

from tests.api.test_contract import strict


def test_facts_are_listed_with_their_types_units_and_wording(client: FlaskClient) -> None:
    facts = {each["name"]: each for each in client.get("/api/v1/facts").get_json()["facts"]}
    assert (facts["age"]["type"], facts["age"]["unit"], facts["age"]["question"]) == ("number", "years", "How old is the person?")
    assert facts["child.age"]["repeats"]
    assert "CAD" in facts["income"]["currency"]
    assert facts["violence"]["sensitive"]
    assert facts["violence"]["reason"]
    assert "newcomer" not in facts, "what somebody's status is, is never asked"


@pytest.mark.parametrize(
    "body",
    [{"q": "food"}, {"q": "food", "facts": {"age": {"min": 25, "max": 35}, "child.age": [3]}}, {"facts": {"age": 15}, "unfit": True}],
)
def test_a_search_for_somebody_answers_as_the_document_says(client: FlaskClient, body: dict[str, object]) -> None:
    document = strict(copy.deepcopy(client.get("/api/v1/openapi.json").get_json()))
    response = client.post("/api/v1/search", json=body)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    schema = document["paths"]["/api/v1/search"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    validator = jsonschema.Draft202012Validator({**document, **schema}, format_checker=jsonschema.FormatChecker())
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(response.get_json())] == []


def test_each_result_says_whether_it_is_for_them_why_and_what_would_settle_it(client: FlaskClient) -> None:
    found = client.post("/api/v1/search", json={"q": "food", "facts": {"gender": "female"}}).get_json()
    assert {result["eligibility"] for result in found["results"]} <= {"yes", "ask"}
    assert all({"settles", "reasons"} <= result.keys() for result in found["results"])
    assert found["fit"]["ask"] >= 1


@pytest.mark.parametrize(
    ("body", "field", "says"),
    [
        ({"facts": {"agge": 34}}, "facts", "Did you mean"),
        ({"facts": {"age": "old"}}, "age", "is a number"),
        ({"facts": {"newcomer": ["refugee"]}}, "newcomer", "never asked or kept"),
        ({"facts": [34]}, "facts", "object of facts"),
        ({"avoids": ["tells"]}, "avoids", "Must be one of"),
        ({"fact": {"age": 34}}, "fact", "no such parameter"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(client: FlaskClient, body: dict[str, object], field: str, says: str) -> None:
    answer = client.post("/api/v1/search", json=body)
    assert answer.status_code == 400
    assert field in answer.get_json()["field"]
    assert says in answer.get_json()["detail"]


def test_no_fact_is_taken_from_an_address(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?facts=age").status_code == 400
    assert client.get("/api/v1/search?age=34").status_code == 400
