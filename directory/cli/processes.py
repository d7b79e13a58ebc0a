"""The processes of `serve`: the web server and the worker, started, watched and stopped together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from types import FrameType

import structlog

from directory.cli.shared import tell
from directory.settings import LOOPBACK, Settings

LOOK_EVERY_SECONDS = 0.05
WATCH_EVERY_SECONDS = 0.25
STOP_WITHIN_SECONDS = 20
READY_WITHIN_SECONDS = 60
PAUSE_BEFORE_RESTART_SECONDS = 2.0
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux

_log = structlog.get_logger("directory.cli.processes")


def web_command(settings: Settings) -> list[str]:
    """gunicorn with threads, without access log: what people search is written nowhere."""
    command = [sys.executable, "-m", "gunicorn", "directory.app:served_app()"]
    for host in listened_on(settings.host):
        command += ["--bind", f"{f'[{host}]' if ':' in host else host}:{settings.port}"]
    command += ["--workers", str(settings.web_workers), "--worker-class", "gthread", "--threads", str(settings.web_threads)]
    command += ["--graceful-timeout", "10", "--keep-alive", "5", "--log-level", "warning", "--no-control-socket"]
    return [*command, "--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else command  # noqa: S108


def listened_on(host: str) -> tuple[str, ...]:
    """The addresses to serve on. Browsers take `localhost` for either loopback, so whoever serves on one serves on both, where there are
    both: nobody else can answer in our place."""
    return ("127.0.0.1", "::1") if host in LOOPBACK and has_both_loopbacks() else (host,)


def has_both_loopbacks() -> bool:
    """Whether this machine speaks to itself by the sixth version of the protocol, too."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def worker_command() -> list[str]:
    return [sys.executable, "-m", "directory.cli.main", "worker"]


def _die_with_parent() -> None:
    """A child is told to stop when this process is gone, however it went (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def start(command: list[str]) -> "subprocess.Popen[bytes]":
    """A child in a group of its own, so that Ctrl-C reaches it through us only, in order."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: S603, PLW1509


class Supervisor:
    """Runs the web server and the worker until asked to stop. The web server's end is the end; a worker that ends is started again."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._asked_to_stop = False
        self._worker_ended_at: float | None = None

    def run(self, when_ready: Callable[[], None]) -> int:
        """The exit code: 0 when asked to stop, 1 when the web server ended by itself."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask_to_stop)
        self._web = start(web_command(self._settings))
        self._worker = start(worker_command())
        try:
            if self._wait_until_ready():
                when_ready()
            self._watch()
        finally:
            self._stop()
        if self._asked_to_stop:
            return 0
        tell("directory: the web server has ended; its own words are above.")
        return 1

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _runs(self) -> bool:
        return not self._asked_to_stop and self._web.poll() is None

    def _wait_until_ready(self) -> bool:
        until = time.monotonic() + READY_WITHIN_SECONDS
        while self._runs() and time.monotonic() < until:
            if is_healthy(self._settings.host, self._settings.port):
                return True
            time.sleep(LOOK_EVERY_SECONDS)
        if self._runs():
            tell("The pages are served, but /health says that something is wrong; `directory doctor` tells what.")
        return False

    def _watch(self) -> None:
        while self._runs():
            time.sleep(WATCH_EVERY_SECONDS)
            self._keep_worker()

    def _keep_worker(self) -> None:
        """Start the worker again, a moment after it ended."""
        if self._worker.poll() is None:
            return
        now = time.monotonic()
        if self._worker_ended_at is None:
            self._worker_ended_at = now
            _log.warning("worker_ended", exit_code=self._worker.returncode)
        elif now - self._worker_ended_at >= PAUSE_BEFORE_RESTART_SECONDS:
            self._worker_ended_at = None
            self._worker = start(worker_command())

    def _stop(self) -> None:
        for child in (self._web, self._worker):
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + STOP_WITHIN_SECONDS
        for child in (self._web, self._worker):
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def is_healthy(host: str, port: int) -> bool:
    """Whether /health answers that searches can be answered."""
    connection = HTTPConnection("127.0.0.1" if host in ("", "0.0.0.0") else host, port, timeout=2)  # noqa: S104
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
