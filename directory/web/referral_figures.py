"""An organization's own figures of referrals: a page, and the counts behind every number as JSON and as a table."""

import csv
import io
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from directory.domain.referrals.measures import COUNT_NAMES, RATES, Counts, Figures
from directory.services.referrals.figures import PERIODS, OwnFigures, read_figures
from directory.web.attached import attached
from directory.web.here import parts
from directory.web.models.figures_page import figures_page

blueprint = Blueprint("referral_figures", __name__, url_prefix="/referrals/figures/<organization_id>")


@blueprint.get("")
def page(organization_id: str) -> str:
    """The figures of the last months."""
    months = _months()
    choices = [(url_for(".page", organization_id=organization_id, months=each), each, each == months) for each in PERIODS]
    return render_template(
        "referrals_received/figures.html",
        page=figures_page(read_figures(parts(), organization_id, months)),
        choices=choices,
        json_at=url_for(".as_json", organization_id=organization_id, months=months),
        csv_at=url_for(".as_table", organization_id=organization_id, months=months),
        inbox_at=url_for("inbox.page", organization_id=organization_id),
    )


@blueprint.get("/counts.json")
def as_json(organization_id: str) -> Response:
    """The counts, and how the rates are made of them; nothing of anybody."""
    found = read_figures(parts(), organization_id, _months())
    return jsonify(
        since=found.since.isoformat(),
        until=found.until.isoformat(),
        rates={name: {"counted": part, "of": whole} for name, (part, whole) in RATES.items()},
        received=_plain(found.received),
        sent=_plain(found.sent),
    )


@blueprint.get("/counts.csv")
def as_table(organization_id: str) -> Response:
    """The same counts, a row for each side and pair of sectors."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(("side", "from_sector", "to_sector", *COUNT_NAMES))
    for side, first, second, counts in _rows(read_figures(parts(), organization_id, _months())):
        table.writerow((side, first, second, *(getattr(counts, name) for name in COUNT_NAMES)))
    return attached(written.getvalue(), "referral-figures.csv")


def _rows(found: OwnFigures) -> list[tuple[str, str, str, Counts]]:
    rows: list[tuple[str, str, str, Counts]] = []
    for side, figures in (("received", found.received), ("sent", found.sent)):
        rows += [(side, "all", "all", figures.counts), *((side, *pair) for pair in figures.pairs)]
    return rows


def _plain(figures: Figures) -> dict[str, Any]:
    return {
        "counts": _numbers(figures.counts),
        "median_days": {step: {"days": round(days, 3), "of": of} for step, (days, of) in figures.days.items()},
        "pairs": [{"from_sector": first, "to_sector": second, **_numbers(counts)} for first, second, counts in figures.pairs],
    }


def _numbers(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in COUNT_NAMES}


def _months() -> int:
    written = request.args.get("months", "")
    return int(written) if written in {str(each) for each in PERIODS} else next(iter(PERIODS))
