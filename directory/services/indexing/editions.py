"""What was written last into each index, kept in the database: an index that calls its edition otherwise was not left so."""

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from directory.store.tables import IndexConsumer


def noted_edition(session: Session, consumer: str) -> str | None:
    """The edition as which the index was left; "" when that is not known, None when nobody keeps this index."""
    row = session.execute(select(func.coalesce(IndexConsumer.edition, "")).where(IndexConsumer.name == consumer)).first()
    return None if row is None else str(row[0])


def note_written(session: Session, consumer: str, before: str | None, after: str) -> None:
    """The index was of the edition `before` and has become `after`; the caller commits. Where another process has noted something else
    meanwhile, both have written, and who wrote last is not known: then nothing is."""
    _note(session, consumer, case((IndexConsumer.edition == (before or ""), after), else_=""))


def note_edition(session: Session, consumer: str, edition: str) -> None:
    """The index was held against the database as this edition, or built as this; the caller commits."""
    _note(session, consumer, edition)


def _note(session: Session, consumer: str, value: object) -> None:
    session.execute(
        update(IndexConsumer).where(IndexConsumer.name == consumer).values(edition=value).execution_options(synchronize_session=False)
    )
