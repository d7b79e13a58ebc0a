"""A person's own page, in plain words and in their language."""

from dataclasses import dataclass

from directory.domain.categories import tree
from directory.domain.referrals.codes import Outcome
from directory.domain.referrals.consent import Field, Method
from directory.domain.referrals.contact import Channel
from directory.domain.referrals.states import State
from directory.services.referrals.own_page import OwnConsent, OwnNeed, OwnPage, SentTo
from directory.web.languages import language
from directory.web.times import local_date, moment_words
from directory.web.whom_words import names, told_words
from directory.web.wording import _
from directory.web.words import language_name


@dataclass(frozen=True, slots=True)
class ShownSent:
    id: str
    organization: str
    service: str
    words: str
    when: str
    shared: str
    with_whom: str
    may_be_withdrawn: bool


@dataclass(frozen=True, slots=True)
class ShownNeed:
    code: str
    what: str
    since: str
    matters: str
    tried: str
    facts: tuple[str, ...]
    sent: tuple[ShownSent, ...]


@dataclass(frozen=True, slots=True)
class ShownConsent:
    id: str
    words: str
    how: str
    until: str
    holds: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    team: str
    team_phone: str
    is_erased: bool
    name: str
    language: str
    reach: str
    contact: str
    channels: tuple[tuple[str, str, bool], ...]
    may_leave_message: bool
    may_change_contact: bool
    until: str
    needs: tuple[ShownNeed, ...]
    consents: tuple[ShownConsent, ...]
    reads: tuple[tuple[str, str], ...]


def person_page(found: OwnPage) -> PersonPage:
    return PersonPage(
        team=found.team,
        team_phone=found.team_phone,
        is_erased=found.is_erased,
        name=found.name,
        language=language_name(found.language) if found.language else "",
        reach=_reach(found),
        contact=found.reach.address,
        channels=tuple((channel.value, words, channel is found.reach.channel) for channel, words in channel_words().items()),
        may_leave_message=found.reach.may_leave_message,
        may_change_contact=found.may_change_contact,
        until=local_date(found.delete_at) if found.delete_at else "",
        needs=tuple(_need(need) for need in found.needs),
        consents=tuple(_consent(each) for each in found.consents),
        reads=tuple((read.organization, moment_words(read.at)) for read in found.reads),
    )


def channel_words() -> dict[Channel, str]:
    """How a person can be reached, as they choose it."""
    return {
        Channel.CALL: _("Call me"),
        Channel.TEXT: _("Send me a text"),
        Channel.MAIL: _("Write me a mail"),
        Channel.THROUGH_WORKER: _("Only through my worker"),
        Channel.NONE: _("Do not try to reach me"),
    }


def told_fields() -> dict[Field, str]:
    """What may be told of a person, said to them."""
    return {
        Field.NAME: _("your name"),
        Field.CONTACT: _("how to reach you"),
        Field.LANGUAGE: _("your language"),
        Field.OWN_WORDS: _("what you said matters to you"),
        Field.FACTS: _("your answers about who can come"),
        Field.EARLIER: _("who was asked before"),
    }


def done_words(done: str) -> str:
    return {
        "take-back": _("Taken back. Nobody can read it any more, and they are told to stop."),
        "withdraw": _("Withdrawn. They are told to stop."),
        "contact": _("Kept. From now on you are reached this way only."),
    }.get(done, "")


def _reach(found: OwnPage) -> str:
    words = channel_words()[found.reach.channel]
    return f"{words}: {found.reach.address}" if found.reach.address else words


def _fields(fields: frozenset[Field]) -> str:
    return names().both([words for each, words in told_fields().items() if each in fields])


def _need(need: OwnNeed) -> ShownNeed:
    return ShownNeed(
        code=need.code,
        what=tree.name(need.category, language()),
        since=local_date(need.made_at),
        matters=need.matters,
        tried=need.tried,
        facts=tuple(told_words(need.facts).values()),
        sent=tuple(_sent(each) for each in need.sent),
    )


def _sent(each: SentTo) -> ShownSent:
    return ShownSent(
        id=each.attempt_id,
        organization=each.organization,
        service=each.service,
        words=_stands(each),
        when=local_date(each.sent_at),
        shared=_fields(each.shared),
        with_whom=each.contact_name,
        may_be_withdrawn=each.may_be_withdrawn,
    )


def _stands(each: SentTo) -> str:
    return {
        State.SENT: _("Sent; nobody has looked at it yet"),
        State.SEEN: _("They looked at it and have not answered yet"),
        State.INFO_NEEDED: _("They asked your worker something"),
        State.ACCEPTED: _("They said yes"),
        State.HANDOFF_PLANNED: _("They said yes, and a meeting is planned"),
        State.WAITLISTED: _("You are on their waiting list"),
        State.INTRODUCED: _("You have met"),
        State.IN_SERVICE: _("They help you"),
        State.DECLINED: _("They said no"),
        State.HELPED: _("They say that it helped in part") if each.end_code == Outcome.PARTLY_HELPED else _("They say that it helped"),
        State.NOT_HELPED: _("It did not help"),
        State.WITHDRAWN: _("Withdrawn"),
        State.EXPIRED: _("They did not answer"),
    }.get(each.state, _("Sent by mistake"))


def _consent(own: OwnConsent) -> ShownConsent:
    consent = own.consent
    how = {
        Method.SPOKEN: _("You said so on %(date)s", date=local_date(consent.given_at)),
        Method.TICKED: _("You ticked it on %(date)s", date=local_date(consent.given_at)),
        Method.SIGNED: _("You signed it on %(date)s", date=local_date(consent.given_at)),
    }[consent.method]
    if consent.proxy is not None:
        how = _("Somebody agreed for you on %(date)s", date=local_date(consent.given_at))
    if consent.revoked_at is not None:
        until = _("Taken back on %(date)s", date=local_date(consent.revoked_at))
    elif own.holds:
        until = _("It ends by itself on %(date)s at the latest", date=local_date(consent.expires_at))
    else:
        until = _("It ended on %(date)s", date=local_date(consent.expires_at))
    whom = names().both([name for name in own.recipients if name])
    words = _("%(organizations)s may know %(fields)s.", organizations=whom, fields=_fields(consent.fields))
    return ShownConsent(own.id, words, how, until, own.holds)
