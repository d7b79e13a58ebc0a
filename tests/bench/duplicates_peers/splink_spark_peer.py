"""splink on Spark in local mode with what `./run duplicates export-splink` wrote: every pair that is to be reviewed or certain, gates held.

    python splink_spark_peer.py FOLDER PAIRS.csv [CORES [MEMORY]]

Prints one line of JSON: what was compared and found, and the seconds of each part. Everything that Spark writes goes under FOLDER.
"""

import csv
import json
import logging
import os
import sys
import time
from pathlib import Path

from pyspark.sql import SparkSession
from splink import Linker
from splink.backends.spark import SparkAPI, similarity_jar_location


def main() -> None:
    folder, into = Path(sys.argv[1]), Path(sys.argv[2])
    cores, memory = [*sys.argv[3:], *("1", "4g")[len(sys.argv) - 3 :]][:2]
    logging.getLogger("splink").setLevel(logging.ERROR)
    started = time.perf_counter()
    spark = session(folder, cores, memory)
    begun = time.perf_counter()
    records = spark.read.schema((folder / "records.schema").read_text()).json(str(folder / "records.jsonl"))
    database = SparkAPI(spark_session=spark, break_lineage_method="parquet", num_partitions_on_repartition=8)
    linker = Linker(database.register(records, table_name="records"), json.loads((folder / "settings.json").read_text()))
    predictions = linker.inference.predict(warning_mode="never")
    predicted = time.perf_counter()
    predictions.as_spark_dataframe().createOrReplaceTempView("predictions")
    query = (folder / "gates.sql").read_text()
    held = spark.sql(f"SELECT unique_id_l, unique_id_r, raw, score, gate, band FROM ({query}) WHERE band <> 'no'")
    with into.open("w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["left", "right", "raw", "score", "gate", "band"])
        rows = [[row.unique_id_l, row.unique_id_r, row.raw, row.score, row.gate or "", row.band] for row in held.collect()]
        writer.writerows(sorted(rows))
    done = time.perf_counter()
    print(
        json.dumps(
            {
                "pairs": len(rows),
                "certain": sum(row[5] == "certain" for row in rows),
                "start_s": round(begun - started, 1),
                "predict_s": round(predicted - begun, 1),
                "gates_s": round(done - predicted, 1),
                **used(spark.sparkContext._jvm.java.lang.ProcessHandle.current().pid()),
                "spark": spark.version,
            }
        )
    )
    spark.stop()


def used(java: int) -> dict[str, float]:
    """What the machine that does the work took: seconds of the processor, all threads together, and the most memory."""
    times = Path(f"/proc/{java}/stat").read_text().rpartition(")")[2].split()
    most = next(line for line in Path(f"/proc/{java}/status").read_text().splitlines() if line.startswith("VmHWM"))
    return {
        "processor_s": round((int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK"), 1),
        "mb": int(most.split()[1]) // 1024,
    }


def session(folder: Path, cores: str, memory: str) -> SparkSession:
    made = SparkSession.builder.master(f"local[{cores}]").appName("duplicates")
    for name, value in {
        "spark.jars": similarity_jar_location(),
        "spark.driver.memory": memory,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "8",
        "spark.default.parallelism": "8",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder / "spark"),
    }.items():
        made = made.config(name, value)
    spark = made.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
    return spark


if __name__ == "__main__":
    main()
