"""Whom the help is for, as a page asks and shows it: a few plain questions, what was told so far, and how results fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from directory.rules.catalogue import Field, Kind
from directory.rules.facts import FACTS, HOLDS_FOR_CHILD
from directory.rules.listed import DISCLOSURES
from directory.services.finding.eligibility import Fit
from directory.services.finding.request import FindRequest
from directory.services.finding.results import FindPage
from directory.web.amounts import number
from directory.web.asking import write_request
from directory.web.models.searches import Step, first_page, step_to
from directory.web.person import Told
from directory.web.whom_words import period_pairs, told_words
from directory.web.wording import _, ngettext
from directory.web.words import facet_value_name
from directory.web.wrong_fields import WrongField
from search_index.query import Facet

FIRST = ("age", HOLDS_FOR_CHILD, "area")
"""What is asked before anything is known."""

_MOST_LANGUAGES = 12
_FEW_CHOICES = 4


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    text: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class AskedFact:
    """One question. `kind` is that of the fact, `several` whether more than one answer may be chosen or written."""

    name: str
    kind: str
    question: str
    hint: str
    reason: str
    choices: tuple[Choice, ...]
    several: bool
    value: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it takes so much room that results would slip out of sight."""
        return len(self.choices) > _FEW_CHOICES and self.kind != Kind.MONEY.value


@dataclass(frozen=True, slots=True)
class ToldFact:
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class WhomPanel:
    """`search` holds the search as a query string, for the form to come back to it. `shows_fit`: results are in order of fit."""

    told: tuple[ToldFact, ...]
    first: tuple[AskedFact, ...]
    next: AskedFact | None
    avoids: tuple[Choice, ...]
    counts: tuple[str, ...]
    unfit: Step | None
    unfit_text: str
    back: Step | None
    search: str
    wrong: WrongField | None = None


def whom_panel(
    request: FindRequest, page: FindPage, told: Told, wrong: WrongField | None = None, written: Mapping[str, str] | None = None
) -> WhomPanel:
    fit = page.fit
    unfit = fit.unfit if fit is not None and not request.shows_unfit else 0
    question = fit.question if fit is not None else None
    kept = written or {}
    missing = [name for name in FIRST if name not in told.person.told and name not in told.skipped]
    return WhomPanel(
        told=tuple(ToldFact(name, words) for name, words in told_words(told.person.told).items()),
        first=() if told.person.told else tuple(asked_fact(FACTS[name], page, kept.get(f"fact.{name}", "")) for name in missing),
        next=asked_fact(FACTS[question.fact], page) if question is not None else None,
        avoids=tuple(Choice(name, avoided_words(name), name in told.avoids) for name in DISCLOSURES),
        counts=fit_words(fit) if fit is not None else (),
        unfit=step_to(replace(first_page(request), shows_unfit=True)) if unfit else None,
        unfit_text=_unfit_words(unfit),
        back=step_to(replace(first_page(request), shows_unfit=False)) if request.shows_unfit else None,
        search=urlencode(write_request(first_page(request))),
        wrong=wrong,
    )


def _unfit_words(unfit: int) -> str:
    return ngettext("Show %(count)s that does not fit, and why", "Show %(count)s that do not fit, and why", unfit, count=number(unfit))


def fit_words(fit: Fit) -> tuple[str, ...]:
    """How many fit and how many ask, said so that a count of the foremost does not sound like all."""
    if fit.shows_unfit:
        return (ngettext("%(count)s does not fit", "%(count)s do not fit", fit.unfit, count=number(fit.unfit)),)
    fitting = ngettext("%(count)s fits", "%(count)s fit", fit.yes, count=number(fit.yes))
    words = [fitting if fit.yes else _("None is known to fit")]
    if fit.asks:
        words.append(ngettext("%(count)s to ask first", "%(count)s to ask first", fit.asks, count=number(fit.asks)))
    if not fit.is_exact:
        words.append(_("counted among the first results"))
    return tuple(words)


def asked_fact(fact: Field, page: FindPage, value: str = "") -> AskedFact:
    return AskedFact(
        name=fact.name,
        kind=fact.kind.value,
        question=_(fact.question),
        hint=_hint(fact),
        reason=_(fact.reason) if fact.reason else "",
        choices=tuple(_choices(fact, page)),
        several=fact.repeats or fact.kind is Kind.SET,
        value=value,
    )


def _hint(fact: Field) -> str:
    if fact.repeats:
        return _("With commas: 3, 7. Write 0 for a baby under one year, or “none”.")
    if fact.unit == "years":
        return _("A number, or about: 34, about 30, 60+")
    if fact.kind is Kind.MONEY:
        return _("An amount, or about: 25000, under 25k")
    return _("City or postal code") if fact.kind is Kind.AREA else ""


def _choices(fact: Field, page: FindPage) -> Iterable[Choice]:
    if fact.kind is Kind.YES_NO:
        return (Choice("yes", _("Yes")), Choice("no", _("No")))
    if fact.kind is Kind.MONEY:
        return tuple(Choice(value, words) for value, words in period_pairs())
    if fact.name == "language":
        groups = (group for group in page.facets if group.facet is Facet.LANGUAGE)
        values = [entry.value for group in groups for entry in group.values][:_MOST_LANGUAGES] or ["en", "fr", "es"]
        return tuple(Choice(value, facet_value_name(Facet.LANGUAGE, value)) for value in values)
    return tuple(Choice(value, _(words)) for value, words in (fact.answers or fact.choices).items())


def avoided_words(name: str) -> str:
    """What a person wants to keep away from, as a wish."""
    return {
        "asks_papers": _("does not ask for identity papers"),
        "asks_status": _("does not ask about immigration status"),
        "tells_police": _("does not tell the police"),
        "tells_immigration": _("does not tell immigration authorities"),
        "tells_child_welfare": _("does not tell child welfare"),
    }[name]
