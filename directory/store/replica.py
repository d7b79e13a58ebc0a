"""A read replica: asked for what many read and few change, while it answers and is close behind; else the primary is asked.

What was written in a request or a piece of work is read back from the primary until `begin` is called anew: a person must see what they
have just changed. A replica that does not answer, or is further behind than `MOST_LAG_SECONDS`, is left alone for a while.
"""

import threading
import time
from collections.abc import Callable
from contextvars import ContextVar

import structlog
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from directory.store.server import ServerOptions, engine_options

LOOK_EVERY_SECONDS = 1.0
LEAVE_ALONE_SECONDS = 10.0
MOST_LAG_SECONDS = 2.0
CONNECT_WITHIN_SECONDS = 2

_LAG = text(
    "SELECT CASE WHEN NOT pg_is_in_recovery() OR pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
    " ELSE coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 1e9) END"
)
_log = structlog.get_logger("directory.store.replica")
_primary_only: ContextVar[bool] = ContextVar("primary_only", default=False)


def begin(*, primary_only: bool = False) -> None:
    """A new request or piece of work, in which nothing has been written yet. `primary_only`: for who must see the present itself."""
    _primary_only.set(primary_only)


def note_writing() -> None:
    """From here on, this piece of work reads from the primary."""
    _primary_only.set(True)


class Replica:
    """`usable` costs one small question a second; the others take the answer as it was."""

    def __init__(self, address: str, options: ServerOptions, tick: Callable[[], float] = time.monotonic) -> None:
        url = make_url(address)
        made = engine_options(url, options)
        if made and "connect_timeout" not in url.query:
            made["connect_args"]["connect_timeout"] = CONNECT_WITHIN_SECONDS
        self.engine: Engine = create_engine(url, **made)
        self._tick = tick
        self._look_again_at = float("-inf")
        self._is_good = False
        self._looking = threading.Lock()
        self.lag_seconds: float | None = None

    def usable(self) -> bool:
        """Whether this piece of work may be answered from the replica."""
        if _primary_only.get():
            return False
        if self._tick() >= self._look_again_at and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looking.release()
        return self._is_good

    def distrust(self) -> None:
        """It failed while it was used: leave it alone for a while."""
        self._settle(None)

    def _look(self) -> None:
        try:
            with self.engine.connect() as connection:
                lag = float(connection.execute(_LAG).scalar_one()) if self.engine.dialect.name == "postgresql" else 0.0
        except SQLAlchemyError:
            lag = None
        self._settle(lag)

    def _settle(self, lag: float | None) -> None:
        was_good, self.lag_seconds = self._is_good, lag
        self._is_good = lag is not None and lag <= MOST_LAG_SECONDS
        self._look_again_at = self._tick() + (LOOK_EVERY_SECONDS if self._is_good else LEAVE_ALONE_SECONDS)
        if was_good and not self._is_good:
            _log.warning("replica_left_alone", answers=lag is not None, lag_seconds=lag)
