"""Figures of rules: `python -m tests.bench.rules [--candidates 5000] [--seed 7] [--without-peers]`.

One processor; what is told is its time, without waiting for it while others use it. Prints how long ten rules take over many candidates,
one by one and as columns; explaining what is shown; checking documents as large as they may be; refusing hostile ones, with the memory it
takes; a dry run of two versions over history; and other engines in the same run, on the same rules and candidates, each held to the same
outcome. Each of those is put into an environment of its own, made when it is first asked for, in a cache folder of the user (or
`BENCH_PEERS`); what cannot be had is left out with a word.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from directory.rules.outcome import Outcome
from directory.rules.sets.check import WrongRuleSet, check_rule_set
from directory.rules.sets.columns import Columns, leading, scores
from directory.rules.sets.firing import Decides, decided_by
from directory.rules.sets.jsonlogic import as_jsonlogic
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.rule import RuleSet
from directory.rules.sets.score import Scorer
from directory.rules.sets.signals import Signals
from directory.services.rules.documents import read_document
from tests.bench.circumstances import circumstances
from tests.bench.rules_cases import candidate, expression, plain, ten_rules
from tests.support.hostile_rules import LEAF, document, hostile, rule

SUGGEST = SetKind.SUGGEST
REFERRALS = 10_000
EACH = 200
SHOWN = 5
PEERS = {
    "zen-engine, batch": "zen-engine==2.1.3",
    "zen-engine, compiled": "zen-engine==2.1.3",
    "rule-engine": "rule-engine==5.1.0",
    "CEL (common-expression-language)": "common-expression-language==0.10.0",
    "CEL (cel-expr-python)": "cel-expr-python==0.1.3",
    "JSONLogic (json-logic-qubit)": "json-logic-qubit==0.9.1",
}
_WORDS = {"and": "and", "or": "or", "not": "not", "null": "null"}
_SIGNS = {"and": "&&", "or": "||", "not": "!", "null": "null"}


def best(work: Callable[[], object], passes: int = 7) -> float:
    """Milliseconds of processor time of the quickest of some passes, after one to warm up: others use the machine, too."""
    work()
    taken = []
    for _pass in range(passes):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return min(taken)


def tell(what: str, milliseconds: float, floor: float | None = None, more: str = "") -> None:
    within = "" if floor is None else f"  (at most {floor:g} ms{'' if milliseconds <= floor else ': MISSED'})"
    print(f"  {what:<58} {milliseconds:>10.2f} ms{within}{more}", flush=True)


def main() -> None:
    options = _options()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(f"{circumstances()}, one processor, Python {sys.version.split()[0]}, numpy {np.__version__}, seed {options.seed}")
    random = Random(options.seed)
    rows = [candidate(random) for _candidate in range(options.candidates)]
    rules = ten_rules()
    alone = _own(rules, rows)
    _checks()
    _hostile()
    _dry_run(options)
    if not options.without_peers:
        _peers(rules, rows, alone, options.passes)
    print(f"At the end: {circumstances()}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candidates", type=int, default=5_000)
    parser.add_argument("--referrals", type=int, default=REFERRALS)
    parser.add_argument("--passes", type=int, default=3, help="passes of each other engine; the quickest counts")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--without-peers", action="store_true")
    return parser.parse_args()


def _own(rules: RuleSet, rows: Sequence[Signals]) -> float:
    """Milliseconds of the ten rules over all candidates one by one."""
    print(f"{len(rows):,} candidates, {len(rules.rules)} rules")
    scorer, columns = Scorer(rules), Columns(rows, SUGGEST)
    alone = [scorer.points(row) for row in rows]
    assert scores(rules, columns).tolist() == alone, "as columns they come out as one by one"
    one_by_one = best(lambda: [scorer.points(row) for row in rows])
    tell("one by one, without numpy", one_by_one, 50, f", {len(rows) * len(rules.rules) / one_by_one / 1000:.1f} M rules a second")
    tell("as columns, made from the candidates", best(lambda: scores(rules, Columns(rows, SUGGEST))))
    tell("as columns that are there", best(lambda: scores(rules, columns)), 3)
    tell("the same, every comparison made again", best(lambda: scores(rules, _fresh(columns))), 3)
    tell("explaining 10 that are shown", best(lambda: [scorer.explain(row) for row in rows[:10]]), 2)
    return one_by_one


def _fresh(columns: Columns) -> Columns:
    """The same columns with no comparison made yet."""
    columns._tests.clear()
    return columns


def _large() -> Iterator[tuple[str, bytes]]:
    """Right documents, and wrong ones, of nearly 64 kB."""
    bounds = [{**LEAF, "value": number} for number in range(199)]
    yield "1,000 comparisons", document([rule({"all": bounds}, id=f"rule-{number}") for number in range(5)])
    crossed = [{**LEAF, "value": 200 + number} for number in range(99)] + [{**LEAF, "op": "lt", "value": number} for number in range(99)]
    yield "1,000 bounds of which none meet", document([rule({"all": crossed}, id=f"rule-{number}") for number in range(5)])
    tests = [{"given": {"agreement.days_left": 5, "agreement.status": "active"}, "expect": "fires"}] * 6
    yield "99 rules with examples", document([rule(LEAF, id=f"rule-{number}", tests=tests) for number in range(95)])
    words = ["active"] * 199
    listed = {"field": "agreement.status", "op": "in", "value": words}
    yield "30 lists of 199 words", document([rule(listed, id=f"rule-{number}") for number in range(30)])
    wrong = [{**LEAF, "field": "agreement.dayz"}] * 190
    yield "950 wrong comparisons", document([rule({"all": wrong}, id=f"rule-{number}") for number in range(5)])
    deep: Any = LEAF
    for _level in range(5):
        deep = {"not": deep}
    yield "90 rules six deep", document([rule({"any": [deep] * 4}, id=f"rule-{number}") for number in range(90)])


def _checks() -> None:
    print("checking documents that were read")
    for what, content in _large():
        assert len(content) <= 64 * 1024, (what, len(content))
        raw = read_document(content, "x.json")
        tell(f"{what} ({len(content) // 1024} kB)", best(lambda raw=raw: _checked(raw)), 20)  # type: ignore[misc]


def _checked(raw: object) -> bool:
    try:
        check_rule_set(raw)
    except WrongRuleSet:
        return False
    return True


def _refused(content: bytes, name: str) -> bool:
    try:
        check_rule_set(read_document(content, name))
    except WrongRuleSet:
        return True
    return False


def _hostile() -> None:
    """Bytes to sentence, reading included."""
    cases = tuple(hostile())
    taken = []
    for what, content, name in cases:
        assert _refused(content, name), what
        taken.append((best(lambda content=content, name=name: _refused(content, name), 5), what))  # type: ignore[misc]
    print(f"refusing {len(cases)} hostile documents, each from its bytes; the slowest")
    for milliseconds, what in sorted(taken, reverse=True)[:5]:
        tell(what, milliseconds, 20)
    tell("the median", float(np.median([milliseconds for milliseconds, _what in taken])))
    megabytes, what = _hostile_memory(cases)
    print(f"  the most memory that one of them takes: {megabytes:.1f} MB, {what} (at most 20 MB{'' if megabytes <= 20 else ': MISSED'})")


def _hostile_memory(cases: Sequence[tuple[str, bytes, str]]) -> tuple[float, str]:
    """The most megabytes that Python holds at once for one of them, and for which."""
    most = (0.0, "")
    tracemalloc.start()
    for what, content, name in cases:
        tracemalloc.reset_peak()
        before, _peak = tracemalloc.get_traced_memory()
        _refused(content, name)
        most = max(most, ((tracemalloc.get_traced_memory()[1] - before) / 1e6, what))
    tracemalloc.stop()
    return most


def _dry_run(options: argparse.Namespace) -> None:
    """History in pieces of 500 referrals, so that it fits into little memory; what is reckoned is timed apart from reading the rows."""
    print(f"dry run: {options.referrals:,} referrals x {EACH} candidates x 2 versions, who is among the best five of each")
    random = Random(options.seed)
    programs = [candidate(random) for _program in range(5_000)]
    before, after = ten_rules(), ten_rules(points=10)
    names = sorted({name for row in programs for name in row})
    reading = reckoning = 0.0
    changed = 0
    piece = 500
    cases = np.repeat(np.arange(piece), EACH)
    for _piece in range(options.referrals // piece):
        rows = [{**row, "access.metres": float(place % 30_000)} for place, row in enumerate(random.choices(programs, k=piece * EACH))]
        began = time.process_time()
        columns = Columns(rows, SUGGEST)
        columns.read(names)
        made = time.process_time()
        differs = leading(scores(before, columns), cases, SHOWN) != leading(scores(after, columns), cases, SHOWN)
        changed += int(differs.reshape(piece, EACH).any(axis=1).sum())
        reading += made - began
        reckoning += time.process_time() - made
    tell("reckoned, with who differs", reckoning * 1000, 2_000, f", {changed:,} referrals differ")
    tell("columns made from the kept values of each row", reading * 1000)


def _peers(rules: RuleSet, rows: Sequence[Signals], alone: float, passes: int) -> None:
    print("other engines, the same rules and candidates, each row held to ours")
    decides = [decided_by(each.when) for each in rules.rules]
    wanted = [_fired(decides, row) for row in rows]
    own = best(lambda: [_fired(decides, row) for row in rows])
    tell("ours, which rules fire", own, None, f", ours with points and caps {alone:.1f} ms")
    names = sorted({name for row in rows for name in row})
    cases = {
        "passes": passes,
        "words": [expression(each.when, _WORDS) for each in rules.rules],
        "signs": [expression(each.when, _SIGNS) for each in rules.rules],
        "logic": [as_jsonlogic(each.when) for each in rules.rules],
        "flat": [{plain(name): row.get(name) for name in names} for row in rows],
        "nested": [_nested(row) for row in rows],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.json"
        path.write_text(json.dumps(cases), encoding="utf-8")
        for engine, package in PEERS.items():
            _peer(engine, package, path, wanted, own)


def _fired(decides: Sequence[Decides], row: Signals) -> int:
    return sum(1 << place for place, each in enumerate(decides) if each(row) is Outcome.YES)


def _nested(row: Signals) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in row.items():
        first, _dot, second = name.partition(".")
        found.setdefault(first, {})[second] = value
    return found


def _peer(engine: str, package: str, path: Path, wanted: Sequence[int], own: float) -> None:
    python = _environment(package)
    if python is None:
        print(f"  {engine}: left out, {package} could not be installed here")
        return
    done = subprocess.run([python, Path(__file__).parent / "rules_peer.py", engine, path], capture_output=True, text=True, check=False)
    if done.returncode:
        print(
            f"  {engine}: left out, it ended with: {done.stderr.strip().splitlines()[-1][:120] if done.stderr.strip() else 'nothing said'}"
        )
        return
    found = json.loads(done.stdout.splitlines()[-1])
    same = sum(one == other for one, other in zip(found["fired"], wanted, strict=True))
    tell(
        f"{engine} {package.partition('==')[2]}",
        found["milliseconds"],
        None,
        f", {found['milliseconds'] / own:.1f} x ours, {same:,} rows the same",
    )
    assert same == len(wanted), f"{engine} decides otherwise"


def _environment(package: str) -> Path | None:
    """The Python of an environment that holds this package alone; None where it cannot be made."""
    folder = Path(os.environ.get("BENCH_PEERS") or Path.home() / ".cache" / "shared-directory-bench") / package
    python = folder / "bin" / "python"
    if (folder / "ready").exists():
        return python
    made = subprocess.run([sys.executable, "-m", "venv", folder], check=False, capture_output=True)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", package]
    if made.returncode or subprocess.run(install, check=False, capture_output=True).returncode:
        return None
    (folder / "ready").touch()
    return python


if __name__ == "__main__":
    main()
