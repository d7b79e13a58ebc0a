"""Signals of a candidate: a program that somebody may be introduced to next, seen from the organization that asks and from the need."""

from directory.domain.sentences import say
from directory.rules.catalogue import Privacy
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signal_tables.making import CATEGORY_CHOICES, SECTOR_CHOICES, URGENCIES, choice, number, several, yes_no

SUGGEST, FLAG, ROUTE, QUALITY = SetKind
_LISTING = say("the listing")
_EVENTS = say("counted from referrals, without anything of a person")
_AGREEMENT = say("the agreement between the two organizations")

PARTNER_SIGNALS = (
    choice("need.category", say("the need"), say("what is asked for"), CATEGORY_CHOICES, SUGGEST),
    choice("need.urgency", say("how urgent it is"), say("what is asked for"), URGENCIES, SUGGEST),
    choice("from.sector", say("the sector of who asks"), say("the organization that asks"), SECTOR_CHOICES, SUGGEST),
    choice("candidate.sector", say("the sector of the program"), _LISTING, SECTOR_CHOICES, SUGGEST),
    several("candidate.categories", say("what the program offers"), _LISTING, CATEGORY_CHOICES, SUGGEST),
    yes_no("candidate.is_free", say("it costs nothing"), _LISTING, SUGGEST),
    yes_no("candidate.asks_papers", say("it asks for papers"), _LISTING, SUGGEST),
    yes_no("candidate.asks_status", say("it asks about immigration status"), _LISTING, SUGGEST),
    yes_no("candidate.tells_police", say("it tells the police about people"), _LISTING, SUGGEST),
    yes_no("candidate.tells_immigration", say("it tells immigration authorities about people"), _LISTING, SUGGEST),
    yes_no("candidate.tells_child_welfare", say("it tells child welfare about people"), _LISTING, SUGGEST),
    choice(
        "candidate.room",
        say("its room"),
        say("what the organization told of its room, while that holds"),
        {
            "capacity": say("has room"),
            "waitlist": say("has a waiting list"),
            "additional-assessment-required": say("looks at each case first"),
            "no-capacity": say("is full"),
        },
        SUGGEST,
    ),
    number("candidate.room_days", say("since it told of its room"), _LISTING, SUGGEST, unit=say("days")),
    number("candidate.days_since_verified", say("since the listing was verified"), _LISTING, SUGGEST, unit=say("days")),
    choice(
        "eligibility.outcome",
        say("whether the program is for the person"),
        say("the program's own criteria, asked of what is known"),
        {"yes": say("fits"), "ask": say("to be asked"), "doubtful": say("probably not")},
        SUGGEST,
        privacy=Privacy.SENSITIVE,
    ),
    yes_no("pair.offers_need", say("it offers what is needed"), say("what both are filed under"), SUGGEST),
    yes_no("pair.goes_together", say("the two needs often come together"), say("a list kept by the community"), SUGGEST),
    number(
        "pair.need_lift", say("how much more often the two needs come together than by chance"),
        say("needs of the same people in the last two years, smoothed"), SUGGEST, unit=say("times"), cases="pair.need_cases",
    ),
    number("pair.need_cases", say("people who had both needs"), _EVENTS, SUGGEST, unit=say("people")),
    yes_no("pair.is_other_sector", say("it is of another sector than who asks"), say("both organizations"), SUGGEST),
    yes_no(
        "pair.sees_other_part", say("its sector sees another part of the same problem"), say("a list of what each sector sees"), SUGGEST
    ),
    number(
        "pair.sector_links", say("referrals between the two sectors in the last year"), _EVENTS, SUGGEST, unit=say("referrals"),
        history=True,
    ),
    choice(
        "agreement.status",
        say("the agreement between the two"),
        _AGREEMENT,
        {"none": say("none"), "active": say("holds"), "ended": say("has ended")},
        SUGGEST,
    ),
    number("agreement.days_left", say("until the agreement is to be looked at again"), _AGREEMENT, SUGGEST, unit=say("days")),
    yes_no("agreement.has_contact", say("the agreement names somebody to ask for"), _AGREEMENT, SUGGEST),
    yes_no("agreement.shares_intake", say("the two share intake"), _AGREEMENT, SUGGEST),
    number(
        "agreement.kept_share", say("answers within the promised time"), _EVENTS, SUGGEST, unit="share", cases="agreement.kept_cases",
        history=True,
    ),
    number("agreement.kept_cases", say("referrals with a promised time"), _EVENTS, SUGGEST, unit=say("referrals"), history=True),
    number(
        "access.metres", say("how far away it is"), say("measured in a straight line from the person's area"), SUGGEST, unit=say("metres"),
        most=2.1e7,
    ),
    yes_no("access.serves_area", say("it says that it serves where the person lives"), _LISTING, SUGGEST),
    yes_no("access.is_remote", say("it helps by phone or online"), _LISTING, SUGGEST),
    yes_no("access.takes_people_now", say("it takes people now"), _LISTING, SUGGEST),
    number("access.opens_within_hours", say("until it takes people"), _LISTING, SUGGEST, unit=say("hours")),
    yes_no("access.has_what_is_asked", say("it has the access that was asked for"), _LISTING, SUGGEST),
    yes_no("language.is_spoken", say("it speaks the language that was asked for"), _LISTING, SUGGEST),
    number(
        "answers.working_days", say("how long it usually takes to answer"),
        say("the median of the last year, drawn toward that of the sector where there are few"), SUGGEST, unit=say("working days"),
        cases="answers.cases",
    ),
    number("answers.cases", say("referrals that it answered in the last year"), _EVENTS, SUGGEST, unit=say("referrals")),
    yes_no("answers.is_slow", say("it lately left referrals unanswered"), _EVENTS, SUGGEST),
    number(
        "history.accepted_share", say("referrals that it accepted"), say("of the last year, drawn toward the mean of the sector"), SUGGEST,
        unit="share", cases="history.cases", history=True,
    ),
    number(
        "history.helped_share", say("referrals that helped"), say("of the last year, drawn toward the mean of the sector"), SUGGEST,
        unit="share", cases="history.cases", history=True,
    ),
    number(
        "history.cases", say("referrals to it that came to an end in the last year"), _EVENTS, SUGGEST, unit=say("referrals"), history=True
    ),
    number("history.years", say("how long the two have worked together"), _EVENTS, SUGGEST, unit=say("years"), history=True),
    yes_no("history.both_ways", say("each has sent people to the other"), _EVENTS, SUGGEST, history=True),
    number("load.open_referrals", say("referrals that it has open"), _EVENTS, SUGGEST, unit=say("referrals")),
    number("load.share_of_room", say("open referrals as a share of its room"), _EVENTS, SUGGEST, unit="share"),
    number("load.received_last_year", say("referrals that it got in the last year"), _EVENTS, SUGGEST, unit=say("referrals")),
)  # fmt: skip
"""`load.share_of_room` counts 1 where there is no less open than room."""
