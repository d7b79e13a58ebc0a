"""What is suggested, and how it is told: reasons, a caution, what would change it. The same for pages, command line and interface."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from directory.domain.sentences import retold, say
from directory.rules.sets.check import signals_in
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.rule import Caution, Points, Rule
from directory.rules.sets.score import Scored, points_of
from directory.rules.sets.signals import signals_of
from directory.services.rules.versions import Held
from directory.services.suggesting.asking import Asking
from directory.services.suggesting.choosing import Ranked, missing_points
from directory.services.suggesting.gates import Gate
from directory.services.suggesting.sentences import Speaker
from directory.services.suggesting.signals import Candidate
from directory.services.suggesting.year import until

FEWEST_REASONS = 2
MOST_CHANGES = 3

OFFERS = say("Offers what is asked for.")
OFTEN_TOGETHER = say("Offers what often goes together with it.")
SERVES = say("Says that it serves where the person lives.")
TAKES = say("Takes referrals here, and there is an address for them.")
NEAR = say("Comes up among the nearest that offer it.")
UNKNOWNS = (
    ("candidate.room", say("Whether there is room is not known: ask.")),
    ("access.opens_within_hours", say("When it takes people is not known: call first.")),
    ("eligibility.outcome", say("Whether it is for the person is not known: ask.")),
    ("candidate.days_since_verified", say("Nobody has found this listing right yet: call first.")),
)
"""What is said where no rule has anything to say: the first that is not known. There is always one honest thing to say."""

MAY_HAVE_CHANGED = say("What is listed may have changed since: call first.")
TAKES_NOW = "access.takes_people_now"


@dataclass(frozen=True, slots=True)
class Reason:
    """`rule` is the id of the rule, or of the gate that it passed ("gate:accepts_referrals", with 0 points). `cases`, `as_of`: of a figure,
    of how many cases it is and up to which day they were counted."""

    rule: str
    points: int
    sentence: str
    cases: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A rule that gave nothing. `here`: the signals that it looks at, with their values, in words."""

    rule: str
    points: int
    here: str
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One program, with what made it be here. `place` counts from 1."""

    candidate: Candidate
    scored: Scored
    rank: Ranked
    place: int

    @property
    def id(self) -> str:
        return self.candidate.id


@dataclass(frozen=True, slots=True)
class Suggested:
    """The whole answer. `held`: the rules that held; `considered`: how many came into question, `left_out`: how many of these each gate
    kept out. `passed`: the candidates that passed every gate, by id, with their points."""

    asking: Asking
    held: Held
    shown: tuple[Suggestion, ...]
    considered: int
    left_out: Mapping[Gate, int]
    passed: Mapping[str, tuple[Candidate, int]]
    usual: float

    @property
    def as_of(self) -> date:
        """The last day that figures of referrals count."""
        return counted_until(self.asking)


def counted_until(asking: Asking) -> date:
    return (until(asking.now) - timedelta(days=1)).date()


def reasons_of(asking: Asking, candidate: Candidate, scored: Scored, speaker: Speaker) -> tuple[Reason, ...]:
    """Two at least: where fewer rules fired, what gates found speaks for it."""
    told = [_reason(rule, asking, candidate, speaker) for rule in scored.reasons]
    for gate, sentence in _passed(asking, candidate):
        if len(told) >= FEWEST_REASONS:
            break
        told.append(Reason(f"gate:{gate}", 0, retold(sentence, speaker.translate)))
    return tuple(told)


def _reason(rule: Rule, asking: Asking, candidate: Candidate, speaker: Speaker) -> Reason:
    assert isinstance(rule.then, Points)
    sentence = speaker.text(rule.then.reason, asking, candidate)
    catalogue, cases = signals_of(SetKind.SUGGEST), None
    named = [catalogue[name] for name in sorted(signals_in(rule)) if name in catalogue]
    for signal in named:
        count = candidate.signals.get(signal.cases) if signal.cases else None
        cases = int(count) if isinstance(count, int | float) else cases
    is_counted = cases is not None or any(signal.is_history for signal in named)
    return Reason(rule.id, rule.then.points, sentence, cases, counted_until(asking) if is_counted else None)


def _passed(asking: Asking, candidate: Candidate) -> tuple[tuple[str, str], ...]:
    offers = candidate.signals.get("pair.offers_need") is True
    first = ("offers", OFFERS) if offers else ("offers", OFTEN_TOGETHER)
    found = [first] if offers or not asking.is_need else []
    found.append((Gate.TAKES_REFERRALS.value, TAKES))
    if candidate.signals.get("access.serves_area") is True:
        found.append((Gate.SERVES_AREA.value, SERVES))
    return (*found, ("search", NEAR))


def cautions_of(asking: Asking, candidate: Candidate, held: Held, scored: Scored, speaker: Speaker) -> tuple[Reason, ...]:
    """Those of rules that fired, in the order in which the set has them; where none did, one thing that is not known."""
    fired = {rule.id for rule in scored.cautions}
    told = [rule for rule in held.rules.active_rules if rule.id in fired]
    if told:
        return tuple(
            Reason(rule.id, points_of(rule), speaker.text(rule.then.caution, asking, candidate))
            for rule in told
            if isinstance(rule.then, Caution)
        )
    known = candidate.signals.keys() | ({"access.opens_within_hours"} if candidate.signals.get(TAKES_NOW) is True else set())
    unknown = next((each for each in UNKNOWNS if each[0] not in known), None)
    name, sentence = unknown if unknown is not None else ("listed", MAY_HAVE_CHANGED)
    return (Reason(f"unknown:{name}", 0, retold(sentence, speaker.translate)),)


def would_change(candidate: Candidate, scored: Scored, speaker: Speaker) -> tuple[Missing, ...]:
    """What is not known and would count, the most first."""
    by_id = {rule.id: rule for rule in scored.unknown if isinstance(rule.then, Points) and _can_be_told(rule, candidate)}
    order = missing_points([(rule.id, points_of(rule)) for rule in by_id.values()], MOST_CHANGES)
    return tuple(missing(by_id[rule_id], candidate, speaker, is_unknown=True) for rule_id, _points in order)


def _can_be_told(rule: Rule, candidate: Candidate) -> bool:
    """Whether somebody could say it today; what is counted takes its time."""
    catalogue = signals_of(SetKind.SUGGEST)
    unknown = [catalogue[name] for name in signals_in(rule) if name in catalogue and name not in candidate.signals]
    return not any(signal.is_history or signal.cases or signal.name.endswith(".need_cases") for signal in unknown)


def missing(rule: Rule, candidate: Candidate, speaker: Speaker, *, is_unknown: bool) -> Missing:
    catalogue = signals_of(SetKind.SUGGEST)
    names = [name for name in sorted(signals_in(rule)) if name in catalogue]
    looked_at = [name for name in names if not is_unknown or name not in candidate.signals] or names
    here = "; ".join(f"{speaker.label(name)}: {speaker.signal(name, candidate)}" for name in looked_at)
    return Missing(rule.id, points_of(rule), here, is_unknown)
