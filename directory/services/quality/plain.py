"""A flag for programs and the command line: its codes, what was seen, and both its sentences in English."""

from typing import Any

from babel import Locale

from directory.rules.naming import Names
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.wording import filled_text
from directory.services.quality.flags import OpenFlag

_NAMES = Names(Locale("en"))


def plain_flag(flag: OpenFlag) -> dict[str, Any]:
    called = {"listing.name": flag.service, "listing.organization": flag.organization}
    seen = {name: frozenset(value) if isinstance(value, list) else value for name, value in flag.seen.items()}
    texts = (flag.then.reason, flag.then.way_out) if flag.then is not None else ()
    told = [filled_text(text, seen, called, SetKind.QUALITY, str, _NAMES) for text in texts] or ["Its rule holds no longer", ""]
    return {
        "id": flag.id,
        "service_id": flag.service_id,
        "name": flag.service,
        "organization_id": flag.organization_id or None,
        "organization": flag.organization or None,
        "flag": flag.flag,
        "rule": flag.rule_id,
        "version": flag.version,
        "severity": flag.severity.value,
        "owner": flag.owner.value,
        "reason": told[0],
        "way_out": told[1],
        "seen": dict(flag.seen),
        "since": flag.opened_at.isoformat(),
    }
