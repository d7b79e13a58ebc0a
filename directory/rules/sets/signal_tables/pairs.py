"""Signals of two listings, for both readings: similar people and different services are partners to introduce; similar people and the same
service are an overlap to talk about; and one thing listed twice is a duplicate record."""

from directory.domain.sentences import say
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signal_tables.making import SECTOR_CHOICES, choice, number, several, yes_no

SUGGEST, FLAG, ROUTE, QUALITY = SetKind
_COMPARED = say("both listings, compared")

PAIR_SIGNALS = (
    number("pair.service_overlap", say("how much of the same they offer"), _COMPARED, FLAG, unit="share"),
    number("pair.category_overlap", say("how many of their categories are the same"), _COMPARED, SUGGEST, unit="share"),
    number("pair.people_overlap", say("how far they are for the same people"), _COMPARED, SUGGEST, FLAG, unit="share"),
    number("pair.area_overlap", say("how much of the same area they serve"), _COMPARED, SUGGEST, FLAG, unit="share"),
    number("pair.hours_overlap", say("how much they are open at the same time"), _COMPARED, SUGGEST, FLAG, unit="share"),
    yes_no("pair.shares_language", say("they share a language beside the usual ones"), _COMPARED, FLAG),
    yes_no("pair.is_same_organization", say("both are of one organization"), _COMPARED, FLAG),
    number("pair.name_similarity", say("how alike their names are"), _COMPARED, FLAG, unit="share"),
    yes_no("pair.has_same_phone", say("they have the same phone number"), _COMPARED, FLAG),
    number("pair.phone_shared_by", say("listings with that phone number"), _COMPARED, FLAG, unit=say("listings")),
    yes_no("pair.has_same_website", say("they have the same website"), _COMPARED, FLAG),
    yes_no("pair.has_same_address", say("they have the same address"), _COMPARED, FLAG),
    number("pair.metres", say("how far apart they are"), _COMPARED, FLAG, unit=say("metres"), most=2.1e7),
    number(
        "pair.match_probability", say("how likely both are one"), say("the weights of all that they share and differ in"), FLAG,
        unit="share",
    ),
    yes_no("pair.is_marked_distinct", say("a person said that they are not the same"), say("the verdicts of reviewers"), FLAG),
    choice("a.sector", say("the sector of the first"), _COMPARED, SECTOR_CHOICES, FLAG),
    choice("b.sector", say("the sector of the second"), _COMPARED, SECTOR_CHOICES, FLAG),
    yes_no("pair.is_for_a_culture", say("one of them is for a culture, or led by its people"), _COMPARED, FLAG),
    several("pair.shared_categories", say("what both offer"), _COMPARED, {}, FLAG),
)  # fmt: skip
