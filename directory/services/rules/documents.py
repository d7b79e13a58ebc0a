"""Rule sets as files: read from what somebody wrote or sent, and written for people, programs and other engines.

Nothing that is read is run. The size is bounded before anything is looked at, the depth before anything is made of it, and a name that is
said twice is refused, since one of the two would be lost without a word.
"""

import json
import re
import unicodedata
from enum import StrEnum
from typing import Any

from directory.domain.sentences import Sentence, say
from directory.rules.conditions import Wrong
from directory.rules.sets.check import WrongRuleSet
from directory.rules.sets.jsonlogic import NotOurs, as_jsonlogic, of_jsonlogic
from directory.rules.sets.rule import RuleSet
from directory.rules.sets.sizes import MOST_DEPTH, MOST_NAMES, MOST_NODES, shown
from directory.rules.sets.writing import write_rule_set
from directory.rules.sets.yaml_text import WrongYaml, read_yaml, write_yaml

MOST_BYTES = 64 * 1024
MOST_BYTES_OF_JSON = 4 * MOST_BYTES
"""Wider than YAML, which is slower to read: the same rules as JSONLogic take more room."""

MOST_MARKS = 24_000
"""Commas and colons outside of texts: as many as the largest right document may have, counted before anything is made of them."""

JSONLOGIC = "jsonlogic"


class Format(StrEnum):
    YAML = "yaml"  # for people: on the command line and in uploads
    JSON = "json"
    JSONLOGIC = "jsonlogic"  # for other engines: conditions as JSONLogic, the rest the same


def read_document(content: bytes, name: str = "", *, may_be_yaml: bool = True) -> Any:
    """The document in the form that `check_rule_set` takes. Its format is what the name of the file says (`.json`, else YAML), or what it
    begins with where there is no name. `may_be_yaml` False where programs send it. Raise `WrongRuleSet`."""
    is_json = not may_be_yaml or name.lower().endswith(".json") or (not _is_yaml_name(name) and content.lstrip()[:1] in (b"{", b"["))
    most = MOST_BYTES_OF_JSON if is_json else MOST_BYTES
    if len(content) > most:
        raise _wrong("", say("A rule set has at most %(most)s kB; this has more.", most=most // 1024))
    try:
        text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _wrong(say("line %(line)s", line=line), say("This is no text in UTF-8; save it as UTF-8.")) from None
    return _conditions(_json(text) if is_json else _yaml(text))


def _is_yaml_name(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml"))


def write_document(rules: RuleSet, form: Format) -> str:
    """The text of a file."""
    document = write_rule_set(rules)
    if form is Format.YAML:
        return write_yaml(document)
    if form is Format.JSONLOGIC:
        for rule, written in zip(rules.rules, document["rules"], strict=True):
            written["when"] = as_jsonlogic(rule.when)
        document = {"conditions": JSONLOGIC, **document}
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _yaml(text: str) -> Any:
    try:
        return read_yaml(text)
    except WrongYaml as wrong:
        raise _wrong(wrong.field, wrong.message) from None


_TEXTS = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z|\\\Z)', re.DOTALL)
_LONG = re.compile(r"(?<![0-9.])[0-9]{16}")
"""Whole digits of a number that no rule needs; some thousand of them would take long to make a number of."""

_OTHERS = re.compile(r"[^\[\]{}]+")


def _json(text: str) -> Any:
    bare = _TEXTS.sub("", text)
    if bare.count(",") + bare.count(":") > MOST_MARKS:
        raise _wrong("", say("A rule set holds at most %(most)s values; this has more.", most=MOST_NODES))
    if _is_deep(bare):
        raise _wrong("", say("Objects and lists are nested at most %(most)s deep.", most=MOST_DEPTH))
    if _LONG.search(bare):
        raise _wrong("", say("This number has too many digits."))
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        at = say("line %(line)s, column %(column)s", line=error.lineno, column=error.colno)
        raise _wrong(at, say("This cannot be read as JSON; look at its commas, quotes and brackets.")) from None


def _is_deep(bare: str) -> bool:
    """Whether the brackets of a document, whose texts were taken out, are nested too deep; whether they match is not looked at."""
    depth = 0
    for bracket in _OTHERS.sub("", bare):
        depth += 1 if bracket in "[{" else -1
        if depth > MOST_DEPTH:
            return True
    return False


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_NAMES:
        raise _wrong("", say("An object has at most %(most)s names; this has more.", most=MOST_NAMES))
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _value in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise _wrong("", say('"%(name)s" is said twice in one object; keep one of them.', name=shown(twice)))
    return found


def _constant(_word: str) -> Any:
    raise _wrong("", say("NaN and Infinity are no numbers that a rule can compare with."))


def _conditions(raw: Any) -> Any:
    """Conditions that were written as JSONLogic, in the form that is stored."""
    if not isinstance(raw, dict) or "conditions" not in raw:
        return raw
    if raw["conditions"] != JSONLOGIC:
        raise _wrong("conditions", say('"conditions" is "jsonlogic", or left out.'))
    document = {name: value for name, value in raw.items() if name != "conditions"}
    if not isinstance(document.get("rules"), list):
        return document
    try:
        document["rules"] = [_rule(rule, f"rules[{number}].when") for number, rule in enumerate(document["rules"])]
    except NotOurs as error:
        raise WrongRuleSet((error.wrong,)) from None
    return document


def _rule(rule: Any, path: str) -> Any:
    return {**rule, "when": of_jsonlogic(rule["when"], path)} if isinstance(rule, dict) and "when" in rule else rule


def _wrong(path: str, sentence: Sentence | str) -> WrongRuleSet:
    return WrongRuleSet((Wrong(path, sentence),))
