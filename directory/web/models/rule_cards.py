"""Rules as cards: what decides, in a sentence, with where the judgement comes from."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.rules.sets.check import texts_of
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.rule import Caution, Clock, FlagListing, FlagPair, LookAgain, Points, Rule, RuleSet, Tell, Then
from directory.services.rules.public import PublicSet
from directory.web.amounts import number
from directory.web.languages import language
from directory.web.rule_words import kind_words, rule_sentence, text_words
from directory.web.times import full_date
from directory.web.wording import _, ngettext


@dataclass(frozen=True, slots=True)
class RuleCard:
    """`gives`: what comes of it in two or three words. `says`: the texts that people read when it fires. `family`: "" where its kind has
    none."""

    id: str
    sentence: str
    gives: str
    tone: str
    says: tuple[str, ...]
    source: str
    family: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class SetCard:
    """A set that holds: `since` in words; `days`: between which days it may hold, "" without bound."""

    name: str
    title: str
    decides: str
    version: int
    since: str
    days: str
    rules: tuple[RuleCard, ...]
    families: tuple[tuple[str, str], ...]
    kind: SetKind

    @property
    def count(self) -> str:
        return ngettext("%(num)s rule", "%(num)s rules", len(self.rules))


def rule_card(rule: Rule, kind: SetKind) -> RuleCard:
    gives, tone = gives_words(rule.then)
    return RuleCard(
        id=rule.id,
        sentence=rule_sentence(rule, kind),
        gives=gives,
        tone=tone,
        says=tuple(text_words(text, kind) for text in texts_of(rule.then)),
        source=rule.source,
        family=family_words().get(rule.family, rule.family),
        is_on=rule.is_on,
    )


def set_card(found: PublicSet) -> SetCard:
    """Of the rules that are on alone: the others decide nothing."""
    rules = found.held.rules
    return SetCard(
        name=rules.name,
        title=rules.title.in_(language()),
        decides=kind_words()[rules.kind],
        version=found.held.version,
        since=_("since %(day)s", day=full_date(found.since.date())) if found.since else _("as it comes with the program"),
        days=days_words(rules),
        rules=tuple(rule_card(rule, rules.kind) for rule in rules.active_rules),
        families=families(rules),
        kind=rules.kind,
    )


def families(rules: RuleSet) -> tuple[tuple[str, str], ...]:
    """Each family with the most points that it gives together."""
    named = family_words()
    return tuple(
        (named.get(family, family), ngettext("at most %(num)s point", "at most %(num)s points", cap)) for family, cap in rules.caps.items()
    )


def days_words(rules: RuleSet) -> str:
    if rules.starts_on and rules.ends_on:
        return _("from %(first)s to %(last)s", first=full_date(rules.starts_on), last=full_date(rules.ends_on))
    if rules.starts_on:
        return _("from %(first)s on", first=full_date(rules.starts_on))
    return _("until %(last)s", last=full_date(rules.ends_on)) if rules.ends_on else ""


def gives_words(then: Then) -> tuple[str, str]:
    """What comes of a rule in short, and the tone of its mark."""
    if isinstance(then, Points):
        return ngettext("%(num)s point", "%(num)s points", then.points), "open"
    if isinstance(then, Caution):
        return (_("Caution, %(points)s", points=number(then.points)) if then.points else _("Caution")), "ask"
    if isinstance(then, FlagPair):
        return _("Reading"), "plain"
    if isinstance(then, Clock):
        return _("Clock"), "plain"
    if isinstance(then, Tell):
        return _("Tells"), "plain"
    if isinstance(then, LookAgain):
        return _("Due date"), "plain"
    assert isinstance(then, FlagListing)
    return _("To put right"), "ask"


def family_words() -> Mapping[str, str]:
    """What the usual families of points are called; others go by the name that their set gives."""
    return {
        "need": _("The need"),
        "trust": _("Trust"),
        "access": _("Access"),
        "answers": _("Answers"),
        "history": _("History"),
        "people": _("People"),
        "sectors": _("Sectors"),
        "room": _("Room"),
    }
