"""People are still found by their address after the keys were changed and the old one thrown away."""

from dataclasses import replace

from cryptography.fernet import Fernet

from directory.jobs.nightly import Nightly
from directory.services.accounts.people import add_person, list_people, person_by_email
from directory.services.parts import Parts
from directory.store.sealing import Keyring
from directory.store.session import Database

ANNA = "anna@example.org"


def test_the_night_moves_people_to_the_newest_key(parts: Parts) -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    with_old, with_both, with_new = (under(parts, keys) for keys in ([old], [new, old], [new]))
    person = add_person(with_old, ANNA, "planner")
    assert add_person(with_both, ANNA, "planner").id == person.id, "found by either key before the night"
    Nightly(with_both).step()
    assert add_person(with_new, ANNA, "administrator").id == person.id, "no second account is made"
    assert [(each.email, len(each.grants)) for each in list_people(with_new)] == [(ANNA, 2)]
    with with_old.database.reading() as session:
        assert person_by_email(session, with_old.database.keyring, ANNA) is None
    for each in (with_old, with_both, with_new):
        each.database.close()


def under(parts: Parts, keys: list[str]) -> Parts:
    address = parts.database.engine.url.render_as_string(hide_password=False)
    return replace(parts, database=Database(address, keyring=Keyring(keys)))
