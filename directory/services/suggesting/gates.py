"""What keeps a program from being suggested, whatever speaks for it. Gates are code: no rule opens one, and no points outweigh one.

Each has a stable name, which answers and logs of decisions use, and a sentence. Not known never shuts a gate.
"""

from collections.abc import Mapping
from enum import StrEnum

from directory.domain.listing import Listing
from directory.domain.sentences import say
from directory.domain.served import serves
from directory.rules.outcome import Outcome
from directory.services.suggesting.asking import Asking
from directory.services.suggesting.known import Known


class Gate(StrEnum):
    """In the order in which they are told."""

    CONSENT = "consent_possible"
    NOT_AVOIDED = "not_left_out_by_the_person"
    SAFE_ADDRESS = "safe_address"
    NO_CONFLICT = "no_declared_conflict"
    SERVES_AREA = "serves_area"
    ELIGIBLE = "not_ineligible"
    LISTED = "not_closed"
    HAS_ROOM = "not_without_room"
    TAKES_REFERRALS = "accepts_referrals"
    OTHER_PROVIDER = "other_provider"
    NOT_ASKED = "not_asked_already"


SHUT: Mapping[Gate, str] = {
    Gate.CONSENT: say("The person said no to them, or took back what they had agreed to."),
    Gate.NOT_AVOIDED: say("The person does not want them, or their sector, to know of it."),
    Gate.SAFE_ADDRESS: say("There is no address that a referral can safely go to: call them."),
    Gate.NO_CONFLICT: say("One of the two organizations says that they do not refer to each other."),
    Gate.SERVES_AREA: say("It does not serve where the person lives."),
    Gate.ELIGIBLE: say("It is not for the person: its own criteria say so."),
    Gate.LISTED: say("It is not running at present."),
    Gate.HAS_ROOM: say("It is full, as last told."),
    Gate.TAKES_REFERRALS: say("It takes no referrals here: call them."),
    Gate.OTHER_PROVIDER: say("It is of the organization that asks."),
    Gate.NOT_ASKED: say("It was asked for this need already."),
}
APART_FROM_A_LISTING = say("It is not suggested together with this one.")
"""What everybody is told of a conflict between two organizations: nothing of it."""

FULL = "no-capacity"


def shut_gates(asking: Asking, listing: Listing, known: Known, outcome: Outcome | None) -> tuple[Gate, ...]:
    """Those that keep this program out; none where it may be suggested. `outcome`: what its criteria say to the person, where asked."""
    return tuple(gate for gate in Gate if _is_shut(gate, asking, listing, known, outcome))


def sentence_of(gate: Gate, asking: Asking) -> str:
    """Why, in a sentence that tells nobody what is not theirs to know."""
    return APART_FROM_A_LISTING if gate is Gate.NO_CONFLICT and asking.is_public else SHUT[gate]


def _is_shut(gate: Gate, asking: Asking, listing: Listing, known: Known, outcome: Outcome | None) -> bool:
    organization = listing.organization
    organization_id, sector = (organization.id, organization.sector) if organization is not None else ("", "")
    takes, is_named = known.contacts.get(organization_id, (True, False))
    match gate:
        case Gate.CONSENT:
            return organization_id in asking.said_no
        case Gate.NOT_AVOIDED:
            return asking.avoided.holds(organization_id, sector)
        case Gate.SAFE_ADDRESS:
            return not (is_named or listing.email.strip() or (organization is not None and organization.email.strip()))
        case Gate.NO_CONFLICT:
            return organization_id in known.apart
        case Gate.SERVES_AREA:
            return serves_area(asking, listing) is False
        case Gate.ELIGIBLE:
            return outcome is Outcome.NO
        case Gate.LISTED:
            return listing.status != "active"
        case Gate.HAS_ROOM:
            return bool(listing.rooms) and all(room.status == FULL for room in listing.rooms)
        case Gate.TAKES_REFERRALS:
            return not organization_id or not takes
        case Gate.OTHER_PROVIDER:
            return bool(organization_id) and organization_id == asking.organization_id
        case Gate.NOT_ASKED:
            return listing.id in asking.asked or listing.id == asking.about_id


def serves_area(asking: Asking, listing: Listing) -> bool | None:
    """Whether it serves the area, at any of its places; None: it does not say, or the area is not known nearer than a region."""
    if asking.point is None:
        return None
    served = [place.served or listing.served for place in listing.places] or [listing.served]
    answers = [serves(asking.point, asking.area_ids, each) for each in served]
    return True if True in answers else None if None in answers else False
