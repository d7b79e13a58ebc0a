"""Plain words through the whole search: what is found for a need, what is never hidden, and what is said of it."""

import pytest
from sqlalchemy.orm import Session

from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.finding.results import ChipKind, FindPage
from directory.services.finding.suggest import suggest
from directory.services.indexing.rebuild import rebuild_index
from directory.services.parts import Parts
from directory.store.tables import ServiceCategory
from tests.support.listings import add, add_service


def names(page: FindPage) -> list[str]:
    return [result.listing.name for result in page.results]


@pytest.fixture
def filled(parts: Parts) -> Parts:
    """Listings whose words say little of what people ask for."""

    def put(session: Session, name: str, *categories: str, description: str = "") -> None:
        service = add_service(session, name=name, description=description)
        for slug in categories:
            add(session, ServiceCategory(service_id=service.id, category=slug))

    with parts.database.writing() as session:
        put(session, "Housing Stability Fund", "rent-help")
        put(session, "Attendance counselling", "attendance")
        put(session, "Harmony House", "dv-shelter")
        put(session, "Lakeside Hamper Society", "food-pantry")
        put(session, "Pay Equity Office", "workers-rights", description="Fair pay. They can help with rent of a hall.")
        session.commit()
    rebuild_index(parts)
    return parts


@pytest.mark.parametrize(
    ("text", "locale", "name"),
    [
        ("can't pay rent", "en", "Housing Stability Fund"),
        ("pas capable de payer mon loyer", "fr", "Housing Stability Fund"),
        ("no puedo pagar la renta", "es", "Housing Stability Fund"),
        ("my kid won't go to school", "en", "Attendance counselling"),
        ("mon enfant ne veut plus aller à l'école", "fr", "Attendance counselling"),
        ("mi hijo no quiere ir a la escuela", "es", "Attendance counselling"),
        ("he drinks and hits me", "en", "Harmony House"),
        ("il boit pis il me frappe", "fr", "Harmony House"),
        ("toma y me pega", "es", "Harmony House"),
    ],
)
def test_a_need_is_found_in_each_language_whatever_the_words_of_the_listing(filled: Parts, text: str, locale: str, name: str) -> None:
    page = find_services(filled, FindRequest(text=text, locale=locale))
    assert names(page)[0] == name
    assert page.chips[0].kind is ChipKind.CONCEPT


@pytest.mark.parametrize(
    ("plain", "accented"),
    [("besoin d'un hebergement a Ecole", "besoin d'un hébergement à École"), ("no tengo que comer", "NO TENGO QUÉ COMER")],
)
def test_accents_and_case_find_the_same(filled: Parts, plain: str, accented: str) -> None:
    found = [find_services(filled, FindRequest(text=text)) for text in (plain, accented)]
    assert names(found[0]) == names(found[1])
    assert found[0].total == found[1].total


def test_a_need_never_hides_what_the_words_find(filled: Parts) -> None:
    page = find_services(filled, FindRequest(text="can't pay rent"))
    keys = tuple(chip.key for chip in page.chips)
    without = find_services(filled, FindRequest(text="can't pay rent", ignore=keys))
    assert "Pay Equity Office" in names(without)
    assert set(names(without)) <= set(names(page))


def test_a_name_that_is_typed_still_comes_first(filled: Parts) -> None:
    page = find_services(filled, FindRequest(text="Lakeside Hamper"))
    assert names(page)[0] == "Lakeside Hamper Society"


def test_a_need_that_is_taken_back_is_neither_shown_nor_searched(filled: Parts) -> None:
    page = find_services(filled, FindRequest(text="he drinks and hits me"))
    keys = tuple(chip.key for chip in page.chips)
    again = find_services(filled, FindRequest(text="he drinks and hits me", ignore=keys))
    assert again.chips == ()
    assert not [reason for result in again.results for reason in result.reasons if reason.code == "concept"]


def test_a_result_says_which_of_the_persons_words_it_answers(filled: Parts) -> None:
    page = find_services(filled, FindRequest(text="please, we can't pay rent"))
    first = page.results[0].reasons[0]
    assert (first.code, dict(first.data)) == ("concept", {"category": "rent-help", "words": "can't pay rent"})


def test_help_while_typing_offers_the_need(filled: Parts) -> None:
    assert suggest(filled, "can't pay rent", "fr")[0].value == "rent-help"
