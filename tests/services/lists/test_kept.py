"""Lists that a team keeps: who may do what with which link, several keepers at once, and what changed of each place since."""

import pytest
from sqlalchemy import select, text, update

from directory.domain.errors import NotFound, Refused, TooMany
from directory.domain.lists import Entry, HandList, moved, with_place, without_place
from directory.services.lists.changes import Changed, changes_of
from directory.services.lists.keep import (
    change_kept,
    delete_kept,
    enter,
    make_kept,
    mark_seen,
    newest_change,
    open_kept,
    put_back,
    replace_link,
)
from directory.services.lists.places import read_places
from directory.services.lists.share import GUESSING
from directory.services.parts import Parts
from directory.store.tables import Change, KeptList, Location
from tests.support.neighbourhood import CLINIC, ORGANIZATION, PANTRY, PANTRY_PLACE, PHONE_LINE, SECRET_PLACE, SHELTER, furnish

HANDED = HandList((Entry(PANTRY, "Ring twice"), Entry(CLINIC)), "Doors close at nine", "en")
SENDER = "a hash of somebody"


@pytest.fixture
def furnished(parts: Parts) -> Parts:
    furnish(parts)
    return parts


def make(parts: Parts, handed: HandList = HANDED) -> tuple[str, str, str]:
    """A list: its id, keeping and reading token."""
    list_id, keep_token = make_kept(parts, "Monday  shelter list", handed, sender=SENDER)
    return list_id, keep_token, open_kept(parts, list_id, keep_token).read_token


def record(parts: Parts, kind: str, object_id: str, field: str, *, part: str = "", before: str = "a", after: str | None = "b") -> None:
    """Something in the directory changed."""
    with parts.database.writing() as session:
        session.add(
            Change(
                object_kind=kind,
                object_id=object_id,
                part=part,
                field=field,
                before=before,
                after=after,
                at=parts.clock.now(),
                actor="tests",
            )
        )
        session.commit()


def told(parts: Parts, list_id: str, token: str) -> dict[str, list[Changed]]:
    """What changed since each place was put on."""
    kept = open_kept(parts, list_id, token)
    with parts.database.reading() as session:
        found = changes_of(session, read_places(parts, kept.handed.place_ids), kept.since)
    return {place_id: [change.what for change in changes] for place_id, changes in found.items()}


def test_a_list_is_made_and_read_by_either_link(furnished: Parts):
    list_id, keep_token, read_token = make(furnished)
    assert open_kept(furnished, list_id, keep_token).handed == HANDED
    reader = open_kept(furnished, list_id, read_token)
    assert (reader.name, reader.handed, reader.may_change) == ("Monday shelter list", HANDED, False)
    assert reader.keep_token == reader.read_token == ""
    assert enter(furnished, read_token, sender=SENDER) == enter(furnished, keep_token, sender=SENDER) == list_id


def test_name_words_and_links_are_sealed(furnished: Parts):
    _list_id, keep_token, read_token = make(furnished)
    with furnished.database.reading() as session:
        tables = ("kept_list", "kept_list_entry")
        lying = " ".join(str(tuple(row)) for table in tables for row in session.execute(text(f"SELECT * FROM {table}")))
    for secret in (keep_token, read_token, "Monday", "Ring twice", "Doors close"):
        assert secret not in lying


def test_a_reader_changes_nothing(furnished: Parts):
    list_id, _keep_token, read_token = make(furnished)
    for act in (
        lambda: change_kept(furnished, list_id, read_token, lambda handed: without_place(handed, PANTRY)),
        lambda: mark_seen(furnished, list_id, read_token),
        lambda: replace_link(furnished, list_id, read_token, reading=False),
        lambda: put_back(furnished, list_id, read_token),
        lambda: delete_kept(furnished, list_id, read_token),
    ):
        with pytest.raises(Refused):
            act()
    assert open_kept(furnished, list_id, read_token).handed == HANDED


def test_two_keepers_lose_nothing_of_each_other_s(furnished: Parts):
    list_id, token, _ = make(furnished)
    change_kept(furnished, list_id, token, lambda handed: with_place(handed, PHONE_LINE))
    change_kept(furnished, list_id, token, lambda handed: moved(handed, CLINIC, -1))
    assert open_kept(furnished, list_id, token).handed.place_ids == (CLINIC, PANTRY, PHONE_LINE)


def test_what_is_taken_out_can_be_put_back_by_any_keeper(furnished: Parts):
    list_id, token, _ = make(furnished)
    change_kept(furnished, list_id, token, lambda handed: without_place(handed, PANTRY))
    assert open_kept(furnished, list_id, token).taken_out == (PANTRY,)
    put_back(furnished, list_id, token)
    kept = open_kept(furnished, list_id, token)
    assert kept.taken_out == ()
    assert set(kept.handed.place_ids) == {PANTRY, CLINIC}
    assert Entry(PANTRY, "Ring twice") in kept.handed.entries


def test_a_replaced_link_opens_nothing_any_more(furnished: Parts):
    list_id, token, read_token = make(furnished)
    newer_read = replace_link(furnished, list_id, token, reading=True)
    newer_keep = replace_link(furnished, list_id, token, reading=False)
    for old in (token, read_token):
        with pytest.raises(NotFound):
            open_kept(furnished, list_id, old)
        with pytest.raises(NotFound):
            enter(furnished, old, sender=SENDER)
    assert open_kept(furnished, list_id, newer_keep).may_change
    assert not open_kept(furnished, list_id, newer_read).may_change


def test_a_deleted_list_is_gone_for_everybody(furnished: Parts):
    list_id, token, read_token = make(furnished)
    delete_kept(furnished, list_id, token)
    with pytest.raises(NotFound):
        open_kept(furnished, list_id, read_token)
    with furnished.database.reading() as session:
        assert session.scalars(select(KeptList)).all() == []


def test_whoever_guesses_links_is_asked_to_wait(furnished: Parts):
    _list_id, token, _ = make(furnished)
    for number in range(GUESSING.most):
        with pytest.raises(NotFound):
            enter(furnished, f"token {number}", sender=SENDER)
    with pytest.raises(TooMany):
        enter(furnished, token, sender=SENDER)


@pytest.mark.parametrize(
    ("kind", "object_id", "field", "part", "what"),
    [
        ("service", PANTRY, "hours_text", "", Changed.HOURS),
        ("service", PANTRY, "changed", "schedule", Changed.HOURS),
        ("service", PANTRY, "added", "phone", Changed.PHONE),
        ("service", PANTRY, "status", "", Changed.STATUS),
        ("service", PANTRY, "minimum_age", "", Changed.WHO),
        ("service", PANTRY, "eligibility_description", "", Changed.WHO),
        ("service", PANTRY, "removed", "required_document", Changed.BRING),
        ("service", PANTRY, "verified_at", "", Changed.VERIFIED),
        ("location", PANTRY_PLACE, "changed", "address", Changed.ADDRESS),
        ("organization", ORGANIZATION, "added", "phone", Changed.PHONE),
    ],
)
def test_what_changed_is_told_of_the_place_it_changed_for(
    furnished: Parts, kind: str, object_id: str, field: str, part: str, what: Changed
):
    place = next(found.place.id for found in read_places(furnished, [PANTRY]) if found.place)
    list_id, token, _ = make(furnished, HandList((Entry(place),)))
    assert told(furnished, list_id, token) == {}
    record(furnished, kind, object_id, field, part=part)
    assert told(furnished, list_id, token) == {place: [what]}


def test_what_nobody_sends_people_by_and_names_of_people_are_not_told(furnished: Parts):
    list_id, token, _ = make(furnished)
    for field, part in (("changed", "contact"), ("changed", "translation"), ("digest", ""), ("assurer_email", "")):
        record(furnished, "service", PANTRY, field, part=part)
    record(furnished, "organization", ORGANIZATION, "description")
    assert told(furnished, list_id, token) == {}


def test_of_a_confidential_place_nothing_is_told_of_where_it_is(furnished: Parts):
    list_id, token, _ = make(furnished, HandList((Entry(SHELTER),)))
    record(furnished, "location", SECRET_PLACE, "changed", part="address", before="13 Hidden Court")
    record(furnished, "location", SECRET_PLACE, "latitude")
    assert told(furnished, list_id, token) == {}


def test_a_place_that_became_confidential_tells_no_former_address(furnished: Parts):
    list_id, token, _ = make(furnished)
    record(furnished, "location", PANTRY_PLACE, "changed", part="address", before="1 Main Street")
    with furnished.database.writing() as session:
        session.execute(update(Location).where(Location.id == PANTRY_PLACE).values(confidential=True))
        session.commit()
    assert told(furnished, list_id, token) == {}


def test_changes_before_a_place_was_put_on_are_not_told_and_seen_ones_no_longer(furnished: Parts):
    record(furnished, "service", PANTRY, "name")
    list_id, token, _ = make(furnished)
    record(furnished, "service", PANTRY, "alert")
    assert told(furnished, list_id, token) == {PANTRY: [Changed.ALERT]}
    mark_seen(furnished, list_id, token)
    kept = open_kept(furnished, list_id, token)
    with furnished.database.reading() as session:
        assert kept.seen_change == newest_change(session)
        seen = dict.fromkeys(kept.since, kept.seen_change)
        assert changes_of(session, read_places(furnished, kept.handed.place_ids), seen) == {}
    assert told(furnished, list_id, token) == {PANTRY: [Changed.ALERT]}, "since it was made, it still is told"


def test_a_place_put_back_keeps_telling_from_where_it_was_first_put_on(furnished: Parts):
    list_id, token, _ = make(furnished)
    change_kept(furnished, list_id, token, lambda handed: without_place(handed, PANTRY))
    record(furnished, "service", PANTRY, "alert")
    put_back(furnished, list_id, token)
    assert told(furnished, list_id, token) == {PANTRY: [Changed.ALERT]}
