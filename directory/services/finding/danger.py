"""Danger first: which dangers the words of a search speak of, whom to call here, and what to do until somebody answers.

Two levels: what a phrase of the lists says, and what only comes near, where the need understood first lies beside a danger. It stands apart
from the search: it is worked out from the words alone, before anything is asked of the index, and nothing of it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from directory.domain.community import Community, CrisisNumber
from directory.domain.danger import DangerKind, NamedSource, danger_beside, danger_lists, dangers_in, is_quiet
from directory.services.finding.concepts import UsedConcept


class DangerLevel(StrEnum):
    """`SAID`: a phrase of the lists was heard. `NEAR`: no phrase, but a need beside a danger; one calm line, never an alarm."""

    SAID = "said"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do first, in one sentence by language, and who says so."""

    kind: DangerKind
    text: dict[str, str]
    source: NamedSource


@dataclass(frozen=True, slots=True)
class Danger:
    """`kinds`: the most urgent first. `numbers`: whom to call, the emergency number first; empty where a community has set none.
    `advice` is empty where the danger only comes near."""

    kinds: tuple[DangerKind, ...]
    numbers: tuple[CrisisNumber, ...]
    advice: tuple[Advice, ...]
    level: DangerLevel = DangerLevel.SAID


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


def danger_near(text: str, concepts: Sequence[UsedConcept], community: Community) -> Danger | None:
    """What to show in one line where no phrase was heard; None where the need understood first lies beside no danger."""
    kind = kind_near(text, concepts)
    return Danger((kind,), community.numbers_for((kind.value,)), (), DangerLevel.NEAR) if kind else None


def kind_near(text: str, concepts: Sequence[UsedConcept]) -> DangerKind | None:
    """The danger that the need understood first lies beside, unless the words say that something else is spoken of."""
    kind = danger_beside(concepts[0].category, concepts[0].sure) if concepts else None
    return None if kind is None or is_quiet(text) else kind
