"""A list behind a link: opened by its code, over when its time is over, ended at once; its words sealed, its link known to nobody here."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, text, update

from directory.domain.clock import FixedClock
from directory.domain.errors import InvalidInput, NotFound, TooMany
from directory.domain.lists import Entry, HandList, spelled
from directory.services.lists.expire import delete_expired
from directory.services.lists.places import Standing, followed, read_places
from directory.services.lists.reseal import reseal
from directory.services.lists.share import GUESSING, MAKING, Made, end_sharing, is_shared, open_list, share_list
from directory.services.parts import Parts
from directory.store.sealing import Keyring, UnreadableSeal
from directory.store.session import Database
from directory.store.tables import Service, ServiceAtLocation, SharedList, SharedListEntry
from tests.support.neighbourhood import CLINIC, MERGED, PANTRY, PHONE_LINE, WITHDRAWN, furnish

HANDED = HandList((Entry(PANTRY, "Ring twice"), Entry(CLINIC)), "Ask for Sam Poitras", "fr")
SENDER = "a hash of somebody"


@pytest.fixture
def furnished(parts: Parts) -> Parts:
    furnish(parts)
    return parts


def share(parts: Parts, handed: HandList = HANDED, days: int = 30) -> Made:
    return share_list(parts, handed, days=days, sender=SENDER)


def later(clock: FixedClock, **time: float) -> None:
    clock.set(clock.now() + timedelta(**time))


def stored(parts: Parts) -> str:
    """Everything that the tables of lists hold, as it lies on the disk."""
    tables = ("shared_list", "shared_list_entry", "kept_list", "kept_list_entry", "outgoing_message", "rate_count")
    with parts.database.reading() as session:
        return " ".join(str(tuple(row)) for table in tables for row in session.execute(text(f"SELECT * FROM {table}")))


def test_a_list_is_opened_by_its_code_however_that_is_written(furnished: Parts):
    made = share(furnished)
    opened = open_list(furnished, spelled(made.code).upper(), sender=SENDER)
    assert opened.handed == HANDED
    assert opened.expires_at == furnished.clock.now() + timedelta(days=30)


def test_words_are_sealed_and_neither_code_nor_token_is_kept(furnished: Parts):
    made = share(furnished)
    lying = stored(furnished)
    for secret in ("Poitras", "Ring twice", made.code, made.end_token):
        assert secret not in lying


def test_openings_are_counted_and_nobody_is(furnished: Parts):
    made = share(furnished)
    open_list(furnished, made.code, sender=SENDER, counts=True)
    open_list(furnished, made.code, sender="another", counts=True)
    open_list(furnished, made.code)
    again = is_shared(furnished, made.end_token)
    assert again is not None
    assert again.openings == 2
    assert "another" not in stored(furnished)


@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_link_works_until_its_time_is_over_and_not_a_second_longer(furnished: Parts, clock: FixedClock, days: int):
    made = share(furnished, days=days)
    later(clock, days=days, seconds=-1)
    open_list(furnished, made.code, sender=SENDER)
    later(clock, seconds=1)
    with pytest.raises(NotFound):
        open_list(furnished, made.code, sender=SENDER)
    assert is_shared(furnished, made.end_token) is None


def test_what_is_over_is_deleted_with_all_that_belongs_to_it(furnished: Parts, clock: FixedClock):
    share(furnished, days=1)
    kept = share(furnished, days=7)
    later(clock, days=1)
    assert delete_expired(furnished) == 1
    with furnished.database.reading() as session:
        assert len(session.scalars(select(SharedList)).all()) == 1
        assert {row.list_id for row in session.scalars(select(SharedListEntry))} == {kept.list_id}


def test_a_link_can_be_ended_at_once_by_its_maker_alone(furnished: Parts):
    made = share(furnished)
    with pytest.raises(NotFound):
        end_sharing(furnished, made.code, sender=SENDER)
    end_sharing(furnished, made.end_token, sender=SENDER)
    with pytest.raises(NotFound):
        open_list(furnished, made.code, sender=SENDER)


def test_whoever_guesses_is_asked_to_wait_also_with_a_right_code(furnished: Parts, clock: FixedClock):
    made = share(furnished)
    for number in range(GUESSING.most):
        with pytest.raises(NotFound):
            open_list(furnished, f"{number:012}", sender=SENDER)
    with pytest.raises(TooMany):
        open_list(furnished, made.code, sender=SENDER)
    open_list(furnished, made.code, sender="somebody else")
    later(clock, seconds=GUESSING.seconds)
    open_list(furnished, made.code, sender=SENDER)


def test_guesses_are_counted_for_all_processes_together(furnished: Parts):
    other = replace(furnished, database=Database(str(furnished.database.engine.url.render_as_string(hide_password=False))))
    for number in range(GUESSING.most):
        with pytest.raises(NotFound):
            open_list((furnished, other)[number % 2], f"{number:012}", sender=SENDER)
    with pytest.raises(TooMany):
        open_list(other, "0" * 12, sender=SENDER)
    other.database.close()


def test_links_cannot_be_made_without_end(furnished: Parts):
    for _ in range(MAKING.most):
        share(furnished)
    with pytest.raises(TooMany):
        share(furnished)


def test_counts_are_forgotten_when_their_time_is_over(furnished: Parts, clock: FixedClock):
    share(furnished)
    assert SENDER in stored(furnished)
    later(clock, hours=2)
    delete_expired(furnished)
    assert SENDER not in stored(furnished)


def test_an_empty_list_and_another_time_are_refused(furnished: Parts):
    with pytest.raises(InvalidInput):
        share(furnished, HandList())
    with pytest.raises(InvalidInput):
        share(furnished, days=365)


def test_another_key_opens_nothing(furnished: Parts):
    made = share(furnished)
    stranger = replace(furnished, database=Database(_address(furnished)))
    with pytest.raises(UnreadableSeal):
        open_list(stranger, made.code, sender=SENDER)
    stranger.database.close()


def test_after_a_night_with_a_new_key_the_old_one_is_not_needed(furnished: Parts):
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    with_old = replace(furnished, database=Database(_address(furnished), keyring=Keyring([old])))
    with_both = replace(furnished, database=Database(_address(furnished), keyring=Keyring([new, old])))
    with_new = replace(furnished, database=Database(_address(furnished), keyring=Keyring([new])))
    made = share(with_old)
    assert open_list(with_both, made.code).handed == HANDED
    assert reseal(with_both) == 2
    assert reseal(with_both) == 0
    assert open_list(with_new, made.code).handed == HANDED
    with pytest.raises(UnreadableSeal):
        open_list(with_old, made.code)
    for parts in (with_old, with_both, with_new):
        parts.database.close()


def _address(parts: Parts) -> str:
    return str(parts.database.engine.url.render_as_string(hide_password=False))


def test_places_say_how_they_stand(furnished: Parts):
    with furnished.database.writing() as session:
        session.execute(update(Service).where(Service.id == CLINIC).values(status="inactive"))
        session.commit()
    unknown = "00000000-0000-4000-8000-000000000000"
    found = read_places(furnished, [PHONE_LINE, CLINIC, MERGED, WITHDRAWN, unknown, "no id"])
    assert [place.standing for place in found] == [
        Standing.LISTED, Standing.RESTING, Standing.MOVED, Standing.GONE, Standing.GONE, Standing.GONE,
    ]  # fmt: skip
    assert found[3].name == "Food truck"


def test_a_place_of_a_merged_record_is_read_as_the_record_it_is_part_of(furnished: Parts):
    (found,) = followed(furnished, [MERGED])
    assert found.standing is Standing.LISTED
    assert found.listing is not None
    assert (found.listing.id, found.place_id, found.was) == (PANTRY, MERGED, "Old pantry")


def test_a_service_that_is_no_longer_given_at_a_place_is_gone_there(furnished: Parts):
    with furnished.database.writing() as session:
        site = session.scalars(select(ServiceAtLocation).where(ServiceAtLocation.service_id == PANTRY)).one()
        site.withdrawn_at = furnished.clock.now()
        session.commit()
        site_id = site.id
    (found,) = read_places(furnished, [site_id])
    assert (found.standing, found.name) == (Standing.GONE, "Food pantry")
