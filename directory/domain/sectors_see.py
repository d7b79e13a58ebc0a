"""What each sector sees of a problem that a family has: the same evening looks another way from a school, a clinic and a shelter.

Two that see different parts of one problem are worth introducing to each other, and the sentence says which parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.domain.sectors import Sector
from directory.domain.sentences import say


@dataclass(frozen=True, slots=True)
class Sees:
    """`says` is a sentence without its full stop, of who asks; `sees` what a program of the sector sees, after "this program sees"."""

    says: str
    sees: str


SEES: Mapping[Sector, Sees] = {
    Sector.SCHOOLS: Sees(say("The school sees attendance"), say("how the child learns")),
    Sector.HEALTH: Sees(say("The clinic sees the illness"), say("the body's health")),
    Sector.MENTAL_HEALTH: Sees(say("The counsellor sees the distress"), say("what weighs on the person")),
    Sector.ADDICTIONS: Sees(say("The treatment program sees the use"), say("the use and what it eases")),
    Sector.HOUSING: Sees(say("The housing program sees the roof"), say("where they sleep")),
    Sector.FOOD: Sees(say("The food program sees the empty cupboard"), say("what is on the table")),
    Sector.INCOME: Sees(say("The income program sees the bills"), say("the money that comes in")),
    Sector.EMPLOYMENT: Sees(say("The employment program sees the lost job"), say("the way to work")),
    Sector.LEGAL: Sees(say("The legal clinic sees the notice"), say("the rights in it")),
    Sector.NEWCOMER: Sees(say("The settlement program sees the arrival"), say("what is new and strange here")),
    Sector.SENIORS: Sees(say("The seniors' program sees the age"), say("who is alone at home")),
    Sector.YOUTH: Sees(say("The youth program sees the friends"), say("the hours after school")),
    Sector.MUNICIPAL: Sees(say("The municipality sees the street"), say("the neighbourhood")),
    Sector.PUBLIC_SAFETY: Sees(say("The officer sees the call"), say("what keeps people safe")),
    Sector.INDIGENOUS: Sees(say("The community sees the culture"), say("family, culture and land")),
    Sector.COMMUNITY: Sees(say("The community program sees the neighbours"), say("the family")),
}


def see_different_parts(one: str, other: str) -> bool:
    """Whether both are sectors of the directory, and not the same one."""
    return one != other and one in SEES and other in SEES
