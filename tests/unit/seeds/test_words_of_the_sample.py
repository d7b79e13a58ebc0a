"""The words that the sample is made of fit together: what kinds of organizations offer is there, in both languages."""

import unicodedata

from directory.domain.categories import CATEGORIES
from directory.domain.sectors import Sector
from seeds.demo import CRISIS_NUMBERS, OPEN_DATA, OPEN_FEEDS, demo_community
from seeds.sample.hours import PATTERNS
from seeds.sample.words import common, kinds, offers


def test_every_offer_is_of_a_known_category_and_runs_at_known_hours() -> None:
    for category, offer in offers().items():
        assert category in CATEGORIES
        assert set(offer.hours) <= set(PATTERNS)
        assert offer.intake in ("", *PATTERNS)
        assert set(offer.ways) <= set(common().ways)
        assert offer.audiences


def test_every_kind_of_organization_offers_things_that_exist() -> None:
    for kind in kinds():
        assert set(kind.offers) <= set(offers()), kind.kind
        assert kind.sector in {sector.value for sector in Sector}


def test_everything_on_offer_is_offered_by_somebody() -> None:
    assert set(offers()) == {category for kind in kinds() for category in kind.offers}


def test_every_text_is_there_in_english_and_french() -> None:
    for offer in offers().values():
        for english, french in (*offer.names, *offer.what, *offer.more):
            assert english.strip()
            assert french.strip()
            assert french == unicodedata.normalize("NFC", french)


def test_the_demo_community_says_whom_to_call_in_danger_in_each_of_its_languages() -> None:
    community = demo_community()
    assert community.is_demo
    assert [number.number for number in CRISIS_NUMBERS][:3] == ["911", "988", "1-800-668-6868"]
    assert [number.number for number in CRISIS_NUMBERS if number.emergency] == ["911"]
    for number in community.crisis_numbers:
        assert set(community.languages) <= set(number.name)
        assert set(community.languages) <= set(number.when)


def test_every_open_feed_says_who_published_it_and_under_which_licence() -> None:
    for feed in OPEN_FEEDS:
        assert (OPEN_DATA / feed.folder).is_dir()
        assert feed.publisher
        assert feed.licence in {"CC0-1.0", "MIT", "BSD-3-Clause"}
        assert feed.attribution
        assert feed.url.startswith("https://")
