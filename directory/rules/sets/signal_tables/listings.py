"""Signals of a listing, for how fresh and how whole it is."""

from directory.domain.sentences import say
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signal_tables.making import CATEGORY_CHOICES, SECTOR_CHOICES, choice, number, several, yes_no

SUGGEST, FLAG, ROUTE, QUALITY = SetKind
_LISTING = say("the listing")

LISTING_SIGNALS = (
    yes_no("listing.was_verified", say("somebody has verified it"), _LISTING, QUALITY),
    number("listing.days_since_verified", say("since it was verified"), _LISTING, QUALITY, unit=say("days")),
    choice(
        "listing.risk",
        say("what a wrong word in it may cost"),
        say("what it is filed under"),
        {"crisis": say("a night or a life"), "basic": say("a meal, a bed or a doctor"), "other": say("a trip for nothing")},
        QUALITY,
    ),
    several("listing.categories", say("what it is filed under"), _LISTING, CATEGORY_CHOICES, QUALITY),
    choice("listing.sector", say("the sector of its organization"), _LISTING, SECTOR_CHOICES, QUALITY),
    yes_no("listing.tells_of_room", say("it tells of room"), _LISTING, QUALITY),
    number("listing.room_days", say("since room was told of or found right"), _LISTING, QUALITY, unit=say("days")),
    yes_no("listing.is_reported", say("somebody told that it may be wrong"), say("reports of workers"), QUALITY),
    number("listing.reported_days", say("since it was told that it may be wrong"), say("reports of workers"), QUALITY, unit=say("days")),
    yes_no("listing.has_description", say("it says what is offered"), _LISTING, QUALITY),
    number("listing.description_length", say("how long its description is"), _LISTING, QUALITY, unit=say("letters")),
    yes_no("listing.has_category", say("it is filed under a need"), _LISTING, QUALITY),
    yes_no("listing.has_phone", say("it has a phone number"), _LISTING, QUALITY),
    yes_no("listing.has_way_to_reach", say("it has a phone number, a mail address or a website"), _LISTING, QUALITY),
    yes_no("listing.has_place", say("it has a place, or helps by phone or online"), _LISTING, QUALITY),
    yes_no("listing.has_point", say("its places can be found on a map"), _LISTING, QUALITY),
    yes_no("listing.has_hours", say("its hours are known"), _LISTING, QUALITY),
    yes_no("listing.has_area", say("it says whom it serves by where they live"), _LISTING, QUALITY),
    yes_no("listing.has_criteria", say("it says who can come"), _LISTING, QUALITY),
    yes_no("listing.has_way_in", say("it says how to get in"), _LISTING, QUALITY),
    yes_no("listing.has_cost", say("it says what it costs"), _LISTING, QUALITY),
    yes_no("listing.has_languages", say("it says which languages are spoken"), _LISTING, QUALITY),
    yes_no("listing.has_owner", say("somebody of its organization can change it"), say("accounts of the organization"), QUALITY),
    number("listing.minimum_age", say("the youngest it is for"), _LISTING, QUALITY, unit=say("years"), least=-1000),
    number("listing.maximum_age", say("the oldest it is for"), _LISTING, QUALITY, unit=say("years"), least=-1000),
    yes_no("listing.ages_are_reversed", say("the youngest age is above the oldest"), _LISTING, QUALITY),
    yes_no("listing.hours_contradict", say("its hours contradict each other"), _LISTING, QUALITY),
    choice(
        "listing.link",
        say("its website"),
        say("the last check, where the community lets the program look"),
        {"works": say("answers"), "dead": say("does not answer"), "moved": say("has moved")},
        QUALITY,
    ),
    number("listing.link_days", say("since its website last answered"), say("the last checks"), QUALITY, unit=say("days")),
)  # fmt: skip
