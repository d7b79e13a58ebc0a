"""Shared outcomes and actions as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app, url_for

from directory.domain.planning.actions import Kind, Rests
from directory.domain.planning.effect import OF_QUARTERS, SHARES, Effect, Measure, Taken, Value
from directory.domain.planning.outcomes import Answer
from directory.services.planning.read_actions import Action, Due, ShownAction
from directory.services.planning.read_outcomes import HistoryLine, Outcome, Party, ShownOutcome
from directory.web.figures.course import Course, Series, Told, course
from directory.web.models.quarters import quarter_name
from directory.web.plan_words import (
    aim_words,
    cell_words,
    did_names,
    kind_names,
    measure_names,
    number_words,
    of_words,
    outcome_status,
    state_status,
    value_words,
    went_words,
)
from directory.web.status import Status
from directory.web.times import full_date, local_date
from directory.web.whom_words import area_name
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class PartyLine:
    """`status`: what it said; `words`: its own."""

    name: str
    href: str
    status: Status
    words: str
    when: str
    is_public: bool


@dataclass(frozen=True, slots=True)
class HistoryRow:
    who: str
    did: str
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action in a list. `facts`: for what and by when; `together`: whose credit it is, `waiting`: who has not
    answered yet, both in the order of the alphabet."""

    id: str
    name: str
    href: str
    status: Status
    cell: str
    what: str
    owner: str
    together: str
    waiting: str
    when: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """`from_to`: from which value to which; `signed` by name."""

    id: str
    name: str
    href: str
    status: Status
    from_to: str
    signed: str
    waiting: str
    when: str


@dataclass(frozen=True, slots=True)
class Figure:
    """`title` says the finding; `rows` the same numbers as a table."""

    course: Course | None
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ActionPage:
    """One action with everything around it; "" and None where there is nothing of the kind. `wants_agreement`: they are to agree, and have
    not yet."""

    name: str
    cell: str
    cell_href: str
    state: Status
    owner: str
    due: str
    done: str
    measure: str
    rests: str
    rests_href: str
    parties: tuple[PartyLine, ...]
    agreements: tuple[str, ...]
    wants_agreement: bool
    figure: Figure | None
    history: tuple[HistoryRow, ...]


def action_page(shown: ShownAction) -> ActionPage:
    action = shown.action
    rests, rests_href = rests_words(action)
    return ActionPage(
        name=kind_names()[action.kind],
        cell=cell_words(action.need, action.area),
        cell_href=url_for("gaps.page", need=action.need, area=action.area) if action.need else "",
        state=state_status(action.state, is_late=action.is_late),
        owner=action.owner or _("Planners’ team"),
        due=full_date(action.due_on),
        done=full_date(action.done_on) if action.done_on else "",
        measure=measure_names()[action.measure] if action.measure else "",
        rests=rests,
        rests_href=rests_href,
        parties=tuple(party_line(each) for each in action.parties),
        agreements=tuple(
            _("%(one)s and %(other)s have an agreement since %(day)s.", one=one, other=two, day=local_date(at))
            for one, two, at in shown.agreements
        ),
        wants_agreement=action.kind in (Kind.PARTNERSHIP, Kind.SHARED_INTAKE) and not shown.agreements,
        figure=effect_figure(action, shown.effect) if shown.effect else None,
        history=history_rows(shown.history),
    )


def action_row(action: Action, href: str) -> ActionRow:
    day = full_date(action.done_on or action.due_on)
    when = _("Done on %(day)s", day=day) if action.done_on else _("By %(day)s", day=day)
    return ActionRow(
        id=action.id,
        name=kind_names()[action.kind],
        href=href,
        status=state_status(action.state, is_late=action.is_late),
        cell=cell_words(action.need, action.area),
        what=action.what,
        owner=action.owner or _("Planners’ team"),
        together=", ".join(each.name for each in action.together),
        waiting=", ".join(each.name for each in action.waiting),
        when=when,
    )


def outcome_row(outcome: Outcome, href: str, *, is_public: bool = False) -> OutcomeRow:
    """`is_public`: everybody reads it, so that nobody is named who did not sign."""
    target = number_words(outcome.measure, outcome.target)
    waiting = [] if is_public else [each.name for each in outcome.signers if each.answer is None]
    return OutcomeRow(
        id=outcome.id,
        name=aim_words(outcome.measure, outcome.need, outcome.area, target, quarter_name(outcome.target_quarter)),
        href=href,
        status=outcome_status(outcome.state, outcome.verdict),
        from_to=baseline_words(outcome),
        signed=", ".join(each.name for each in outcome.signed),
        waiting=", ".join(waiting),
        when=_("To look at together on %(day)s", day=full_date(outcome.review_on)),
    )


@dataclass(frozen=True, slots=True)
class DuePart:
    actions: tuple[ActionRow, ...]
    outcomes: tuple[OutcomeRow, ...]


def due_part(due: Due) -> DuePart | None:
    """What a planner's first page says of it; None where nothing is due."""
    if not (due.actions or due.outcomes):
        return None
    return DuePart(
        tuple(action_row(each, url_for("actions.one", action_id=each.id)) for each in due.actions),
        tuple(outcome_row(each, url_for("outcomes.one", outcome_id=each.id)) for each in due.outcomes),
    )


def baseline_words(outcome: Outcome) -> str:
    """Where it began: "It began at 40%, in Jul–Sep 2026"."""
    if outcome.baseline is None:
        return _("Where it began is not known")
    value = value_words(outcome.measure, outcome.baseline)
    if outcome.baseline_quarter is None:
        return _("It began at %(value)s (%(source)s)", value=value, source=outcome.source)
    return _("It began at %(value)s, in %(quarter)s", value=value, quarter=quarter_name(outcome.baseline_quarter))


def party_line(party: Party) -> PartyLine:
    return PartyLine(
        name=party.name,
        href=url_for("listings.organization", organization_id=party.organization_id),
        status=answer_status(party.answer),
        words=party.words,
        when=local_date(party.answered_at) if party.answered_at else "",
        is_public=party.may_be_public,
    )


def answer_status(answer: Answer | None) -> Status:
    if answer is None:
        return Status("plain", "clock", _("Has not answered yet"))
    return Status("open", "check", _("Yes")) if answer is Answer.YES else Status("closed", "x", _("No"))


def history_rows(lines: Sequence[HistoryLine]) -> tuple[HistoryRow, ...]:
    names = did_names()
    rows = []
    for line in lines:
        words = full_date(date.fromisoformat(line.words)) if line.what == "moved" else line.words
        rows.append(HistoryRow(line.organization or _("Planners"), names.get(line.what, line.what), local_date(line.at), words))
    return tuple(rows)


def outcome_figure(shown: ShownOutcome) -> Figure:
    """How the measure went since the baseline, here and elsewhere, and what is wanted."""
    outcome, taken = shown.outcome, shown.taken
    target = number_words(outcome.measure, outcome.target)
    newest = taken[-1] if taken else None
    if newest is None or newest.here is None:
        title = _("%(measure)s: not known yet; wanted is %(target)s.", measure=measure_names()[outcome.measure], target=target)
    else:
        value = value_words(outcome.measure, newest.here)
        title = _(
            "%(measure)s: %(value)s in %(quarter)s; wanted is %(target)s.",
            measure=measure_names()[outcome.measure], value=value, quarter=quarter_name(newest.quarter), target=target,
        )  # fmt: skip
    wanted = (outcome.target, _("wanted: %(target)s", target=target))
    return _figure(outcome.measure, outcome.area, taken, title, wanted=wanted)


def effect_figure(action: Action, effect: Effect) -> Figure:
    """What was measured before and after, without saying that one comes of the other."""
    taken = tuple(each for each in (effect.before, *effect.after) if each is not None)
    assert action.done_on is not None
    done = (1 if effect.before else 0, _("done"))
    return _figure(effect.measure, action.area, taken, effect_words(action, effect), done=done)


def effect_words(action: Action, effect: Effect) -> str:
    """ "In Ottawa it went from 40% to 25%: better than before. Elsewhere it went from 30% to 25% in the same time." """
    area = area_name(action.area)
    if not effect.after:
        if effect.measure in OF_QUARTERS:
            return _("Too early to tell: the first whole quarter after it is not over.")
        return _("Too early to tell: the next quarter has not begun.")
    before, after = effect.before, effect.after[0]
    if before is None or before.here is None or after.here is None:
        return _("Too few to tell how it went in %(area)s.", area=area)
    first = _(
        "In %(area)s it went from %(before)s to %(after)s: %(went)s.",
        area=area, before=value_words(effect.measure, before.here), after=value_words(effect.measure, after.here),
        went=went_words(effect.went),
    )  # fmt: skip
    if before.elsewhere is None or after.elsewhere is None:
        return first + " " + _("How it went elsewhere cannot be told.")
    told = (value_words(effect.measure, before.elsewhere), value_words(effect.measure, after.elsewhere))
    return first + " " + _("Elsewhere it went from %(before)s to %(after)s in the same time.", before=told[0], after=told[1])


def _figure(
    measure: Measure, area: str, taken: Sequence[Taken], title: str, *, wanted: tuple[float, str] | None = None,
    done: tuple[int, str] | None = None,
) -> Figure:  # fmt: skip
    names = [quarter_name(each.quarter) for each in taken]
    here, elsewhere = _told(measure, [each.here for each in taken]), _told(measure, [each.elsewhere for each in taken])
    series = [Series("here", area_name(area), here)]
    if measure is not Measure.USABLE:  # how many there are elsewhere depends on how large elsewhere is
        series.append(Series("elsewhere", _("elsewhere"), elsewhere))
    top = 1.0 if measure in SHARES else None
    drawn = course(names, series, lambda value: number_words(measure, value), wanted=wanted, done=done, most=top)
    of = {Measure.REACHED: _("Of so many people"), Measure.USABLE: ""}.get(measure, _("Of so many cases at least"))
    columns = [_("Quarter"), area_name(area), of, _("Elsewhere"), of, _("Taken on")]
    rows = [
        [
            quarter_name(each.quarter), value_words(measure, each.here), of_words(each.here), value_words(measure, each.elsewhere),
            of_words(each.elsewhere), full_date(each.on),
        ]
        for each in taken
    ]  # fmt: skip
    keep = [index for index, column in enumerate(columns) if column]
    return Figure(drawn, title, tuple(columns[index] for index in keep), tuple(tuple(row[index] for index in keep) for row in rows))


def _told(measure: Measure, values: Sequence[Value | None]) -> tuple[Told | None, ...]:
    return tuple(None if each is None else Told(each.low, each.high, value_words(measure, each)) for each in values)


def rests_words(action: Action) -> tuple[str, str]:
    """On what it rests, and where that is shown; ("", "") for nothing."""
    if action.rests is Rests.OVERLAP:
        return _("A pair of offerings"), url_for("overlaps.one", pair_id=action.rests_id)
    if action.rests is Rests.GAP:
        return _("A need in an area, as it was seen in the gaps"), url_for("gaps.page", need=action.need, area=action.area)
    if action.rests is Rests.RECORDS:
        return _("Records that were one thing"), url_for("duplicates.merged")
    if action.rests is Rests.OUTCOME:
        return _("A shared outcome"), url_for("outcomes.one", outcome_id=action.rests_id)
    if action.rests is Rests.CONVERSATION:
        known = "conversations.one" in current_app.view_functions
        return _("A conversation"), url_for("conversations.one", conversation_id=action.rests_id) if known else ""
    return "", ""
