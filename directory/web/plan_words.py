"""What outcomes, actions, measures and their history are called."""

from babel.numbers import format_percent

from directory.domain.categories.tree import name as need_name
from directory.domain.planning.actions import Kind, State
from directory.domain.planning.effect import SHARES, Measure, Value, Went
from directory.domain.planning.outcomes import State as OutcomeState
from directory.domain.planning.outcomes import Verdict
from directory.services.listings.area_names import own_area_names
from directory.services.planning.scope import Did
from directory.web.amounts import number
from directory.web.here import parts
from directory.web.languages import language, locale, reading_order
from directory.web.status import Status
from directory.web.whom_words import area_name
from directory.web.wording import _


def kind_names() -> dict[Kind, str]:
    return {
        Kind.PARTNERSHIP: _("Propose a partnership"),
        Kind.SHARED_INTAKE: _("Share the intake"),
        Kind.EXTEND: _("Extend hours or area"),
        Kind.RECRUIT: _("Find somebody who offers it"),
        Kind.MERGE: _("Make records one"),
        Kind.WATCH: _("Keep an eye on it"),
    }


def measure_names() -> dict[Measure, str]:
    """What is measured, as a choice."""
    return {
        Measure.UNMET_SHARE: _("Share of those who asked and got no help"),
        Measure.REACHED: _("Share of people with usable help within 25 km"),
        Measure.USABLE: _("Programs that can be used"),
        Measure.MEDIAN_DAYS: _("Days until a referral has its first answer (median)"),
    }


def state_status(state: State, *, is_late: bool) -> Status:
    if is_late:
        return Status("danger", "alert", _("Late"))
    return {
        State.PLANNED: Status("plain", "clock", _("Planned")),
        State.UNDER_WAY: Status("ask", "forward", _("Under way")),
        State.DONE: Status("open", "check", _("Done")),
        State.DROPPED: Status("closed", "x", _("Dropped")),
    }[state]


def state_names() -> dict[str, str]:
    return {
        "": _("Open ones"),
        State.PLANNED.value: _("Planned"),
        State.UNDER_WAY.value: _("Under way"),
        State.DONE.value: _("Done"),
        State.DROPPED.value: _("Dropped"),
        "all": _("All"),
    }


def outcome_status(state: OutcomeState, verdict: Verdict | None) -> Status:
    if verdict is not None:
        tone, icon = {
            Verdict.MET: ("open", "check"),
            Verdict.PARTLY: ("ask", "check"),
            Verdict.NOT_MET: ("closed", "x"),
            Verdict.NOT_KNOWN: ("plain", "info"),
        }[verdict]
        return Status(tone, icon, verdict_names()[verdict])
    if state is OutcomeState.AGREED:
        return Status("open", "check", _("Agreed"))
    return Status("plain", "clock", _("Draft: fewer than two have signed"))


def verdict_names() -> dict[Verdict, str]:
    return {
        Verdict.MET: _("Met"),
        Verdict.PARTLY: _("Partly met"),
        Verdict.NOT_MET: _("Not met"),
        Verdict.NOT_KNOWN: _("Not known"),
    }


def did_names() -> dict[str, str]:
    return {
        Did.MADE: _("written down"),
        Did.ASKED: _("asked one more organization"),
        Did.SIGNED: _("signed"),
        Did.TOOK_ON: _("said yes"),
        Did.DECLINED: _("said no"),
        Did.PLANNED: _("taken up again"),
        Did.UNDER_WAY: _("under way"),
        Did.DONE: _("done"),
        Did.DROPPED: _("dropped"),
        Did.MOVED: _("moved to another day"),
        Did.REVIEWED: _("looked at what came of it"),
        Did.OFFERED: _("offered to show it to everybody"),
        Did.KEPT_BACK: _("shown to everybody no longer"),
    }


def went_words(went: Went) -> str:
    return {
        Went.TOO_EARLY: _("too early to tell"),
        Went.TOO_FEW: _("too few to tell"),
        Went.BETTER: _("better than before"),
        Went.WORSE: _("worse than before"),
        Went.ALIKE: _("no difference that can be told"),
    }[went]


def number_words(measure: Measure, value: float) -> str:
    """One value: "25%", "3", "4.5 days"."""
    if measure in SHARES:
        return format_percent(round(value, 3 if value < 0.1 else 2), locale=locale(), decimal_quantization=False)
    if measure is Measure.MEDIAN_DAYS:
        return _("%(days)s days", days=number(round(value, 1)))
    return number(round(value))


def value_words(measure: Measure, value: Value | None) -> str:
    """A value as it may be told: "25%", "18%–31%", "too few to tell"."""
    if value is None:
        return _("too few to tell")
    low, high = number_words(measure, value.low), number_words(measure, value.high)
    return low if low == high else _("%(low)s–%(high)s", low=low, high=high)


def aim_words(measure: Measure, need: str, area: str, target: str, quarter: str) -> str:
    """An outcome in one sentence."""
    told = {"need": need_name(need, language()), "area": area_name(area), "target": target, "quarter": quarter}
    return {
        Measure.UNMET_SHARE: _("%(need)s in %(area)s: at most %(target)s of those who ask get no help, in %(quarter)s", **told),
        Measure.REACHED: _("%(need)s in %(area)s: at least %(target)s of people have usable help within 25 km, by %(quarter)s", **told),
        Measure.USABLE: _("%(need)s in %(area)s: at least %(target)s programs can be used, by %(quarter)s", **told),
        Measure.MEDIAN_DAYS: _("%(need)s in %(area)s: a first answer within %(target)s (median), in %(quarter)s", **told),
    }[measure]


def cell_words(need: str, area: str) -> str:
    """What an action is for; "" where it is of no cell."""
    return _("%(need)s in %(area)s", need=need_name(need, language()), area=area_name(area)) if need else ""


def area_choices(chosen: str = "") -> list[tuple[str, str]]:
    """The areas of the community by name, and the chosen one where it is none of them."""
    known = own_area_names(parts())
    found = [(key, area_name(key)) for key in {*known, *([chosen] if chosen else [])}]
    return sorted(found, key=lambda area: reading_order(area[1]))


def of_words(value: Value | None) -> str:
    """Of how many a value is told, at least."""
    return "" if value is None or value.of is None else number(value.of)
