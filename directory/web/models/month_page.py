"""The planner's first page in the reader's words."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from directory.domain.categories.tree import name as need_name
from directory.domain.planning.quarter import Quarter
from directory.domain.planning.suppression import SMALLEST
from directory.services.planning.cells import Gaps
from directory.web.here import parts
from directory.web.languages import language
from directory.web.models.quadrant_part import QuadrantPart, quadrant_part
from directory.web.whom_words import area_name
from directory.web.wording import _


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


def quarter_choices(now: Quarter, endpoint: str, asked: dict[str, Any], anchor: str = "") -> tuple[tuple[str, str, bool], ...]:
    """The quarters next to the one that is shown, but for those that have not begun."""
    today = parts().clock.now().date()
    near = [now.after, now, now.before, now.before.before]
    return tuple(
        (url_for(endpoint, quarter=str(each), _anchor=anchor or None, **asked), str(each), each == now)
        for each in near
        if each.first <= today
    )


def quarter_words(quarter: Quarter) -> str:
    """ "2026-Q4", and that it is not over."""
    is_over = quarter.end <= parts().clock.now().date()
    return str(quarter) if is_over else _("%(quarter)s, which is not over", quarter=quarter)
