"""Danger in what people search: reviewed phrase lists in three languages, and the detector that reads them.

>>> dangers_in("he took too many pills and won't wake up")
(<DangerKind.OVERDOSE: 'overdose'>,)
"""

from directory.domain.danger.detect import dangers_in, is_quiet
from directory.domain.danger.kinds import DangerKind
from directory.domain.danger.lists import LANGUAGES, DangerList, NamedSource, danger_lists
from directory.domain.danger.near import danger_beside

__all__ = ["LANGUAGES", "DangerKind", "DangerList", "NamedSource", "danger_beside", "danger_lists", "dangers_in", "is_quiet"]
