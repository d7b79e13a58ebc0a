"""Every table by one name, so that migrations and the importer see them all."""

from directory.store.accounts import (
    ApiToken,
    AuditEntry,
    Invitation,
    Passkey,
    Person,
    PersonSession,
    RecoveryCode,
    RoleGrant,
    SignInLink,
)
from directory.store.ask_around import AskAround, AskAroundCover, AskAroundPart, AskAroundTo
from directory.store.base import Base
from directory.store.claims import Claim, ClaimLink
from directory.store.community import CommunityFact
from directory.store.contacts import Contact, Language, Phone
from directory.store.contests import RuleContest
from directory.store.conversations import Conversation, ConversationAnswer, ConversationSide
from directory.store.editing import Draft, LocalField, RejectedSuggestion
from directory.store.gaps import AreaPopulation, SearchCount, SearchGap
from directory.store.history import Change
from directory.store.imports import ImportLock, ImportReview, ImportReviewItem
from directory.store.keeping import Erased, JobRun
from directory.store.lists import KeptList, KeptListEntry, OutgoingMessage, RateCount, SharedList, SharedListEntry
from directory.store.matching import (
    DuplicateAnswer,
    DuplicateKey,
    DuplicateModel,
    DuplicatePair,
    DuplicateQuestion,
    DuplicateVerdict,
    MergeEvent,
)
from directory.store.organizations import Attribute, Funding, Metadata, Organization, OrganizationIdentifier, Program, Unmapped, Url
from directory.store.overlaps import OverlapPair, OverlapRun
from directory.store.partners import (
    Disagreement,
    DisagreementWords,
    Introduction,
    NotWith,
    PartnerLink,
    Partnership,
    PartnershipConfirmation,
    PartnershipContact,
    PartnershipParty,
    PartnershipTalk,
    PartnershipTerms,
)
from directory.store.pending import IndexConsumer, IndexPending
from directory.store.places import (
    Accessibility,
    Address,
    Area,
    GeocodeCache,
    Location,
    ScheduleRow,
    ServiceArea,
    ServiceAtLocation,
    Translation,
)
from directory.store.planning import ActionParty, CellMeasure, OutcomeSigner, PlannedAction, PlanningNote, SharedOutcome
from directory.store.quality import LinkCheck, LinkHost, ListingFlag, QualityPass, QualityPending
from directory.store.referrals import (
    Attempt,
    AttemptEvent,
    FollowUp,
    Handoff,
    HelpedPerson,
    LegalHold,
    Need,
    PersonConsent,
    ReferralContact,
    ReferralLink,
    RuleReview,
    SlowAnswer,
)
from directory.store.rules import RouteCase, RuleDecision, RuleFired, RuleSetVersion
from directory.store.services import CostOption, RequiredDocument, Service, ServiceCapacity, ServiceCategory, Unit
from directory.store.sources import ImportRun, Source
from directory.store.suggestions import SuggestedChange, Suggestion
from directory.store.taxonomy import MetaTableDescription, Taxonomy, TaxonomyTerm, TermDecision
from directory.store.upkeep import DayNotice, UpkeepContact, UpkeepLink, Verification, VerifyCall, VerifyTurn, WorkerReport
from directory.store.webhooks import Webhook, WebhookDelivery, WebhookEvent

RETIRED = frozenset({"operator_session", "sign_in_link"})
"""Tables that nothing uses any more. The version after the one that stopped using them drops them (docs/decisions, 10)."""

__all__ = [
    "Accessibility", "ActionParty", "Address", "ApiToken", "Area", "AreaPopulation", "AskAround", "AskAroundCover", "AskAroundPart",
    "AskAroundTo", "Attempt", "AttemptEvent", "Attribute", "AuditEntry", "Base", "CellMeasure", "Change", "Claim", "ClaimLink",
    "CommunityFact", "Contact", "Conversation", "ConversationAnswer", "ConversationSide", "CostOption", "DayNotice", "Disagreement",
    "DisagreementWords", "Draft", "DuplicateAnswer", "DuplicateKey", "DuplicateModel", "DuplicatePair", "DuplicateQuestion",
    "DuplicateVerdict", "Erased", "FollowUp", "Funding", "GeocodeCache", "Handoff", "HelpedPerson", "ImportLock", "ImportReview",
    "ImportReviewItem", "ImportRun", "IndexConsumer", "IndexPending", "Introduction", "Invitation", "JobRun", "KeptList", "KeptListEntry",
    "Language", "LegalHold", "LinkCheck", "LinkHost", "ListingFlag", "LocalField", "Location", "MergeEvent", "MetaTableDescription",
    "Metadata", "Need", "NotWith", "Organization", "OrganizationIdentifier", "OutcomeSigner", "OutgoingMessage", "OverlapPair",
    "OverlapRun", "PartnerLink", "Partnership", "PartnershipConfirmation", "PartnershipContact", "PartnershipParty", "PartnershipTalk",
    "PartnershipTerms", "Passkey", "Person", "PersonConsent", "PersonSession", "Phone", "PlannedAction", "PlanningNote", "Program",
    "QualityPass", "QualityPending", "RateCount", "RecoveryCode", "ReferralContact", "ReferralLink", "RejectedSuggestion",
    "RequiredDocument", "RoleGrant", "RouteCase", "RuleContest", "RuleDecision", "RuleFired", "RuleReview", "RuleSetVersion",
    "ScheduleRow", "SearchCount", "SearchGap", "Service", "ServiceArea", "ServiceAtLocation", "ServiceCapacity", "ServiceCategory",
    "SharedList", "SharedListEntry", "SharedOutcome", "SignInLink", "SlowAnswer", "Source", "SuggestedChange", "Suggestion", "Taxonomy",
    "TaxonomyTerm", "TermDecision", "Translation", "Unit", "Unmapped", "UpkeepContact", "UpkeepLink", "Url", "Verification", "VerifyCall",
    "VerifyTurn", "Webhook", "WebhookDelivery", "WebhookEvent", "WorkerReport",
]  # fmt: skip
