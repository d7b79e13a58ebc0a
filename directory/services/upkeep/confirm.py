"""When an organization says that its listing is right, what it said of who can come is right as of that day."""

from datetime import date
from typing import Any

from directory.rules.criteria import By
from directory.store.tables import Service


def confirm_criteria(service: Service, today: date) -> dict[str, str | None]:
    """Confirm the owner's own criteria; on which day each was confirmed before, by its id."""
    before: dict[str, str | None] = {}
    for each in _own(service):
        before[each["id"]] = each["said"].get("confirmed_on")
    _set(service, dict.fromkeys(before, today.isoformat()))
    return before


def take_confirmation_back(service: Service, before: dict[str, str | None]) -> None:
    """Each of them as confirmed as it was; what is no longer there is left alone."""
    _set(service, before)


def _own(service: Service) -> list[dict[str, Any]]:
    return [each for each in (service.criteria or {}).get("criteria", ()) if each.get("said", {}).get("by") == By.OWNER.value]


def _set(service: Service, days: dict[str, str | None]) -> None:
    if not days or not service.criteria:
        return
    criteria = [
        {**each, "said": {**each["said"], "confirmed_on": days[each["id"]]}} if each["id"] in days else each
        for each in service.criteria["criteria"]
    ]
    service.criteria = {**service.criteria, "criteria": criteria}
