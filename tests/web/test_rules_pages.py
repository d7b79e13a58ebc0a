"""The rules that hold, in the open: for everybody, in sentences, and the same for programs."""

from flask.testing import FlaskClient

from directory.rules.sets.kinds import SetKind
from directory.rules.shipped import shipped_set
from tests.web.html import read


def test_everybody_reads_which_rules_hold_without_an_account(client: FlaskClient):
    page = read(client.get("/rules?lang=en").text)
    for kind in SetKind:
        assert shipped_set(kind).title.in_("en") in page.text
    assert "as it comes with the program" in page.text
    assert 'href="/rules"' in client.get("/?lang=en").text, "the foot of every page leads there"


def test_each_rule_stands_with_its_sentence_its_text_and_its_source(client: FlaskClient):
    page = read(client.get("/rules/flag-pairs?lang=en").text)
    assert "Two listings are read as “worth a conversation” (weight: medium) when they are of two organizations" in page.text
    assert "[the first organization] and [the second organization] offer the same" in page.text
    assert "Bunger and others" in page.text


def test_the_sentence_is_in_the_readers_language(client: FlaskClient):
    assert "Deux fiches se lisent comme" in client.get("/rules/flag-pairs?lang=fr").text


def test_a_set_that_does_not_hold_is_not_found(client: FlaskClient):
    assert client.get("/rules/no-such-set").status_code == 404
    assert client.get("/api/v1/rules/no-such-set").status_code == 404


def test_programs_read_document_and_sentences(client: FlaskClient):
    lines = client.get("/api/v1/rules").get_json()["sets"]
    assert [line["kind"] for line in lines] == [kind.value for kind in SetKind]
    found = client.get(lines[1]["href"]).get_json()
    assert (found["set"], found["version"], found["since"]) == ("flag-pairs", 0, None)
    assert [each["id"] for each in found["sentences"]] == [rule["id"] for rule in found["document"]["rules"]]


def test_the_catalogue_of_signals_is_public_and_says_which_come_near_to_a_person(client: FlaskClient):
    found = {each["name"]: each for each in client.get("/api/v1/signals?lang=fr").get_json()["signals"]}
    assert found["eligibility.outcome"]["sensitive"]
    assert not found["candidate.is_free"]["sensitive"]
    assert found["history.helped_share"]["is_history"]
    assert found["history.helped_share"]["cases"] == "history.cases"
    assert found["access.metres"]["label"] == "à quelle distance c'est"
    assert not any(word in name for name in found for word in ("gender", "origin", "health", "immigration_status"))
