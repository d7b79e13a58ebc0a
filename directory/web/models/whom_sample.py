"""Made-up panels and verdicts, for the page where components are reviewed together."""

from datetime import UTC, datetime

from directory.rules.facts import FACTS
from directory.rules.listed import DISCLOSURES
from directory.services.finding.results import FindPage
from directory.web.models.fit import Fit
from directory.web.models.searches import Step
from directory.web.models.whom_panel import Choice, ToldFact, WhomPanel, asked_fact, avoided_words
from directory.web.status import Status
from directory.web.wrong_fields import WrongField

_NOWHERE = Step("#main", [("q", "food")])


def whom_panels() -> tuple[WhomPanel, ...]:
    """One before anything is known, with an answer that could not be read; one with answers and a question."""
    page = FindPage(results=(), total=0, total_exact=True, page=1, per_page=20, asked_at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
    avoids = tuple(Choice(name, avoided_words(name), name == "asks_status") for name in DISCLOSURES)
    first = tuple(asked_fact(FACTS[name], page, "old" if name == "age" else "") for name in ("age", "child.age", "area"))
    wrong = WrongField("age", "A number such as 34.")
    told = (ToldFact("age", "age: 34"), ToldFact("child.age", "a child's age: 3"))
    return (
        WhomPanel((), first, None, avoids, (), None, "", None, "q=food", wrong),
        WhomPanel(told, (), asked_fact(FACTS["veteran"], page), (), ("12 fit", "30 to ask first"), _NOWHERE, "Show 4", None, "q=food"),
    )


def fit_samples() -> tuple[Fit, ...]:
    return (
        Fit("fits", Status("open", "check", "Fits"), (Status("open", "check", "For people aged 18 or over: yes"),)),
        Fit("asks", Status("ask", "info", "Ask first"), (Status("ask", "info", "For veterans: ask"),), "Is the person a veteran?"),
        Fit("doubtful", Status("closed", "info", "Probably not"), (Status("closed", "info", "The listing says seniors, unconfirmed"),)),
        Fit("unfit", Status("closed", "x", "Does not fit"), (Status("closed", "x", "Only for people under 18"),)),
    )
