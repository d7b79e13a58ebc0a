"""`directory gaps log`: what planners may see of searches that found too little."""

from datetime import date

import pytest

from directory.domain.gaps import Gap
from directory.services.parts import Parts
from tests.cli.conftest import Say

pytestmark = pytest.mark.usefixtures("furnished")


def gap(day: int = 20, need: str = "detox", area: str = "us-pa-philadelphia") -> Gap:
    return Gap(date(2026, 11, day), (need,), area, ("open_at",), 0, "en")


def write(parts: Parts, *gaps: Gap) -> None:
    for entry in gaps:
        parts.gaps.add(entry)
    parts.gaps.flush(parts.database)


def test_gaps_are_printed_with_what_is_small_left_out(say: Say, furnished: Parts) -> None:
    write(furnished, *[gap()] * 6, gap(need="tax-help"))
    said = say("gaps", "log", "--json")
    assert said.json == {
        "since": None,
        "cells": [{"need": "detox", "area": "us-pa-philadelphia", "searches": 6, "filters": {"open_at": 6}}],
        "hidden_cells": 1,
    }
    assert "1 others with fewer than 5" in say("gaps", "log").out


def test_gaps_are_counted_from_a_day_on(say: Say, furnished: Parts) -> None:
    write(furnished, *[gap(day=1)] * 6)
    assert say("gaps", "log", "--since", "2026-11-02", "--json").json["cells"] == []
    assert len(say("gaps", "log", "--since", "2026-11-01", "--json").json["cells"]) == 1
