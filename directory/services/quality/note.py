"""Tell whoever judges that listings changed, in the transaction of the change itself."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.store.tables import QualityPending


def note_changed(session: Session, versions: Mapping[str, int]) -> None:
    """These listings changed, up to these versions, and are to be judged; the caller commits."""
    if versions:
        made: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](QualityPending)
        newer = made.on_conflict_do_update(index_elements=[QualityPending.service_id], set_={"version": made.excluded.version})
        session.connection().execute(newer, [{"service_id": key, "version": version} for key, version in sorted(versions.items())])
