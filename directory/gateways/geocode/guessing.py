"""Misspelt names: which known names are within a slip or two of what was typed (optimal string alignment: a swap counts as one)."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.gateways.geocode.choosing import Candidate
from directory.gateways.geocode.reader import GazetteerReader
from directory.gateways.geocode.reading import NameReading

SHORTEST = 5  # signs; shorter words are too near to too many names
TWO_SLIPS_FROM = 9
OTHER_START_FROM = 7
SUGGESTION_SHARE = 0.75
LEAST_PEOPLE_GUESSED = 1_000


def misspelt(reader: GazetteerReader, reading: NameReading) -> list[Candidate]:
    """Places whose name is a slip away from the reading's, only the closest spellings; each says how many `edits` it took."""
    if len(reading.key) < SHORTEST or reading.guessed:
        return []
    near = process.extract(reading.key, reader.spellings, scorer=OSA.distance, score_cutoff=2, limit=None)
    return _closest(reader, reading, {key: int(edits) for key, edits, _ in near if 0 < edits <= allowed_edits(reading.key, key)})


def allowed_edits(typed: str, known: str) -> int:
    """Slips allowed between two keys: one, two in names of nine signs or more; none in the first sign of a short name."""
    if typed[0] != known[0] and min(len(typed), len(known)) < OTHER_START_FROM:
        return 0
    return 2 if min(len(typed), len(known)) >= TWO_SLIPS_FROM and typed[0] == known[0] else 1


def _closest(reader: GazetteerReader, reading: NameReading, possible: dict[str, int]) -> list[Candidate]:
    for edits in sorted(set(possible.values())):
        keys = [key for key, count in possible.items() if count == edits]
        found = [
            Candidate(candidate.place, candidate.population, candidate.rank, edits)
            for key in keys
            for candidate in reader.named(key)
            if lies(candidate, reading) and candidate.population >= LEAST_PEOPLE_GUESSED
        ]
        if found:
            return found
    return []


def near_names(reader: GazetteerReader, key: str, limit: int) -> list[Candidate]:
    """Places with names roughly like this one, for a person to choose from; never taken without asking."""
    if len(key) < SHORTEST:
        return []
    near = process.extract(key, reader.spellings, scorer=OSA.normalized_similarity, score_cutoff=SUGGESTION_SHARE, limit=3 * limit)
    found = {
        candidate.place.name: candidate
        for known, _, _ in near
        for candidate in reader.named(known)
        if candidate.rank and candidate.population >= LEAST_PEOPLE_GUESSED
    }
    return sorted(found.values(), key=lambda candidate: -candidate.people)[:limit]


def lies(candidate: Candidate, reading: NameReading) -> bool:
    """Whether a candidate lies where the reading says."""
    return not reading.where or any(where.holds(candidate.place.country, candidate.place.region) for where in reading.where)
