"""One other engine, asked the same ten questions of the same candidates. Runs in an environment of its own, with nothing of ours:

    PYTHON tests/bench/rules_peer.py ENGINE CASES.json

CASES.json holds the rules as expressions of each engine and the candidates as each takes them. Printed is one JSON document: for each
candidate which rules fired (a number whose bits are the rules), and the milliseconds of processor time of the quickest pass over all.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

Fired = list[int]


def bits(found: Sequence[Any]) -> int:
    return sum(1 << place for place, each in enumerate(found) if each)


def zen_batch(cases: dict[str, Any]) -> Callable[[], Fired]:
    import zen

    names = [f"r{number}" for number in range(len(cases["words"]))]
    outcomes = [{"id": name, "key": name, "value": text} for name, text in zip(names, cases["words"], strict=True)]
    at = {"position": {"x": 0, "y": 0}}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", **at},
        {"id": "all", "type": "expressionNode", "name": "all", "content": {"expressions": outcomes, "passThrough": False}, **at},
        {"id": "out", "type": "outputNode", "name": "out", **at},
    ]
    edges = [{"id": f"{one}-{two}", "sourceId": one, "targetId": two, "type": "edge"} for one, two in (("in", "all"), ("all", "out"))]
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rules": {"nodes": nodes, "edges": edges}}}})
    asked = [{"key": "rules", "context": each} for each in cases["flat"]]

    def run() -> Fired:
        found = engine.evaluate_batch(asked)
        return [bits([each["data"]["result"][name] for name in names]) for each in found]

    return run


def zen_compiled(cases: dict[str, Any]) -> Callable[[], Fired]:
    import zen

    compiled = [zen.compile_expression(text) for text in cases["words"]]
    return lambda: [bits([each.evaluate(candidate) for each in compiled]) for candidate in cases["flat"]]


def rule_engine(cases: dict[str, Any]) -> Callable[[], Fired]:
    import rule_engine as engine

    context = engine.Context(default_value=None)
    rules = [engine.Rule(text, context=context) for text in cases["words"]]
    return lambda: [bits([each.matches(candidate) for each in rules]) for candidate in cases["flat"]]


def cel_rust(cases: dict[str, Any]) -> Callable[[], Fired]:
    import cel

    programs = [cel.compile(text) for text in cases["signs"]]

    def run() -> Fired:
        found = []
        for candidate in cases["flat"]:
            context = cel.Context(candidate)
            found.append(bits([each.execute(context) for each in programs]))
        return found

    return run


def cel_google(cases: dict[str, Any]) -> Callable[[], Fired]:
    from cel_expr_python import cel

    environment = cel.NewEnv(variables=dict.fromkeys(cases["flat"][0], cel.Type.DYN))
    programs = [environment.compile(text) for text in cases["signs"]]

    def run() -> Fired:
        found = []
        for candidate in cases["flat"]:
            activation = environment.Activation(candidate)
            found.append(bits([each.eval(activation).value() for each in programs]))
        return found

    return run


def json_logic(cases: dict[str, Any]) -> Callable[[], Fired]:
    from json_logic import jsonLogic

    return lambda: [bits([jsonLogic(each, candidate) for each in cases["logic"]]) for candidate in cases["nested"]]


ENGINES = {
    "zen-engine, batch": zen_batch,
    "zen-engine, compiled": zen_compiled,
    "rule-engine": rule_engine,
    "CEL (common-expression-language)": cel_rust,
    "CEL (cel-expr-python)": cel_google,
    "JSONLogic (json-logic-qubit)": json_logic,
}


def main() -> None:
    with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123
        cases = json.load(file)
    run = ENGINES[sys.argv[1]](cases)
    fired, best = run(), float("inf")
    for _pass in range(int(cases["passes"])):
        began = time.process_time()
        run()
        best = min(best, (time.process_time() - began) * 1000)
    print(json.dumps({"fired": fired, "milliseconds": best}))


if __name__ == "__main__":
    main()
