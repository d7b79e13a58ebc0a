"""Read a request: what of its text is time, what is place, what is left as words; and every understood or chosen thing as a chip."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from directory.domain.community import Community
from directory.domain.errors import InvalidInput
from directory.domain.meaning.concepts import rank
from directory.domain.place import KnownPlace, PlaceAnswer
from directory.services.finding.concepts import Ranker, UsedConcept, find_concepts
from directory.services.finding.moments import asked_moment, this_minute
from directory.services.finding.phrases import Word, fold, words_of
from directory.services.finding.request import FindRequest
from directory.services.finding.results import Chip, ChipKind
from directory.services.finding.times import TimeFound, find_time
from directory.services.finding.whereabouts import Lookup, PlaceFound, find_here, find_place
from search_index.query import OpenAt


@dataclass(frozen=True, slots=True)
class Understood:
    """A request, read. `place_question` is set when a place was named that is ambiguous or not known."""

    words: str
    place: KnownPlace | None
    place_question: PlaceAnswer | None
    open_at: OpenAt | None
    is_now: bool
    within_km: float | None
    chips: tuple[Chip, ...]
    concepts: tuple[UsedConcept, ...] = ()


def understand(request: FindRequest, community: Community, lookup: Lookup, now: datetime, ranked: Ranker = rank) -> Understood:
    """Fields of the form win over words of the text: a place chosen in the form leaves "near 19104" in the text as a chip only if it was
    read, never as a second place. Raise `InvalidInput` naming the field that cannot be read."""
    chips: list[Chip] = []
    words = words_of(request.text)
    words, time_found = _take_time(words, request, _wall_clock(now, community.zone))
    place, question = _place_of_form(request, lookup)
    words, place_found = _take_place(words, request, lookup, wanted=not request.near)
    if place_found is not None:
        place = place_found.answer.place
        question = None if place else place_found.answer
    if place is not None and place.zone:
        _, time_found = _take_time(words_of(request.text), request, _wall_clock(now, place.zone))  # "today" is the day over there
    if place is not None:
        chips.append(_place_chip(place, place_found, request))
    open_at, is_now = asked_moment(request, now) if request.open_at else (None, False)
    if open_at is None and time_found is not None:
        open_at, is_now = (OpenAt(this_minute(now)) if time_found.now else time_found.open_at), time_found.now
        chips.append(_time_chip(open_at, is_now, time_found))
    elif open_at is not None:
        chips.append(Chip(ChipKind.TIME, "open_at", _moment_data(open_at, is_now), field="open_at"))
    concepts = find_concepts(_without_place(request.text, place_found), request.locale, request.ignore, ranked)
    chips.extend(_concept_chip(concept) for concept in concepts)
    within_km = _within(request, community, place)
    if place is not None and within_km is not None:
        chips.append(Chip(ChipKind.DISTANCE, "within", {"km": within_km}, field="within_km"))
    chips.extend(_facet_chips(request))
    return Understood(
        words=" ".join(word.typed for word in words),
        place=place,
        place_question=question,
        open_at=open_at,
        is_now=is_now,
        within_km=within_km,
        chips=tuple(chips),
        concepts=concepts,
    )


def _wall_clock(now: datetime, zone: str) -> datetime:
    return now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)


def _take_time(words: tuple[Word, ...], request: FindRequest, local_now: datetime) -> tuple[tuple[Word, ...], TimeFound | None]:
    found = find_time(words, local_now)
    if found is None or f"{ChipKind.TIME}:{fold(found.phrase)}" in request.ignore:
        return words, None
    return words[: found.first] + words[found.last :], found


def _place_of_form(request: FindRequest, lookup: Lookup) -> tuple[KnownPlace | None, PlaceAnswer | None]:
    if not request.near.strip():
        return None, None
    answer = lookup(request.near.strip())
    return answer.place, None if answer.place else answer


def _take_place(
    words: tuple[Word, ...], request: FindRequest, lookup: Lookup, *, wanted: bool
) -> tuple[tuple[Word, ...], PlaceFound | None]:
    here = find_here(words)
    if here is not None:
        words = words[: here[0]] + words[here[1] :]
    text = " ".join(word.typed for word in words)
    words = words_of(text)
    found = find_place(text, words, lookup) if wanted and text else None
    if found is None or f"{ChipKind.PLACE}:{fold(found.phrase)}" in request.ignore:
        return words, None
    return words[: found.first] + words[found.last :], found


def _without_place(text: str, found: PlaceFound | None) -> str:
    """Words of time stay: who needs to sleep somewhere *tonight* needs a shelter."""
    return text.replace(found.phrase, " ", 1) if found is not None else text


def _place_chip(place: KnownPlace, found: PlaceFound | None, request: FindRequest) -> Chip:
    data: dict[str, object] = {"name": place.name, "region": place.region, "kind": str(place.point.kind), "radius_m": place.point.radius_m}
    if found is None:
        return Chip(ChipKind.PLACE, "near", data, words=request.near, field="near")
    return Chip(ChipKind.PLACE, "near", data, words=found.phrase, key=f"{ChipKind.PLACE}:{fold(found.phrase)}")


def _time_chip(open_at: OpenAt, is_now: bool, found: TimeFound) -> Chip:
    return Chip(ChipKind.TIME, "open_at", _moment_data(open_at, is_now), words=found.phrase, key=f"{ChipKind.TIME}:{fold(found.phrase)}")


def _concept_chip(concept: UsedConcept) -> Chip:
    data: dict[str, object] = {"category": concept.category, "score": round(concept.sure, 2)}
    return Chip(ChipKind.CONCEPT, "concept", data, words=concept.words, key=concept.key)


def _moment_data(open_at: OpenAt, is_now: bool) -> dict[str, object]:
    return {"now": is_now, "start": open_at.start, "end": open_at.end}


def _within(request: FindRequest, community: Community, place: KnownPlace | None) -> float | None:
    if request.within_km is None:
        return community.default_within_km if place is not None else None
    if request.within_km < 0 or request.within_km != request.within_km:
        raise InvalidInput("within_km", "The distance (within_km) must be a number of kilometres, 0 for any distance.")
    return request.within_km or None


def _facet_chips(request: FindRequest) -> list[Chip]:
    return [
        Chip(ChipKind.FACET, "facet", {"facet": str(facet), "value": value}, field=str(facet))
        for facet, values in request.selections.items()
        for value in values
    ]
