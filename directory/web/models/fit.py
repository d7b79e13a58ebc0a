"""Whether a result is for the person, on its card: the word for it, and each criterion with what it says."""

from dataclasses import dataclass

from directory.rules.assess import Assessment, Reason
from directory.rules.criteria import By, Criteria, Strength
from directory.rules.facts import FACTS
from directory.rules.listed import criteria_of
from directory.rules.outcome import Outcome
from directory.services.finding.results import FoundService
from directory.web.status import Status
from directory.web.whom_words import condition_words
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class Fit:
    """`group`: fits, asks, doubtful or unfit. `reasons`: one of each criterion. `ask`: what to find out first, in words."""

    group: str
    status: Status
    reasons: tuple[Status, ...]
    ask: str = ""


def fit_of(found: FoundService) -> Fit | None:
    """None where nothing is known of a person."""
    if found.assessment is None:
        return None
    return fit_words(found.assessment, criteria_of(found.listing), has_text=bool(found.listing.eligibility))


def fit_words(assessment: Assessment, criteria: Criteria, *, has_text: bool) -> Fit:
    group, status = _verdict(assessment)
    reasons = [_reason(each) for each in assessment.reasons if each.criterion.strength is Strength.HARD]
    reasons += [_first(each) for each in assessment.reasons if each.criterion.strength is Strength.SOFT and each.outcome is Outcome.YES]
    reasons += [Status("ask", "info", _("Ask: %(question)s", question=each.question)) for each in criteria.questions]
    if not criteria.says_something or criteria.is_partial:
        reasons.append(Status("ask", "info", _unsaid(criteria, has_text=has_text)))
    asked = next((FACTS[name] for name in assessment.settles), None)
    return Fit(group, status, tuple(reasons), _(asked.question) if asked is not None else "")


def _unsaid(criteria: Criteria, *, has_text: bool) -> str:
    """What is not known as data of whom it is for."""
    if criteria.says_something:
        return _("Its own words say who else it is for: read them") if has_text else _("Says nothing more about who it is for: ask")
    return _("Only its own words say who it is for: read them") if has_text else _("Does not say who it is for: ask")


def group_words(group: str) -> str:
    """The heading over results of one kind."""
    return {
        "fits": _("These fit"),
        "asks": _("Ask these first"),
        "doubtful": _("Probably not these"),
        "unfit": _("These do not fit"),
    }[group]


def _verdict(assessment: Assessment) -> tuple[str, Status]:
    if assessment.outcome is Outcome.YES:
        return "fits", Status("open", "check", _("Fits, comes first") if assessment.comes_first else _("Fits"))
    if assessment.outcome is Outcome.NO:
        return "unfit", Status("closed", "x", _("Does not fit"))
    if assessment.is_doubtful:
        return "doubtful", Status("closed", "info", _("Probably not"))
    return "asks", Status("ask", "info", _("Ask first"))


def _reason(reason: Reason) -> Status:
    whom = condition_words(reason.criterion.when)
    if reason.is_doubted or (reason.criterion.by is By.TEXT and reason.outcome is Outcome.YES):
        return Status("closed" if reason.is_doubted else "ask", "info", _("The listing says %(whom)s, unconfirmed", whom=whom))
    told = {
        Outcome.YES: ("open", "check", _("For %(whom)s: yes", whom=whom)),
        Outcome.ASK: ("ask", "info", _("For %(whom)s: ask", whom=whom)),
        Outcome.NO: ("closed", "x", _("Only for %(whom)s", whom=whom)),
    }[reason.outcome]
    return Status(*told)


def _first(reason: Reason) -> Status:
    return Status("open", "check", _("First come %(whom)s", whom=condition_words(reason.criterion.when)))
