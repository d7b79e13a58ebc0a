"""Reads the part of a mapping that describes one value. What may stand there is said in docs/import-mapping.md."""

from typing import Any

from directory.services.exchange.readers.mapping_errors import Findings
from directory.services.exchange.readers.mapping_values import (
    AllOf,
    Column,
    Condition,
    Constant,
    Derived,
    First,
    Hours,
    Item,
    Lookup,
    Steps,
    Template,
    Text,
    Value,
)

SOURCES = ("column", "constant", "template", "first", "text", "lookup", "derived", "hours", "item")
STEPS = ("only_if", "split", "as", "map", "otherwise", "join")
_BESIDE = {"lookup": ("by", "matching", "take"), "text": ("joined_by",)}
CONDITION_WORDS = ("column", "value", "is", "is_not", "one_of", "none_of", "lists_all", "filled")
_YAML_BOOLEAN = "write yes, no, true and false in quotes: YAML reads them as truth values, not as words."
_NOTHING = Constant("")


def column_name(text: str) -> str:
    """The name of a column as the reader of tables gives it: one space between words."""
    return " ".join(text.split())


class ValueGrammar:
    """Reads values and conditions; what is wrong goes to `findings`, and an empty constant stands in for it. `files` are the names that
    the mapping gives to the files of the feed."""

    def __init__(self, findings: Findings, files: frozenset[str]) -> None:
        self._findings = findings
        self._files = files
        self.joins: set[tuple[str, str]] = set()
        """(file, column) for each look-up in another file."""

    def value(self, data: Any, path: str) -> Value:
        if isinstance(data, str):
            return Column(column_name(data))
        if isinstance(data, list):
            return AllOf(tuple(self.value(one, f"{path}[{position}]") for position, one in enumerate(data)))
        if not isinstance(data, dict):
            self._findings.add(path, "a value is the name of a column, or one of " + ", ".join(SOURCES) + ".")
            return _NOTHING
        sources = [name for name in SOURCES if name in data]
        if len(sources) != 1:
            self._findings.add(path, f"a value has exactly one of {', '.join(SOURCES)}; here are {len(sources)}.")
        for name in sorted(data.keys() - {*SOURCES, *STEPS, *(_BESIDE.get(sources[0], ()) if sources else ())}):
            self._findings.add_unknown(path, name, (*SOURCES, *STEPS), "a word of a value")
        if len(sources) != 1:
            return _NOTHING
        return self._with_steps(self._source(sources[0], data, path), data, path)

    def _source(self, name: str, data: dict[str, Any], path: str) -> Value:
        inside = f"{path}.{name}"
        given = data[name]
        if name == "constant":
            return Constant(given if isinstance(given, bool) else str(given))
        if name == "item":
            return Item()
        if name in ("first", "derived"):
            values = tuple(self.value(one, f"{inside}[{position}]") for position, one in enumerate(self.list_of(given, inside)))
            return First(values) if name == "first" else Derived(values)
        if name == "text":
            return self._text(data, inside)
        if name == "lookup":
            return self._lookup(data, path)
        if name == "hours":
            return self._hours(given, inside)
        word = self.word(given, inside)
        return Template(word) if name == "template" else Column(column_name(word))

    def _text(self, data: dict[str, Any], path: str) -> Value:
        pieces: list[tuple[str, Value]] = []
        for position, piece in enumerate(self.list_of(data["text"], path)):
            inside = f"{path}[{position}]"
            if isinstance(piece, dict) and "label" in piece:
                rest = {name: value for name, value in piece.items() if name != "label"}
                pieces.append((self.word(piece["label"], f"{inside}.label"), self.value(rest.get("value", rest), inside)))
            else:
                pieces.append(("", self.value(piece, inside)))
        return Text(tuple(pieces), str(data.get("joined_by", "\n")))

    def _lookup(self, data: dict[str, Any], path: str) -> Value:
        file = self.word(data["lookup"], f"{path}.lookup")
        if file not in self._files:
            self._findings.add_unknown(f"{path}.lookup", file, self._files, "a name under files")
        missing = [name for name in _BESIDE["lookup"] if name not in data]
        if missing:
            self._findings.add(path, f"a lookup also needs {' and '.join(missing)}.")
            return _NOTHING
        matching = column_name(self.word(data["matching"], f"{path}.matching"))
        self.joins.add((file, matching))
        return Lookup(file, self.value(data["by"], f"{path}.by"), matching, self.value(data["take"], f"{path}.take"))

    def _hours(self, given: Any, path: str) -> Value:
        if not isinstance(given, dict) or not given.keys() <= {"text", "opens", "closes"}:
            self._findings.add(path, "hours has text, opens and closes, each a value.")
            return _NOTHING
        text, opens, closes = (
            self.value(given[name], f"{path}.{name}") if name in given else _NOTHING for name in ("text", "opens", "closes")
        )
        return Hours(text, opens, closes)

    def _with_steps(self, value: Value, data: dict[str, Any], path: str) -> Value:
        if not data.keys() & set(STEPS):
            return value
        convert = str(data.get("as", ""))
        if convert not in ("", "yes_no", "number"):
            self._findings.add_unknown(f"{path}.as", convert, ("yes_no", "number"), "a way to read a value")
        otherwise = str(data.get("otherwise", "report"))
        if otherwise not in ("report", "keep", "leave_out"):
            self._findings.add_unknown(f"{path}.otherwise", otherwise, ("report", "keep", "leave_out"), "a way to treat other words")
        return Steps(
            value,
            only_if=self.condition(data["only_if"], f"{path}.only_if") if "only_if" in data else None,
            split=tuple(str(one) for one in self.list_of(data.get("split", []), f"{path}.split")),
            convert=convert,
            mapped=self._value_map(data["map"], f"{path}.map") if "map" in data else None,
            otherwise=otherwise,
            join=str(data["join"]) if "join" in data else None,
            says=value.says or "only_if" in data,
        )

    def _value_map(self, given: Any, path: str) -> dict[str, list[str]]:
        if not isinstance(given, dict):
            self._findings.add(path, "a value map lists words of the file with the words to use instead.")
            return {}
        return {
            " ".join(self.word(word, path).casefold().split()): [self.word(one, f"{path}.{word}") for one in self.list_of(used, path)]
            for word, used in given.items()
        }

    def condition(self, data: Any, path: str) -> Condition:
        if not isinstance(data, dict) or ("column" in data) == ("value" in data):
            self._findings.add(
                path, "a condition names a column (or a value) and what it is: is, is_not, one_of, none_of, lists_all or filled."
            )
            return Condition(_NOTHING)
        tests = data.keys() - {"column", "value"}
        for name in sorted(tests - set(CONDITION_WORDS)):
            self._findings.add_unknown(path, name, CONDITION_WORDS, "a word of a condition")
        if not tests:
            self._findings.add(path, "a condition says what the column is: is, is_not, one_of, none_of, lists_all or filled.")
        filled = data.get("filled")
        return Condition(
            self.value(data.get("value", data.get("column")), path),
            one_of=self._words(data, ("is", "one_of"), path),
            none_of=self._words(data, ("is_not", "none_of"), path),
            lists_all=self._words(data, ("lists_all",), path),
            filled=None if filled is None else str(filled).lower() in ("true", "yes"),
        )

    def _words(self, data: dict[str, Any], names: tuple[str, ...], path: str) -> frozenset[str]:
        given = [one for name in names if name in data for one in self.list_of(data[name], f"{path}.{name}")]
        return frozenset(self.word(one, path).casefold() for one in given)

    def list_of(self, given: Any, path: str) -> list[Any]:
        """A list; one thing alone counts as a list of one."""
        if isinstance(given, dict):
            self._findings.add(path, "a list is wanted here.")
            return []
        return given if isinstance(given, list) else [given]

    def word(self, given: Any, path: str) -> str:
        if isinstance(given, bool):
            self._findings.add(path, _YAML_BOOLEAN)
        elif not isinstance(given, str | int | float):
            self._findings.add(path, "a word is wanted here.")
        return str(given)
