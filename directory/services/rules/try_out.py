"""Try a version on its own examples. Passing makes a draft *tested*; it is active no sooner for it."""

from dataclasses import dataclass

from directory.rules.sets.examples import Tried, try_examples, without_examples
from directory.rules.sets.kinds import Status
from directory.rules.sets.rule import Rule
from directory.services.parts import Parts
from directory.services.rules.versions import read_version, version_row


@dataclass(frozen=True, slots=True)
class TriedSet:
    """`missing`: rules that are on and have no example that fires, or none that does not."""

    set_name: str
    version: int
    tried: tuple[Tried, ...]
    missing: tuple[Rule, ...]

    @property
    def failed(self) -> tuple[Tried, ...]:
        return tuple(each for each in self.tried if not each.passes)

    @property
    def passes(self) -> bool:
        return not self.failed and not self.missing


def try_out(parts: Parts, set_name: str, version: int) -> TriedSet:
    """Every example, and what came of it. Raise `NotFound`."""
    found = read_version(parts, set_name, version)
    report = TriedSet(set_name, version, tuple(try_examples(found.rules)), without_examples(found.rules))
    if found.may_change:
        with parts.database.writing() as session:
            row = version_row(session, set_name, version, for_writing=True)
            if row.modified_at == found.modified_at and row.status in (Status.DRAFT.value, Status.TESTED.value):
                row.tested_at = parts.clock.now() if report.passes else None
                row.status = (Status.TESTED if report.passes else Status.DRAFT).value
                session.commit()
    return report
