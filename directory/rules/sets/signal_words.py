"""What conditions on signals are called when somebody reads them. Each signal that reads better in words of its own has its clause here; of
any other its label is said with its value, so that a new signal needs nothing here to be read.

`%(amount)s` stands for a bounded number with its unit ("more than 90 days"), `%(values)s` for one value or several ("food or housing").
"""

from collections.abc import Mapping

from directory.domain.sentences import say
from directory.rules.catalogue import Op

AMOUNTS: Mapping[str, str] = {
    "candidate.room_days": say("it told of its room %(amount)s ago"),
    "candidate.days_since_verified": say("the listing was verified %(amount)s ago"),
    "pair.need_lift": say("the two needs come together %(amount)s as often as by chance"),
    "pair.need_cases": say("%(amount)s had both needs"),
    "pair.sector_links": say("there were %(amount)s between the two sectors in the last year"),
    "agreement.days_left": say("%(amount)s are left until the agreement is looked at again"),
    "agreement.kept_share": say("it answers within the promised time in %(amount)s of all cases"),
    "agreement.kept_cases": say("there were %(amount)s with a promised time"),
    "access.metres": say("it is %(amount)s away"),
    "access.opens_within_hours": say("it takes people in %(amount)s"),
    "answers.working_days": say("it usually answers in %(amount)s"),
    "answers.cases": say("it answered %(amount)s in the last year"),
    "history.accepted_share": say("it accepted %(amount)s of the referrals that it got"),
    "history.helped_share": say("%(amount)s of its referrals helped"),
    "history.cases": say("it decided %(amount)s in the last year"),
    "history.years": say("the two have worked together for %(amount)s"),
    "load.open_referrals": say("it has %(amount)s open"),
    "load.share_of_room": say("its open referrals take up %(amount)s of its room"),
    "load.received_last_year": say("it got %(amount)s in the last year"),
    "pair.service_overlap": say("%(amount)s of what they offer is the same"),
    "pair.category_overlap": say("%(amount)s of their categories are the same"),
    "pair.people_overlap": say("%(amount)s of the people they are for are the same"),
    "pair.area_overlap": say("%(amount)s of the area they serve is the same"),
    "pair.hours_overlap": say("%(amount)s of their hours are the same"),
    "pair.name_similarity": say("their names are %(amount)s alike"),
    "pair.phone_shared_by": say("that phone number stands in %(amount)s"),
    "pair.metres": say("they are %(amount)s apart"),
    "pair.match_probability": say("both are one with a likelihood of %(amount)s"),
    "referral.attempts": say("%(amount)s were asked for this need"),
    "listing.days_since_verified": say("it was verified %(amount)s ago"),
    "listing.room_days": say("its room was told of or found right %(amount)s ago"),
    "listing.reported_days": say("it was told %(amount)s ago that it may be wrong"),
    "listing.description_length": say("its description has %(amount)s"),
    "listing.minimum_age": say("the youngest it is for is %(amount)s old"),
    "listing.maximum_age": say("the oldest it is for is %(amount)s old"),
    "listing.link_days": say("its website last answered %(amount)s ago"),
}

VALUES: Mapping[str, str] = {
    "candidate.room": say("the program %(values)s"),
    "candidate.categories": say("the program offers %(values)s"),
    "pair.shared_categories": say("both offer %(values)s"),
    "referral.state": say("the referral stands at %(values)s"),
    "referral.category": say("the referral is about %(values)s"),
    "referral.code": say("the reason given is %(values)s"),
    "referral.waits_for": say("%(values)s is waited for"),
    "listing.risk": say("a wrong word in it may cost %(values)s"),
    "listing.categories": say("it is filed under %(values)s"),
    "listing.link": say("its website %(values)s"),
}
QUOTED = frozenset({"referral.state", "referral.code"})
"""Their values stand in quotation marks."""

WHOLE: Mapping[tuple[str, str], str] = {
    ("need.urgency", "urgent"): say("the need is urgent"),
    ("need.urgency", "routine"): say("the need can wait"),
    ("eligibility.outcome", "yes"): say("the program is for the person"),
    ("eligibility.outcome", "doubtful"): say("the program is probably not for the person"),
    ("eligibility.outcome", "ask"): say("it is to be asked whether the program is for the person"),
    ("agreement.status", "none"): say("the two have no agreement"),
    ("agreement.status", "active"): say("the agreement between the two holds"),
    ("agreement.status", "ended"): say("the agreement between the two has ended"),
    ("referral.urgency", "urgent"): say("the referral is urgent"),
    ("referral.urgency", "routine"): say("the referral can wait"),
}
"""A signal and one value of it, where they are a sentence together."""

NOT_SO: Mapping[str, str] = {
    "pair.is_same_organization": say("they are of two organizations"),
    "pair.is_marked_distinct": say("nobody said that they are not the same"),
    "pair.is_for_a_culture": say("neither of them is for a culture, or led by its people"),
    "listing.was_verified": say("nobody has verified it"),
    "listing.is_reported": say("nobody told that it may be wrong"),
    "listing.has_description": say("it does not say what is offered"),
    "listing.has_category": say("it is filed under no need"),
    "listing.has_phone": say("it has no phone number"),
    "listing.has_way_to_reach": say("it has no phone number, no mail address and no website"),
    "listing.has_place": say("it has no place, and does not help by phone or online"),
    "listing.has_point": say("its places cannot be found on a map"),
    "listing.has_hours": say("its hours are not known"),
    "listing.has_area": say("it does not say whom it serves by where they live"),
    "listing.has_criteria": say("it does not say who can come"),
    "listing.has_way_in": say("it does not say how to get in"),
    "listing.has_cost": say("it does not say what it costs"),
    "listing.has_languages": say("it does not say which languages are spoken"),
    "listing.has_owner": say("nobody of its organization can change it"),
}
"""Statements that may be so or not, where they are not."""

DEFAULT_AMOUNT, DEFAULT_VALUES = say("“%(label)s” is %(amount)s"), say("%(label)s is %(values)s")
HAS_ALL, QUOTE = say("all of %(values)s"), say("“%(value)s”")
NOT, IS_KNOWN, IS_UNKNOWN = say("it is not so that %(clause)s"), say("“%(label)s” is known"), say("“%(label)s” is not known")
BEFORE, AFTER = say("%(label)s is before %(day)s"), say("%(label)s is after %(day)s")

MORE_THAN, AT_LEAST, LESS_THAN, AT_MOST = (
    say("more than %(low)s"),
    say("at least %(low)s"),
    say("less than %(high)s"),
    say("at most %(high)s"),
)
EXACTLY, BETWEEN = say("exactly %(low)s"), say("between %(low)s and %(high)s")
BOUNDS: Mapping[Op, str] = {Op.GT: MORE_THAN, Op.GTE: AT_LEAST, Op.LT: LESS_THAN, Op.LTE: AT_MOST, Op.EQ: EXACTLY, Op.NE: EXACTLY}
"""`NE` is said as not exactly so much."""

UNITS: Mapping[str, tuple[str, str]] = {
    "days": (say("%(number)s day"), say("%(number)s days")),
    "working days": (say("%(number)s working day"), say("%(number)s working days")),
    "hours": (say("%(number)s hour"), say("%(number)s hours")),
    "years": (say("%(number)s year"), say("%(number)s years")),
    "metres": (say("%(number)s metre"), say("%(number)s metres")),
    "people": (say("%(number)s person"), say("%(number)s people")),
    "referrals": (say("%(number)s referral"), say("%(number)s referrals")),
    "listings": (say("%(number)s listing"), say("%(number)s listings")),
    "programs": (say("%(number)s program"), say("%(number)s programs")),
    "letters": (say("%(number)s letter"), say("%(number)s letters")),
    "times": (say("%(number)s time"), say("%(number)s times")),
}
"""A unit, as signals have it -> of one, of many."""

KILOMETRES = say("%(number)s km")
NUMBER_AND_UNIT = say("%(number)s %(unit)s")
