"""`directory list show`: what the person reads, as text, in their language; one sentence where there is nothing."""

from datetime import timedelta

from directory.domain.clock import FixedClock
from directory.domain.lists import Entry, HandList
from directory.services.listings.community import save_community
from directory.services.lists.share import share_list
from directory.services.parts import Parts
from tests.cli.conftest import Say
from tests.support.neighbourhood import PANTRY, SECRET_STREET, SHELTER
from tests.web.conftest import THREE_LANGUAGES


def shared(parts: Parts) -> str:
    save_community(parts, "tests", THREE_LANGUAGES)
    handed = HandList((Entry(PANTRY, "Ring twice"), Entry(SHELTER)), "Ask for Sam", "fr")
    return share_list(parts, handed, days=1, sender="tests").code


def test_a_list_is_printed_as_its_person_sees_it_in_its_language(say: Say, furnished: Parts) -> None:
    said = say("list", "show", shared(furnished))
    assert said.code == 0
    for words in (
        "Des lieux qui peuvent aider",
        "Ask for Sam",
        "1. Food pantry — Maison du Port",
        "Ring twice",
        "555-0101",
        "1 Main Street",
        "Quand: Accueille",
        "Sans rendez-vous",
        "Apportez",
        "2. Women's shelter",
        "L’adresse n’est pas publiée",
    ):
        assert words in said.out, words
    assert SECRET_STREET not in said.out


def test_another_language_can_be_asked_for(say: Say, furnished: Parts) -> None:
    code = shared(furnished)
    assert "Places that can help" in say("list", "show", code, "--language", "en").out
    assert "Lugares que pueden ayudar" in say("list", "show", code, "--language", "es").out
    said = say("list", "show", code, "--language", "xx")
    assert (said.code, said.err) == (1, "directory: Language: choose one of en, fr, es.\n")


def test_the_json_is_that_of_the_interface(say: Say, furnished: Parts) -> None:
    found = say("list", "show", shared(furnished), "--json").json
    assert [entry["name"] for entry in found["entries"]] == ["Food pantry", "Women's shelter"]


def test_a_list_that_is_unknown_or_over_is_one_sentence(say: Say, furnished: Parts, clock: FixedClock) -> None:
    code = shared(furnished)
    clock.set(clock.now() + timedelta(days=1))
    for asked in (code, "000000000000", "nonsense"):
        said = say("list", "show", asked)
        assert (said.code, said.out) == (1, "")
        assert said.err == "directory: This list is not known here, or its time is over.\n"
