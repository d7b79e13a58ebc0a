"""What is read out of the words of a search, and what the form adds."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from directory.domain.community import Community
from directory.domain.errors import InvalidInput
from directory.domain.place import KnownPlace, PlaceAnswer, Point, PointKind
from directory.services.finding.request import FindRequest
from directory.services.finding.results import ChipKind
from directory.services.finding.understand import Understood, understand
from search_index.query import Facet

NOW = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)  # Monday 15:30 in Toronto
COMMUNITY = Community(name="Test", place="Ottawa", country="CA", region="ON", zone="America/Toronto", default_within_km=25)


def known(name: str, *areas: str) -> KnownPlace:
    return KnownPlace(name, Point(40.0, -75.0, PointKind.POSTAL_CODE, 900), "US", "PA", "America/New_York", areas)


PLACES = {
    "19104": known("19104 Philadelphia", "us-zip-19104"),
    "ottawa": known("Ottawa", "ca-on-ottawa"),
    "red deer": known("Red Deer", "ca-ab-red-deer"),
    "k1a 0b1": known("K1A"),
}
SPRINGFIELDS = (known("Springfield, IL"), known("Springfield, MA"))


def lookup(words: str) -> PlaceAnswer:
    asked = words.lower()
    if asked == "springfield":
        return PlaceAnswer(words, alternatives=SPRINGFIELDS)
    if asked == "otawaa":
        return PlaceAnswer(words, suggestions=(PLACES["ottawa"],))
    return PlaceAnswer(words, place=PLACES.get(asked))


def read(text: str = "", **fields: object) -> Understood:
    return understand(FindRequest(text=text, **fields), COMMUNITY, lookup, NOW)  # type: ignore[arg-type]


def test_place_and_time_leave_the_words_that_say_what_is_needed() -> None:
    found = read("food tomorrow morning near 19104")
    assert found.words == "food"
    assert found.place is PLACES["19104"]
    assert found.open_at is not None
    assert found.open_at.start == datetime(2026, 11, 24, 8)
    assert {chip.kind for chip in found.chips} == {ChipKind.PLACE, ChipKind.TIME, ChipKind.DISTANCE, ChipKind.CONCEPT}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("food near Ottawa", "ottawa", "food"),
        ("food in Red Deer open now", "red deer", "food"),
        ("repas près de Ottawa", "ottawa", "repas"),
        ("19104 food", "19104", "food"),
        ("shelter K1A 0B1", "k1a 0b1", "shelter"),
        ("comida cerca de Ottawa mañana", "ottawa", "comida"),
    ],
)
def test_a_place_is_read_wherever_it_stands(text: str, place: str, words: str) -> None:
    found = read(text)
    assert found.place is PLACES[place]
    assert found.words == words


def test_in_names_a_place_only_when_the_place_is_known() -> None:
    found = read("help in crisis")
    assert found.place is None
    assert found.place_question is None
    assert found.words == "help in crisis"


def test_a_place_that_is_not_known_is_said_and_never_searched_as_a_need() -> None:
    found = read("food near Otawaa")
    assert found.words == "food"
    assert found.place is None
    assert found.place_question is not None
    assert [place.name for place in found.place_question.suggestions] == ["Ottawa"]


def test_an_ambiguous_place_is_asked_about() -> None:
    found = read("food", near="Springfield")
    assert found.place is None
    assert found.place_question is not None
    assert found.place_question.alternatives == SPRINGFIELDS


def test_a_chip_taken_back_leaves_its_words_to_the_search() -> None:
    first = read("food near Ottawa tonight")
    keys = tuple(chip.key for chip in first.chips if chip.key)
    assert {key.partition(":")[0] for key in keys} == {"place", "time", "concept"}
    again = read("food near Ottawa tonight", ignore=keys)
    assert again.words == "food near Ottawa tonight"
    assert again.place is None
    assert again.open_at is None


def test_the_place_in_the_form_wins_over_words_of_the_text() -> None:
    found = read("food near Ottawa", near="19104")
    assert found.place is PLACES["19104"]
    assert found.words == "food near Ottawa"


def test_near_me_is_no_place_and_no_need() -> None:
    assert read("food near me").words == "food"


def test_distance_is_the_communitys_unless_said_and_zero_is_any() -> None:
    assert read("food near Ottawa").within_km == 25
    assert read("food near Ottawa", within_km=5).within_km == 5
    assert read("food near Ottawa", within_km=0).within_km is None
    assert read("food").within_km is None


def test_now_on_the_form_is_this_instant() -> None:
    found = read("food", open_at="now")
    assert found.is_now
    assert found.open_at is not None
    assert found.open_at.start == NOW


def test_a_wall_time_stays_without_offset_and_an_offset_lost_in_an_address_is_mended() -> None:
    wall = read("food", open_at="2026-11-24T09:00").open_at
    assert wall is not None
    assert wall.start.tzinfo is None
    instant = read("food", open_at="2026-11-24T09:00 02:00").open_at
    assert instant is not None
    assert instant.start == datetime(2026, 11, 24, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"open_at": "soon"}, "open_at"),
        ({"open_at": "2031-01-01T09:00"}, "open_at"),
        ({"open_at": "2026-11-24T09:00", "open_until": "2026-11-24T08:00"}, "open_until"),
        ({"open_at": "2026-11-24T09:00", "open_until": "2026-11-24T10:00Z"}, "open_until"),
        ({"open_at": "2026-11-24T09:00", "open_until": "2026-11-26T10:00"}, "open_until"),
        ({"within_km": -1.0}, "within_km"),
        ({"within_km": float("nan")}, "within_km"),
    ],
)
def test_what_cannot_be_read_names_its_field(fields: dict[str, object], name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read("food", **fields)
    assert caught.value.field == name


def test_every_choice_of_the_form_is_a_chip() -> None:
    found = read("food", selections={Facet.LANGUAGE: ("fr", "en"), Facet.COST: ("free",)})
    chosen = [chip.data for chip in found.chips if chip.kind is ChipKind.FACET]
    assert [(data["facet"], data["value"]) for data in chosen] == [("language", "fr"), ("language", "en"), ("cost", "free")]


def test_tomorrow_is_the_day_after_today_at_the_place() -> None:
    late = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)  # Monday 23:30 in Philadelphia
    nearby = understand(FindRequest(text="food tomorrow near 19104"), replace(COMMUNITY, zone="UTC"), lookup, late)
    assert nearby.open_at is not None
    assert nearby.open_at.start == datetime(2026, 11, 24)
    at_home = understand(FindRequest(text="food tomorrow"), replace(COMMUNITY, zone="UTC"), lookup, late)
    assert at_home.open_at is not None
    assert at_home.open_at.start == datetime(2026, 11, 25)
