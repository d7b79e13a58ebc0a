"""Which steps of a running clock are to be taken now, and when the next is: pure, for the pass over all referrals and for looking back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from directory.rules.sets.kinds import Told
from directory.rules.sets.routing import Step

Groups = Sequence[tuple[Step, ...]]
"""The steps of a clock, in groups of one share each (`Route.told`)."""

MomentOf = Callable[[float], datetime]
"""When a share of the clock has passed."""


def taken_now(groups: Groups, done: int, moment: MomentOf, now: datetime) -> int:
    """How many groups are taken once this pass is over, of which `done` were; the next of them is due. Where nobody swept for long, all
    that the whole term holds is caught up with at once; but what ends something, and what comes after the whole term, has its time anew."""
    taken = done + 1
    while taken < len(groups) and not (_waits(groups[taken - 1]) or _waits(groups[taken])) and moment(_at(groups[taken])) <= now:
        taken += 1
    return taken


def to_do(groups: Groups, done: int, taken: int) -> Mapping[Told, tuple[Step, ...]]:
    """What is done on the way there, each action once, with the rules that want it. A reminder that something later has overtaken is left
    out."""
    found: dict[Told, tuple[Step, ...]] = {}
    for number, group in enumerate(groups[done:taken], done):
        for step in group:
            is_overtaken = step.action is Told.REMIND and number < taken - 1
            if not is_overtaken:
                found[step.action] = (*found.get(step.action, ()), step)
    return found


def next_at(groups: Groups, taken: int, moment: MomentOf, more: Callable[[datetime, float], datetime], now: datetime) -> datetime | None:
    """When the next group is due, after `taken` of them; None where there is none. `more(from, share)`: when that share of the term has
    passed again from a moment on."""
    if taken >= len(groups):
        return None
    share, before = _at(groups[taken]), _at(groups[taken - 1]) if taken else 0.0
    if not _waits(groups[taken]):
        return moment(share)
    return more(max(now, moment(before)), share - before)


def _waits(group: tuple[Step, ...]) -> bool:
    """Whether it comes no sooner than its share after the one before, however late that was."""
    return _at(group) > 1 or any(step.action is Told.END for step in group)


def _at(group: tuple[Step, ...]) -> float:
    return group[0].at
