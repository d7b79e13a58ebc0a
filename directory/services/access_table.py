"""The table of every address and who may reach it, made from the register of policies: for the documentation, a test, and whoever asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from directory.domain.access import ANYWHERE, RIGHTS, Action
from directory.domain.people import OF_AN_ORGANIZATION, Role
from directory.services.access import RESOURCES
from directory.services.policy import Policy

VISITOR = "visitor"
COLUMNS = (VISITOR, *Role)


@dataclass(frozen=True, slots=True)
class Row:
    """One address. `cells`: for a visitor and each role: "yes", "no", "own" (its organization), "area" (its area), "link", "machine",
    "token" (a machine of the organization, whoever is signed in)."""

    address: str
    methods: tuple[str, ...]
    needs: str
    cells: tuple[str, ...]


def row_of(address: str, methods: Iterable[str], arguments: Iterable[str], policy: Policy | Action | None) -> Row:
    """The row of an address; `arguments` are the names of its parts."""
    about = any(name in RESOURCES for name in arguments)
    if isinstance(policy, Action) and address.startswith("/api/"):
        cells: tuple[str, ...] = ("token",) * len(COLUMNS)
    else:
        cells = (_cell(policy, None, about), *(_cell(policy, role, about) for role in Role))
    return Row(address, tuple(sorted(set(methods) - {"HEAD", "OPTIONS"})), str(policy or "nobody decided"), cells)


def _cell(policy: Policy | Action | None, role: Role | None, about: bool) -> str:
    if policy == Policy.PUBLIC:
        return "yes"
    if policy in (Policy.LINK, Policy.MACHINE):
        return str(policy)
    if not isinstance(policy, Action) or role is None or role not in RIGHTS[policy]:
        return "no"
    if not about or policy in ANYWHERE:
        return "yes"
    return "own" if role in OF_AN_ORGANIZATION else "area"


def as_markdown(rows: Iterable[Row]) -> Iterator[str]:
    """The table as it stands in docs/access.md, line by line."""
    yield f"| address | methods | needs | {' | '.join(COLUMNS)} |"
    yield "|" + "---|" * (len(COLUMNS) + 3)
    for row in rows:
        yield f"| `{row.address}` | {' '.join(row.methods)} | {row.needs} | {' | '.join(row.cells)} |"
