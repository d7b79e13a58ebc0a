"""Every text that is written is in NFC and without what one of the databases refuses, whichever way it is written."""

import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from directory.store.plain_text import plain_text, plain_value, write_json
from directory.store.sealing import Keyring
from directory.store.session import Database
from directory.store.tables import Change, CommunityFact, Metadata, Person
from tests.support.moments import MONDAY_MORNING

SOMETHING = "00000000-0000-4000-8000-000000000000"
MARKS = "\u0301\u0303\u0327\u0338\u1161\u11a8"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(MARKS + "\x00\ud800\n\tneoA\u1100<>")), max_size=40)
VALUES = st.recursive(
    st.one_of(TEXTS, st.none(), st.booleans(), st.integers(-9, 9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)
quiet = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def is_plain(value: object) -> bool:
    if isinstance(value, str):
        return (
            unicodedata.is_normalized("NFC", value) and "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
        )
    if isinstance(value, dict):
        return all(is_plain(key) and is_plain(entry) for key, entry in value.items())
    return all(map(is_plain, value)) if isinstance(value, list) else True


@given(TEXTS)
def test_a_plain_text_stays_as_it_is(given_text: str) -> None:
    once = plain_text(given_text)
    assert is_plain(once)
    assert plain_text(once) == once


@given(VALUES)
def test_json_says_the_plain_value_and_leaves_nothing_to_change(value: object) -> None:
    import json

    written = write_json(value)
    assert plain_text(written) == written
    assert json.loads(written) == plain_value(value)


def test_a_mark_after_an_escaped_letter_is_not_drawn_into_the_escape() -> None:
    assert write_json("\n\u0303") == '"\\n\\u0303"'


@quiet
@given(words=TEXTS, value=VALUES)
def test_every_way_of_writing_gives_plain_texts(database: Database, words: str, value: object) -> None:
    with database.writing() as session:
        for table in (Metadata, CommunityFact, Person):
            session.query(table).delete()
        record = {
            "resource_type": "x",
            "resource_id": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
            "last_action_date": "",
            "last_action_type": "",
        }
        session.add(Metadata(**record, updated_by=words))
        session.connection().execute(Metadata.__table__.insert(), [{**record, "id": f"{n:032x}", "updated_by": words} for n in (1, 2)])
        session.add(CommunityFact(key="a", value={"said": value}, modified_at=MONDAY_MORNING))
        session.add(Person(email=words, email_key="a", created_at=MONDAY_MORNING))
        session.flush()
        session.execute(text("UPDATE metadata SET replacement_value = :words"), {"words": words})
        session.commit()
    with database.reading() as session:
        written = session.query(Metadata).all()
        assert {row.updated_by for row in written} == {row.replacement_value for row in written} == {plain_text(words)}
        assert session.get_one(CommunityFact, "a").value == plain_value({"said": value})
        assert session.query(Person).one().email == plain_text(words)


def test_rows_that_are_numbered_as_they_are_written_are_plain_too(database: Database) -> None:
    with database.writing() as session:
        for number in range(3):
            session.add(Change(object_kind="x", object_id=SOMETHING, field="x", after=f"Rene\u0301 {number}", at=MONDAY_MORNING, actor="x"))
        session.commit()
    with database.reading() as session:
        assert sorted(session.scalars(select(Change.after))) == ["René 0", "René 1", "René 2"]


def test_what_is_sealed_is_plain_before_it_is_sealed() -> None:
    from sqlalchemy.dialects import sqlite

    from directory.store.sealing import Sealed

    dialect, keyring = sqlite.dialect(), Keyring()
    dialect.keyring = keyring  # type: ignore[attr-defined]
    sealed = Sealed().process_bind_param("Rene\u0301", dialect)
    assert sealed is not None
    assert keyring.unseal(sealed) == "René"
