"""What words of a listing might mean: the conditions that are suggested, in the words of the field."""

from collections.abc import Sequence
from typing import Any

import pytest

from directory.rules.conditions import check_condition
from directory.rules.facts import FACTS
from directory.rules.reading import Kind, Suggestion, suggest
from directory.rules.reading.found import RELATIVES, spelled
from directory.rules.reading.languages import english_people, french_people


def told(condition: dict[str, Any]) -> str:
    """A condition on one line: `age gte 18`, `any(a, b)`."""
    for word in ("all", "any"):
        if word in condition:
            return f"{word}({', '.join(told(part) for part in condition[word])})"
    value = condition["value"]
    if isinstance(value, dict):
        shown = f"{value['percent']}% {value['of']}" if "percent" in value else f"{value['amount']} {value['currency']}/{value['per']}"
    else:
        shown = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{condition['field']} {condition['op']} {shown}"


def criteria(text: str, language: str = "en") -> list[str]:
    return [told(found.when) for found in suggest(text, language) if found.kind is Kind.CRITERION and found.when]


def of_kind(found: Sequence[Suggestion], kind: Kind) -> list[Suggestion]:
    return [each for each in found if each.kind is kind]


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("Adults 18+", ["age gte 18"]),
        ("Must be at least eighteen years old.", ["age gte 18"]),
        ("Men over the age of 21", ["gender in male", "age gte 21"]),
        ("For kids under 5.", ["age lt 5"]),
        ("Children 0-5", ["all(age gte 0, age lt 6)"]),
        ("Free meals for children 18 and younger", ["age lt 19"]),
        ("Ages 3 months to 18 years.", ["all(age gte 0.25, age lt 19)"]),
        ("Infants and toddlers 6 weeks to 36 months.", ["all(age gte 0.11, age lte 3)"]),
        ("Ages 2 1/2 to 5", ["all(age gte 2.5, age lt 6)"]),
        ("Adolescents ages twelve to seventeen", ["all(age gte 12, age lt 18)"]),
        ("Children with special needs from birth to age 3", ["disability has_any any", "all(age gte 0, age lt 4)"]),
        ("Children must be 3 by September 1.", ["age gte 3"]),
    ],
)
def test_an_age_ends_with_the_last_birthday_and_months_are_parts_of_a_year(text: str, conditions: list[str]) -> None:
    assert criteria(text) == conditions


@pytest.mark.parametrize(
    "text",
    [
        "Open Monday to Friday, 9 to 5.",
        "The program has served the community for 25 years.",
        "The fee is $15 for adults and $10 for children.",
        "Program lasts 12 weeks. Classes for 8 to 12 participants.",
        "Housing for up to 2 years.",
        "No more than 2 families per vehicle.",
        "Anyone 13 years or younger must be accompanied by an adult.",
        "Foster Grandparents visit twice a week.",
        "Food pantry services provided by Aids Center of Queens County.",
        "Provides counselling about smoking, alcohol and diabetes.",
        "Funded by Immigration, Refugees and Citizenship Canada (IRCC).",
        "Works with other agencies (Mental Health, Probation).",
        "No age limit.",
    ],
)
def test_figures_and_names_that_say_nothing_of_people_are_left_alone(text: str) -> None:
    assert criteria(text) == []


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("For parents of children ages 2 to 5.", ["all(child.age gte 2, child.age lt 6)"]),
        ("Families with at least one child under the age of 18 living in the home.", ["child.age lt 18"]),
        ("Children 0-5 and their parents.", ["all(child.age gte 0, child.age lt 6)"]),
        ("Families with a household member 60 or older.", ["household_member.age gte 60"]),
        ("Pregnant women, or parents of children 0-5", ["any(pregnant is True, all(child.age gte 0, child.age lt 6))"]),
        ("Families receiving Ontario Works with children under 12.", ["benefits has_any ow", "child.age lt 12"]),
        ("Family-based treatment to children under 12", ["age lt 12"]),
        ("Pregnant women or women with children under 5.", ["any(pregnant is True, all(gender in female, child.age lt 5))"]),
    ],
)
def test_the_age_of_a_child_or_of_somebody_in_the_household_is_told_from_that_of_who_asks(text: str, conditions: list[str]) -> None:
    assert criteria(text) == conditions


@pytest.mark.parametrize(
    ("text", "language", "conditions"),
    [
        ("Girls in grades 6-8", "en", ["gender in female", "all(grade gte 6, grade lte 8)"]),
        ("Kids in kindergarten to grade 5", "en", ["all(grade gte 0, grade lte 5)"]),
        ("Pre-K to 3", "en", ["all(grade gte -1, grade lte 3)"]),
        ("De la maternelle à la 6e année", "fr", ["all(grade gte 0, grade lte 6)"]),
        ("Élèves de 4e, 5e et 6e année", "fr", ["all(grade gte 4, grade lte 6)"]),
        ("Élèves du secondaire 1 à 5", "fr", ["all(grade gte 7, grade lte 11)"]),
    ],
)
def test_school_grades_are_numbers_and_say_already_who_is_a_student(text: str, language: str, conditions: list[str]) -> None:
    assert criteria(text, language) == conditions


@pytest.mark.parametrize(
    ("text", "language", "conditions"),
    [
        ("Household income at or below 200% of the federal poverty level", "en", ["income lte 200% us_fpl"]),
        ("Families whose incomes are below 125% of poverty", "en", ["household has_any children", "income lt 125% us_fpl"]),
        ("Income cannot exceed 80% AMI", "en", ["income lte 80% ami"]),
        ("Household income must be below $45,000 a year", "en", ["income lt 45000 USD/year"]),
        ("People who earn less than CA$3,000 per month", "en", ["income lt 3000 CAD/month"]),
        ("Revenu annuel d'au plus 32 000 $", "fr", ["income lte 32000 CAD/year"]),
        ("Revenu inférieur à la mesure du panier de consommation", "fr", ["income lt 100% ca_mbm"]),
        ("Ménages sous le seuil de faible revenu (SFR)", "fr", ["income lt 100% ca_lico"]),
        ("Clinic visits cost $25. Fees are from $45 to $100, based on family income.", "en", []),
    ],
)
def test_a_limit_of_income_keeps_its_line_its_period_and_whether_the_limit_is_inside(
    text: str, language: str, conditions: list[str]
) -> None:
    assert criteria(text, language) == conditions


def test_words_without_a_figure_are_to_be_asked() -> None:
    assert criteria("Low-income seniors") == ["income meets Low-income", "age meets seniors"]
    assert criteria("Aînés à faible revenu", "fr") == ["age meets Aînés", "income meets à faible revenu"]
    assert criteria("Permanent housing for formerly homeless people") == ["housing meets formerly homeless"]


def test_a_figure_makes_a_vague_word_for_the_same_superfluous() -> None:
    assert criteria("Youth ages 13 to 17. Young people are welcome.") == ["all(age gte 13, age lt 18)"]


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("Age 62 or over or disabled.", ["any(age gte 62, disability has_any any)"]),
        ("Seniors 65 and over, or adults with a disability", ["any(age gte 65, disability has_any any)"]),
        ("Veterans, active-duty service members and their families.", ["veteran has_any veteran serving family"]),
        ("Survivors of domestic violence, sexual assault or human trafficking", ["violence has_any domestic sexual trafficking"]),
        ("SNAP or WIC recipients", ["benefits has_any snap wic"]),
        ("Cancer patients and their caregivers.", ["any(health has_any cancer, caregiver is True)"]),
        ("Must be unemployed and a student.", ["employment has_any unemployed", "student is True"]),
        ("Must be unemployed or a student.", ["any(employment has_any unemployed, student is True)"]),
        ("Women, 18 and over", ["gender in female", "age gte 18"]),
        ("Women, Women with Children", ["gender in female"]),
        ("Women, Men, Families. Lunch Tues: 12-2pm", []),
    ],
)
def test_neighbours_joined_by_or_or_listed_as_kinds_of_people_are_one_group(text: str, conditions: list[str]) -> None:
    assert criteria(text) == conditions


@pytest.mark.parametrize(
    ("text", "language", "conditions"),
    [
        ("Does not serve minors.", "en", ["age gte 18"]),
        ("Not available to people under 18.", "en", ["age gte 18"]),
        ("Selling tobacco to minors is illegal.", "en", []),
        ("Not for persons with private insurance.", "en", ["insurance has_none private"]),
        ("Adults who are not in school", "en", ["age meets Adults", "student is False"]),
        ("Women only. No men or boys over the age of 12.", "en", ["gender in female"]),
        ("Refugees, regardless of age", "en", ["newcomer has_any refugee"]),
        ("Le service n'est pas offert aux moins de 18 ans.", "fr", ["age gte 18"]),
        (
            "Femmes victimes de violence conjugale, avec ou sans enfants. Aucune limite d'âge.",
            "fr",
            ["violence has_any domestic", "gender in female"],
        ),
    ],
)
def test_who_is_turned_away_is_turned_round_and_what_does_not_matter_is_left_out(text: str, language: str, conditions: list[str]) -> None:
    assert sorted(part for one in criteria(text, language) for part in one.removeprefix("all(").removesuffix(")").split(", ")) == sorted(
        conditions
    )


def test_a_priority_is_soft_and_a_condition_is_hard() -> None:
    found = suggest("Adults 18+. Priority is given to single parents.")
    assert [(told(each.when), each.strength) for each in found if each.when] == [
        ("age gte 18", "hard"),
        ("household has_any single_parent", "soft"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("Food pantry serving Mount Vernon and Westchester County", "en", "Mount Vernon and Westchester County"),
        ("Services for Summit County residents", "en", "Summit County"),
        ("Must live in Franklin City School district", "en", "Franklin City School district"),
        ("Residents of zip codes 44105, 44127 and 44128.", "en", "zip codes 44105, 44127 and 44128"),
        ("Serving those within a 25-minute radius.", "en", "within a 25-minute radius"),
        ("Serves residents of postal codes K1N and K1L.", "en", "postal codes K1N and K1L"),
        ("Anyone who is a resident of Ward 3.", "en", "Ward 3"),
        ("Personnes résidant à Gatineau", "fr", "Gatineau"),
        ("Dessert la population de Saint-Hyacinthe.", "fr", "Saint-Hyacinthe"),
    ],
)
def test_a_place_keeps_its_words_where_nobody_knows_it(text: str, language: str, place: str) -> None:
    assert criteria(text, language) == [f"area meets {place}"]


@pytest.mark.parametrize(
    "text", ["Food pantry located in Pacifica, San Mateo County", "Food pantry serving last Sunday of each month", "Serves 75 families"]
)
def test_where_a_program_stands_is_not_where_people_must_live(text: str) -> None:
    assert [each for each in criteria(text) if each.startswith("area")] == []


def test_a_known_place_is_its_area_and_a_list_is_known_only_as_a_whole() -> None:
    known = {"Ottawa": "ca-on-ottawa", "Kingston": "ca-on-kingston"}.get
    (both,) = suggest("Residents of Ottawa or Kingston", areas=known)
    assert both.when == {"field": "area", "op": "in", "value": ["ca-on-ottawa", "ca-on-kingston"]}
    (half,) = suggest("Residents of Ottawa or Perth", areas=known)
    assert half.when == {"field": "area", "op": "meets", "value": "Ottawa or Perth"}


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("Please bring photo ID and proof of address.", "en", ["photo_id", "proof_of_address"]),
        ("Referral by physician; photo ID", "en", ["photo_id"]),
        ("Apporter le bail et une preuve de revenu.", "fr", ["lease", "proof_of_income"]),
        ("No documents required", "en", ["none"]),
        ("Court order not required.", "en", []),
        ("Helps people to obtain state identification.", "en", []),
        ("Aucune pièce d'identité demandée.", "fr", ["none"]),
    ],
)
def test_papers_count_where_they_are_asked_for(text: str, language: str, codes: list[str]) -> None:
    assert [each.code for each in of_kind(suggest(text, language), Kind.DOCUMENT)] == codes


@pytest.mark.parametrize(
    ("text", "language", "code", "sources"),
    [
        ("Referral from a physician or hospital social worker required.", "en", "required", ("physician", "social_worker")),
        ("Referrals accepted from physicians, nurse practitioners and self.", "en", "not_required", ("physician", "self")),
        ("Self-referrals accepted.", "en", "not_required", ("self",)),
        ("No referral needed.", "en", "not_required", ()),
        ("Sur référence d'un médecin seulement.", "fr", "required", ("physician",)),
        ("Aucune référence requise.", "fr", "not_required", ()),
    ],
)
def test_a_referral_says_whether_it_is_needed_and_who_refers(text: str, language: str, code: str, sources: tuple[str, ...]) -> None:
    (found,) = of_kind(suggest(text, language), Kind.REFERRAL)
    assert (found.code, found.sources) == (code, sources)


@pytest.mark.parametrize(
    "text", ["Provides referrals to lawyers.", "Counselling and resource referral", "You received a referral from the helpline."]
)
def test_referring_people_on_is_no_referral_to_the_program(text: str) -> None:
    assert of_kind(suggest(text), Kind.REFERRAL) == []


def test_open_to_all_is_said_of_the_whole_text_only() -> None:
    assert of_kind(suggest("Open to everyone. No ID."), Kind.OPEN_TO_ALL)
    assert of_kind(suggest("Ouvert à tous.", "fr"), Kind.OPEN_TO_ALL)
    assert not of_kind(suggest("For opioid users. Hosts a group open to all on Mondays."), Kind.OPEN_TO_ALL)
    assert not of_kind(suggest("No eligibility requirements mentioned."), Kind.OPEN_TO_ALL)


def test_what_only_a_person_can_judge_becomes_a_question_in_its_own_words() -> None:
    found = suggest("Adults 18+. Must be willing to attend weekly meetings. Appointments are required.")
    assert [each.words for each in of_kind(found, Kind.QUESTION)] == ["Must be willing to attend weekly meetings."]


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("Hommes et femmes de 18 ans et plus vivant avec un problème de consommation.", ["age gte 18", "substance_use has_any any"]),
        ("Hommes itinérants ou à risque d'itinérance", ["gender in male", "housing has_any homeless at_risk"]),
        (
            "Jeunes de 16-35 ans, sans emploi ni aux études.",
            ["all(age gte 16, age lt 36)", "employment has_any unemployed", "student is False"],
        ),
        ("Toute femme enceinte ou ayant un enfant de moins de 2 ans.", ["any(pregnant is True, child.age lt 2)"]),
        ("Prestataires d'Ontario au travail ou du POSPH.", ["benefits has_any ow odsp"]),
        ("Nourrissons et tout-petits de 3 mois à 4 ans.", ["all(age gte 0.25, age lt 5)"]),
        (
            "Anciens combattants et membres des Forces armées canadiennes ainsi que leur famille.",
            ["veteran has_any veteran serving family"],
        ),
        ("L'organisme existe depuis 30 ans. Séjour maximal de 6 mois.", []),
    ],
)
def test_french_is_read_as_it_is_written_in_ontario_and_quebec(text: str, conditions: list[str]) -> None:
    assert criteria(text, "fr") == conditions


def test_immigration_status_is_suggested_as_the_program_states_it_and_never_where_it_does_not_matter() -> None:
    assert criteria("Immigrants and refugees, regardless of immigration status") == ["newcomer has_any immigrant refugee"]
    assert criteria("Réfugiés et demandeurs d'asile, quel que soit leur statut.", "fr") == ["newcomer has_any refugee asylum"]


def test_each_suggestion_has_its_words_and_a_reason_and_is_plain_json() -> None:
    (age,) = suggest("Open to adults 18+.")
    assert age.as_json() == {
        "start": 15,
        "end": 18,
        "words": "18+",
        "kind": "criterion",
        "strength": "hard",
        "reason": "This gives an age.",
        "when": {"field": "age", "op": "gte", "value": 18},
    }


def test_a_language_that_is_not_read_gives_nothing_and_a_region_does_not_matter() -> None:
    assert suggest("Adultos mayores de 18 años, 18+", "es") == ()
    assert suggest("Personnes de 18 ans et plus", "fr-CA")


@pytest.mark.parametrize("table", [english_people.PEOPLE, english_people.CONDITIONS, french_people.PEOPLE, french_people.CONDITIONS])
def test_every_meaning_in_the_tables_is_a_condition_of_the_catalogue(table: dict[str, str]) -> None:
    conditions = [spelled(short.removeprefix("!"), "words") for short in set(table.values()) if short]
    for condition in conditions:
        if condition is not RELATIVES:
            check_condition(condition, FACTS)
    assert len(conditions) > 20
