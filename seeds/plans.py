"""Shared outcomes and actions of made-up organizations for a demo that has none yet, each as somebody signed in would write it down, on the
day on which it is told to have been.

What is measured rests on searches of the quarter before it was written down: nothing here is older than `seeds.searches` reaches back.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from directory.domain.errors import DirectoryError
from directory.domain.planning.actions import Kind, Rests, State
from directory.domain.planning.effect import Measure
from directory.domain.planning.outcomes import Answer
from directory.domain.planning.quarter import quarter_of
from directory.services.parts import Parts
from directory.services.planning.actions import Idea, move_action, plan_action
from directory.services.planning.outcomes import Wish, offer_to_everybody, propose_outcome
from directory.services.planning.signing import answer_action, answer_outcome
from directory.store.tables import Conversation, PlannedAction, SharedOutcome
from seeds.acting import PLANNER, days_ago, lead_of, made_up
from seeds.sample import place
from seeds.talks import GRIEF, HEALTH_CENTRE

YOUTH, DENTAL = "youth-mental-health", "dental"
LOOKED_AT_AFTER = timedelta(days=20)
MIDDLE = timedelta(days=45)
"""Of a quarter, from its first day."""


@dataclass(frozen=True, slots=True)
class Word:
    """What an organization answered, so many days ago."""

    organization: str
    on: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """`target`: of those who ask, what percentage gets no help, two quarters from now. `signed` by some of `organizations`."""

    need: str
    target: int
    note: str
    made: int
    organizations: tuple[str, ...]
    signed: tuple[Word, ...]
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """`owner` "" for the planners' team; `due`: days from now; `moves`: what became of it, how many days ago, and why. It `rests` on the
    outcome or the gap of its `need`, or on the conversation that was decided. Where it `is_past`, now is the middle of the quarter before
    the last: a whole one has gone by since, so that its effect is measured."""

    kind: Kind
    what: str
    planned: int
    due: int
    owner: str = ""
    organizations: tuple[str, ...] = ()
    need: str = ""
    area: str = ""
    rests: Rests = Rests.NOTHING
    yes: tuple[Word, ...] = ()
    moves: tuple[tuple[State, int, str], ...] = ()
    is_past: bool = False


AIMS = (
    Aim(
        YOUTH,
        25,
        "Whoever is under 25 and asks for help hears of a place within a day, in the language they speak.",
        made=13,
        organizations=(HEALTH_CENTRE, "Services jeunesse La Porte ouverte"),
        signed=(
            Word("Services jeunesse La Porte ouverte", 11, "Oui. Nous prenons les demandes en français, le soir aussi."),
            Word(HEALTH_CENTRE, 9, "We keep two afternoons a week for people under 25."),
        ),
        is_public=True,
    ),
    Aim(
        DENTAL,
        25,
        "A toothache is seen to within a week, also without insurance.",
        made=8,
        organizations=(HEALTH_CENTRE, "Programmes communautaires du Collège Basse-Rive"),
        signed=(
            Word(
                "Programmes communautaires du Collège Basse-Rive",
                6,
                "Avec plaisir. Notre clinique peut recevoir dix personnes de plus par semaine.",
            ),
        ),
    ),
)

ACTS = (
    Act(
        Kind.SHARED_INTAKE,
        "Draw up one sheet with both grief groups, in English and in French, and hand it out",
        planned=43,
        due=35,
        owner="Open Door Counselling Centre",
        organizations=("Services à la famille Grâce Lalonde", HEALTH_CENTRE),
        rests=Rests.CONVERSATION,
        yes=(
            Word("Open Door Counselling Centre", 42),
            Word("Services à la famille Grâce Lalonde", 41, "Nous traduisons en une semaine."),
            Word(HEALTH_CENTRE, 40, "We print it with our own leaflets."),
        ),
        moves=((State.UNDER_WAY, 30, ""),),
    ),
    Act(
        Kind.PARTNERSHIP,
        "Tell the young people who come to one of us what the other offers, and go along the first time",
        planned=7,
        due=40,
        owner="Services jeunesse La Porte ouverte",
        organizations=(HEALTH_CENTRE, "Eastfield Newcomer Centre"),
        need=YOUTH,
        area=place.CITY_AREA,
        rests=Rests.OUTCOME,
        yes=(
            Word("Services jeunesse La Porte ouverte", 6),
            Word("Eastfield Newcomer Centre", 4, "Con gusto. Podemos acompañar a quienes hablan español o árabe."),
        ),
    ),
    Act(
        Kind.EXTEND,
        "See people with a toothache on one evening a week",
        planned=15,
        due=10,
        owner=HEALTH_CENTRE,
        need=DENTAL,
        area=place.CITY_AREA,
        rests=Rests.GAP,
        yes=(Word(HEALTH_CENTRE, 14, "Two of us can stay on Tuesdays."),),
        moves=((State.UNDER_WAY, 12, ""), (State.DONE, 6, "")),
    ),
    Act(
        Kind.SHARED_INTAKE,
        "One telephone number for rent help, which both centres answer in turn",
        planned=35,
        due=5,
        owner="Harrow Park Housing Help Centre",
        organizations=("Old Mill Housing Help Centre",),
        need="rent-help",
        area=place.CITY_AREA,
        rests=Rests.GAP,
        yes=(
            Word("Harrow Park Housing Help Centre", 33),
            Word(
                "Old Mill Housing Help Centre", 32, "Yes. We take the mornings, and whoever calls after noon is called back the same day."
            ),
        ),
        moves=((State.UNDER_WAY, 25, ""), (State.DONE, 0, "")),
        is_past=True,
    ),
    Act(
        Kind.RECRUIT,
        "Find somebody who offers addiction treatment in the city itself",
        planned=10,
        due=60,
        need="addiction-treatment",
        area=place.CITY_AREA,
        rests=Rests.GAP,
    ),
    Act(
        Kind.WATCH,
        "Look again at rides to appointments once the new timetable holds",
        planned=14,
        due=-3,
        need="medical-rides",
        area="ca-on-dunmorrow",
        rests=Rests.GAP,
    ),
    Act(
        Kind.EXTEND,
        "Open one of the two drop-in centres on Sundays",
        planned=50,
        due=20,
        owner="Threshold Kitchen",
        organizations=("Millbrook Table",),
        yes=(Word("Threshold Kitchen", 48), Word("Millbrook Table", 47, "We can lend a cook for two Sundays a month.")),
        moves=((State.DROPPED, 21, "Nobody could be found for Sundays before spring. Both houses will look again then."),),
    ),
)


def begin_with_plans(parts: Parts) -> None:
    """A few for a demo that has none yet, among the organizations of the sample that are still there."""
    with parts.database.reading() as session:
        if any(session.scalar(select(table.id).limit(1)) is not None for table in (SharedOutcome, PlannedAction)):
            return
        wanted = {name for each in (*AIMS, *ACTS) for name in each.organizations} | {act.owner for act in ACTS}
        known = made_up(session, wanted)
        decided = session.scalar(select(Conversation.id).where(Conversation.question == GRIEF)) or ""
    if not known:
        return
    ids = {"": ""} | known
    outcomes: dict[str, str] = {}
    for aim in AIMS:
        if ids.keys() >= set(aim.organizations):
            with suppress(DirectoryError):
                outcomes[aim.need] = _agree(parts, aim, ids)
    for act in ACTS:
        if ids.keys() >= {act.owner, *act.organizations}:
            with suppress(DirectoryError):
                _plan(parts, act, ids, outcomes.get(act.need, "") if act.rests is Rests.OUTCOME else decided)


def _agree(parts: Parts, aim: Aim, ids: dict[str, str]) -> str:
    then, until = days_ago(parts, aim.made), quarter_of(_today(parts)).after.after
    made = propose_outcome(
        then,
        PLANNER,
        Wish(
            aim.need,
            place.CITY_AREA,
            Measure.UNMET_SHARE.value,
            str(aim.target),
            str(until),
            (until.end + LOOKED_AT_AFTER).isoformat(),
            aim.note,
            organizations=tuple(ids[name] for name in aim.organizations),
        ),
    )
    for word in aim.signed:
        own = ids[word.organization]
        answer_outcome(days_ago(parts, word.on), lead_of(own), own, made, Answer.YES.value, word.words, may_be_public=aim.is_public)
    if aim.is_public:
        offer_to_everybody(days_ago(parts, aim.signed[-1].on), PLANNER, made, is_offered=True)
    return made


def _plan(parts: Parts, act: Act, ids: dict[str, str], rests_id: str) -> None:
    if act.is_past:
        parts = days_ago(parts, (_today(parts) - quarter_of(_today(parts)).before.before.first - MIDDLE).days)
    then = days_ago(parts, act.planned)
    if act.rests is Rests.GAP:
        rests_id = f"{act.need} {act.area} {quarter_of(_today(then)).before}"
    if act.rests and not rests_id:
        return
    due_on = _today(parts) + timedelta(days=act.due)
    owner, organizations = ids[act.owner], tuple(ids[name] for name in act.organizations)
    idea = Idea(act.kind.value, act.what, due_on.isoformat(), act.need, act.area, "", owner, organizations, act.rests.value, rests_id)
    made = plan_action(then, PLANNER, idea)
    for word in act.yes:
        own = ids[word.organization]
        answer_action(days_ago(parts, word.on), lead_of(own), own, made, Answer.YES.value, word.words)
    for state, on, why in act.moves:
        move_action(days_ago(parts, on), lead_of(owner), made, state.value, why, organization_id=owner)


def _today(parts: Parts) -> date:
    return parts.clock.now().date()
