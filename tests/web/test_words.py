"""What is said in words: status, moments, distances, ages, reasons, links."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import g

from directory.domain.community import Community
from directory.domain.hours.values import AccessState, Taking
from directory.domain.listing import ListedPlace, Listing, PhoneNumber, Room, SourceNote, Verification
from directory.domain.place import Address, Point, PointKind
from directory.web.amounts import distance_words, radius_words
from directory.web.languages import reading_order
from directory.web.models.card import age_limits, room_status
from directory.web.models.freshness import freshness
from directory.web.models.links import call_link, directions_link, phone_to_call
from directory.web.models.phones import phone_words
from directory.web.models.service_page import web_address
from directory.web.models.texts import Line, blocks_of
from directory.web.status import access_status
from directory.web.times import age_words, near_moment
from directory.web.words import access_feature_name, language_name, sector_name
from tests.support.moments import MONDAY_MORNING

NEW_YORK = ZoneInfo("America/New_York")
IN_CANADA = Community("Ours", "Ottawa", "CA", "ON", "America/Toronto")
pytestmark = pytest.mark.usefixtures("page")


def local(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=NEW_YORK)


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (local(23, 17), "5:00 PM"),
        (local(24, 9), "tomorrow 9:00 AM"),
        (local(26, 9), "Thu 9:00 AM"),
        (datetime(2026, 12, 14, 9, tzinfo=NEW_YORK), "Mon, Dec 14 9:00 AM"),
    ],
)
def test_a_moment_is_told_as_shortly_as_is_clear(moment: datetime, words: str):
    assert plain(near_moment(moment, MONDAY_MORNING)) == words


@pytest.mark.parametrize(
    ("state", "tone", "words"),
    [
        (AccessState(Taking.TAKES_PEOPLE, True, until=local(23, 17)), "open", "Takes people now, until 5:00 PM"),
        (AccessState(Taking.TAKES_PEOPLE, True), "open", "Takes people now, day and night"),
        (AccessState(Taking.OPEN_INTAKE_UNKNOWN, True), "ask", "Open, intake not known: call"),
        (AccessState(Taking.OPEN_NOT_TAKING, False, next=local(24, 8)), "closed", "Open, takes people from tomorrow 8:00 AM"),
        (AccessState(Taking.CLOSED, False, next=local(26, 9)), "closed", "Opens Thu 9:00 AM"),
        (AccessState(Taking.CLOSED, False), "closed", "Closed. When it opens is not known: call"),
        (AccessState(Taking.UNKNOWN, None), "ask", "Hours not known: call"),
    ],
)
def test_a_status_says_whether_people_are_taken_in_words_and_tone(state: AccessState, tone: str, words: str):
    status = access_status(state, MONDAY_MORNING)
    assert (status.tone, plain(status.text)) == (tone, words)
    assert status.icon


@pytest.mark.parametrize("taking", list(Taking))
def test_a_status_at_another_moment_never_says_now(taking: Taking):
    assert "now," not in access_status(AccessState(taking, None, until=local(25, 17), next=local(26, 9)), local(25, 10), is_now=False).text


def test_a_holiday_is_told_beside_the_status():
    assert access_status(AccessState(Taking.CLOSED, False, holiday="Thanksgiving"), MONDAY_MORNING).detail == (
        "Holiday that day (Thanksgiving): call first"
    )


@pytest.mark.parametrize(
    ("kilometres", "words"), [(0.0, "50 m"), (0.31, "300 m"), (0.96, "1.0 km"), (1.44, "1.4 km"), (12.4, "12 km"), (1204, "1,204 km")]
)
def test_a_distance_is_no_more_exact_than_it_is(kilometres: float, words: str):
    g.community = IN_CANADA
    assert distance_words(kilometres) == words


@pytest.mark.parametrize(("kilometres", "words"), [(0.0, "0.1 mi"), (0.5, "0.3 mi"), (1.7, "1.1 mi"), (24.2, "15 mi"), (2000, "1,243 mi")])
def test_where_roads_are_signed_in_miles_distances_are_told_in_miles(kilometres: float, words: str):
    assert distance_words(kilometres) == words


def test_a_distance_that_was_chosen_is_told_as_it_was_chosen():
    assert [radius_words(km) for km in (16.093, 3.219, 2.414)] == ["10 mi", "2 mi", "1.5 mi"]
    g.community = IN_CANADA
    assert [radius_words(km) for km in (10, 2.5, 0.5)] == ["10 km", "2.5 km", "500 m"]


@pytest.mark.parametrize(
    ("number", "dial", "language", "words"),
    [
        ("(215) 555.0101", "+12155550101", "en", "215-555-0101"),
        ("2155550101", "+12155550101", "fr", "215 555-0101"),
        ("1 800 555 0199", "+18005550199", "es", "1-800-555-0199"),
        ("800-555-0199", "+18005550199", "fr", "1 800 555-0199"),
        ("020 7946 0018", "+442079460018", "en", "+44 20 7946 0018"),
        ("1-800-SUICIDE", "+18007842433", "en", "1-800-SUICIDE"),
        ("988", "988", "fr", "988"),
        ("ask at the door", "", "en", "ask at the door"),
    ],
)
def test_a_phone_number_is_written_as_the_reader_is_used_to(number: str, dial: str, language: str, words: str):
    g.language = language
    assert phone_words(PhoneNumber(number, dial)) == words


def test_names_stand_in_the_order_of_the_readers_alphabet():
    g.language = "es"
    assert sorted(["Ñandú", "Nube", "Ola", "Élite"], key=reading_order) == ["Élite", "Nube", "Ñandú", "Ola"]


def test_words_of_a_language_written_from_right_to_left_say_so():
    assert str(Line("مركز", "ar").__html__()) == '<span lang="ar" dir="rtl">مركز</span>'
    assert str(Line("Maison", "fr").__html__()) == '<span lang="fr" dir="ltr">Maison</span>'
    assert str(Line("<b>", "").__html__()) == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "yesterday"),
        (12, "12 days ago"),
        (60, "60 days ago"),
        (61, "2 months ago"),
        (365, "12 months ago"),
        (800, "2 years ago"),
    ],
)
def test_an_age_is_told_in_days_then_months_then_years(days: int, words: str):
    assert age_words(days) == words


def test_a_listing_verified_a_while_ago_says_by_whom():
    told = freshness(Verification(MONDAY_MORNING - timedelta(days=12), "owner"), None, MONDAY_MORNING)
    assert (told.text, told.is_old) == ("Verified 12 days ago by the organization", False)


@pytest.mark.parametrize(("days", "is_old"), [(365, False), (366, True)])
def test_a_listing_not_verified_for_a_year_says_call_first(days: int, is_old: bool):
    told = freshness(Verification(MONDAY_MORNING - timedelta(days=days), "call"), None, MONDAY_MORNING)
    assert told.is_old is is_old
    assert ("call first" in told.text) is is_old


def test_a_listing_that_was_never_verified_says_when_it_was_taken_from_its_source():
    told = freshness(Verification(), SourceNote("Feed", retrieved_on=date(2025, 8, 14)), MONDAY_MORNING)
    assert told.text == "Taken from its source on Aug 14, 2025, not verified since: call first"
    assert told.is_old


def test_room_is_told_with_the_age_of_that_word():
    told = room_status(Room("capacity", MONDAY_MORNING - timedelta(days=1), available=4, unit="beds"), MONDAY_MORNING)
    assert (told.text, told.detail) == ("Room: 4 beds", "told yesterday")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(18, None, "Ages 18 and over"), (None, 12.5, "Up to age 12.5"), (16, 24, "Ages 16 to 24"), (0, None, ""), (None, None, "")],
)
def test_ages_are_told_only_where_they_are_stated(low: float | None, high: float | None, words: str):
    assert age_limits(Listing("id", 1, "Name", None, minimum_age=low, maximum_age=high)) == words


def test_the_number_to_try_first_is_the_places_own_and_one_that_can_be_dialled():
    fax, unread, good = (
        PhoneNumber("1", "+1", type="fax"),
        PhoneNumber("ask at the desk"),
        PhoneNumber("555-0100", "+15550100", extension="7"),
    )
    listing = Listing("id", 1, "Name", None, phones=(good,))
    assert phone_to_call(listing, ListedPlace("p", phones=(fax, unread))) is good
    assert call_link(good) == "tel:+15550100,7"
    assert phone_to_call(Listing("id", 1, "Name", None), ListedPlace("p", phones=(fax,))) is None


def test_there_are_no_directions_to_a_secret_or_vague_place():
    exact = Point(39.95, -75.2)
    assert directions_link(ListedPlace("p", point=exact), "") != ""
    assert directions_link(ListedPlace("p", point=exact, confidential=True), "") == ""
    assert directions_link(ListedPlace("p", point=Point(39.95, -75.2, PointKind.POSTAL_CODE, 2500)), "") == ""
    assert directions_link(ListedPlace("p", address=Address("1 Main Street", city="Philadelphia")), "").endswith(
        "query=1+Main+Street%2C+Philadelphia"
    )


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("harbour.example/help", "https://harbour.example/help"),
        ("http://a.example", "http://a.example"),
        ("javascript:alert(1)", ""),
        ("see desk", ""),
        ("a@b.example", ""),
    ],
)
def test_only_web_addresses_are_linked(written: str, address: str):
    assert web_address(written) == address


def test_paragraphs_and_lists_of_a_text_are_kept():
    blocks = blocks_of("First line\nsecond line\n\n- one\n- two")
    assert [(block.lines, block.is_list) for block in blocks] == [(("First line", "second line"), False), (("one", "two"), True)]


def test_codes_without_a_word_are_shown_as_they_stand():
    assert sector_name("space-travel") == "Space travel"
    assert access_feature_name("", "Step-free by the back door") == "Step-free by the back door"
    assert language_name("es") == "Spanish"
    assert language_name("xx-none") == "Xx-none"


def test_words_without_an_offset_are_taken_for_utc():
    told = freshness(Verification(datetime(2026, 11, 20, 12, tzinfo=UTC).replace(tzinfo=None), "call"), None, MONDAY_MORNING)
    assert told.text == "Verified 3 days ago by a phone call"
