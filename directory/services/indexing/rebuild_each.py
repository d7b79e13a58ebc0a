"""Build every index anew that this host keeps: one that cannot be built just now holds up no other, and is left to its worker."""

from dataclasses import dataclass

from directory.domain.errors import NotFound, Unavailable
from directory.services.indexing.parked import ask_for_rebuild
from directory.services.indexing.rebuild import Progress, no_progress, rebuild_index
from directory.services.parts import Parts
from search_index.port import CannotSearch, WriterBusy


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`why_not` says what kept an index from being built; then its worker has been asked to."""

    consumer: str
    services: int = 0
    generation: str | None = None
    why_not: str = ""


def rebuild_each(parts: Parts, actor: str, progress: Progress = no_progress, only: str = "") -> tuple[Rebuilt, ...]:
    """The one named `only`, or all. Raise `NotFound` for one that this host does not keep, and what went wrong when none could be built."""
    done: list[Rebuilt] = []
    errors: list[CannotSearch | Unavailable | WriterBusy] = []
    for each in chosen_indexes(parts, only):
        try:
            report = rebuild_index(each, progress=progress)
        except (CannotSearch, Unavailable, WriterBusy) as error:
            errors.append(error)
            done.append(Rebuilt(each.consumer, why_not=str(error)))
        else:
            done.append(Rebuilt(each.consumer, report.services, report.generation))
    if len(errors) == len(done):
        raise errors[0]
    for left in (rebuilt for rebuilt in done if rebuilt.why_not):
        _ask(parts, left.consumer, actor)
    return tuple(done)


def chosen_indexes(parts: Parts, only: str = "") -> tuple[Parts, ...]:
    """The index of that name, or all that this host keeps. Raise `NotFound`."""
    kept = parts.each_index()
    found = tuple(each for each in kept if only in ("", each.consumer))
    if not found:
        names = " and ".join(each.consumer for each in kept)
        raise NotFound(f"This host keeps no index named {only}; it keeps {names}.")
    return found


def _ask(parts: Parts, consumer: str, actor: str) -> None:
    try:
        ask_for_rebuild(parts, actor, consumer)
    except NotFound:  # one that was never registered is built without being asked for
        return
