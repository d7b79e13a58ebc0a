"""Whether what was found is for the person: the results of a search in order of yes, ask and probably not, and what is left out.

The index leaves out what is surely not for them (`services.indexing.whom`); the foremost results are looked at exactly, as many at once as
a window holds. Order by fit holds within each window: what the words, the place and the time put foremost stays together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from directory.rules.assess import Assessment, assess
from directory.rules.next_question import Question, next_question
from directory.rules.outcome import Outcome
from directory.rules.person import Person
from directory.store.criteria_of import criteria_in
from search_index.port import Searching
from search_index.query import Hit, SearchPage, ServiceQuery

WINDOW = 200
"""How many of the foremost results are put in order of fit together; looking at them takes two milliseconds."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How results fit. `yes` and `asks` count what was looked at exactly, which is everything where `is_exact`; `probably_not` is among
    `asks`. `unfit`: how many services are left out because they are not for the person. `shows_unfit`: those are what is shown. `question`:
    what to ask next, and how many it is expected to settle."""

    yes: int
    asks: int
    probably_not: int
    unfit: int
    is_exact: bool
    shows_unfit: bool = False
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer in the order of fit, with the assessment of each service that it shows."""

    answer: SearchPage
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    fit: Fit | None = None


def judge(
    engine: Searching,
    session: Session,
    query: ServiceQuery,
    person: Person,
    *,
    shows_unfit: bool = False,
    skipped: frozenset[str] = frozenset(),
) -> Judged:
    """Ask the index for what may be for the person and look at it exactly; or, with `shows_unfit`, for what is not."""
    size = query.per_page * max(1, WINDOW // query.per_page)
    start = 0 if shows_unfit else (query.page - 1) * query.per_page
    window = engine.search(replace(query, page=start // size + 1, per_page=size))
    criteria = criteria_in(session, [hit.service_id for hit in window.hits])
    assessments = {key: assess(found, person) for key, found in criteria.items()}
    hits = [hit for hit in window.hits if hit.service_id in assessments]
    kept = [hit for hit in hits if assessments[hit.service_id].outcome is not Outcome.NO]
    refused = [hit for hit in hits if assessments[hit.service_id].outcome is Outcome.NO]
    left_out = _left_out(engine, query, query.page * query.per_page if shows_unfit else 1)
    fit = Fit(
        yes=sum(assessments[hit.service_id].outcome is Outcome.YES for hit in kept),
        asks=sum(assessments[hit.service_id].outcome is Outcome.ASK for hit in kept),
        probably_not=sum(assessments[hit.service_id].is_doubtful for hit in kept),
        unfit=left_out.total + len(refused),
        is_exact=window.total <= size and window.total_exact,
        shows_unfit=shows_unfit,
        question=next_question([criteria[hit.service_id] for hit in kept], person, skipped),
    )
    if shows_unfit:
        return _unfit(session, query, person, fit, refused, left_out, window, assessments)
    ordered = sorted(kept, key=lambda hit: assessments[hit.service_id].rank)  # stable: what is alike stays as the index has it
    first = start % size
    shown = tuple(ordered[first : first + query.per_page])
    return Judged(replace(window, hits=shown, total=max(0, window.total - len(refused))), assessments, fit)


def _left_out(engine: Searching, query: ServiceQuery, most: int) -> SearchPage:
    """What the index leaves out of the search because of whom it is for."""
    if query.whom is None:
        return SearchPage()
    turned = replace(query.whom, is_turned=True)
    return engine.search(replace(query, whom=turned, page=1, per_page=most, facets=frozenset()))


def _unfit(
    session: Session,
    query: ServiceQuery,
    person: Person,
    fit: Fit,
    refused: Sequence[Hit],
    left_out: SearchPage,
    window: SearchPage,
    assessments: Mapping[str, Assessment],
) -> Judged:
    known = criteria_in(session, [hit.service_id for hit in left_out.hits])
    others = {key: assess(found, person) for key, found in known.items()}
    first = (query.page - 1) * query.per_page
    hits = [*refused, *(hit for hit in left_out.hits if hit.service_id in others)][first : first + query.per_page]
    return Judged(replace(window, hits=tuple(hits), total=fit.unfit), {**assessments, **others}, fit)
