"""Documents that nobody means well with, as they would be sent to be kept as rules: each is to be refused at once with one sentence."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

SET: Mapping[str, Any] = {"set": "any-set", "kind": "suggest", "title": "A set", "caps": {"trust": 20}}
LEAF: Mapping[str, Any] = {"field": "agreement.days_left", "op": "gt", "value": 3}


def document(rules: list[Any], **more: Any) -> bytes:
    return json.dumps({**SET, **more, "rules": rules}).encode()


def rule(when: Any, **more: Any) -> dict[str, Any]:
    return {"id": "a-rule", "family": "trust", "when": when, "then": {"points": 3, "reason": "A reason"}, **more}


def _with(when: bytes) -> bytes:
    """A set of one rule whose condition is this text."""
    return document([rule("@")]).replace(b'"@"', when)


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """What it is, its bytes, and the name that its file would have."""
    yield from _nested()
    yield from _large()
    yield from _numbers()
    yield from _names()
    yield "a bomb of aliases", b"a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nset: *c\n", "x.yaml"
    yield "an alias within itself", b"a: &a [*a]\n", "x.yaml"
    yield "a tag that makes an object", b"set: !!python/object/apply:os.system [id]\n", "x.yaml"
    yield "a merge of names", b"a: &a {set: x}\n<<: *a\n", "x.yaml"
    yield "two documents", b"set: a\n---\nset: b\n", "x.yaml"
    yield "no text", b"\xff\xfe\x00{", "x.json"
    yield "nothing", b"", "x.yaml"
    yield "no JSON", b"{set: x", "x.json"
    yield "no YAML", b"set: [x\nkind: }", "x.yaml"


def _nested() -> Iterator[tuple[str, bytes, str]]:
    for many in (1_000, 100_000):
        yield f"{many:,} lists, JSON", b"[" * many, "x.json"
        yield f"{many:,} lists, YAML", b"[" * many, "x.yaml"
        yield f"{many:,} lists by dashes", b"- " * many, "x.yaml"
        yield f"{many:,} objects, YAML", b"{a: " * many, "x.yaml"
        yield f"{many:,} times not, JSON", _with(b'{"not": ' * many + json.dumps(LEAF).encode() + b"}" * many), "x.json"
        yield f"{many:,} times not, YAML", b"when: " + b"{not: " * many, "x.yaml"
        yield f"{many:,} parentheses, JSON", b'{"set": "' + b"(" * many + b")" * many + b'"}', "x.json"
        yield f"{many:,} parentheses, YAML", b"set: " + b"(" * many + b")" * many, "x.yaml"
        yield f"{many:,} brackets in a value, JSON", _with(b'{"field": "agreement.status", "op": "in", "value": ' + b"[" * many), "x.json"
    deep = b'{"not": ' * 6 + json.dumps(LEAF).encode() + b"}" * 6
    yield "one condition deeper than may be", _with(deep), "x.json"


def _large() -> Iterator[tuple[str, bytes, str]]:
    yield "20,000 conditions", document([rule({"all": [LEAF] * 20_000})]), "x.json"
    yield "20,000 empty conditions", document([rule({"all": [{}] * 20_000})]), "x.json"
    yield "1,000 conditions in one group", document([rule({"any": [LEAF] * 1_000})]), "x.json"
    yield "950 conditions, all of them wrong", document([rule({"all": [{**LEAF, "field": "agreement.dayz"}] * 190})] * 5), "x.json"
    yield "a list of 120,000, JSON", b"[" + b"1," * 119_999 + b"1]", "x.json"
    yield "a list of 30,000, YAML", b"[" + b"1," * 29_999 + b"1]", "x.yaml"
    yield "a list of 16,000 lines", b"- 1\n" * 16_000, "x.yaml"
    yield "200 lists of 100, YAML", b"[" + (b"[" + b"1," * 99 + b"1],") * 200 + b"1]", "x.yaml"
    yield "100 lists of 190 texts, JSON", json.dumps([["x"] * 190] * 100).encode(), "x.json"
    yield "80,000 empty lists", b"[" + b"[]," * 79_999 + b"1]", "x.json"
    yield "16,000 names", json.dumps({f"name{number}": 1 for number in range(16_000)}).encode(), "x.json"
    yield "a value of 5,000 words", document([rule({"field": "agreement.status", "op": "in", "value": ["active"] * 5_000})]), "x.json"
    given = {f"agreement.x{number}": 1 for number in range(2_000)}
    yield "an example of 2,000 signals", document([rule(LEAF, tests=[{"given": given, "expect": "fires"}])]), "x.json"
    yield "101 rules", document([rule(LEAF, id=f"rule-{number}") for number in range(101)]), "x.json"
    yield "a text of 50,000 letters", document([rule(LEAF, source="x" * 50_000)]), "x.json"
    yield "quotes without end", b'"' + b'\\"' * 60_000, "x.json"
    yield "2 MB", b" " * 2_000_000, "x.json"


def _numbers() -> Iterator[tuple[str, bytes, str]]:
    for word in ("NaN", "Infinity", "-Infinity", "1e400", "1" + "0" * 400, "1" + "0" * 40_000, "-1" + "0" * 5_000):
        shown = word if len(word) < 12 else f"10^{word.count('0')}"
        yield f"{shown} as a value", _with(json.dumps({**LEAF, "value": "@"}).replace('"@"', word).encode()), "x.json"
        yield (
            f"{shown} as points",
            document([{**rule(LEAF), "then": {"points": "@", "reason": "x"}}]).replace(b'"@"', word.encode()),
            "x.json",
        )
    for word in (".nan", ".inf", "-.inf", "1" + "0" * 400):
        yield f"{word[:5]} in YAML", f"set: any-set\nkind: suggest\ntitle: {word}\nrules: [{word}]\n".encode(), "x.yaml"


def _names() -> Iterator[tuple[str, bytes, str]]:
    for name in ("__class__", "__import__", "__init__.__globals__", "agreement.__class__", "agreement"):
        yield f"the field {name}", document([rule({**LEAF, "field": name})]), "x.json"
        yield f"the place {name}", document([{**rule(LEAF), "then": {"points": 3, "reason": f"{{{name}}}"}}]), "x.json"
    for text in ("{candidate.name.__class__}", "{candidate.name!r}", "{candidate.name:>99999999}", "{0}", "{", "%(x)s{}"):
        yield f"the text {text}", document([{**rule(LEAF), "then": {"points": 3, "reason": text}}]), "x.json"
    yield "a name of 50,000 letters", document([rule({**LEAF, "x" * 50_000: 1})]), "x.json"
    yield "a name with an escape", document([rule({**LEAF, "\x1b[2J": 1})]), "x.json"
    yield "a text with an escape", document([rule(LEAF, source="\x1b]0;x\x07")]), "x.json"
    yield "a text with nothing in it", document([rule(LEAF, source="a\x00b")]), "x.json"
    yield "a text that is read backwards", document([rule(LEAF, source="\u202eevil")]), "x.json"
    yield "half a character", document([rule(LEAF, source="\ud800")]), "x.json"
    yield "a name said twice", b'{"set": "a-set", "set": "b-set"}', "x.json"
    yield "a name said twice, YAML", b"set: a-set\nset: b-set\n", "x.yaml"
    yield "a name that is a list", b"? [a, b]\n: 1\n", "x.yaml"
    yield "a field that is an object", document([rule({**LEAF, "field": {"a": 1}})]), "x.json"
    yield "an operator that is a list", document([rule({**LEAF, "op": ["gt"]})]), "x.json"
    yield "an operator of text", document([rule({"field": "agreement.status", "op": "matches", "value": "(a+)+$"})]), "x.json"
    yield "a trait of a person", document([rule({"field": "gender", "op": "eq", "value": "female"})]), "x.json"
