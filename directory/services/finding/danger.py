"""Danger first: which dangers the words of a search speak of, whom to call here, and what to do until somebody answers.

It stands apart from the search: it is worked out from the words alone, before anything is asked of the index, and nothing of it is kept.
"""

from dataclasses import dataclass

from directory.domain.community import Community, CrisisNumber
from directory.domain.danger import DangerKind, NamedSource, danger_lists, dangers_in


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do first, in one sentence by language, and who says so."""

    kind: DangerKind
    text: dict[str, str]
    source: NamedSource


@dataclass(frozen=True, slots=True)
class Danger:
    """`kinds`: the most urgent first. `numbers`: whom to call, the emergency number first; empty where a community has set none."""

    kinds: tuple[DangerKind, ...]
    numbers: tuple[CrisisNumber, ...]
    advice: tuple[Advice, ...]


def danger_in(text: str, community: Community) -> Danger | None:
    """What to show above everything else; None where the words speak of no danger."""
    kinds = dangers_in(text)
    if not kinds:
        return None
    lists = danger_lists()
    return Danger(
        kinds=kinds,
        numbers=community.numbers_for(tuple(map(str, kinds))),
        advice=tuple(Advice(kind, dict(lists[kind].advice), lists[kind].advice_source) for kind in kinds),
    )
