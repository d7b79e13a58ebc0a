"""Who else may help: the partners that the community's rules suggest for a need, as results that cards and forms show. There is one way to
choose (`directory.services.suggesting`)."""

from directory.services.finding.results import FoundService
from directory.services.parts import Parts
from directory.services.suggesting.signals import Candidate
from directory.services.suggesting.suggest import suggest_for_need

MOST = 3


def alternatives(parts: Parts, need_id: str, most: int = MOST) -> tuple[FoundService, ...]:
    """In the order in which they are suggested; none while nothing can be searched. The need exists."""
    return tuple(as_found(each.candidate) for each in suggest_for_need(parts, need_id).shown[:most])


def as_found(candidate: Candidate) -> FoundService:
    """A candidate as the result of a search."""
    serves = candidate.signals.get("access.serves_area")
    return FoundService(
        listing=candidate.listing,
        place=candidate.place,
        access=candidate.access,
        distance_km=candidate.metres / 1000 if candidate.metres is not None else None,
        serves_here=serves if isinstance(serves, bool) else None,
        assessment=candidate.assessment,
    )
