"""What a person agreed to, told back in plain words, in the language in which they were asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.domain.referrals.consent import Consent, Field, Level, Method
from directory.domain.referrals.contact import Channel
from directory.services.referrals.read_need import ConsentRead
from directory.web.languages import own_name, speaking
from directory.web.models.referral_words import channel_words, proxy_words
from directory.web.times import local_date
from directory.web.wording import _

SPOKEN_IN = ("en", "fr", "es")
"""The languages in which an agreement can be told back."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """`lines` in `language`; `holds`: it counts now, `ended`: why it does not, in the reader's language."""

    id: str
    language: str
    language_name: str
    lines: tuple[str, ...]
    holds: bool
    ended: str


def agreements(found: Iterable[ConsentRead], now: datetime) -> tuple[Agreement, ...]:
    """The newest first."""
    return tuple(_agreement(each, now) for each in found)


def _agreement(read: ConsentRead, now: datetime) -> Agreement:
    consent = read.consent
    spoken = consent.language if consent.language in SPOKEN_IN else "en"
    ended = ""
    if consent.revoked_at is not None:
        ended = _("Taken back on %(day)s.", day=local_date(consent.revoked_at))
    elif not consent.holds(now):
        ended = _("Over since %(day)s.", day=local_date(consent.expires_at))
    return Agreement(read.id, spoken, own_name(spoken), agreement_lines(consent, read.recipients, spoken), consent.holds(now), ended)


def agreement_lines(
    consent: Consent, recipients: Iterable[str], spoken: str, reach: Mapping[str, str] | None = None, name: str = ""
) -> tuple[str, ...]:
    """Sentences that begin with "I", in a language. `reach`: the safe channel and whether a message may be left, where that is known."""
    with speaking(spoken):
        lines = [
            _("I agree that these may learn of me: %(names)s.", names=", ".join(recipients)),
            _("They may be told: %(fields)s.", fields=_list(_told_of_me(each) for each in Field if each in consent.fields)),
            _("It is for one thing: to help me with what I need."),
            _level(consent.level),
            _(
                "It ends on %(day)s. I can take it back at any time; then they see nothing of me any more.",
                day=local_date(consent.expires_at),
            ),
            _("If I say no, I still get the code, every search and every printed list."),
        ]
        if reach:
            lines.insert(2, _reach(reach))
        if name:
            lines.insert(2, _("My name is told as: %(name)s.", name=name))
        lines.append(_method(consent))
        return tuple(lines)


def _told_of_me(field: Field) -> str:
    return {
        Field.NAME: _("my name"),
        Field.CONTACT: _("how to reach me"),
        Field.LANGUAGE: _("my language"),
        Field.OWN_WORDS: _("what matters to me and what was tried"),
        Field.FACTS: _("my answers about who can come"),
        Field.EARLIER: _("who was asked before about this"),
    }[field]


def _level(level: Level) -> str:
    return {
        Level.THESE: _("Nobody else may be asked without me."),
        Level.ASK_WORKER: _("My worker may ask any of these organizations without asking me again."),
        Level.ASK_ME: _("I am asked each time, before anybody learns of me."),
    }[level]


def _reach(reach: Mapping[str, str]) -> str:
    way = channel_words(Channel(reach["channel"]))
    if reach.get("may_leave_message"):
        return _("The safe way to reach me: %(way)s, %(address)s. A message may be left.", way=way, address=reach.get("address", ""))
    return _("The safe way to reach me: %(way)s, %(address)s. Do not leave a message.", way=way, address=reach.get("address", ""))


def _method(consent: Consent) -> str:
    if consent.proxy is not None:
        return _("Agreed in my place: %(name)s, %(proxy)s.", name=consent.proxy_name, proxy=proxy_words(consent.proxy))
    if consent.method is Method.SPOKEN:
        return _("I said so. Who heard it: %(name)s.", name=consent.witness)
    return _("I ticked it myself.") if consent.method is Method.TICKED else _("I signed it on paper.")


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
