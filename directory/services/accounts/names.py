"""Who stands behind the labels of actors, for those who may know."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.store.tables import Person

PERSON = "person:"


def names_of(session: Session, labels: Iterable[str]) -> dict[str, str]:
    """The name, else the address, of each person among the labels who is still here. What is no label of a person is left out."""
    ids = {label.removeprefix(PERSON) for label in labels if label.startswith(PERSON)}
    people = session.scalars(select(Person).where(Person.id.in_(ids), Person.ended_at.is_(None))) if ids else ()
    return {f"{PERSON}{person.id}": person.name or person.email for person in people}
