"""splink on DuckDB with one thread: sensible comparisons, trained without labels, connected components at a probability of 0.9."""

import json
import logging
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.disable(logging.CRITICAL)
AT = 0.9


def main() -> None:
    asked = json.load(sys.stdin)
    started = time.process_time()
    connection = duckdb.connect()
    connection.execute("set threads = 1")
    database = DuckDBAPI(connection)
    rows = [{("unique_id" if name == "id" else name): value or None for name, value in row.items()} for row in asked["records"]]
    for row in rows:
        row["word"] = (row["name"] or "").split(" ")[0] or None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.json"
        path.write_text("\n".join(json.dumps(row) for row in rows))
        columns = dict.fromkeys(rows[0], "varchar")
        read = f"create table rows as select * from read_json(?, format='newline_delimited', columns={columns})"
        connection.execute(read, [str(path)])
    frame = database.register(connection.table("rows"), table_name="listings")
    used = [name for name in ("number", "postal", "phone", "city") if any(row[name] for row in rows)]
    rules = [block_on("phone"), block_on("number", "street"), block_on("word")]
    rules += [block_on("number", "postal")] if "postal" in used else []
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("street", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            *(cl.ExactMatch(name).configure(term_frequency_adjustments=name != "city") for name in used),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(frame, settings)
    train(linker)
    predictions = linker.inference.predict(threshold_match_probability=0.1)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold_match_probability=AT)
    groups = {row["unique_id"]: row["cluster_id"] for row in clusters.as_record_list()}
    print(json.dumps({"groups": groups, "seconds": time.process_time() - started}))


def train(linker: Linker) -> None:
    """A rule that finds nothing to train on is passed over."""
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("phone", "number"), block_on("name", "number")], recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("phone"), block_on("number", "street"), block_on("name")):
        try:
            training.estimate_parameters_using_expectation_maximisation(rule)
        except Exception as error:
            print(error, file=sys.stderr)


main()
