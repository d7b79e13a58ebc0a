"""Rules that read pairs: nothing is reckoned before pairs are kept; their examples alone speak for them."""

from datetime import datetime

from directory.domain.sentences import say
from directory.rules.sets.rule import RuleSet
from directory.services.parts import Parts
from directory.services.rules.dry_runs.reckoned import DryRun, Progress
from directory.services.rules.versions import Held


def reckon(parts: Parts, rules: RuleSet, version: int, held: Held, since: datetime, progress: Progress) -> DryRun:
    """No pairs, and a word on it."""
    progress(0, 0)
    note = say("No pairs of listings are kept yet, so nothing can be reckoned; the examples of the rules were tried.")
    return DryRun(rules.name, version, held.label, since, parts.clock.now(), 0, 0, 0, note=note)
