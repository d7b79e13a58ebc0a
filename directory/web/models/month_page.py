"""The planner's first page in the reader's words."""

from dataclasses import dataclass
from typing import Any

from directory.domain.categories.tree import name as need_name
from directory.domain.planning.suppression import SMALLEST
from directory.services.planning.cells import Gaps
from directory.web.languages import language
from directory.web.models.quadrant_part import QuadrantPart, quadrant_part
from directory.web.models.quarters import quarter_choices, quarter_words
from directory.web.whom_words import area_name


@dataclass(frozen=True, slots=True)
class MonthPage:
    """`quarters`: address, name and whether it is shown. `narrowed`: need and area that were asked for, in words."""

    quarter: str
    quarters: tuple[tuple[str, str, bool], ...]
    narrowed: str
    quadrant: QuadrantPart
    few: int


def month_page(gaps: Gaps, asked: dict[str, Any]) -> MonthPage:
    need = asked.get("need", "")
    narrowed = [need_name(need, language())] if need else []
    return MonthPage(
        quarter=quarter_words(gaps.quarter),
        quarters=quarter_choices(gaps.quarter, "planning.page", asked, "quadrant"),
        narrowed=" · ".join([*narrowed, area_name(gaps.area)] if gaps.area else narrowed),
        quadrant=quadrant_part(gaps, asked),
        few=SMALLEST,
    )
