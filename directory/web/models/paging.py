"""From page to page of the results, up to the first thousand."""

import math
from dataclasses import dataclass, replace

from directory.services.finding.request import FindRequest
from directory.services.finding.results import FindPage
from directory.web.amounts import number
from directory.web.models.searches import Step, step_to
from search_index.query import FIRST_RESULTS


@dataclass(frozen=True, slots=True)
class Pager:
    """`first` to `last` are the positions on this page."""

    first: str
    last: str
    total: str
    page: str
    pages: str
    previous: Step | None
    next: Step | None
    is_cut: bool


def pager(request: FindRequest, page: FindPage) -> Pager:
    """Where this page stands. `is_cut`: there are more results than can be paged through."""
    reachable = min(page.total, FIRST_RESULTS)
    pages = max(1, math.ceil(reachable / page.per_page))
    before = (page.page - 1) * page.per_page
    return Pager(
        first=number(before + 1),
        last=number(before + len(page.results)),
        total=number(page.total),
        page=number(page.page),
        pages=number(pages),
        previous=step_to(replace(request, page=page.page - 1)) if page.page > 1 else None,
        next=step_to(replace(request, page=page.page + 1)) if page.page < pages else None,
        is_cut=page.total > FIRST_RESULTS,
    )
