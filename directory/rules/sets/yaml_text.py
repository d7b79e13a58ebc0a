"""YAML as far as rules need it: objects, lists, texts, numbers, true, false, null.

Values are made from the events of the parser, one by one: nothing is composed, no tag makes an object, and what is nested too deep, stands
for something else (`*name`) or is said twice ends the reading where it stands. Plain words are read as YAML 1.2 has them: `yes`, `no`,
`on`, 010, 1:30 and 2027-01-31 are what they look like, and never a truth, another number or a date.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from directory.domain.errors import InvalidInput
from directory.domain.sentences import Sentence, say
from directory.rules.sets.sizes import MOST_DEPTH, MOST_LISTED, shown

MOST_NODES = 8_000
"""Values in one text: more than 64 kB of real rules hold. Each is an event of the parser, which takes its time."""

_SAID = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
}
_WHOLE = re.compile(r"[-+]?[0-9]{1,30}")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]{1,30}|[0-9]{1,30}(?:\.[0-9]{0,30})?)(?:[eE][-+]?[0-9]{1,3})?")
_NONE_AT_ALL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NOTHING_YET: Any = object()


class WrongYaml(InvalidInput):
    """`line` counts from 1; 0 where it is not known."""

    def __init__(self, sentence: Sentence, line: int) -> None:
        super().__init__(say("line %(line)s", line=line) if line else "", sentence)
        self.line = line


@dataclass(slots=True)
class _Open:
    """An object (`is_named`) or a list that has begun: `name` is the name in an object whose value comes next."""

    value: Any
    is_named: bool
    name: Any = _NOTHING_YET


def read_yaml(text: str) -> Any:
    """The one document of a text. Raise `WrongYaml`. Whoever calls bounds the size of the text."""
    reading = _Reading()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reading.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = say("This cannot be read as YAML; look at its indentation, quotes and brackets.")
        raise WrongYaml(said, mark.line + 1 if mark else 0) from None
    return None if reading.found is _NOTHING_YET else reading.found


class _Reading:
    def __init__(self) -> None:
        self.found: Any = _NOTHING_YET
        self._open: list[_Open] = []
        self._count = 0

    def take(self, event: Any) -> None:
        sort = type(event)
        if sort is yaml.ScalarEvent:
            self._node(event)
            self._put(event, value_of(event) if event.implicit[0] else event.value)
        elif sort is yaml.MappingStartEvent or sort is yaml.SequenceStartEvent:
            self._begin(event)
        elif sort is yaml.MappingEndEvent or sort is yaml.SequenceEndEvent:
            self._open.pop()
        elif sort is yaml.AliasEvent:
            raise _wrong(event, say("Rules use no aliases (*name); write the part out again."))
        elif sort is yaml.DocumentStartEvent and self.found is not _NOTHING_YET:
            raise _wrong(event, say("A file holds one rule set; put the second (after ---) in a file of its own."))

    def _begin(self, event: Any) -> None:
        self._node(event)
        if self._open and self._open[-1].is_named and self._open[-1].name is _NOTHING_YET:
            raise _wrong(event, say("The names in an object are texts; put them in quotes."))
        if len(self._open) >= MOST_DEPTH:
            raise _wrong(event, say("Objects and lists are nested at most %(most)s deep.", most=MOST_DEPTH))
        is_named = type(event) is yaml.MappingStartEvent
        value: Any = {} if is_named else []
        self._put(event, value)
        self._open.append(_Open(value, is_named))

    def _node(self, event: Any) -> None:
        self._count += 1
        if self._count > MOST_NODES:
            raise _wrong(event, say("A rule set in YAML holds at most %(most)s values; this has more.", most=MOST_NODES))
        if event.anchor is not None:
            raise _wrong(event, say("Rules use no anchors (&name); write the part out again."))
        if event.tag is not None:
            raise _wrong(event, say("Rules use no tags (!name); write the value plainly."))

    def _put(self, event: Any, value: Any) -> None:
        if not self._open:
            self.found = value
            return
        holder = self._open[-1]
        if len(holder.value) >= MOST_LISTED:
            raise _wrong(event, say("An object or a list holds at most %(most)s values; this has more.", most=MOST_LISTED))
        if not holder.is_named:
            holder.value.append(value)
        elif holder.name is _NOTHING_YET:
            if event.value in holder.value:
                raise _wrong(event, say('"%(name)s" is said twice in one object; keep one of them.', name=shown(event.value)))
            holder.name = event.value
        else:
            holder.value[holder.name], holder.name = value, _NOTHING_YET


def value_of(event: Any) -> Any:
    """What a plain word is."""
    found = plain_value(event.value)
    if found is _NOTHING_YET:
        raise _wrong(event, say("NaN and Infinity are no numbers that a rule can compare with."))
    return found


def plain_value(word: str) -> Any:
    """The same of a word alone."""
    if word in _SAID:
        return _SAID[word]
    if word[0] not in "+-.0123456789":
        return word
    if _WHOLE.fullmatch(word):
        return int(word)
    if _NUMBER.fullmatch(word):
        return float(word)
    return _NOTHING_YET if _NONE_AT_ALL.fullmatch(word) else word


def _wrong(event: yaml.Event, sentence: Sentence) -> WrongYaml:
    return WrongYaml(sentence, event.start_mark.line + 1 if event.start_mark else 0)


def write_yaml(value: Any) -> str:
    """The text; read again it is the same value."""
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120))


class _Dumper(yaml.CSafeDumper):
    """Quotes every text that would be read as something else."""


def _text(dumper: yaml.CSafeDumper, text: str) -> yaml.Node:
    style = None if plain_value(text) is text else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
