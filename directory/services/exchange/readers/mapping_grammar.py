"""The grammar of mapping files: which column of a table becomes which field of an HSDS record.

A mapping only names things: columns, fields, constants, templates, value maps, splits, look-ups in other files of the same folder. It
computes nothing, so a mapping from a stranger is as harmless as a table. It is read and checked apart from the import, so that whatever
works on any table of listings (a duplicate finder, a preview) can use it: `read_mapping` gives the rules, `mapping_records.make` applies
them to a row. What may stand in a mapping is told, with examples, in docs/import-mapping.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from directory.domain.errors import InvalidInput
from directory.services.exchange.readers.hsds_fields import FIELDS, PARTS, SINGLE_PARTS, names_of
from directory.services.exchange.readers.mapping_errors import Findings
from directory.services.exchange.readers.mapping_texts import ADDRESS_STYLES
from directory.services.exchange.readers.mapping_value_grammar import ValueGrammar, column_name
from directory.services.exchange.readers.mapping_values import Condition, Value
from directory.services.exchange.records import ROOT_KINDS

GRAMMAR_VERSION = 1
_TOP = ("grammar", "about", "not_known", "files", "records")
_FILE = ("file", "optional", "not_used")
_RECORD = ("kind", "from", "only_if", "fields")
_PART_WORDS = frozenset({"each", "only_if", "rows_of"})
_GROUPS = {"location": frozenset({"point"}), "address": frozenset({"one_line"})}
_POINT_ORDERS = ("lat_lon", "lon_lat")


@dataclass(frozen=True, slots=True)
class FileRule:
    """A file of the feed: `pattern` as in a shell ("*.csv"), columns that may be missing, and columns left out with the reason."""

    name: str
    pattern: str
    optional: frozenset[str] = frozenset()
    not_used: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PointRule:
    """One value that holds both coordinates, in this order."""

    value: Value
    order: str


@dataclass(frozen=True, slots=True)
class AddressRule:
    """One value that holds a whole address, written in this style."""

    value: Value
    style: str


@dataclass(frozen=True, slots=True)
class ObjectRule:
    """How an HSDS object of one kind is made of a row."""

    kind: str
    fields: tuple[tuple[str, Value], ...] = ()
    parts: tuple[tuple[str, tuple["PartRule", ...]], ...] = ()
    singles: tuple[tuple[str, "ObjectRule"], ...] = ()
    point: PointRule | None = None
    one_line: AddressRule | None = None


@dataclass(frozen=True, slots=True)
class PartRule:
    """How nested parts are made: one of the row, one for `each` piece of a value, or one for each row of another file that matches."""

    rule: ObjectRule
    each: Value | None = None
    only_if: Condition | None = None
    rows_of: tuple[str, str, Value] | None = None


@dataclass(frozen=True, slots=True)
class RecordRule:
    file: str
    rule: ObjectRule
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class MappingRules:
    """A checked mapping. `not_known` are words that stand for an empty cell, in small letters; `joins` the (file,
    column) pairs by which rows of other files are found."""

    files: dict[str, FileRule] = field(default_factory=dict)
    records: tuple[RecordRule, ...] = ()
    not_known: frozenset[str] = frozenset()
    joins: frozenset[tuple[str, str]] = frozenset()


def parse_mapping(text: str) -> dict[str, Any]:
    """The mapping file as plain data, every scalar a text (so that `Yes` stays the word Yes). Raises InvalidInput for what is not YAML.

    Aliases are refused: a few lines of them can stand for more than any machine holds.
    """
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.BaseLoader)):
            raise InvalidInput("mapping", "A mapping file may not use aliases (*name); write the part out again.")
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  the base loader makes texts, lists and maps, nothing else
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" on line {mark.line + 1}" if mark else ""
        raise InvalidInput("mapping", f"The mapping file cannot be read as YAML{line}; check its indentation and quotes.") from error
    except RecursionError:
        raise InvalidInput("mapping", "The mapping file is nested too deep.") from None
    if not isinstance(data, dict):
        raise InvalidInput("mapping", "A mapping file has grammar, files and records at its top.")
    return data


def read_mapping(data: dict[str, Any]) -> MappingRules:
    """The rules of a mapping. Raises InvalidInput with everything that is wrong, each with its path and the nearest right name."""
    rules, sentences = check_mapping(data)
    if sentences:
        raise InvalidInput("mapping", "The mapping cannot be used. " + " | ".join(sentences))
    return rules


def check_mapping(data: dict[str, Any]) -> tuple[MappingRules, list[str]]:
    """The rules as far as they can be read, and what is wrong, one sentence each."""
    findings = Findings()
    rules = _MappingReader(findings).read(data)
    return rules, findings.sentences


def _columns(names: Iterable[Any]) -> frozenset[str]:
    return frozenset(column_name(str(name)) for name in names)


class _MappingReader:
    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._files: dict[str, FileRule] = {}
        self._values = ValueGrammar(findings, frozenset())

    def read(self, data: dict[str, Any]) -> MappingRules:
        self._known_only(data, _TOP, "", "a part of a mapping")
        if str(data.get("grammar")) != str(GRAMMAR_VERSION):
            self._findings.add("grammar", f"write 'grammar: {GRAMMAR_VERSION}', the version that this program reads.")
        self._files = self._read_files(data.get("files"))
        self._values = ValueGrammar(self._findings, frozenset(self._files))
        records = self._values.list_of(data.get("records", []), "records")
        if not records:
            self._findings.add("records", "list at least one kind of record.")
        not_known = [str(word).casefold() for word in self._values.list_of(data.get("not_known", []), "not_known")]
        made = tuple(self._record(one, f"records[{position}]") for position, one in enumerate(records))
        return MappingRules(self._files, tuple(record for record in made if record), frozenset(not_known), frozenset(self._values.joins))

    def _read_files(self, data: Any) -> dict[str, FileRule]:
        if not isinstance(data, dict) or not data:
            self._findings.add("files", "give each file of the feed a name: 'places: {file: places.csv}'.")
            return {}
        files = {}
        for name, rule in data.items():
            path = f"files.{name}"
            if not isinstance(rule, dict) or "file" not in rule:
                self._findings.add(path, "say which file it is: '{file: places.csv}'.")
                continue
            self._known_only(rule, _FILE, path, "a word of a file")
            not_used = rule.get("not_used", [])
            optional = rule.get("optional", [])
            files[str(name)] = FileRule(str(name), str(rule["file"]), _columns(optional), _columns(not_used))
        return files

    def _record(self, data: Any, path: str) -> RecordRule | None:
        if not isinstance(data, dict):
            self._findings.add(path, "a record has kind, from and fields.")
            return None
        self._known_only(data, _RECORD, path, "a word of a record")
        kind = str(data.get("kind", ""))
        if kind not in ROOT_KINDS:
            self._findings.add_unknown(f"{path}.kind", kind, ROOT_KINDS, "a kind of record")
            return None
        file = str(data.get("from", next(iter(self._files), "")))
        if file not in self._files:
            self._findings.add_unknown(f"{path}.from", file, self._files, "a name under files")
        only_if = self._values.condition(data["only_if"], f"{path}.only_if") if "only_if" in data else None
        return RecordRule(file, self._object(kind, data.get("fields"), f"{path}.fields"), only_if)

    def _object(self, kind: str, data: Any, path: str, beside: frozenset[str] = frozenset()) -> ObjectRule:
        if not isinstance(data, dict):
            self._findings.add(path, f"list the fields of the {kind.replace('_', ' ')}.")
            return ObjectRule(kind)
        known = names_of(kind) | _GROUPS.get(kind, frozenset())
        for name in sorted(data.keys() - known - beside):
            self._findings.add_unknown(path, name, known, f"a field of {kind.replace('_', ' ')}")
        parts = PARTS.get(kind, {})
        singles = SINGLE_PARTS.get(kind, {})
        return ObjectRule(
            kind,
            tuple((str(name), self._values.value(data[name], f"{path}.{name}")) for name in data if name in FIELDS[kind]),
            tuple((name, self._parts(parts[name], data[name], f"{path}.{name}")) for name in data if name in parts),
            tuple((name, self._object(singles[name], data[name], f"{path}.{name}")) for name in data if name in singles),
            self._point(data["point"], f"{path}.point") if kind == "location" and "point" in data else None,
            self._one_line(data["one_line"], f"{path}.one_line") if kind == "address" and "one_line" in data else None,
        )

    def _parts(self, kind: str, data: Any, path: str) -> tuple[PartRule, ...]:
        made = []
        for position, one in enumerate([data] if isinstance(data, dict) else self._values.list_of(data, path)):
            inside = f"{path}[{position}]"
            rule = self._object(kind, one, inside, _PART_WORDS)
            given = one if isinstance(one, dict) else {}
            made.append(
                PartRule(
                    rule,
                    self._values.value(given["each"], f"{inside}.each") if "each" in given else None,
                    self._values.condition(given["only_if"], f"{inside}.only_if") if "only_if" in given else None,
                    self._rows_of(given["rows_of"], f"{inside}.rows_of") if "rows_of" in given else None,
                )
            )
        return tuple(made)

    def _rows_of(self, data: Any, path: str) -> tuple[str, str, Value] | None:
        if not isinstance(data, dict) or data.keys() != {"file", "matching", "by"}:
            self._findings.add(path, "rows_of has file, matching (a column of that file) and by (a value of this row).")
            return None
        if str(data["file"]) not in self._files:
            self._findings.add_unknown(f"{path}.file", data["file"], self._files, "a name under files")
        matching = column_name(str(data["matching"]))
        self._values.joins.add((str(data["file"]), matching))
        return str(data["file"]), matching, self._values.value(data["by"], f"{path}.by")

    def _point(self, data: Any, path: str) -> PointRule | None:
        if not isinstance(data, dict) or data.get("order") not in _POINT_ORDERS or "value" not in data:
            self._findings.add(path, "a point has value and order: lat_lon or lon_lat.")
            return None
        return PointRule(self._values.value(data["value"], f"{path}.value"), str(data["order"]))

    def _one_line(self, data: Any, path: str) -> AddressRule | None:
        if not isinstance(data, dict) or data.get("style") not in ADDRESS_STYLES or "value" not in data:
            self._findings.add(path, f"an address on one line has value and style: {', '.join(ADDRESS_STYLES)}.")
            return None
        return AddressRule(self._values.value(data["value"], f"{path}.value"), str(data["style"]))

    def _known_only(self, data: dict[str, Any], known: tuple[str, ...], path: str, what: str) -> None:
        for name in sorted(data.keys() - set(known)):
            self._findings.add_unknown(path, name, known, what)
