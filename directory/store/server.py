"""How a database server is talked to: the pool of each process, time limits, names, and UTC. SQLite needs none of it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL

CONNECT_WITHIN_SECONDS = 5
IDLE_IN_TRANSACTION_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """`size` connections are kept and `overflow` more made when they are all in use; who finds none waits at most `wait_seconds`. One is
    made anew after `recycle_seconds`, and tried before each use. `statement_seconds` is the longest that one statement may take, 0: as long
    as it takes. `name` is what the server's list of connections shows."""

    size: int = 5
    overflow: int = 5
    wait_seconds: float = 10
    recycle_seconds: int = 1_800
    statement_seconds: int = 0
    name: str = "directory"


def engine_options(url: URL, options: ServerOptions) -> dict[str, Any]:
    """What SQLAlchemy's engine is made with. What the address itself says (TLS, time to connect, name) holds before what stands here."""
    if url.get_backend_name() != "postgresql":
        return {}
    said = {"timezone": "UTC", "statement_timeout": f"{options.statement_seconds * 1000}"}
    if options.statement_seconds:
        said["idle_in_transaction_session_timeout"] = f"{IDLE_IN_TRANSACTION_SECONDS * 1000}"
    session = " ".join(f"-c {name}={value}" for name, value in said.items())
    of_address = url.query.get("options", "")
    arguments: dict[str, Any] = {"options": f"{session} {of_address if isinstance(of_address, str) else ' '.join(of_address)}".strip()}
    if "application_name" not in url.query:
        arguments["application_name"] = options.name
    if "connect_timeout" not in url.query:
        arguments["connect_timeout"] = CONNECT_WITHIN_SECONDS
    return {
        "connect_args": arguments,
        "pool_size": options.size,
        "max_overflow": options.overflow,
        "pool_timeout": options.wait_seconds,
        "pool_recycle": options.recycle_seconds,
        "pool_pre_ping": True,
    }
