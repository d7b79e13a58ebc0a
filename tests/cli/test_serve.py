"""`directory serve` as people start it: a process that serves, keeps a worker, and stops cleanly."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.request import urlopen

import pytest

from directory.cli import processes
from directory.cli.processes import listened_on, web_command, worker_command
from directory.cli.serve import check_port, greet
from directory.domain.errors import Unavailable
from directory.settings import Settings

OWN = (
    "--name",
    "Ours",
    "--place",
    "Ottawa",
    "--country",
    "CA",
    "--region",
    "ON",
    "--zone",
    "America/Toronto",
    "--crisis-number",
    "911=Emergency",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(folder: Path, port: int, *arguments: str) -> tuple[list[str], dict[str, str]]:
    environment = {**os.environ, "DATA_DIR": str(folder), "PORT": str(port), "WEB_WORKERS": "1"}
    return [sys.executable, "-m", "directory.cli.main", *arguments], environment


def test_a_port_that_is_taken_is_said_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Unavailable, match="choose another with --port"):
            check_port("127.0.0.1", taken.getsockname()[1])


def test_addresses_of_the_sixth_version_are_written_in_brackets() -> None:
    assert Settings(host="2001:db8::7").own_address == "http://[2001:db8::7]:8000"
    assert "[2001:db8::7]:8000" in web_command(Settings(host="2001:db8::7"))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_is_called_by_its_name_since_a_passkey_belongs_to_a_name(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    greet(Settings(host=host, port=8123), 1.0)
    said = capsys.readouterr().err
    assert "Serving http://localhost:8123 after" in said
    assert "127.0.0.1" not in said


def test_whoever_serves_on_one_loopback_serves_on_both_where_there_are_both(monkeypatch: pytest.MonkeyPatch) -> None:
    def bound(host: str) -> list[str]:
        command = web_command(Settings(host=host))
        return [word for before, word in pairwise(command) if before == "--bind"]

    monkeypatch.setattr(processes, "has_both_loopbacks", lambda: True)
    assert bound("127.0.0.1") == bound("localhost") == bound("::1") == ["127.0.0.1:8000", "[::1]:8000"]
    assert bound("0.0.0.0") == ["0.0.0.0:8000"]
    monkeypatch.setattr(processes, "has_both_loopbacks", lambda: False)
    assert (bound("127.0.0.1"), bound("::1")) == (["127.0.0.1:8000"], ["[::1]:8000"])


def test_a_port_that_is_taken_on_the_other_loopback_is_said_too() -> None:
    if not processes.has_both_loopbacks():
        pytest.skip("this machine has one loopback")
    with socket.socket(socket.AF_INET6) as taken:
        taken.bind(("::1", 0))
        taken.listen()
        with pytest.raises(Unavailable, match=r"::1:\d+ cannot be served on"):
            check_port("127.0.0.1", taken.getsockname()[1])


def test_the_web_server_writes_no_access_log() -> None:
    assert not [word for word in web_command(Settings()) if "access" in word]


def test_each_child_is_this_program_under_this_python() -> None:
    assert web_command(Settings())[0] == worker_command()[0] == sys.executable


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A served, empty community, and its address."""
    port = free_port()
    arguments, environment = command(tmp_path, port, "init", *OWN)
    subprocess.run(arguments, env=environment, check=True, capture_output=True)
    arguments, environment = command(tmp_path, port, "serve")
    process = subprocess.Popen(arguments, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    lines = iter(process.stderr.readline, "")
    assert any(line.startswith(f"Serving http://localhost:{port} ") for line in lines)
    yield process, f"http://localhost:{port}"
    if process.poll() is None:
        process.kill()
    process.stderr.close()
    process.wait()


@pytest.mark.slow
def test_it_serves_pages_and_interface_and_stops_when_asked(serving: tuple["subprocess.Popen[str]", str]) -> None:
    process, address = serving
    hosts = ["localhost", *(f"[{host}]" if ":" in host else host for host in listened_on("localhost"))]
    for own in (address.replace("localhost", host) for host in hosts):
        with urlopen(f"{own}/health") as answer:
            assert json.load(answer)["status"] == "ok"
    with urlopen(f"{address}/api/v1/search?q=food") as answer:
        assert json.load(answer)["total"] == 0
    with urlopen(f"{address}/") as answer:
        assert "Ours" in answer.read().decode()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    with pytest.raises(OSError, match="refused"):
        urlopen(f"{address}/health")


@pytest.mark.slow
def test_when_it_is_killed_its_children_go_too(serving: tuple["subprocess.Popen[str]", str]) -> None:
    process, _address = serving
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) == 2
    ends = [os.pidfd_open(int(child)) for child in children]
    process.kill()
    process.wait()
    ended = [select.select([end], [], [], 30)[0] == [end] for end in ends]
    for end in ends:
        os.close(end)
    assert ended == [True, True]
