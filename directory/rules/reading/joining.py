"""Neighbours in a list of kinds of people are one group: any of them will do.

*Or* joins whatever stands on its two sides. A comma or *and* joins words for people only: `veterans, seniors and students` are three
kinds of people, `women, 18 and over` are women who are of age.
"""

from collections.abc import Sequence

from directory.rules.reading.found import Condition, Found, Subject, atoms_of
from directory.rules.reading.languages.pack import Language
from directory.rules.reading.text import Reading

_SETS = frozenset({"has_any", "in"})
_MOST = 30
"""Members of one group."""
_ABOUT_EVERYBODY = frozenset({"gender", "household", "age"})


def joined(reading: Reading, found: Sequence[Found], language: Language) -> list[Found]:
    """Groups in place of their members, in the order of the text. A group that is everybody, as women and men, is left out."""
    groups: list[list[Found]] = []
    for each in sorted(found, key=lambda one: (one.own, -one.end)):
        if groups and len(groups[-1]) < _MOST and _joins(reading, groups[-1][-1], each, language):
            groups[-1].append(each)
        else:
            groups.append([each])
    kept, all_genders = [], False
    for group in (part for whole in groups for part in _split_where_all_must_hold(reading, whole, language)):
        members, everybody = _without_everybody(group, language)
        members = [one for one in members if not (all_genders and one.fields == {"gender"})]
        all_genders = all_genders or everybody
        if members:
            kept.append(_one(members))
    return kept


def _split_where_all_must_hold(reading: Reading, group: list[Found], language: Language) -> list[list[Found]]:
    """`Must be unemployed and a student` is two conditions, `must be unemployed or a student` is one; `low-income, homeless` is both."""
    words = {token.folded for token in reading.tokens[reading.token_at(group[0].own) : reading.token_at(group[-1].own)]}
    if len(group) == 1 or words & language.or_words:
        return [group]
    must = language.each_of.search(reading.before(group[0].own)) is not None
    alike = all(each.fields <= _ABOUT_EVERYBODY for each in group) or len({each.fields for each in group}) == 1
    only_commas = not words & language.and_words and not alike
    return [[each] for each in group] if must or only_commas else [group]


def _joins(reading: Reading, one: Found, other: Found, language: Language) -> bool:
    behind = other.start if other.start >= one.end else other.own
    if one.soft != other.soft or behind < one.end or reading.sentence(one.start) != reading.sentence(other.start):
        return False
    if {one.subject, other.subject} & {Subject.PLACE, Subject.OTHER}:
        return False
    behind = _behind_joining(reading, behind, other.end, language)
    between = [
        token.folded for token in reading.tokens[reading.token_at(one.end - 1) + 1 : reading.token_at(behind)] if token.folded not in "()"
    ]
    if any(word not in language.joining for word in between) or not between:
        return False
    if any(word in language.or_words for word in between):
        return True
    of_people = one.subject is Subject.PEOPLE and other.subject is Subject.PEOPLE
    return of_people and any(word == "," or word in language.and_words for word in between)


def _behind_joining(reading: Reading, start: int, end: int, language: Language) -> int:
    """The start of words without the small words that they may begin with: `and their families`."""
    for place in range(reading.token_at(start), len(reading.tokens)):
        token = reading.tokens[place]
        if token.start >= end or token.folded not in language.joining:
            return token.start if token.start < end else start
    return start


def _without_everybody(group: list[Found], language: Language) -> tuple[list[Found], bool]:
    """The group without words that together are everybody, and whether they were of both genders."""
    atoms = [atom for each in group for atom in atoms_of(each.when)]
    genders = {value for atom in atoms if atom["field"] == "gender" and atom["op"] == "in" for value in atom["value"]}
    vague = {language.age_class(str(atom["value"])) for atom in atoms if atom["field"] == "age" and atom["op"] == "meets"}
    both_genders = {"female", "male"} <= genders
    if len(group) > 1 and (both_genders or ({"children", "adults"} <= vague)):
        return [each for each in group if not each.fields <= _ABOUT_EVERYBODY], both_genders
    return group, False


def _one(members: list[Found]) -> Found:
    if len(members) == 1:
        return members[0]
    conditions = _merged(_absorbed([member.when for member in members]))
    when: Condition = conditions[0] if len(conditions) == 1 else {"any": conditions}
    return Found(members[0].start, max(member.end for member in members), when, Subject.OTHER, members[0].own, members[0].soft)


def _absorbed(conditions: list[Condition]) -> list[Condition]:
    """Without those that another of the group already holds: women, or women with children, are women."""
    return [each for each in conditions if not any(part in conditions for part in each.get("all", ()))]


def _merged(conditions: list[Condition]) -> list[Condition]:
    """One condition for the values of one set."""
    merged: list[Condition] = []
    for each in conditions:
        same = next(
            (one for one in merged if one.get("op") in _SETS and (one["field"], one["op"]) == (each.get("field"), each.get("op"))), None
        )
        if same is None:
            merged.append(dict(each))
        else:
            same["value"] = list(dict.fromkeys([*same["value"], *each["value"]]))
    return [each for number, each in enumerate(merged) if each not in merged[:number]]
