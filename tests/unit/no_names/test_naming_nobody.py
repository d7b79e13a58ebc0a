"""What looks like it names somebody is found, and what people ask every day is let through. A best effort: what it misses is named, too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.errors import InvalidInput
from directory.domain.no_names.check import Kind, MayBeNames, names_in, plain, refuse_names

KNOWN = frozenset({"ottawa", "vanier", "tigrinya", "tigrigna", "arabe", "espanol"})


def kinds(text: str) -> set[Kind]:
    return {found.kind for found in names_in(text, known=KNOWN, year=2026)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to maria.l@example.org", Kind.MAIL),
        ("Call 613-555-0142", Kind.PHONE),
        ("Call (613) 555 0142 tonight", Kind.PHONE),
        ("Appelez le 06 12 34 56 78", Kind.PHONE),
        ("+33 6 12 34 56 78", Kind.PHONE),
        ("DOB 12/04/2009", Kind.BORN),
        ("a girl, born in 2012", Kind.BORN),
        ("née le 12 avril 2009", Kind.BORN),
        ("nacida el 3 de marzo de 2011", Kind.BORN),
        ("2009-04-12", Kind.BORN),
        ("April 12, 2009", Kind.BORN),
        ("They live at 123 Bank Street", Kind.STREET),
        ("lives at 123 bank street", Kind.STREET),
        ("near Elgin St. and the canal", Kind.STREET),
        ("habite rue Laurier", Kind.STREET),
        ("au 12 rue de la paix", Kind.STREET),
        ("vive en la calle Mayor", Kind.STREET),
        ("around K1A 0B1", Kind.STREET),
        ("goes to Glebe Collegiate", Kind.SCHOOL),
        ("at Lincoln High School", Kind.SCHOOL),
        ("à l'École secondaire Louis-Riel", Kind.SCHOOL),
        ("en el Colegio San José", Kind.SCHOOL),
        ("at P.S. 118", Kind.SCHOOL),
        ("file 1234567", Kind.NUMBER),
        ("card HC-123456", Kind.NUMBER),
        ("Mr. Smith needs a ride", Kind.NAME),
        ("Mme Tremblay a faim", Kind.NAME),
        ("a boy named Zewditu", Kind.NAME),
        ("il s'appelle Pierre", Kind.NAME),
        ("se llama Lupe", Kind.NAME),
        ("Maria Lopez needs a bed", Kind.NAME),
        ("Maria needs a bed", Kind.MAYBE),
        ("our student maria will not come", Kind.MAYBE),
        ("we met Zewditu yesterday", Kind.MAYBE),
        ("a mother, J.S., and her son", Kind.MAYBE),
    ],
)
def test_what_names_somebody_is_found(text: str, kind: Kind) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "A family of five needs a place to sleep tonight, and someone who speaks Tigrinya.",
        "Une mère a besoin d’aide ce soir. Elle parle l'arabe et le tigrigna.",
        "Un hijo de 5 años necesita ayuda. ¿Quién habla español en Ottawa?",
        "Kid won't go to school; high school or college?",
        "On ODSP, rent is $1,200 for 2 rooms. Who can help by Friday, December 4?",
        "They leave hospital on 2026-12-01.",
        "It takes 2 hours each way, 3 different places, on the main road.",
        "He lives on the street in Vanier. A Deaf man; Black, Muslim.",
        "Father of 3, 2 weeks without food. Has 200 dollars.",
        "What I see: nobody answers after 5. Thursday may work.",
        "He was born 3 weeks ago, is in care of CAS.",
        "",
    ],
)
def test_what_people_ask_every_day_is_let_through(text: str) -> None:
    assert names_in(text, known=KNOWN, year=2026) == ()


@pytest.mark.parametrize("text", ["Zewditu needs a bed", "the boy with the red hair from the corner house", "june said she is afraid"])
def test_what_it_cannot_see_it_does_not_see(text: str) -> None:
    """A name at the start of a sentence that is none of the common ones, or a description: so the worker is asked to look, too."""
    assert names_in(text, known=KNOWN, year=2026) == ()


def test_a_word_that_may_be_a_name_is_let_through_once_somebody_said_that_it_is_none() -> None:
    text = "We met Zewditu and Lalibela yesterday"
    with pytest.raises(MayBeNames) as error:
        refuse_names("question", text, year=2026, said_no_name=["Zewditu"])
    assert error.value.words == ("Zewditu", "Lalibela")
    refuse_names("question", text, year=2026, said_no_name=["Zewditu", "Lalibela"])
    with pytest.raises(InvalidInput, match="telephone"):
        refuse_names("question", "Zewditu, 613-555-0142", year=2026, said_no_name=["Zewditu", "613-555-0142"])


def test_what_hangs_on_a_word_does_not_hide_it() -> None:
    assert [plain(word) for word in ("Maria's", "Élise’s", "JOSÉ", "Jones'")] == ["maria", "elise", "jose", "jones"]


@given(
    number=st.tuples(st.integers(200, 999), st.integers(200, 999), st.integers(0, 9999)),
    mark=st.sampled_from("-. "),
    around=st.sampled_from([("", ""), ("call ", " now"), ("(", ")"), ("tel:", ".")]),
)
def test_no_telephone_number_of_ten_digits_gets_through(number: tuple[int, int, int], mark: str, around: tuple[str, str]) -> None:
    text = f"{around[0]}{number[0]}{mark}{number[1]}{mark}{number[2]:04d}{around[1]}"
    assert kinds(text) & {Kind.PHONE, Kind.NUMBER}


@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=300))
def test_any_text_is_looked_through(text: str) -> None:
    for found in names_in(text, year=2026):
        assert found.words


@given(text=st.text(alphabet="Aa1 .-'@/\n", max_size=2_000))
def test_odd_texts_take_no_long_time(text: str) -> None:
    names_in(text, year=2026)
