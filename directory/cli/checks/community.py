"""What `doctor` says of the community that is served."""

from directory.cli.checks.check import Check
from directory.domain.community import CrisisNumber
from directory.domain.danger.kinds import DangerKind
from directory.services.listings.community import is_set, read_community
from directory.services.parts import Parts


def check_community(parts: Parts) -> Check:
    community = read_community(parts)
    if not is_set(community):
        return Check("community", wrong="No community has been set.", remedy="directory init, or directory serve for the demo")
    return Check("community", f"{community.name}{' (demo)' if community.is_demo else ''}, {community.zone}")


def check_crisis_numbers(parts: Parts) -> Check:
    lines = read_community(parts).crisis_lines
    if not lines:
        return Check(
            "crisis numbers",
            wrong="Pages cannot say whom to call in danger.",
            remedy="Give them to directory init: --crisis-number 911=Emergency",
        )
    found = ", ".join(line.number for line in lines)
    without = kinds_without_line(lines)
    if without:
        return Check(
            "crisis numbers",
            found,
            warning=f"No line of its own for {', '.join(without)}: only the emergency number is shown.",
            remedy="Give one to directory init: --crisis-number NUMBER=NAME=WHEN=KINDS",
        )
    return Check("crisis numbers", found)


def kinds_without_line(lines: tuple[CrisisNumber, ...]) -> list[str]:
    """The kinds of danger for which there is neither a line of their own nor one for any danger, beside the emergency number."""
    served = {kind for line in lines for kind in line.kinds}
    has_general = any(not line.kinds and not line.emergency for line in lines)
    return [] if has_general else [kind.value for kind in DangerKind if kind.value not in served]
