"""Whether words are a condition, a preference, no matter here, or who is turned away."""

from collections.abc import Sequence

from directory.rules.reading.found import Condition, Found, Subject, is_
from directory.rules.reading.languages.pack import Language
from directory.rules.reading.text import Reading

_PAIRS = (("lt", "gte"), ("lte", "gt"), ("in", "not_in"), ("has_any", "has_none"))
_OPPOSITE = dict(_PAIRS) | {other: one for one, other in _PAIRS}
_NEAR, _FAR = 60, 400
"""Characters before words that are looked at."""


def weighed(reading: Reading, found: Sequence[Found], language: Language) -> list[Found]:
    """Each with its strength, without what does not matter, and turned round where the text turns these people away.

    Where it turns away people who are several things at once (*boys over 14*), nothing is suggested of them.
    """
    kept: list[Found] = []
    for chain in _chains(reading, found, language):
        if any(_refused(reading, each, language) for each in chain):
            opposite = turned_round(chain[0].when) if len(chain) == 1 else None
            if opposite is not None:
                kept.append(Found(chain[0].start, chain[0].end, opposite, Subject.OTHER, chain[0].own))
            continue
        kept += [each for one in chain if (each := _of_strength(reading, one, language)) is not None]
    return kept


def _chains(reading: Reading, found: Sequence[Found], language: Language) -> list[list[Found]]:
    """Findings with nothing but small words between them."""
    chains: list[list[Found]] = []
    for each in sorted(found, key=lambda one: one.own):
        last = chains[-1][-1] if chains else None
        near = last is not None and reading.sentence(last.own) == reading.sentence(each.own) and _adjacent(reading, last, each, language)
        if near:
            chains[-1].append(each)
        else:
            chains.append([each])
    return chains


def _adjacent(reading: Reading, one: Found, other: Found, language: Language) -> bool:
    between = reading.tokens[reading.token_at(one.end - 1) + 1 : reading.token_at(other.own)]
    return all(token.folded in language.joining for token in between)


def _refused(reading: Reading, found: Found, language: Language) -> bool:
    before, after = reading.before(found.start, _NEAR), reading.after(found.end, 40)
    return language.not_before.search(before) is not None or language.not_after.match(after) is not None


def _of_strength(reading: Reading, found: Found, language: Language) -> Found | None:
    before, after = reading.before(found.start, 140), reading.after(found.end, 60)
    if found.refused_only or language.whatever.search(before[-_NEAR:]) or _in_passing(reading, found, language):
        return None
    return found.softened() if language.soft.search(before) or language.soft_after.match(after) else found


def _in_passing(reading: Reading, found: Found, language: Language) -> bool:
    """The sentence speaks of another program, or of some of those who may come."""
    if found.subject is Subject.PLACE:
        return False
    start, _ = reading.sentence(found.own)
    if language.aside_after.match(reading.after(found.end, 60)):
        return True
    return language.aside.search(reading.text[start : found.own][-_FAR:]) is not None


def turned_round(when: Condition) -> Condition | None:
    """What holds for everybody but these; None where that says nothing, as with words that have no figure."""
    if "op" not in when:
        return {"not": when}
    if when["op"] == "is":
        return is_(when["field"], "is", not when["value"])
    op = _OPPOSITE.get(when["op"])
    return None if op is None or when["field"] == "area" else is_(when["field"], op, when["value"])
