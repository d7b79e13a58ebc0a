"""Every reference in the database to a record that can be merged, and what a merge does with it. A test holds this table to the database's
own: a reference that stands nowhere here is a fault, since a merge would leave it behind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from directory.domain.sentences import say
from directory.services.matching.levels import Level
from directory.store.tables import (
    ActionParty,
    ApiToken,
    AskAround,
    Attempt,
    Attribute,
    Claim,
    Conversation,
    ConversationSide,
    Draft,
    ImportReview,
    Invitation,
    ListingFlag,
    Location,
    Need,
    NotWith,
    Organization,
    OutcomeSigner,
    Partnership,
    PartnershipParty,
    PlannedAction,
    Program,
    RejectedSuggestion,
    RoleGrant,
    RuleContest,
    RuleReview,
    Service,
    Suggestion,
    UpkeepContact,
    Webhook,
    WorkerReport,
)

Only = Callable[[datetime], Any]
"""A moment -> which rows count then."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Rows that go along to the record that stays. `words`: what is counted. `unlike`: a row that has the same in these columns as one of
    the record that stays is left where it is; an empty tuple of it: only where that has none at all (`alone`). `between`: the column that
    names another organization; a row of the two is left where it is, since nothing is between a record and itself."""

    table: Any
    column: str
    words: str
    unlike: tuple[str, ...] = ()
    only: Only | None = None
    alone: bool = False
    between: str = ""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Rows that must be settled before anything is merged, since they would be left behind. `settle`: how."""

    table: Any
    column: str
    words: str
    settle: str
    only: Only | None = None


_ENDED = say("Let them end first, or keep that record and retire the other.")
_DRAFTS = Blocks(Draft, "object_id", say("drafts"), say("Publish them or throw them away first."))
_TERMS = Moves(Attribute, "link_id", say("terms"), ("taxonomy_term_id", "value", "link_type"))

MOVED: Mapping[Level, tuple[Moves, ...]] = {
    Level.ORGANIZATION: (
        Moves(Service, "organization_id", say("listings")),
        Moves(Location, "organization_id", say("places")),
        Moves(Program, "organization_id", say("programs")),
        Moves(Organization, "parent_organization_id", say("organizations that belong to it"), between="id"),
        Moves(RoleGrant, "organization_id", say("roles of people"), ("person_id", "role"), lambda _now: RoleGrant.ended_at.is_(None)),
        Moves(Invitation, "organization_id", say("invitations")),
        Moves(ApiToken, "organization_id", say("access for machines")),
        Moves(Webhook, "organization_id", say("addresses that are told of changes")),
        Moves(ImportReview, "organization_id", say("uploads that wait")),
        Moves(Suggestion, "organization_id", say("suggestions")),
        Moves(NotWith, "organization_id", say("organizations that it does not work with"), ("other_id",), between="other_id"),
        Moves(NotWith, "other_id", say("organizations that do not work with it"), ("organization_id",), between="organization_id"),
        Moves(ListingFlag, "organization_id", say("things of its listings to be put right")),
        Moves(RuleContest, "organization_id", say("what it contests of rules"), ("name",), lambda _now: RuleContest.verdict.is_(None)),
        Moves(OutcomeSigner, "organization_id", say("shared outcomes that it signed or is asked to"), ("outcome_id",)),
        Moves(ActionParty, "organization_id", say("actions that it is part of"), ("action_id",)),
        Moves(PlannedAction, "owner_id", say("actions that it looks after")),
        Moves(UpkeepContact, "organization_id", say("whom to ask about listings"), alone=True),
        _TERMS,
    ),
    Level.SITE: (_TERMS,),
    Level.PROGRAM: (
        Moves(Attempt, "service_id", say("referrals")),
        Moves(Suggestion, "service_id", say("suggestions")),
        Moves(WorkerReport, "service_id", say("reports of workers"), only=lambda _now: WorkerReport.answered_at.is_(None)),
        Moves(RuleReview, "service_id", say("declines to look at"), only=lambda _now: RuleReview.settled_at.is_(None)),
        Moves(RejectedSuggestion, "service_id", say("words that are no rule"), ("key",)),
        _TERMS,
    ),
}
"""Services at places are records of their own: they are moved, or merged in their turn, by `merge`."""

BLOCKED: Mapping[Level, tuple[Blocks, ...]] = {
    Level.ORGANIZATION: (
        Blocks(
            Claim, "organization_id", say("claims that nobody decided"), say("Decide them first."), lambda _now: Claim.decided_at.is_(None)
        ),
        Blocks(Attempt, "receiver_id", say("referrals to it that are under way"), _ENDED, lambda _now: Attempt.ended_at.is_(None)),
        Blocks(Attempt, "sender_id", say("referrals from it that are under way"), _ENDED, lambda _now: Attempt.ended_at.is_(None)),
        Blocks(Need, "organization_id", say("needs of people that it looks after"), _ENDED, lambda _now: Need.closed_at.is_(None)),
        Blocks(AskAround, "organization_id", say("questions to other organizations"), _ENDED, lambda now: AskAround.ends_at > now),
        Blocks(
            ConversationSide,
            "organization_id",
            say("conversations that it takes part in"),  # what it said there is not put into another's mouth
            say("Let them end first, or withdraw them."),
            lambda _now: ConversationSide.conversation_id.in_(select(Conversation.id).where(Conversation.ending.is_(None))),
        ),
        Blocks(
            PartnershipParty,
            "organization_id",
            say("agreements with others"),
            say("End them, or agree on them anew for the record that stays."),
            lambda _now: PartnershipParty.partnership_id.in_(select(Partnership.id).where(Partnership.ended_at.is_(None))),
        ),
        _DRAFTS,
    ),
    Level.SITE: (_DRAFTS,),
    Level.PROGRAM: (_DRAFTS,),
}

JOINED = "joined"
STAYS = "stays"
ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "organization": {
        **dict.fromkeys(
            ("phone.organization_id", "contact.organization_id"), JOINED
        ),
        **dict.fromkeys(
            (
                "organization_identifier.organization_id", "funding.organization_id", "url.organization_id", "claim_link.organization_id",
                "disagreement_words.organization_id", "helped_person.organization_id", "introduction.organization_id",
                "introduction.to_organization_id", "partner_link.organization_id", "partnership_contact.organization_id",
                "partnership_talk.organization_id", "partnership_terms.organization_id", "partnership_confirmation.organization_id",
                "referral_contact.organization_id", "rule_decision.organization_id", "upkeep_link.organization_id",
                "verify_call.organization_id", "ask_around_to.organization_id", "slow_answer.organization_id",
                "overlap_pair.organization_a_id", "overlap_pair.organization_b_id",
                "planning_note.organization_id", "duplicate_answer.organization_id",
            ),
            STAYS,
        ),
    },
    "location": {
        **dict.fromkeys(
            (
                "accessibility.location_id", "address.location_id", "contact.location_id", "schedule.location_id", "phone.location_id",
                "language.location_id",
            ),
            JOINED,
        ),
    },
    "service": {
        **dict.fromkeys(
            (
                "cost_option.service_id", "required_document.service_id", "service_capacity.service_id", "service_category.service_id",
                "contact.service_id", "schedule.service_id", "service_area.service_id", "phone.service_id", "language.service_id",
            ),
            JOINED,
        ),
        **dict.fromkeys(
            (
                "conversation.service_a_id", "conversation.service_b_id",
                "day_notice.service_id", "funding.service_id", "listing_flag.service_id", "overlap_pair.service_a_id",
                "overlap_pair.service_b_id", "slow_answer.service_id", "url.service_id", "verification.service_id",
            ),
            STAYS,
        ),
    },
    "service_at_location": {
        **dict.fromkeys(
            (
                "contact.service_at_location_id", "schedule.service_at_location_id", "service_area.service_at_location_id",
                "phone.service_at_location_id",
            ),
            JOINED,
        ),
    },
}  # fmt: skip
"""What neither moves nor blocks: parts whose fields come over with the form (`JOINED`), and what is the history of the record that went, or
works no more and says so (`STAYS`): old links, ended agreements, what was decided then."""


def accounted(target: str) -> frozenset[str]:
    """Every "table.column" that refers to a table and has a place here."""
    level = {"organization": Level.ORGANIZATION, "location": Level.SITE, "service": Level.PROGRAM}.get(target)
    found = set(ELSEWHERE[target])
    if level is not None:
        references: tuple[Moves | Blocks, ...] = (*MOVED[level], *BLOCKED[level])
        found |= {f"{each.table.__tablename__}.{each.column}" for each in references}
    return frozenset(found)
