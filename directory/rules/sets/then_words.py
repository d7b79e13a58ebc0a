"""What comes of a rule, in words: a frame for each kind of consequence, `%(when)s` being the words of its condition."""

from collections.abc import Mapping

from directory.domain.sentences import say
from directory.rules.sets.kinds import IfUnknown, Owner, Reading, Severity, Told

POINTS = (
    say("%(points)s point for the program when %(when)s."),
    say("%(points)s points for the program when %(when)s."),
)
CAUTION = say("A caution about the program when %(when)s.")
CAUTION_AND_POINTS = (
    say("A caution about the program, and %(points)s point less, when %(when)s."),
    say("A caution about the program, and %(points)s points less, when %(when)s."),
)
FLAG_PAIR = say("Two listings are read as “%(reading)s” (weight: %(severity)s) when %(when)s.")
CLOCK: Mapping[str, str] = {
    "receiver": say("The receiver has %(term)s when %(when)s."),
    "sender": say("The sender has %(term)s when %(when)s."),
}
CLOCK_FROM_SENT: Mapping[str, str] = {
    "receiver": say("The receiver has %(term)s, counted from sending, when %(when)s."),
    "sender": say("The sender has %(term)s, counted from sending, when %(when)s."),
}
TELL = say("%(moment)s, %(told)s when %(when)s.")
AT_ONCE, AT_HALF, AT_WHOLE, AT_TWICE = say("At once"), say("At half of the time"), say("When the time is over"), say("At twice the time")
AT_SHARE = say("At %(percent)s of the time")
LOOK_AGAIN = say("The listing is due %(days)s after it was verified when %(when)s.")
LOOK_AT_ONCE = say("The listing is due at once when %(when)s.")
FLAG_LISTING: Mapping[Owner, str] = {
    Owner.ORGANIZATION: say("The listing is flagged for its organization to put right (weight: %(severity)s) when %(when)s."),
    Owner.PLANNER: say("The listing is flagged for planners to put right (weight: %(severity)s) when %(when)s."),
}

OPEN_HOURS = (say("%(number)s open hour"), say("%(number)s open hours"))
WORKING_DAYS = (say("%(number)s working day"), say("%(number)s working days"))

SEVERITIES: Mapping[Severity, str] = {Severity.LOW: say("low"), Severity.MEDIUM: say("medium"), Severity.HIGH: say("high")}
READINGS: Mapping[Reading, str] = {
    Reading.POSSIBLE_DUPLICATE: say("perhaps one thing listed twice"),
    Reading.WORTH_A_CONVERSATION: say("worth a conversation"),
    Reading.CHOICE: say("a choice for people"),
    Reading.COMPLEMENTARY_HOURS: say("hours that complete each other"),
    Reading.COMPLEMENTARY_PEOPLE: say("people that complete each other"),
    Reading.PARTNER: say("partners to introduce"),
    Reading.NOT_COMPARABLE: say("not to be compared"),
}
TOLD: Mapping[Told, str] = {
    Told.REMIND: say("whoever is waited for is reminded"),
    Told.ESCALATE: say("the receiver's second address and the sender's team are told"),
    Told.END: say("the referral ends, and the sender is told,"),
    Told.PROPOSE_OTHERS: say("the sender is shown who else may help"),
    Told.TELL_PLANNERS: say("planners are told that something is stuck"),
}
UNKNOWN: Mapping[IfUnknown, str] = {
    IfUnknown.SKIP: say("If that is not known, nothing comes of it."),
    IfUnknown.COUNT_AS_FALSE: say("If that is not known, it counts as not so."),
    IfUnknown.SEND_TO_REVIEW: say("If that is not known, a person decides."),
}
NOT_KNOWN = say("not known")

NAME_WORDS: Mapping[str, str] = {
    "candidate.name": say("the program"),
    "candidate.organization": say("the program's organization"),
    "from.organization": say("the organization that asks"),
    "need.name": say("the need"),
    "candidate.sees": say("what the program's sector sees"),
    "from.sees": say("what the sector of who asks sees"),
    "pair.other_need": say("the other need"),
    "a.name": say("the first listing"),
    "b.name": say("the second listing"),
    "a.organization": say("the first organization"),
    "b.organization": say("the second organization"),
    "receiver.name": say("the receiver"),
    "sender.name": say("the sender"),
    "program.name": say("the program"),
    "listing.name": say("the listing"),
    "listing.organization": say("the organization of the listing"),
}
"""What the names that texts may hold stand for, where no case is at hand."""
