"""Everything that Prometheus is told: what was counted while serving, and what database and index say at the moment it asks."""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from directory.services.health import Health, read_health
from directory.services.keeping.backup import PRODUCT
from directory.services.keeping.measures import processes_in, shared_folder
from directory.services.keeping.state import ConsumerState, State, read_state
from directory.services.parts import Parts

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def exposition(parts: Parts) -> bytes:
    """The text of `/metrics`."""
    now = CollectorRegistry()
    now.register(_Now(parts))
    return generate_latest(now) + generate_latest(parts.measures.registry)


class _Now(Collector):
    """What is so at the moment of asking."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterator[Metric]:
        health = read_health(self._parts)
        yield from _of_health(health)
        yield from _of_processes()
        if health.database.reachable:
            state = read_state(self._parts)
            yield from _of_consumers(state.consumers)
            yield from _of_keeping(state, self._parts.clock.now())


def _gauge(name: str, words: str, value: float | None) -> Iterator[Metric]:
    """A gauge of one value; nothing where it is not known."""
    if value is not None:
        yield GaugeMetricFamily(f"directory_{name}", words, value=value)


def _of_health(health: Health) -> Iterator[Metric]:
    info = GaugeMetricFamily("directory_info", "Version of the program, engine of its index.", labels=("version", "engine", "python"))
    info.add_metric((version(PRODUCT), health.index.engine, f"{sys.version_info[0]}.{sys.version_info[1]}"), 1)
    yield info
    yield from _gauge("up", "1 while searches can be answered.", float(health.ok))
    yield from _gauge("database_up", "1 while the database answers.", float(health.database.reachable))
    yield from _gauge("index_ready", "1 while the index can be searched.", float(health.index.ready))
    yield from _gauge("index_reachable", "1 while the index answers, 0 when at best a fallback does.", float(health.index.reachable))
    yield from _gauge("degraded", "1 while the fallback answers in place of the index, or nothing does.", float(health.degraded))
    if health.fallback is not None:
        yield from _gauge("fallback_ready", "1 while the fallback could answer.", float(health.fallback.index.ready))
        yield from _gauge("fallback_services", "Services in the fallback.", health.fallback.index.services)
    yield from _gauge("index_documents", "Places in the index.", health.index.documents)
    yield from _gauge("index_services", "Services in the index.", health.index.services)
    generation = GaugeMetricFamily("directory_index_generation", "Which generation of the index is in use.", labels=("generation",))
    generation.add_metric((health.index.generation or "",), 1)
    yield generation


def _of_consumers(consumers: tuple[ConsumerState, ...]) -> Iterator[Metric]:
    def family(name: str, words: str, values: Iterable[tuple[str, float | None]]) -> Metric:
        made = GaugeMetricFamily(f"directory_index_{name}", words, labels=("consumer",))
        for consumer, value in values:
            if value is not None:
                made.add_metric((consumer,), value)
        return made

    yield family("pending", "Services that an index has yet to hear of.", ((one.name, one.waiting) for one in consumers))
    yield family("parked", "Services that an index refused; they wait for a person.", ((one.name, one.parked) for one in consumers))
    yield family("lag_seconds", "Age of the oldest that waits.", ((one.name, one.lag_seconds) for one in consumers))
    yield family("drift", "Services that differed at the last check.", ((one.name, one.drift) for one in consumers))
    checked = ((one.name, _seconds(one.checked_at)) for one in consumers)
    yield family("checked_timestamp_seconds", "When index and database were last held against one another.", checked)
    rebuilt = ((one.name, _seconds(one.rebuilt_at)) for one in consumers)
    yield family("rebuilt_timestamp_seconds", "When an index was last built anew.", rebuilt)


def _of_keeping(state: State, now: datetime) -> Iterator[Metric]:
    yield from _gauge("migrations_pending", "Migrations that the tables lack.", state.migrations_pending)
    yield from _gauge("disk_free_bytes", "Room left where the data folder is.", state.disk_free_bytes)
    yield from _gauge("backup_timestamp_seconds", "When the last copy was made.", _seconds(state.backup_at))
    yield from _gauge("replica_lag_seconds", "How far the read replica is behind.", state.replica_lag_seconds)
    labels = ("job", "place")
    done = GaugeMetricFamily("directory_job_success_timestamp_seconds", "When a job was last done.", labels=labels)
    age = GaugeMetricFamily("directory_job_age_seconds", "How long ago that was.", labels=labels)
    failed = GaugeMetricFamily("directory_job_failed", "1 where the last run of a job failed.", labels=labels)
    for job in state.jobs:
        failed.add_metric((job.name, job.place), float(bool(job.failure)))
        if job.succeeded_at is not None:
            done.add_metric((job.name, job.place), job.succeeded_at.timestamp())
            age.add_metric((job.name, job.place), max(0.0, (now - job.succeeded_at).total_seconds()))
    yield from (done, age, failed)
    imports = CounterMetricFamily("directory_imports", "Imports by how they ended.", labels=("state",))
    for name, count in state.imports:
        imports.add_metric((name,), count)
    yield imports
    yield from _gauge("import_timestamp_seconds", "When the last import ended.", _seconds(state.imported_at))
    waiting = GaugeMetricFamily("directory_messages_waiting", "Messages that wait to be sent.", labels=("way",))
    late = GaugeMetricFamily("directory_messages_late_seconds", "How long the oldest of them has been due.", labels=("way",))
    for message in state.messages:
        waiting.add_metric((message.way,), message.count)
        late.add_metric((message.way,), message.late_seconds)
    yield from (waiting, late)
    connections = GaugeMetricFamily("directory_database_connections", "Connections to the database server.", labels=("name", "state"))
    for held in state.connections:
        connections.add_metric((held.name, held.state), held.count)
    yield connections


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _of_processes() -> Iterator[Metric]:
    folder = shared_folder()
    numbers = processes_in(folder) if folder else [os.getpid()]
    yield from _gauge("web_processes", "Web processes that have counted something.", len(numbers))
    yield from _gauge("web_memory_bytes", "Memory that they hold, what they share counted for each.", sum(map(_memory, numbers)))


def _memory(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE_BYTES
    except (OSError, IndexError, ValueError):
        return 0
