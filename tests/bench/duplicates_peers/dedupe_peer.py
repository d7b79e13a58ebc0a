"""dedupe: learns from labelled pairs that it asks for itself among `train`, answered from `labels`, and groups the records."""

import json
import random
import sys
import time

import dedupe
import dedupe.variables as kinds
import numpy


def main() -> None:
    random.seed(1)
    numpy.random.seed(1)
    asked = json.load(sys.stdin)
    started = time.process_time()
    known = ["name", "number", "street", "city", "postal", "phone"]
    used = [name for name in known if any(row[name] for row in asked["records"])]
    kind = dict.fromkeys(("name", "street"), kinds.String)
    fields = [kind.get(name, kinds.ShortString)(name, has_missing=True) for name in used]
    entity = {row[0]: row[1] for row in asked["labels"]}
    learner = dedupe.Dedupe(fields, num_cores=1)
    train = {row["id"]: shown(row, used) for row in asked["train"]}
    learner.prepare_training(train)
    by_facts = {tuple(sorted(row.items(), key=str)): one for one, row in train.items()}
    for _ in range(asked["wanted"]):
        one, other = learner.uncertain_pairs()[0]
        left, right = (by_facts[tuple(sorted(row.items(), key=str))] for row in (one, other))
        is_same = entity[left] == entity[right]
        learner.mark_pairs({"match": [(one, other)] if is_same else [], "distinct": [] if is_same else [(one, other)]})
    learner.train()
    records = {row["id"]: shown(row, used) for row in asked["records"]}
    groups = {one: one for one in records}
    for members, _ in learner.partition(records, 0.5):
        groups |= dict.fromkeys(members, members[0])
    print(json.dumps({"groups": groups, "seconds": time.process_time() - started}))


def shown(row: dict, used: list[str]) -> dict:
    return {name: row[name] or None for name in used}


if __name__ == "__main__":
    main()
