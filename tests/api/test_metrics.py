"""`/metrics`: everything that a watcher wants to know, in numbers, for this machine or whoever has the token, and of nobody's search."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from directory.app import app_of
from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.indexing.reconcile import check_index
from directory.services.keeping.jobs import noted_job
from directory.services.keeping.measures import Measures, processes_in, share_in
from directory.services.parts import Parts
from directory.services.policy import lets_machine_in


def values(client: FlaskClient, **headers: str) -> dict[str, float]:
    """Each sample as "name{label=value,…}"."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    found = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}"] = sample.value
    return found


@pytest.fixture
def counted(furnished: Parts) -> Parts:
    """The neighbourhood with counters of its own."""
    return replace(furnished, measures=Measures())


@pytest.fixture
def watcher(counted: Parts) -> FlaskClient:
    return app_of(counted).test_client()


def test_index_jobs_and_database_are_told(counted: Parts, watcher: FlaskClient) -> None:
    check_index(counted)
    with noted_job(counted, "trying"):
        pass
    with pytest.raises(ZeroDivisionError), noted_job(counted, "failing"):
        _ = 1 / 0
    found = values(watcher)
    assert found["directory_up{}"] == 1
    assert found["directory_index_services{}"] == 4
    assert found["directory_index_pending{consumer=embedded}"] == 0
    assert found["directory_index_parked{consumer=embedded}"] == 0
    assert found["directory_index_drift{consumer=embedded}"] == 0
    assert found["directory_migrations_pending{}"] == 0
    assert found["directory_disk_free_bytes{}"] > 0
    assert found["directory_job_failed{job=failing,place=embedded}"] == 1
    assert found["directory_job_failed{job=trying,place=embedded}"] == 0
    assert found["directory_job_age_seconds{job=trying,place=embedded}"] == 0
    assert found["directory_web_memory_bytes{}"] > 10_000_000
    if not counted.database.is_sqlite:
        assert sum(value for name, value in found.items() if name.startswith("directory_database_connections")) >= 1


def test_searches_are_counted_by_what_came_of_them_and_how_long_they_took(watcher: FlaskClient) -> None:
    for query in ("food", "food", "xylophone", "&page=0"):
        watcher.get(f"/api/v1/search?q={query}")
    watcher.get("/api/v1/search?near=nowhere-at-all")
    found = values(watcher)
    assert found["directory_searches_total{degraded=false,outcome=found}"] >= 2
    assert found["directory_searches_total{degraded=false,outcome=nothing}"] == 1
    assert found["directory_search_seconds_count{}"] == sum(v for name, v in found.items() if name.startswith("directory_searches_total"))


def test_what_was_searched_or_opened_stands_nowhere(watcher: FlaskClient) -> None:
    watcher.get("/search?q=my+husband+hits+me&near=19104")
    watcher.get("/l/7f3k9qpm2xtd")
    said = watcher.get("/metrics").text
    for word in ("husband", "19104", "7f3k9qpm2xtd", "/search"):
        assert word not in said
    assert 'part="find"' in said


def test_a_search_that_fails_is_counted_and_fails(counted: Parts) -> None:
    from directory.domain.errors import InvalidInput

    with pytest.raises(InvalidInput):
        find_services(counted, FindRequest(text="x" * 1000))
    with pytest.raises(RuntimeError), counted.measures.search():
        raise RuntimeError
    from prometheus_client import generate_latest

    said = generate_latest(counted.measures.registry).decode()
    assert 'outcome="wrong"} 1.0' in said
    assert 'outcome="failed"} 1.0' in said


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_through_a_proxy_nobody_is_taken_for_this_machine(watcher: FlaskClient, header: str) -> None:
    assert watcher.get("/metrics", headers={header: "1.2.3.4"}).status_code == 403


def test_from_elsewhere_it_is_refused(watcher: FlaskClient) -> None:
    assert watcher.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 403


def test_with_a_token_only_who_has_it_is_answered(counted: Parts) -> None:
    guarded = replace(counted, settings=counted.settings.model_copy(update={"metrics_token": "s3cret"}))
    client = app_of(guarded).test_client()
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrics", headers={"Authorization": "Bearer s3cret"}, environ_base=elsewhere).status_code == 200


@pytest.mark.parametrize(
    ("token", "address", "forwarded", "authorization", "let_in"),
    [
        ("", "127.0.0.1", False, "", True),
        ("", "::1", False, "", True),
        ("", "127.0.0.1", True, "", False),
        ("", "10.0.0.1", False, "", False),
        ("", "", False, "", False),
        ("é", "127.0.0.1", False, "", False),
        ("é", "10.0.0.1", True, "Bearer é", True),
    ],
)
def test_who_is_let_in(token: str, address: str, forwarded: bool, authorization: str, let_in: bool) -> None:
    assert lets_machine_in(token, address=address, was_forwarded=forwarded, authorization=authorization) is let_in


COUNTING = """
import sys
from pathlib import Path
from directory.services.keeping.measures import Measures, share_in
share_in(Path(sys.argv[1]))
measures = Measures()
with measures.search() as search:
    search.came_to(3, asked=False, degraded=False)
print("counted", flush=True)
sys.stdin.read()
"""
READING = """
import sys
from pathlib import Path
from directory.services.keeping.measures import Measures, share_in
share_in(Path(sys.argv[1]))
from prometheus_client import generate_latest
print(generate_latest(Measures().registry).decode())
"""


def test_processes_that_serve_together_count_together(tmp_path) -> None:
    import subprocess
    import sys

    folder = tmp_path / "measures"
    counting = [
        subprocess.Popen([sys.executable, "-c", COUNTING, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)
    ]
    for process in counting:
        assert process.stdout is not None
        assert process.stdout.readline() == b"counted\n"
    assert processes_in(folder) == sorted(process.pid for process in counting)
    said = subprocess.run([sys.executable, "-c", READING, str(folder)], capture_output=True, text=True, check=True).stdout
    assert 'directory_searches_total{degraded="false",outcome="found"} 2.0' in said
    for process in counting:
        process.communicate()
    assert processes_in(folder) == []


def test_what_processes_left_that_are_gone_is_begun_anew(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    (tmp_path / "counter_999999999.db").write_bytes(b"")
    share_in(tmp_path)
    assert list(tmp_path.iterdir()) == []
