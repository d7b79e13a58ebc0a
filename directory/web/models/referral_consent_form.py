"""The form of consent: its choices with what is known or was written, and what was written as a value."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from directory.domain.referrals.consent import Field, Hindrance, Level, Method, Proxy, minor_rule
from directory.domain.referrals.contact import Channel
from directory.services.referrals.agree import LONGEST_NAME, Agreed
from directory.services.referrals.consent_form import ConsentForm, Minor
from directory.web.here import community
from directory.web.languages import language, own_name
from directory.web.models.referral_consent import SPOKEN_IN
from directory.web.models.referral_words import channel_words, field_words, hindrance_words, level_words, method_words, proxy_words
from directory.web.wording import _, ngettext

Choice = tuple[str, str, bool]
DAYS = (30, 90, 180, 365)
USUAL_DAYS = 90


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """`rule`: who may agree for somebody under age here."""

    need_id: str
    code: str
    recipients: tuple[Choice, ...]
    fields: tuple[Choice, ...]
    name: str
    contact: str
    channels: tuple[Choice, ...]
    may_leave_message: bool
    levels: tuple[Choice, ...]
    methods: tuple[Choice, ...]
    witness: str
    proxies: tuple[Choice, ...]
    proxy_name: str
    languages: tuple[Choice, ...]
    days: tuple[Choice, ...]
    for_all_needs: bool
    is_minor: bool
    rule: str
    age: str
    understands: bool
    hindrances: tuple[Choice, ...]
    is_hindered: bool


def consent_page(found: ConsentForm, values: MultiDict[str, str] | None) -> ConsentPage:
    """With what was written; before anything was, with what is known: whoever is asked already, and no more told than is needed."""
    kept: MultiDict[str, str] = values if values is not None else MultiDict()
    is_first = values is None
    fields = {Field.NAME.value, Field.CONTACT.value} if is_first else set(kept.getlist("fields"))
    recipients = {each.id for each in found.organizations if each.is_asked} if is_first else set(kept.getlist("recipients"))
    hindered = {found.hindrance.value} if is_first and found.hindrance else set(kept.getlist("hindrances"))
    chosen = kept.get("days", str(USUAL_DAYS))
    spoken = kept.get("language", found.language if found.language in SPOKEN_IN else language())
    return ConsentPage(
        need_id=found.need_id,
        code=found.code,
        recipients=tuple((each.id, each.name, each.id in recipients) for each in found.organizations),
        fields=tuple((each.value, field_words(each), each in fields) for each in Field),
        name=kept.get("name", found.name),
        contact=kept.get("contact", found.reach.address),
        channels=tuple((each.value, channel_words(each), kept.get("channel", found.reach.channel) == each) for each in Channel),
        may_leave_message=bool(kept.get("may_leave_message")) if not is_first else found.reach.may_leave_message,
        levels=tuple((each.value, level_words(each), kept.get("level", Level.THESE) == each) for each in Level),
        methods=tuple((each.value, method_words(each), kept.get("method", Method.TICKED) == each) for each in Method),
        witness=kept.get("witness", ""),
        proxies=(
            ("", _("The person"), not kept.get("proxy")),
            *((each.value, proxy_words(each), kept.get("proxy") == each) for each in Proxy),
        ),
        proxy_name=kept.get("proxy_name", ""),
        languages=own_language_choices(spoken),
        days=tuple((str(days), ngettext("%(num)d day", "%(num)d days", days), str(days) == chosen) for days in DAYS),
        for_all_needs=bool(kept.get("for_all_needs")),
        is_minor=found.is_minor or bool(kept.get("minor")),
        rule=_(minor_rule(community().subdivision).words),
        age=kept.get("age", ""),
        understands=bool(kept.get("understands")),
        hindrances=tuple((each.value, hindrance_words(each), each in hindered) for each in Hindrance),
        is_hindered=bool(hindered),
    )


def own_language_choices(chosen: str) -> tuple[Choice, ...]:
    """The languages in which the person can be told things, each by its own name."""
    return tuple((code, own_name(code), code == chosen) for code in SPOKEN_IN)


def read_agreed(values: MultiDict[str, str]) -> Agreed:
    """What the form says."""
    spoken, days, proxy = values.get("language", ""), values.get("days", ""), values.get("proxy", "")
    return Agreed(
        recipients=frozenset(values.getlist("recipients")[:20]),
        fields=frozenset(Field(each) for each in values.getlist("fields") if each in list(Field)),
        level=Level(values["level"]) if values.get("level") in list(Level) else Level.THESE,
        method=Method(values["method"]) if values.get("method") in list(Method) else Method.TICKED,
        language=spoken if spoken in SPOKEN_IN else "en",
        name=values.get("name", "")[: LONGEST_NAME + 1],
        contact=values.get("contact", "")[:254],
        channel=Channel(values["channel"]) if values.get("channel") in list(Channel) else Channel.NONE,
        may_leave_message=bool(values.get("may_leave_message")),
        days=int(days) if days.isdecimal() and len(days) < 5 else None,
        witness=values.get("witness", "")[:LONGEST_NAME],
        proxy=Proxy(proxy) if proxy in list(Proxy) else None,
        proxy_name=values.get("proxy_name", "")[:LONGEST_NAME],
        for_all_needs=bool(values.get("for_all_needs")),
        hindrances=frozenset(Hindrance(each) for each in values.getlist("hindrances") if each in list(Hindrance)),
    )


def read_minor(values: MultiDict[str, str]) -> Minor:
    """What is said of somebody under age. Their age is used for this and kept nowhere."""
    age = values.get("age", "")
    return Minor(float(age) if age.isdecimal() and len(age) < 4 else None, bool(values.get("understands")))
