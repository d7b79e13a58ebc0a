"""The open standard over the wire: every answer valid by the official schemas, every parameter narrows, what is gone is said to be gone."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import jsonschema
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from directory.services.exchange.hsds import own_terms
from tests.support.neighbourhood import (
    CLINIC,
    MERGED,
    ORGANIZATION,
    PANTRY,
    PANTRY_PLACE,
    PHONE_LINE,
    SECRET_PLACE,
    SECRET_STREET,
    SHELTER,
    WITHDRAWN,
)
from tests.support.standard import faults

ALL = {PANTRY, CLINIC, SHELTER, PHONE_LINE}
KIND_OF = {
    "services": "service", "organizations": "organization", "service_at_locations": "service_at_location", "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}  # fmt: skip
FOOD_PANTRY = own_terms.category_term("food-pantry")["id"]


def contents(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    answer = client.get(f"/hsds/{address}")
    assert answer.status_code == 200, answer.text
    return list(answer.get_json()["contents"])


def ids(client: FlaskClient, address: str) -> set[str]:
    return {entry["id"] for entry in contents(client, address)}


def sites_of(client: FlaskClient, asked: str) -> set[str]:
    """The services whose places a question finds."""
    return {entry["service"]["id"] for entry in contents(client, f"service_at_locations?{asked}")}


def test_the_first_page_says_which_standard_and_whose(client: FlaskClient) -> None:
    found = client.get("/hsds/").get_json()
    assert found["version"] == "3.1"
    assert found["profile"].startswith("https://")
    assert found["openapi_url"] == "http://localhost/hsds/openapi.json"
    assert found["publisher"]["name"] == "West Philadelphia shared directory"


LISTS = [
    *(f"services{asked}" for asked in ("", "?full=true")),
    *(f"organizations{asked}" for asked in ("", "?full=true", "?full_service=true")),
    *(f"service_at_locations{asked}" for asked in ("", "?full=true")),
    "taxonomies",
    *(f"taxonomy_terms?per_page=500{asked}" for asked in ("", "&top_only=true")),
]


@pytest.mark.parametrize("address", LISTS)
def test_every_list_holds_objects_of_the_standard_and_nothing_besides(client: FlaskClient, address: str) -> None:
    found = contents(client, address)
    kind = KIND_OF[address.partition("?")[0]]
    assert found
    assert [fault for value in found for fault in faults(kind, value, as_answered=True)] == []


@pytest.mark.parametrize("kind", KIND_OF)
def test_every_record_of_a_list_can_be_read_by_its_id_whole(client: FlaskClient, kind: str) -> None:
    for entry in contents(client, kind)[:20]:
        value = client.get(f"/hsds/{kind}/{entry['id']}").get_json()
        assert value["id"] == entry["id"]
        assert faults(KIND_OF[kind], value, as_answered=True) == []


@pytest.mark.parametrize(
    "address", ["services", "services?full=true", "organizations", "service_at_locations", "service_at_locations?full=true"]
)
def test_each_record_says_its_source_and_licence(client: FlaskClient, address: str) -> None:
    for entry in contents(client, address):
        (source,) = [attribute for attribute in entry.get("service", entry)["attributes"] if attribute["label"] == "source"]
        assert source["value"] == "CC0-1.0"
        assert source["taxonomy_term"]["description"] == "Made for tests"


def test_the_page_is_told_exactly(client: FlaskClient) -> None:
    first = client.get("/hsds/services?per_page=3").get_json()
    last = client.get("/hsds/services?per_page=3&page=2").get_json()
    beyond = client.get("/hsds/services?per_page=3&page=3").get_json()
    envelope = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty")
    assert [first[name] for name in envelope] == [4, 2, 1, 3, True, False, False]
    assert [last[name] for name in envelope] == [4, 2, 2, 1, False, True, False]
    assert [beyond[name] for name in envelope] == [4, 2, 3, 0, False, True, True]
    assert {entry["id"] for page in (first, last) for entry in page["contents"]} == ALL


@pytest.mark.parametrize("kind", KIND_OF)
def test_going_on_by_the_link_finds_each_record_once(client: FlaskClient, kind: str) -> None:
    address, found = f"/hsds/{kind}?per_page=3", []
    while address:
        answer = client.get(address)
        found += [entry["id"] for entry in answer.get_json()["contents"]]
        address = answer.headers.get("Link", "").partition(">")[0].lstrip("<")
    assert len(found) == len(set(found)) == client.get(f"/hsds/{kind}").get_json()["total_items"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("search=food", {PANTRY, CLINIC, SHELTER}),
        ("search=FOOD+nurse", {CLINIC}),
        ("search=harbour+eviction", {PHONE_LINE}),
        ("search=100%25", set()),
        (f"taxonomy_term_id={FOOD_PANTRY}", {PANTRY}),
        (f"taxonomy_id={own_terms.CATEGORY_TAXONOMY['id']}", {PANTRY, CLINIC, PHONE_LINE}),
        (f"organization_id={ORGANIZATION}", ALL),
        (f"organization_id={PANTRY}", set()),
        ("modified_after=2026-11-01T12:00:00Z", ALL),
        ("modified_after=2030-01-01T00:00:00Z", set()),
        ("modified_after=2026-11-01T07:00:00-05:00", ALL),
        ("modified_after=2026-11-01T13:00:00+01:00", ALL),
        (f"search=food&taxonomy_term_id={FOOD_PANTRY}&organization_id={ORGANIZATION}&modified_after=2026-11-01", {PANTRY}),
    ],
)
def test_parameters_narrow_services_together(client: FlaskClient, asked: str, found: set[str]) -> None:
    assert ids(client, f"services?{asked}") == found


def test_minimal_gives_every_id_and_its_change_on_one_page(client: FlaskClient) -> None:
    page = client.get("/hsds/services?minimal=true&per_page=1").get_json()
    assert (page["size"], page["last_page"]) == (4, True)
    whole = {entry["id"]: entry["last_modified"] for entry in contents(client, "services?full=true")}
    assert {entry["id"]: entry["modified_date"] for entry in page["contents"]} == whole


def test_lines_give_everything_without_pages(client: FlaskClient) -> None:
    answer = client.get("/hsds/services?format=ndjson&full=true&per_page=1")
    assert answer.mimetype == "application/x-ndjson"
    found = [json.loads(line) for line in answer.text.splitlines()]
    assert {value["id"] for value in found} == ALL
    assert [fault for value in found for fault in faults("service", value)] == []


def test_a_post_asks_the_same_with_nothing_in_the_address(client: FlaskClient) -> None:
    by_form = client.post("/hsds/services", data={"search": "nurse"})
    by_json = client.post("/hsds/services", json={"search": "nurse", "per_page": 5, "full": True})
    assert [entry["id"] for entry in by_form.get_json()["contents"]] == [CLINIC]
    assert by_json.get_json()["contents"][0]["organization"]["id"] == ORGANIZATION
    assert "private" in by_form.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {PANTRY, CLINIC, SHELTER}),
        ("postcode=19104", {PANTRY, CLINIC, SHELTER}),
        ("postcode=19104&proximity=400", {PANTRY}),
        ("latitude=39.95&longitude=-75.21&radius=100", {CLINIC}),
        ("latitude=39.9333&longitude=-75.1777&radius=1000", set()),
        ("latitude=39.95&longitude=-75.2&radius=20000000", {PANTRY, CLINIC}),
        ("latitude=39.95&longitude=-75.2&radius=20000000&search=nurse", {CLINIC}),
        ("search=main+street", {PANTRY}),
        ("search=hidden", set()),
    ],
)
def test_places_are_found_around_a_point_and_confidential_ones_nowhere(client: FlaskClient, asked: str, found: set[str]) -> None:
    assert sites_of(client, asked) == found


def test_a_confidential_place_is_told_without_anything_of_it(client: FlaskClient) -> None:
    for address in (
        f"/hsds/services/{SHELTER}",
        "/hsds/service_at_locations?full=true&format=ndjson",
        "/hsds/services?format=ndjson&full=true",
    ):
        text = client.get(address).text
        assert "Women's shelter" in text
        assert not [word for word in (SECRET_PLACE, SECRET_STREET, "Hidden Court", "39.93", "19147") if word in text]


def test_gone_records_say_so_and_merged_ones_lead_on(client: FlaskClient) -> None:
    assert client.get(f"/hsds/services/{WITHDRAWN}").status_code == 410
    merged = client.get(f"/hsds/services/{MERGED}")
    assert (merged.status_code, merged.headers["Location"]) == (308, f"/hsds/services/{PANTRY}")
    missing = client.get(f"/hsds/services/{ORGANIZATION}")
    assert (missing.status_code, missing.mimetype) == (404, "application/problem+json")
    assert client.get("/hsds/nothing").mimetype == "application/problem+json"


def test_deletions_tell_what_is_gone_and_what_it_became(client: FlaskClient) -> None:
    told = {entry["id"]: entry for entry in contents(client, "deletions")}
    assert told[WITHDRAWN]["reason"] == "withdrawn"
    assert (told[MERGED]["reason"], told[MERGED]["replaced_by"], told[MERGED]["kind"]) == ("merged", PANTRY, "service")
    assert contents(client, "deletions?modified_after=2026-11-02") == []
    assert len(client.get("/hsds/deletions?format=ndjson").text.splitlines()) == len(told)


def test_what_was_read_before_is_not_sent_again(client: FlaskClient) -> None:
    for address in (f"/hsds/services/{PANTRY}", "/hsds/services", "/hsds/taxonomies"):
        first = client.get(address)
        assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    one = client.get(f"/hsds/services/{PANTRY}")
    assert one.last_modified == datetime.fromisoformat(one.get_json()["last_modified"]).replace(microsecond=0)


def test_own_categories_are_a_taxonomy_whose_tree_can_be_walked(client: FlaskClient) -> None:
    tree = own_terms.CATEGORY_TAXONOMY["id"]
    top = contents(client, f"taxonomy_terms?taxonomy_id={tree}&top_only=true&per_page=500")
    assert top
    below = contents(client, f"taxonomy_terms?parent_id={own_terms.category_term('food')['id']}")
    assert FOOD_PANTRY in {term["id"] for term in below}
    assert {term["taxonomy_detail"]["id"] for term in [*top, *below]} == {tree}


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("services?page=0", "page"), ("services?per_page=501", "per_page"), ("services?serach=food", "serach"),
        ("services?modified_after=yesterday", "modified_after"), ("services?organization_id=7", "organization_id"),
        ("services?format=xml", "format"), ("services?full=maybe", "full"), ("service_at_locations?proximity=5", "proximity"),
        ("service_at_locations?postcode=nowhere", "postcode"), ("service_at_locations?latitude=39", "radius"),
        ("service_at_locations?latitude=99&longitude=0&radius=1", "latitude"), ("taxonomies?top_only=true", "top_only"),
        (f"services/{PANTRY}?full=true", "full"), ("deletions?search=x", "search"), ("services?after=x", "after"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(client: FlaskClient, address: str, field: str) -> None:
    answer = client.get(f"/hsds/{address}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.get_json()["field"] == field


def test_a_body_that_is_no_object_is_named(client: FlaskClient) -> None:
    assert client.post("/hsds/services", json=["food"]).get_json()["field"] == "body"


def test_every_parameter_of_the_standard_s_own_document_is_taken(client: FlaskClient) -> None:
    from tests.support.standard import STANDARD

    official = json.loads((STANDARD / "schema" / "openapi.json").read_text(encoding="utf-8"))
    ours = client.get("/hsds/openapi.json").get_json()["paths"]
    names = {f"#/components/parameters/{key}": value["name"] for key, value in official["components"]["parameters"].items()}
    for path, operations in official["paths"].items():
        for method, operation in ((name, operations[name]) for name in ("get", "post") if name in operations):
            asked = {names.get(entry.get("$ref", "")) or entry["name"] for entry in operation.get("parameters", [])}
            taken = {entry["name"] for entry in ours[f"/hsds{path}"][method].get("parameters", [])}
            assert asked <= taken, (path, method)


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = [(f"/hsds/{kind}", method) for kind in (*KIND_OF, "deletions") for method in ("GET", "POST")]
OPERATIONS += [(f"/hsds/{kind}/{{id}}", "GET") for kind in KIND_OF]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_is_asked_is_answered_as_the_document_says(app: Flask, path: str, method: str) -> None:
    operation = schemathesis.openapi.from_wsgi("/hsds/openapi.json", app)[path][method]

    @given(
        case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE) | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    )
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    ask()


def test_real_answers_are_what_the_document_says(client: FlaskClient) -> None:
    document = client.get("/hsds/openapi.json").get_json()
    for kind in KIND_OF:
        schema = document["paths"][f"/hsds/{kind}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator({**document, **schema}).validate(client.get(f"/hsds/{kind}").get_json())
    assert UUID(PANTRY_PLACE)
