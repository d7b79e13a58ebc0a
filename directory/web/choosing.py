"""Organizations in a form: those that are ticked already, and those that are found by a word of their name; else those that offer help for
the need in the area."""

from typing import Any

from werkzeug.datastructures import MultiDict

from directory.domain.planning.actions import MOST_ORGANIZATIONS
from directory.services.partners.choose import chosen_organizations, find_organizations
from directory.services.planning.offering import organizations_offering
from directory.web.here import parts

LONGEST_NAME = 100


def choosing(typed: MultiDict[str, str]) -> dict[str, Any]:
    """What `macros/organizations_field.html` shows: `chosen` and `found` as (id, name), and the `name` that was looked for."""
    chosen = [(each.id, each.name) for each in chosen_organizations(parts(), typed.getlist("organization")[:MOST_ORGANIZATIONS])]
    name = typed.get("name", "")[:LONGEST_NAME].strip()
    keys = [key for key, _name in chosen]
    if name:
        found = [(each.id, each.name) for each in find_organizations(parts(), name, keys)]
    else:
        offering = organizations_offering(parts(), typed.get("need", ""), typed.get("area", ""))
        found = [each for each in offering if each[0] not in keys]
    return {"chosen": chosen, "found": found, "name": name}
