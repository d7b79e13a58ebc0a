"""Which steps of a clock are taken when somebody looks, however late."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from directory.rules.sets.kinds import OncePer, Told
from directory.rules.sets.route_steps import next_at, taken_now, to_do
from directory.rules.sets.routing import Step

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ONCE = (OncePer.REFERRAL, OncePer.STATE)


def group(at: float, *actions: Told) -> tuple[Step, ...]:
    return tuple(Step(at, action, action.value, ONCE) for action in actions)


def moment(share: float) -> datetime:
    """Of a clock of ten hours that never stands still."""
    return START + timedelta(hours=10 * share)


def more(begins: datetime, share: float) -> datetime:
    return begins + timedelta(hours=10 * share)


USUAL = (group(0.5, Told.REMIND), group(1, Told.ESCALATE), group(2, Told.END))


def hours(number: float) -> datetime:
    return START + timedelta(hours=number)


def test_a_reminder_that_the_alarm_has_overtaken_is_left_out() -> None:
    assert taken_now(USUAL, 0, moment, hours(6)) == 1
    late = taken_now(USUAL, 0, moment, hours(30))
    assert (late, set(to_do(USUAL, 0, late))) == (2, {Told.ESCALATE})


def test_what_ends_has_a_whole_term_after_the_alarm_however_late_that_was() -> None:
    assert next_at(USUAL, 2, moment, more, hours(10)) == hours(20)
    assert next_at(USUAL, 2, moment, more, hours(30)) == hours(40)
    assert taken_now(USUAL, 2, moment, hours(40)) == 3


def test_an_end_within_the_term_waits_for_its_time_after_the_alarm_too() -> None:
    soon = (group(0.5, Told.ESCALATE), group(1, Told.END))
    late = hours(30)
    assert taken_now(soon, 0, moment, late) == 1
    assert next_at(soon, 1, moment, more, late) == hours(35)


def test_planners_are_told_although_the_pass_was_late() -> None:
    own = (group(0.5, Told.REMIND), group(0.75, Told.TELL_PLANNERS), group(1, Told.ESCALATE))
    assert set(to_do(own, 0, taken_now(own, 0, moment, hours(12)))) == {Told.TELL_PLANNERS, Told.ESCALATE}


def test_the_same_action_of_two_rules_is_done_once_in_the_name_of_both() -> None:
    both = ((Step(1, Told.ESCALATE, "one", ONCE), Step(1, Told.ESCALATE, "two", ONCE)),)
    assert [step.rule for step in to_do(both, 0, 1)[Told.ESCALATE]] == ["one", "two"]


def test_after_the_last_step_nothing_is_due() -> None:
    assert next_at(USUAL, 3, moment, more, hours(50)) is None
    assert next_at((), 0, moment, more, START) is None


plans = st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0]), st.sampled_from(list(Told))), min_size=1, max_size=6).map(
    lambda each: tuple(group(at, *{action for share, action in each if share == at}) for at in sorted({share for share, _a in each}))
)


@given(plans, st.lists(st.floats(0, 60), min_size=1, max_size=12).map(sorted))
def test_however_often_somebody_looks_each_step_is_taken_once_and_an_end_never_with_what_comes_before(plan, looks) -> None:
    done, due = 0, next_at(plan, 0, moment, more, START)
    seen = []
    for look in (hours(each) for each in looks):
        if due is None or due > look:
            continue
        taken = taken_now(plan, done, moment, look)
        assert taken > done
        actions = to_do(plan, done, taken)
        assert Told.END not in actions or taken == done + 1
        seen += list(range(done, taken))
        done, due = taken, next_at(plan, taken, moment, more, look)
    assert seen == sorted(set(seen))
