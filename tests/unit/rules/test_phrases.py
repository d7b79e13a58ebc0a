"""The sentence that criteria make: read aloud to somebody, in three languages."""

from random import Random
from typing import Any

import pytest
from babel import Locale

from directory.domain.areas import words_of
from directory.rules.conditions import check_condition
from directory.rules.criteria import NOTHING_STATED, Criteria, check_criteria
from directory.rules.facts import FACTS
from directory.rules.naming import Names
from directory.rules.phrase_words import FOLLOWING, NOUNS, YES_NO
from directory.rules.phrases import following_of, phrase_of, sentence_of, whom_of
from directory.services.words import translate_into
from tests.support.criteria import a_condition

ENGLISH = Names(Locale("en", "US"), words_of)


def compare(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


def of(*hard: dict[str, Any], soft: tuple[dict[str, Any], ...] = (), **more: Any) -> Criteria:
    said = {"by": "owner", "text": "", "confirmed_on": None}
    criteria = [
        {"id": f"c{number}", "when": when, "strength": "hard" if number < len(hard) else "soft", "said": said}
        for number, when in enumerate((*hard, *soft))
    ]
    return check_criteria({"schema": 1, "criteria": criteria, **more})


MOTHERS = of(
    compare("income", "lt", {"percent": 200, "of": "us_fpl"}),
    compare("gender", "in", ["female"]),
    compare("age", "range", {"gte": 18}),
    compare("child.age", "range", {"lt": 5}),
    compare("area", "in", ["us-ca-county-san-mateo"]),
    soft=(compare("veteran", "has_any", ["veteran"]),),
    documents=[{"code": "photo_id", "or": ["birth_certificate"]}, {"code": "lease", "need": "helpful"}],
    referral={"required": True, "from": ["physician"]},
)


SENTENCES = {
    "en": (
        "For women aged 18 or over, with a child aged under 5, who live in San Mateo County, with a household income below 200% of the "
        "federal poverty level. Veterans come first. You need a referral from a doctor. Bring a photo ID or a birth certificate. "
        "It helps to bring a lease."
    ),
    "fr": (
        "Pour femmes de 18 ans ou plus, avec un enfant de moins de 5 ans, qui habitent San Mateo County, dont le ménage a un revenu de "
        "moins de 200\xa0% du seuil fédéral de pauvreté. Passent en premier : anciens combattants. Il faut être orienté par un "
        "médecin. Apportez une pièce d’identité avec photo ou un acte de naissance. Il est utile d’apporter un bail."
    ),
    "es": (
        "Para mujeres de 18 años o más, con un hijo de menos de 5 años, que viven en San Mateo County, con ingresos del hogar de menos "
        "de 200\xa0% del nivel federal de pobreza. Tienen prioridad: veteranos. Necesita una derivación de un médico. Traiga una "
        "identificación con foto o un acta de nacimiento. Ayuda traer un contrato de alquiler."
    ),
}


@pytest.mark.parametrize("language", SENTENCES)
def test_the_sentence_reads_naturally_in_each_language(language: str) -> None:
    assert sentence_of(MOTHERS, translate_into(language), Names(Locale(language), words_of)) == SENTENCES[language]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (compare("age", "range", {"gte": 13, "lt": 18}), "people aged 13 to 17"),
        (compare("age", "range", {"gte": 0, "lt": 6}), "people aged 0 to 5"),
        (compare("age", "range", {"lt": 1.5}), "people aged under 18 months"),
        (compare("age", "range", {"gt": 17}), "people aged over 17"),
        (compare("age", "range", {"gte": 5, "lt": 6}), "people aged exactly 5"),
        (compare("grade", "range", {"gte": -1, "lte": 5}), "people in pre-kindergarten to grade 5"),
        (compare("grade", "range", {"gt": 0}), "people in grade 1 or higher"),
        (compare("household_size", "lt", 4), "people in a household of at most 3"),
        (
            compare("income", "lte", {"amount": 25000, "currency": "USD", "per": "year"}),
            "people with a household income of at most $25,000 a year",
        ),
        (compare("language", "has_any", ["fr"]), "people who speak French"),
        (compare("veteran", "has_any", ["veteran", "family"]), "veterans or families of veterans and of those who serve"),
        (compare("pregnant", "is", False), "people who are not pregnant"),
        (compare("income", "meets", "low income"), "people of whom this holds: “low income”"),
        (
            {"any": [compare("pregnant", "is", True), {"all": [compare("parent", "is", True), compare("child.age", "range", {"lt": 6})]}]},
            "people who are pregnant or (with a child under 18 in their care and with a child aged under 6)",
        ),
        ({"not": compare("housing", "has_any", ["shelter"])}, "people except people who stay in a shelter"),
    ],
)
def test_one_condition_names_those_for_whom_it_holds(when: dict[str, Any], words: str) -> None:
    assert phrase_of(check_condition(when, FACTS), str, ENGLISH) == words


def test_what_only_a_conversation_tells_stands_as_the_listing_says_it() -> None:
    found = of(
        compare("age", "meets", "seniors"), questions=[{"id": "q1", "text": "Willing to attend weekly", "question": "Can you come weekly?"}]
    )
    assert whom_of(found, str, ENGLISH) == "Ask about age: “seniors”. Ask, too: “Can you come weekly?”."


def test_nothing_stated_is_said_to_be_so_and_open_to_all_otherwise() -> None:
    assert whom_of(NOTHING_STATED, str, ENGLISH) == "It is not said who it is for: ask."
    assert whom_of(of(open_to_all=True), str, ENGLISH) == "For everybody."


def test_every_value_of_every_fact_has_words() -> None:
    for field in FACTS.values():
        if field.choices:
            assert set(FOLLOWING[field.name]) == set(field.choices)
    assert set(YES_NO) == {field.name for field in FACTS.values() if field.kind.value == "yes_no"}
    assert all(FACTS[name].choices for name in NOUNS)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_any_condition_can_be_said_in_every_language(language: str) -> None:
    random = Random(7)
    for _number in range(300):
        when = check_condition(a_condition(random), FACTS)
        assert following_of(when, translate_into(language), Names(Locale(language)))
