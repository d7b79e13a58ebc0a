"""Which numbers of a community fit a danger."""

from dataclasses import replace

from directory.domain.community import INFORMATION, Community, CrisisNumber

HERE = Community("Here", "Ottawa", "CA", "ON", "America/Toronto")
SUICIDE = CrisisNumber("988", {"en": "Helpline"}, {}, kinds=("suicide",))
CHILDREN = CrisisNumber("116111", {"en": "Child line"}, {}, kinds=("child_at_risk", "suicide"))
GENERAL = CrisisNumber("555", {"en": "Crisis centre"}, {})
EMERGENCY = CrisisNumber("911", {"en": "Emergency"}, {}, emergency=True)
ASK = CrisisNumber("211", {"en": "Information"}, {}, kinds=(INFORMATION,))
ALL = replace(HERE, crisis_numbers=(SUICIDE, GENERAL, ASK, CHILDREN, EMERGENCY))


def numbers(community: Community, *kinds: str) -> list[str]:
    return [entry.number for entry in community.numbers_for(kinds)]


def test_the_emergency_number_comes_first_then_lines_for_the_danger_then_those_for_any() -> None:
    assert numbers(ALL, "child_at_risk") == ["911", "116111", "555"]
    assert numbers(ALL, "suicide") == ["911", "988", "116111", "555"]


def test_a_number_is_shown_once_for_several_dangers() -> None:
    assert numbers(ALL, "child_at_risk", "suicide") == ["911", "116111", "988", "555"]


def test_where_no_line_fits_all_crisis_lines_are_shown() -> None:
    assert numbers(replace(HERE, crisis_numbers=(SUICIDE, ASK)), "trafficking") == ["988"]


def test_an_information_line_is_no_crisis_line() -> None:
    assert [entry.number for entry in ALL.information_lines] == ["211"]
    assert "211" not in [entry.number for entry in ALL.crisis_lines]


def test_a_community_without_numbers_has_none() -> None:
    assert numbers(HERE, "suicide") == []
