"""What a person agreed to: who may learn what of them, for what, until when. Nothing of a person travels without it.

Refusing costs nobody a search, a printed list or a code to carry. Consent ends by itself thirty days after the attempt it was given for,
and never lasts longer than twelve months; it is revoked in one step. None is taken from somebody who cannot give it freely.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

LONGEST = timedelta(days=365)
AFTER_THE_END = timedelta(days=30)


class Field(StrEnum):
    """What may travel of a person."""

    NAME = "name"
    CONTACT = "contact"
    LANGUAGE = "language"
    OWN_WORDS = "own_words"  # what matters to them, what was tried
    FACTS = "facts"  # answers that eligibility rests on, as a summary
    EARLIER = "earlier"  # earlier attempts of the same need


class Method(StrEnum):
    """How it was given."""

    SPOKEN = "spoken"  # before a witness
    TICKED = "ticked"
    SIGNED = "signed"  # on paper


class Level(StrEnum):
    """How far it reaches when another organization is to be asked."""

    THESE = "these"  # these organizations, and no other
    ASK_WORKER = "ask_worker"  # those that my worker and I have on our list
    ASK_ME = "ask_me"  # ask me each time


class Hindrance(StrEnum):
    """Why nobody may ask for consent just now: a code to carry is offered, and it is asked for later."""

    INTOXICATED = "intoxicated"
    DETAINED = "detained"
    IN_CRISIS = "in_crisis"


class Proxy(StrEnum):
    """Who agrees in the person's place."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    ATTORNEY = "attorney"
    CHILD_WELFARE = "child_welfare"


class Revoker(StrEnum):
    PERSON = "person"
    WORKER = "worker"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class MinorRule:
    """Who may agree for somebody under age, as the community's law has it: from `alone_from` years on (years of age) the young person does
    alone; below that a parent or guardian does, and the young person is asked too. `words` are the rule, to be shown on the form."""

    alone_from: float
    age_of_majority: float
    words: str = ""

    def who_may(self, age: float | None, *, understands: bool) -> tuple[str, ...]:
        """Who may agree: "person", "proxy", or both. Where the law names no age (Ontario), whoever understands what is asked may."""
        if age is None or age >= self.age_of_majority or age >= self.alone_from or understands:
            return ("person",)
        return ("proxy",)


MINOR_RULES: Mapping[str, MinorRule] = {
    "CA-QC": MinorRule(
        14,
        18,
        say("From 14 years on a young person agrees alone to care that their state of health requires (Civil Code of Québec, art. 14)."),
    ),
    "CA-NB": MinorRule(16, 19, say("From 16 years on a young person agrees alone (Medical Consent of Minors Act, s. 2).")),
    "CA": MinorRule(
        18,
        18,
        say(
            "No age is set: whoever understands what is asked and what follows from it agrees alone (mature minor; in Ontario "
            "Health Care Consent Act, 1996, s. 4)."
        ),
    ),
    "": MinorRule(18, 18, say("Under 18 a parent or guardian agrees, unless the law lets the young person agree alone.")),
}
"""By ISO 3166-2 region, then country, then "" for anywhere else. A community may set its own."""


def minor_rule(region: str) -> MinorRule:
    """The rule of a region ("CA-ON"), else of its country, else the usual one."""
    return MINOR_RULES.get(region.upper()) or MINOR_RULES.get(region.upper().partition("-")[0]) or MINOR_RULES[""]


@dataclass(frozen=True, slots=True)
class Consent:
    """`recipients` are ids of organizations. `proxy` None: the person agreed."""

    recipients: frozenset[str]
    fields: frozenset[Field]
    purpose: str
    level: Level
    method: Method
    language: str
    given_at: datetime
    expires_at: datetime
    witness: str = ""
    proxy: Proxy | None = None
    proxy_name: str = ""
    revoked_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.given_at <= at < self.expires_at and (self.revoked_at is None or at < self.revoked_at)

    def lets(self, organization_id: str, field: Field, at: datetime) -> bool:
        """Whether this organization may know this now."""
        return self.holds(at) and organization_id in self.recipients and field in self.fields


def fields_open_to(consents: Iterable[Consent], organization_id: str, at: datetime) -> frozenset[Field]:
    """What an organization may know now, by all that was agreed to."""
    return frozenset(
        field for consent in consents if consent.holds(at) and organization_id in consent.recipients for field in consent.fields
    )


def expiry(given_at: datetime, wished_days: int | None = None) -> datetime:
    """When it ends at the latest. Raise `InvalidInput` for a wish beyond twelve months."""
    if wished_days is not None and not 1 <= wished_days <= LONGEST.days:
        raise InvalidInput("expires", say("Consent lasts from 1 to 365 days."))
    return given_at + (timedelta(days=wished_days) if wished_days is not None else LONGEST)


def check_given(consent: Consent, hindrances: Iterable[Hindrance], *, has_name: bool) -> None:
    """Raise `InvalidInput` where it is no consent that counts."""
    found = frozenset(hindrances)
    if found:
        raise InvalidInput(
            "hindrance",
            say("Nobody can agree freely who is intoxicated, held or in crisis. Give the code to carry, and ask again another time."),
        )
    if not consent.recipients:
        raise InvalidInput("recipients", say("Name at least one organization that may learn of it."))
    if not consent.fields:
        raise InvalidInput("fields", say("Choose what may be told."))
    if Field.CONTACT in consent.fields and not has_name:
        raise InvalidInput("contact", say("Write down how the person can be reached, or leave the contact out of what may be told."))
    if consent.method is Method.SPOKEN and not consent.witness.strip():
        raise InvalidInput("witness", say("Spoken consent needs a witness: write who heard it."))
    if consent.proxy is not None and not consent.proxy_name.strip():
        raise InvalidInput("proxy_name", say("Write the name of who agrees in the person's place."))
    if consent.expires_at - consent.given_at > LONGEST:
        raise InvalidInput("expires", say("Consent lasts from 1 to 365 days."))


def age_on(born: date, day: date) -> int:
    """Whole years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
