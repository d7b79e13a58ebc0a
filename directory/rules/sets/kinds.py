"""The words of rule sets: what kinds there are, what a rule may do, and what it does when something is not known."""

from enum import StrEnum


class SetKind(StrEnum):
    """What the rules of a set judge."""

    SUGGEST = "suggest"  # who to introduce a person to next
    FLAG = "flag"  # two listings or two offers: the same, overlapping, partners
    ROUTE = "route"  # how long a referral may wait, and who is told
    QUALITY = "quality"  # whether a listing is fresh and whole


class IfUnknown(StrEnum):
    """What comes of a rule whose condition cannot be decided yet."""

    SKIP = "skip"  # nothing, and it is told that it is not known
    COUNT_AS_FALSE = "count_as_false"  # as if the condition did not hold
    SEND_TO_REVIEW = "send_to_review"  # a person decides


class Status(StrEnum):
    """How far a version of a rule set has come. Once active it is never changed."""

    DRAFT = "draft"
    TESTED = "tested"
    ACTIVE = "active"
    RETIRED = "retired"


class Expect(StrEnum):
    """What an example of a rule says should come of it."""

    FIRES = "fires"
    NOT = "not"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Reading(StrEnum):
    """How a pair is read (`flag`)."""

    POSSIBLE_DUPLICATE = "possible_duplicate"
    WORTH_A_CONVERSATION = "worth_a_conversation"
    CHOICE = "choice"
    COMPLEMENTARY_HOURS = "complementary_hours"
    COMPLEMENTARY_PEOPLE = "complementary_people"
    PARTNER = "partner"
    NOT_COMPARABLE = "not_comparable"


class Told(StrEnum):
    """All that a `route` rule may do. Each proposes something or tells somebody who knows of the referral already; none of them gives
    anything of a person to anybody new."""

    REMIND = "remind"  # whoever is waited for
    ESCALATE = "escalate"  # the receiver's backup address and the sender's team
    END = "end"  # what nobody answered is at its end, and the sender is told
    PROPOSE_OTHERS = "propose_others"  # the sender is shown who else may help
    TELL_PLANNERS = "tell_planners"  # that something is stuck: no person, no words


class Owner(StrEnum):
    """Who is to put right what a `quality` rule found."""

    ORGANIZATION = "organization"
    PLANNER = "planner"


class OncePer(StrEnum):
    """How often one rule may do the same: once for each of these together."""

    REFERRAL = "referral"
    STATE = "state"  # again when the referral has come to another state
    VERSION = "version"  # again under another version of the rules
