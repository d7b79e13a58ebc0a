"""What is true of the records that were planted: which are the same, which only look alike, which offer the same to the same people."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

SAME = "duplicate_record"
ALIKE = "look_alike"
OVERLAP = "overlapping_offer"

SITE, ORGANIZATION, PROGRAM = "site", "organization", "program"


@dataclass(frozen=True, slots=True)
class Group:
    """Ids of records of one kind. At level *site* they are locations, at *organization* organizations, at *program* services.

    `duplicate_record`: all are the same thing. `look_alike`: no two are the same, though they look it. `overlapping_offer`: different
    organizations offer the same to the same people at the same hours. `why` says so to a person who reads the file.
    """

    kind: str
    level: str
    ids: tuple[str, ...]
    why: str


def as_data(groups: Iterable[Group], seed: int) -> dict[str, Any]:
    return {"seed": seed, "groups": [asdict(group) | {"ids": list(group.ids)} for group in groups]}
