"""Let people be found by the newest key, so that an older one can be thrown away."""

from sqlalchemy import select, update

from directory.services.parts import Parts
from directory.store.tables import Person


def rekey_people(parts: Parts) -> int:
    """How many were found by an older key. Who left is found too, so that nobody is made twice."""
    keyring = parts.database.keyring
    with parts.database.writing() as session:
        people = session.execute(select(Person.id, Person.email, Person.email_key)).all()
        stale = [(person.id, key) for person in people if (key := keyring.lookup_keys(person.email)[0]) != person.email_key]
        for person_id, key in stale:
            session.execute(update(Person).where(Person.id == person_id).values(email_key=key))
        session.commit()
    return len(stale)
