"""`directory taxonomy terms` and `map`: the planner's table on the command line."""

from pathlib import Path

import pytest

from directory.domain.categories.filing import SaidTerm
from directory.services.parts import Parts
from directory.store.tables import Attribute, TaxonomyTerm
from tests.cli.conftest import Say
from tests.support.listings import add
from tests.support.neighbourhood import CLINIC, PANTRY

WALK_UP = SaidTerm("Made-up feed", "service_type", "", "Walk up")
AS_ANNA = ("--as", "Anna@example.org")


@pytest.fixture
def said_walk_up(furnished: Parts) -> Parts:
    """Two services of which the feed says “Walk up”, and a term that nothing hangs on."""
    with furnished.database.writing() as session:
        for service in (PANTRY, CLINIC):
            add(session, Attribute(link_entity="service", link_id=service, link_type="service_type", value="Walk up"))
        add(session, TaxonomyTerm(name="Food Pantry"))
        session.commit()
    return furnished


def test_terms_are_listed_with_the_listings_that_carry_them(said_walk_up: Parts, say: Say) -> None:
    out = say("taxonomy", "terms").out
    assert out.startswith("2 terms (1 unmapped, 1 mapped, 0 decided, 0 none fits in all)")
    assert "Walk up · service_type  (Made-up feed, 2 services)" in out
    assert WALK_UP.id in out
    assert "means no category yet" in out
    assert "food-pantry, by the tables" in out
    assert "Food Pantry" not in say("taxonomy", "terms", "--unmapped").out
    assert say("taxonomy", "terms", "--source", "nobody").out.startswith("0 terms")


def test_a_term_is_mapped_and_the_mapping_taken_back(said_walk_up: Parts, say: Say) -> None:
    said = say("taxonomy", "map", WALK_UP.id, "clothing", *AS_ANNA, "--why", "they give at the door")
    assert (said.code, said.err.strip()) == (0, "Decided on 1 term; 2 services are filed otherwise now.")
    (term,) = [term for term in say("taxonomy", "terms", "--json").json["terms"] if term["id"] == WALK_UP.id]
    assert (term["state"], term["categories"]) == ("decided", ["clothing"])
    assert term["decision"]["by"] == "anna@example.org"
    assert say("taxonomy", "map", WALK_UP.id, "--undo", *AS_ANNA, "--json").json == {
        "terms": [WALK_UP.id],
        "services": 2,
        "by": "anna@example.org",
    }
    assert say("taxonomy", "map", WALK_UP.id, "--none-fits", *AS_ANNA, "--json").json["services"] == 0


def test_decisions_come_from_a_filled_in_table(said_walk_up: Parts, say: Say, tmp_path: Path) -> None:
    header, *rows = say("taxonomy", "terms", "--csv").out.splitlines()
    column = header.split(",").index("categories")
    filled = [row.split(",") for row in rows if WALK_UP.id in row]
    filled[0][column] = "meals"
    sheet = tmp_path / "terms.csv"
    sheet.write_text("\n".join([header, *(",".join(row) for row in filled)]), encoding="utf-8")
    assert say("taxonomy", "map", "--file", str(sheet), *AS_ANNA, "--json").json["terms"] == [WALK_UP.id]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((WALK_UP.id, "nonsense", *AS_ANNA), 1, "There is no category “nonsense”"),
        (("11111111-1111-4111-8111-111111111111", "meals", *AS_ANNA), 1, "No source says a term with the id"),
        ((WALK_UP.id, "meals", "--as", "anna"), 1, "must be a mail address"),
        ((WALK_UP.id, *AS_ANNA), 2, "Give a term's id with slugs"),
        ((WALK_UP.id, "meals", "--undo", *AS_ANNA), 2, "Give a term's id with slugs"),
        ((WALK_UP.id, "meals"), 2, "--as"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    said_walk_up: Parts, say: Say, arguments: tuple[str, ...], code: int, words: str
) -> None:
    said = say("taxonomy", "map", *arguments)
    assert said.code == code
    assert words in said.err
