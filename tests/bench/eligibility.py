"""Figures of eligibility: `python -m tests.bench.eligibility [--programs 100000] [--seed 7]`.

Prints how long exact outcomes take over a whole directory and over the hits of a search, how long the next question takes, how many
programs stay undecided after six questions asked in the best order and in a fixed one, and how much the index leaves out. All programs are
made up.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from random import Random
from statistics import median

import numpy as np

from directory.rules.assess import assess, outcome_of
from directory.rules.catalogue import Privacy
from directory.rules.criteria import Criteria
from directory.rules.facts import FACTS
from directory.rules.next_question import next_question
from directory.rules.outcome import Outcome
from directory.rules.person import Person
from directory.rules.projection import asked_of, may_fit, project
from directory.rules.whole_directory import WholeDirectory
from tests.support.criteria import likely_criteria, person_of, told_of, whole_person

HITS = 200
QUESTIONS = 6
FIXED_ORDER = [name for name, field in FACTS.items() if field.privacy is not Privacy.NEVER_HELD]


def milliseconds(work: Callable[[], object], times: int = 9) -> float:
    """The median of some runs, after one to warm up."""
    work()
    taken = []
    for _time in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)


def undecided(programs: Sequence[Criteria], person: Person) -> int:
    return sum(outcome_of(each, person.answers) is Outcome.ASK for each in programs)


def asked_in_turn(programs: Sequence[Criteria], everything: dict[str, object], told: dict[str, object], *, is_fixed: bool) -> list[int]:
    """How many programs that answers could settle are undecided after 0..6 questions."""
    told = dict(told)
    left = [undecided(programs, person_of(told))]
    for _number in range(QUESTIONS):
        person = person_of(told)
        found = next_question(programs, person)
        best = found.fact if found else None
        fact = next((name for name in FIXED_ORDER if name not in person.answers), None) if is_fixed else best
        if fact is not None:
            told[fact] = everything.get(fact, "declined")
        left.append(undecided(programs, person_of(told)))
    return left


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    random = Random(options.seed)
    programs = [likely_criteria(random) for _program in range(options.programs)]
    began = time.perf_counter()
    whole = WholeDirectory(programs)
    print(f"{options.programs:,} programs made ready in {time.perf_counter() - began:.2f} s")
    began = time.perf_counter()
    projections = [project(each) for each in programs]
    print(f"projected in {time.perf_counter() - began:.2f} s")
    for facts in (3, 7, 14):
        person = person_of(told_of(random, facts))
        exact = [outcome_of(each, person.answers) for each in programs]
        outcomes = whole.outcomes(person.answers)
        assert np.array_equal(outcomes, np.array(exact, dtype=np.int8))
        counts = [int((outcomes == value).sum()) for value in (2, 1, 0)]
        asked = asked_of(person.answers)
        kept = [may_fit(projection, asked) for projection in projections]
        hidden = sum(not each for each in kept)
        wrongly = sum(not stays and outcome is not Outcome.NO for stays, outcome in zip(kept, exact, strict=True))
        print(
            f"{facts:2} facts: yes/ask/no {counts[0]:,}/{counts[1]:,}/{counts[2]:,}; "
            f"numpy {milliseconds(lambda known=person: whole.outcomes(known.answers)):.1f} ms (floor 15), "
            f"plain {milliseconds(lambda known=person: [outcome_of(each, known.answers) for each in programs], 3):.0f} ms; "
            f"the index leaves out {hidden / max(1, counts[2]):.1%} of no, wrongly {wrongly}"
        )
    hits = programs[:HITS]
    person = person_of({"age": 34, "area": "Ottawa", "gender": "female"})
    print(f"{HITS} hits: outcomes {milliseconds(lambda: [outcome_of(each, person.answers) for each in hits]):.2f} ms (floor 2), ", end="")
    print(f"with reasons {milliseconds(lambda: [assess(each, person) for each in hits]):.2f} ms; ", end="")
    print(f"next question {milliseconds(lambda: next_question(hits, person)):.1f} ms (floor 10)")
    best, fixed = np.zeros(QUESTIONS + 1), np.zeros(QUESTIONS + 1)
    for _person in range(options.people):
        everything = whole_person(random)
        some = random.sample(programs, HITS)
        told = {name: everything[name] for name in ("age", "area")}
        best += asked_in_turn(some, everything, told, is_fixed=False)
        fixed += asked_in_turn(some, everything, told, is_fixed=True)
    print(f"undecided of {HITS} after 0..{QUESTIONS} questions, {options.people} people")
    print("  best order ", " ".join(f"{each / options.people:.1f}" for each in best))
    print("  fixed order", " ".join(f"{each / options.people:.1f}" for each in fixed))
    print(f"  ratio after {QUESTIONS}: {best[-1] / fixed[-1]:.0%} (floor 75 %)")


if __name__ == "__main__":
    main()
