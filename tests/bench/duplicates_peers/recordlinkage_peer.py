"""recordlinkage: comparison vectors and its unsupervised classifier (ECM, a Fellegi-Sunter model), links joined as connected components."""

import json
import sys
import time

import pandas
import recordlinkage


def main() -> None:
    asked = json.load(sys.stdin)
    started = time.process_time()
    frame = pandas.DataFrame(asked["records"]).set_index("id")
    frame["word"] = frame["name"].str.split().str[0]
    frame = frame.replace("", None)
    indexer = recordlinkage.Index()
    for column in ("phone", "number", "word"):
        indexer.block(column)
    pairs = indexer.index(frame)
    compare = recordlinkage.Compare()
    compare.string("name", "name", method="jarowinkler", threshold=0.88, missing_value=0, label="name")
    compare.string("street", "street", method="jarowinkler", threshold=0.9, missing_value=0, label="street")
    for column in ("number", "postal", "phone", "city"):
        if frame[column].notna().any():
            compare.exact(column, column, missing_value=0, label=column)
    features = compare.compute(pairs, frame)
    links = recordlinkage.ECMClassifier().fit_predict(features)
    home = {one: one for one in frame.index}

    def root(one: str) -> str:
        while home[one] != one:
            one = home[one]
        return one

    for one, other in links:
        home[root(one)] = root(other)
    groups = {one: root(one) for one in frame.index}
    print(json.dumps({"groups": groups, "seconds": time.process_time() - started}))


main()
