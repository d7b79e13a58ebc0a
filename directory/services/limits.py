"""How often something may be done, counted in the database so that it holds across processes and hosts.

Who does it is told as a keyed hash (`sender_key`): the counts say that somebody tried often, never who.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.store.tables import RateCount

EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times within each span of `seconds`."""

    purpose: str
    most: int
    seconds: int


def sender_key(secret: str, address: str) -> str:
    """A name for a sender from which nobody can tell the address; of IPv6 the network that one household has (/64)."""
    try:
        found = ip_address(address)
        told = str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)
    except ValueError:
        told = address
    return hmac.digest(secret.encode(), f"sender {told}".encode(), hashlib.sha256).hex()


def used_up(session: Session, limit: Limit, key: str, now: datetime) -> bool:
    """Whether it was done as often as it may be in the present span."""
    counted = session.scalar(
        select(RateCount.count).where(RateCount.purpose == limit.purpose, RateCount.key == key, RateCount.starts_at == _start(limit, now))
    )
    return (counted or 0) >= limit.most


def count_once(session: Session, limit: Limit, key: str, now: datetime) -> None:
    """Count that it was done; the caller commits."""
    starts_at = _start(limit, now)
    row = {
        "purpose": limit.purpose,
        "key": key,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(seconds=limit.seconds),
        "count": 1,
    }
    made: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](RateCount)
    session.connection().execute(
        made.on_conflict_do_update(
            index_elements=[RateCount.purpose, RateCount.key, RateCount.starts_at], set_={"count": RateCount.count + 1}
        ),
        row,
    )


def count_back(session: Session, limit: Limit, key: str, now: datetime) -> None:
    """Take one count back, of what proved to be none of those that the limit is for; the caller commits."""
    counted = (RateCount.purpose == limit.purpose, RateCount.key == key, RateCount.starts_at == _start(limit, now), RateCount.count > 0)
    session.execute(update(RateCount).where(*counted).values(count=RateCount.count - 1))


def is_first_use(session: Session, purpose: str, key: str, made_at: datetime, ends_at: datetime) -> bool:
    """Whether something that may be used once, and only until `ends_at`, is used for the first time; the caller commits. Of two that use it
    at once one finds it used: the row itself decides."""
    row = {"purpose": purpose, "key": key, "starts_at": made_at, "ends_at": ends_at, "count": 1}
    made: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](RateCount)
    statement = made.on_conflict_do_nothing(index_elements=[RateCount.purpose, RateCount.key, RateCount.starts_at])
    return session.connection().execute(statement.returning(RateCount.count), row).first() is not None


def forget_counts(session: Session, now: datetime) -> None:
    """Delete counts whose span has ended; the caller commits."""
    session.execute(delete(RateCount).where(RateCount.ends_at <= now))


def _start(limit: Limit, now: datetime) -> datetime:
    return datetime.fromtimestamp(now.timestamp() // limit.seconds * limit.seconds, UTC)
