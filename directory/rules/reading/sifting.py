"""Leaves out what other words of the text already say better."""

from collections.abc import Sequence
from dataclasses import replace

from directory.rules.reading.found import RELATIVES, Condition, Found, Subject, all_of, atoms_of, is_
from directory.rules.reading.languages.pack import Language
from directory.rules.reading.text import Reading, Taken

_FAMILY = {"veteran": "family", "justice": "family_member"}
_NEAR = 8
"""Findings before *their families* among which those are whose families they are."""
_NEXT_TO = 12
"""Characters between a word for an age and its figure: `youth (ages 13 to 17)`."""
_CHILD = (("household", "has_any", ["children"]), ("parent", "is", True))


def without_overlaps(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """Of findings that stand on the same words, the one with a figure or the longer one.

    A place may hold words for people: `low-income Ottawa residents`.
    """
    places, others = Taken(len(reading.text)), Taken(len(reading.text))
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: (one.subject is Subject.PEOPLE, one.subject is Subject.PLACE, one.own - one.end)):
        if others.any(each.own, each.end) or (each.subject is not Subject.PEOPLE and places.any(each.own, each.end)):
            continue
        kept.append(each)
        (places if each.subject is Subject.PLACE else others).take(each.own, each.end)
    return sorted(kept, key=lambda one: one.own)


def with_relatives(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """`Veterans and their families`: whose families these are; left out where a family makes no difference."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: one.own):
        if each.when is not RELATIVES:
            kept.append(each)
            continue
        sentence = reading.sentence(each.own)
        of = next((one for one in reversed(kept[-_NEAR:]) if reading.sentence(one.own) == sentence and one.fields <= set(_FAMILY)), None)
        if of is not None:
            field = min(of.fields)
            kept.append(replace(each, when=is_(field, "has_any", [_FAMILY[field]])))
    return kept


def with_their_parents(reading: Reading, found: Sequence[Found], language: Language) -> list[Found]:
    """`Pregnant women or women with children under 5`: the women on the right of the *or* go with the age of their children."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: one.own):
        before = reading.token_at(each.start) - 1
        if each.subject is Subject.AGE and each.start < each.own and before >= 0 and reading.tokens[before].folded in language.or_words:
            inside: list[Found] = []
            while kept and kept[-1].own >= each.start and kept[-1].subject is Subject.PEOPLE:
                inside.insert(0, kept.pop())
            parts = [part for one in inside if not one.vague_age for part in atoms_of(one.when)]
            parts = [part for part in parts if not any(_is(part, said) for said in _CHILD)]
            own = inside[0].own if inside else each.own
            each = replace(each, own=own, when=all_of([*parts, *each.when.get("all", [each.when])]))
        kept.append(each)
    return kept


def without_superfluous(found: Sequence[Found], language: Language) -> list[Found]:
    """A figure makes words without one superfluous; what was said before is not said again."""
    fields = {(atom["field"], atom["op"] == "meets") for each in found for atom in atoms_of(each.when)}
    aged, graded, child = ("age", False) in fields, ("grade", False) in fields, ("child.age", False) in fields
    members = [each for each in found if "household_member.age" in each.fields]
    kept: list[Found] = []
    begins: tuple[int, int] | None = None  # of a word left out: `seniors 65 and over` begins with *seniors*
    for each in found:
        if begins is not None and each.subject is Subject.AGE and each.start - begins[1] <= _NEXT_TO:
            each = replace(each, start=min(begins[0], each.start))
        begins = (each.own, each.end) if each.vague_age else None
        if each.vague_age and (aged or graded or (child and language.age_class(str(each.when["value"])) in {"children", "youth"})):
            continue
        if graded and _is(each.when, ("student", "is", True)):
            continue
        if any(_is(each.when, said) for said in _CHILD) and (child or any(one.start <= each.own < one.own for one in members)):
            continue
        kept.append(_lighter(each, aged, child))
    return kept


def _lighter(found: Found, aged: bool, child: bool) -> Found:
    """`Single adults` beside an age in figures are people alone, `women with children` beside that of a child are women."""
    parts = found.when.get("all", [])
    left = [part for part in parts if not (aged and part.get("field") == "age" and part.get("op") == "meets")]
    left = [part for part in left if not (child and any(_is(part, said) for said in _CHILD))]
    return found if len(left) in {0, len(parts)} else replace(found, when=all_of(left))


def _is(when: Condition, said: tuple[str, str, object]) -> bool:
    return (when.get("field"), when.get("op"), when.get("value")) == said


def said_once(found: Sequence[Found], language: Language) -> list[Found]:
    """Each condition the first time that the text says it."""
    said: set[str] = set()
    kept = []
    for each in sorted(found, key=lambda one: (one.soft, one.start)):
        names = {name for atom in atoms_of(each.when) for name in _names(atom, language)}
        if not names <= said:
            kept.append(_without_said(each, said, language))
            said |= names
    return sorted(kept, key=lambda one: one.start)


def _without_said(found: Found, said: set[str], language: Language) -> Found:
    """`Men. Single men` are men, and alone."""
    parts = found.when.get("all", [])
    left = [part for part in parts if "op" in part and not _names(part, language) <= said]
    return replace(found, when=all_of(left)) if left and len(left) < len(parts) else found


def _names(atom: Condition, language: Language) -> set[str]:
    """The condition by each of its values, to tell whether it was said before."""
    values = atom["value"] if isinstance(atom["value"], list) else [atom["value"]]
    if atom["field"] == "age" and atom["op"] == "meets":
        values = [language.age_class(str(value)) for value in values]
    return {f"{atom['field']} {atom['op']} {value}".casefold() for value in values}
