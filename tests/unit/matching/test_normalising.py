"""Two writings of one name, address, telephone or web address are read as one; two things are not."""

import pytest

from directory.rules.matching.contacts import link_key, read_number
from directory.rules.matching.folding import folded
from directory.rules.matching.names import words_of_names
from directory.rules.matching.streets import Street, read_streets


def test_capitals_accents_and_joined_letters_make_no_difference() -> None:
    assert folded(["Œuvre ÉLISABETH", "e\u0301", "STRASSE ß"]) == ["oeuvre elisabeth", "e", "strasse ss"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Mary's Food Ctr.", "Saint Marys Food Centre"),
        ("The Boys & Girls Club, Inc.", "Boys and Girls Clubs"),
        ("Y.M.C.A. of Ottawa", "YMCA Ottawa"),
        ("L'Écluse – clinique médicale", "clinique medicale de l’ecluse"),
        ("Centro Comunitario San José", "Centre communautaire St-Jose"),
        ("Bureau d'aide au logement Program", "Bureau d'aide au logement"),
    ],
)
def test_two_writings_of_one_name_have_the_same_words(one: str, other: str) -> None:
    first, second = words_of_names([one, other])
    assert sorted(first) == sorted(second)


def test_a_name_of_silent_words_alone_keeps_them() -> None:
    assert words_of_names(["The And", ""]) == [("the", "and"), ()]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1200 N. Michigan Ave., Suite 4", Street(1200, "", "michigan", "n", "avenue", "4")),
        ("1200 North Michigan Avenue #4", Street(1200, "", "michigan", "n", "avenue", "4")),
        ("16 Rue Sainte-Euphémie O.", Street(16, "", "st euphemie", "w", "rue", "")),
        ("221 E. 51st St.", Street(221, "", "51", "e", "street", "")),
        ("3-1021 Main St", Street(1021, "", "main", "", "street", "3")),
        ("100-110 Main St", Street(100, "", "main", "", "street", "")),
        ("7954-58 S. Western", Street(7954, "", "western", "s", "", "")),
        ("Calle Mayor 12", Street(12, "", "mayor", "", "calle", "")),
        ("27 Washington Oak Park IL 60302", Street(27, "", "washington oak park", "", "", "", "60302")),
        ("12B First Avenue", Street(12, "b", "1", "", "avenue", "")),
        ("St. Clair Ave W 40", Street(40, "", "st clair", "w", "avenue", "")),
        ("PO Box 12", Street()),
        ("", Street()),
    ],
)
def test_an_address_is_taken_apart(written: str, read: Street) -> None:
    assert read_streets([written])[0] == read


@pytest.mark.parametrize(
    ("written", "country", "whole"),
    [
        ("(613) 555-0199", "", "+16135550199"),
        ("1-613-555-0199 ext. 12", "CA", "+16135550199"),
        ("404/351 -9533", "US", "+14043519533"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("+33 1 23 45 67 89", "CA", "+33123456789"),
    ],
)
def test_a_telephone_is_read_as_people_of_its_country_write_it(written: str, country: str, whole: str) -> None:
    read = read_number(written, country)
    assert read is not None
    assert read.whole == whole


def test_a_number_without_area_code_is_compared_by_its_seven_digits_and_a_short_number_not_at_all() -> None:
    local = read_number("555-0199")
    assert local is not None
    assert (local.whole, local.local) == ("", 5_550_199)
    assert read_number("211") is None


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("https://www.hope.example/programs?x=1", "hope.example"),
        ("hope.example", "hope.example"),
        ("info@hope.example", "hope.example"),
        ("hope.house@gmail.com", "hope.house@gmail.com"),
        ("http://facebook.com/HopeHouse/about", "facebook.com/hopehouse"),
        ("https://facebook.com/", ""),
        ("none", ""),
    ],
)
def test_a_link_is_known_by_what_belongs_to_somebody(written: str, key: str) -> None:
    assert link_key(written) == key
