"""Who acts on a referral, and from which side: somebody of the sender's team, of the receiver, whoever has a link, the person, the
clocks."""

from dataclasses import dataclass

from directory.domain.people import Actor
from directory.domain.referrals.events import Side


@dataclass(frozen=True, slots=True)
class Standpoint:
    """`by` is the label under which it stands in the record. `organization_id`: on whose behalf; "" for the person and the clocks."""

    side: Side
    by: str
    organization_id: str = ""


CLOCKS = Standpoint(Side.SYSTEM, "system")


def as_sender(actor: Actor, organization_id: str) -> Standpoint:
    return Standpoint(Side.SENDER, actor.label, organization_id)


def as_receiver(actor: Actor, organization_id: str) -> Standpoint:
    return Standpoint(Side.RECEIVER, actor.label, organization_id)


def by_link(organization_id: str, link_id: str) -> Standpoint:
    """Whoever answers through a link, for the receiver."""
    return Standpoint(Side.RECEIVER, f"link:{link_id}", organization_id)


def as_person() -> Standpoint:
    """The person themselves, through their own link; nothing else of them is kept."""
    return Standpoint(Side.PERSON, "helped person")
