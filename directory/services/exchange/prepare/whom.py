"""Criteria as a feed brings them: JSON, or the text of it."""

import json
from collections.abc import Mapping
from typing import Any

from directory.rules.conditions import WrongCondition
from directory.rules.criteria import check_criteria, written_criteria
from directory.services.exchange.prepare.notes import Notes

_LONGEST = 200_000


def criteria(value: Any, notes: Notes) -> dict[str, Any] | None:
    """The criteria in their one form; what is wrong is named, and they are left out whole: half of them would say another thing."""
    try:
        raw = value if isinstance(value, Mapping) else json.loads(str(value)[:_LONGEST])
        return written_criteria(check_criteria(raw))
    except WrongCondition as error:
        first = error.wrongs[0]
        notes.repaired(f"{first.path or 'criteria'}: {first.sentence} The criteria were left out.")
    except (ValueError, RecursionError):
        notes.repaired("It is no JSON; the criteria were left out.")
    return None
