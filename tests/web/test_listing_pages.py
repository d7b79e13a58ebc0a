"""Pages of services, organizations and locations: the order of the questions, what is not known, what is secret, what is gone."""

from datetime import time

import pytest
from flask.testing import FlaskClient

from directory.domain.clock import FixedClock
from directory.domain.hours.values import Access, Effect, Frequency, OpeningHours, Schedule, WayIn
from directory.domain.listing import ListedPlace, Listing, OrganizationNote, PhoneNumber, SourceNote
from directory.services.listings import read as listings_read
from tests.support.neighbourhood import CLINIC, MERGED, ORGANIZATION, PANTRY, PANTRY_PLACE, PHONE_LINE, SECRET_PLACE, SHELTER, WITHDRAWN
from tests.web.html import Page, read

IN_NEW_YORK = "America/New_York"
ANDROID = "Mozilla/5.0 (Linux; Android 15) Chrome/130 Mobile"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"


def service(client: FlaskClient, service_id: str, **headers: str) -> Page:
    return read(client.get(f"/services/{service_id}", headers=headers).text)


def test_a_service_page_answers_in_the_order_of_the_questions(client: FlaskClient):
    headings = [heading for heading in service(client, PANTRY).headings() if heading.endswith("?")]
    assert headings == [
        "Can they go?",
        "When?",
        "Where and how to get in?",
        "What to bring?",
        "What happens then?",
        "How sure are we?",
    ]


def test_the_first_thing_to_do_is_to_call(client: FlaskClient):
    actions = service(client, PANTRY).find("a", "button")
    assert actions[0].attributes["href"] == "tel:+12155550101"
    assert actions[0].text == "Call 215-555-0101"


@pytest.mark.parametrize(
    ("agent", "begins"),
    [(ANDROID, "geo:39.960000,-75.200000?q="), (IPHONE, "maps:?daddr=1%20Main"), ("", "https://www.openstreetmap.org/")],
)
def test_directions_open_the_maps_of_the_persons_own_device(client: FlaskClient, agent: str, begins: str):
    page = service(client, PANTRY, **{"User-Agent": agent})
    links = [link for link in page.find("a", "button") if link.text == "Directions"]
    assert links[0].attributes["href"].startswith(begins)
    assert links[0].attributes["rel"] == "noreferrer"


def test_the_week_begins_today_and_marks_it(client: FlaskClient):
    rows = [row for row in service(client, PANTRY).find("tr") if row.text.startswith(("Today", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))]
    assert len(rows) == 7
    assert "today" in rows[0].attributes["class"].split()
    assert rows[0].text.replace("\u202f", " ").endswith("9:00 AM–5:00 PM")
    assert rows[3].text.endswith("Closed Thanksgiving Day")


def test_what_a_listing_does_not_say_is_told_as_not_known_with_what_to_do(client: FlaskClient):
    told = [element.text for element in service(client, CLINIC).find("p", "not-known")]
    assert "Not known: ask when you call" in told
    assert "Not known: ask before you give a name" in told


def test_a_service_without_hours_says_to_call(client: FlaskClient):
    assert "Hours not known: call" in service(client, PHONE_LINE).one("div", "place-when").text


def test_a_confidential_service_shows_no_place_and_says_why(client: FlaskClient):
    page = service(client, SHELTER)
    assert "The address is not published, to keep people safe." in page.text
    assert not [link for link in page.links() if "openstreetmap" in link or "/locations/" in link]


def test_a_confidential_location_has_a_page_that_names_nothing(client: FlaskClient):
    answer = client.get(f"/locations/{SECRET_PLACE}")
    page = read(answer.text)
    assert page.headings()[0] == "A place whose address is not published"
    assert not page.find("address")
    assert "Hidden" not in answer.text


def test_every_listing_says_its_source_and_terms(client: FlaskClient):
    assert "Source: Tests · CC0-1.0 · Made for tests" in service(client, PANTRY).text


def test_an_organization_lists_what_it_offers(client: FlaskClient):
    page = read(client.get(f"/organizations/{ORGANIZATION}").text)
    assert "4 services" in page.headings()
    assert f"/services/{PANTRY}" in page.links()


def test_a_location_lists_what_is_offered_there(client: FlaskClient):
    page = read(client.get(f"/locations/{PANTRY_PLACE}").text)
    assert page.one("address").text == "1 Main Street Philadelphia PA 19104"
    assert f"/services/{PANTRY}" in page.links()


@pytest.mark.parametrize("kind", ["services", "organizations", "locations"])
def test_what_never_was_here_is_not_found_and_helps_to_search(client: FlaskClient, kind: str):
    answer = client.get(f"/{kind}/00000000-0000-4000-8000-000000000000")
    assert answer.status_code == 404
    assert read(answer.text).find("form", role="search")


def test_what_was_withdrawn_says_do_not_send_anybody(client: FlaskClient):
    answer = client.get(f"/services/{WITHDRAWN}")
    assert answer.status_code == 410
    assert "Do not send anybody there" in answer.text


def test_what_was_merged_leads_on(client: FlaskClient):
    answer = client.get(f"/services/{MERGED}")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"/services/{PANTRY}")


def listing_of(*places: ListedPlace, **fields: object) -> Listing:
    note = OrganizationNote("77777777-7777-4777-8777-777777777777", "Night House", phones=(PhoneNumber("555-0100", "+15550100"),))
    return Listing(PANTRY, 1, "Night shelter", note, source=SourceNote("Made up", is_sample=True), places=places, **fields)  # type: ignore[arg-type]


def shown(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, listing: Listing, address: str = f"/services/{PANTRY}") -> Page:
    monkeypatch.setattr(listings_read, "service", lambda _parts, _id: listing)
    return read(client.get(address).text)


def nightly(*more: Schedule, **fields: object) -> OpeningHours:
    row = Schedule(freq=Frequency.WEEKLY, byday=("MO", "TU", "WE", "TH", "FR", "SA", "SU"), opens_at=time(21), closes_at=time(7))
    return OpeningHours(IN_NEW_YORK, (row, *more), **fields)  # type: ignore[arg-type]


def test_a_night_is_told_as_one_spell_that_ends_the_next_day(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    place = ListedPlace("p", zone=IN_NEW_YORK, access=Access(nightly(), ways_in=frozenset({WayIn.WALK_IN})))
    words = shown(client, monkeypatch, listing_of(place)).text.replace("\u202f", " ")
    assert "until 7:00 AM, 9:00 PM–7:00 AM the next day" in words
    assert "Opens 9:00 PM" in words


def test_intake_that_differs_from_being_open_has_a_week_of_its_own_first(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    by_day = OpeningHours(IN_NEW_YORK, (Schedule(freq=Frequency.WEEKLY, byday=("MO",), opens_at=time(8), closes_at=time(9)),))
    whole = OpeningHours(IN_NEW_YORK, (Schedule(freq=Frequency.WEEKLY, byday=("MO", "TU", "WE", "TH", "FR", "SA", "SU")),))
    place = ListedPlace("p", zone=IN_NEW_YORK, access=Access(whole, intake=by_day))
    page = shown(client, monkeypatch, listing_of(place))
    assert [caption.text for caption in page.find("caption")] == ["Takes people", "Open"]
    assert "Open, takes people from Mon, Nov 30" in page.text


def test_days_that_differ_later_are_listed(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    from datetime import date

    closing = Schedule(dtstart=date(2026, 12, 5), effect=Effect.CLOSES)
    place = ListedPlace("p", zone=IN_NEW_YORK, access=Access(nightly(closing)))
    page = shown(client, monkeypatch, listing_of(place))
    assert any(item.text.startswith("Sat, Dec 5: Closed") for item in page.find("li"))


def test_a_place_on_another_clock_names_its_zone(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    hours = OpeningHours("America/Vancouver", (Schedule(freq=Frequency.WEEKLY, byday=("MO",), opens_at=time(6), closes_at=time(17)),))
    place = ListedPlace("p", zone="America/Vancouver", access=Access(hours, ways_in=frozenset({WayIn.WALK_IN})))
    words = shown(client, monkeypatch, listing_of(place)).text.replace("\u202f", " ")
    assert "Takes people now, until 5:00 PM (Pacific Standard Time)" in words
    assert "All times are Pacific Standard Time" in words


def test_sample_data_says_so_on_its_page(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    assert "Sample data: made up, do not send anybody here." in shown(client, monkeypatch, listing_of(ListedPlace("p"))).text


def test_texts_of_feeds_are_words_never_markup(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    nasty = "<script>alert(1)</script>"
    monkeypatch.setattr(
        listings_read, "service", lambda _parts, _id: listing_of(ListedPlace("p"), description=nasty, alert=nasty, url="javascript:x")
    )
    html = client.get(f"/services/{PANTRY}").text
    assert nasty not in html
    assert "&lt;script&gt;" in html
    assert "javascript:x" not in html


def test_a_translated_listing_is_read_in_the_readers_language(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    french = {"name": "Refuge de nuit", "description": "Des lits."}
    listing = listing_of(ListedPlace("p"), description="Beds.", text_language="en", texts={"fr": french})
    page = shown(client, monkeypatch, listing, f"/services/{PANTRY}?lang=fr")
    assert page.headings()[0] == "Refuge de nuit"
    assert "Des lits." in page.text


def test_an_untranslated_text_says_which_language_it_is_in(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    listing = listing_of(ListedPlace("p"), description="Beds for the night.", text_language="en")
    page = shown(client, monkeypatch, listing, f"/services/{PANTRY}?lang=fr")
    assert [element.text for element in page.find("div", "prose", lang="en")] == ["Beds for the night."]


def test_a_listing_that_is_not_running_says_so_first(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    assert (
        "Not running at present. Call before sending anybody."
        in shown(client, monkeypatch, listing_of(ListedPlace("p"), status="inactive")).text
    )


def test_the_clock_of_the_tests_stands_still(furnished, clock: FixedClock):
    assert furnished.clock.now() == clock.now()


def test_of_several_places_the_head_names_one_that_takes_people(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    by_day = OpeningHours(IN_NEW_YORK, (Schedule(freq=Frequency.WEEKLY, byday=("MO",), opens_at=time(8), closes_at=time(16)),))
    shut = ListedPlace("a", name="Night door", zone=IN_NEW_YORK, access=Access(nightly(), ways_in=frozenset({WayIn.WALK_IN})))
    taking = ListedPlace("b", name="Day door", zone=IN_NEW_YORK, access=Access(by_day, ways_in=frozenset({WayIn.WALK_IN})))
    head = shown(client, monkeypatch, listing_of(shut, taking)).one("p", "big").text.replace("\u202f", " ")
    assert head == "Takes people now, until 4:00 PM Day door"
