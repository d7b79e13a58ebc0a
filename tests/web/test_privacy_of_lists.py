"""Words of a need and the names of people, planted in a search and in notes, are found nowhere but on the list of whoever has it."""

from dataclasses import replace

import structlog
from flask.testing import FlaskClient
from sqlalchemy import text

from directory.services.listings.community import save_community
from directory.services.messages.deliver import deliver_messages
from directory.services.parts import Parts
from directory.store.tables import Base
from tests.support.neighbourhood import SHELTER
from tests.web.conftest import THREE_LANGUAGES
from tests.web.html import read
from tests.web.test_handed import make_link
from tests.web.test_lists import place_of

NEED, PERSON, NUMBER, ADDRESS = "overdosebeating", "Marguerite Poitras", "(215) 555-0147", "poitras@example.org"


def everything_stored(parts: Parts) -> str:
    with parts.database.reading() as session:
        return " ".join(str(row) for table in Base.metadata.sorted_tables for row in session.execute(text(f'SELECT * FROM "{table.name}"')))


def test_neither_need_nor_person_is_in_logs_rows_messages_titles_or_addresses(client: FlaskClient, furnished: Parts):
    with structlog.testing.capture_logs() as lines:
        client.get(f"/search?q={NEED}")
        client.post("/search", data={"q": NEED})
        code = make_link(client, place_of(furnished, SHELTER), note=f"{PERSON} {NEED}")
        save_community(furnished, "tests", replace(THREE_LANGUAGES, is_demo=True))
        for way, recipient in (("text", NUMBER), ("mail", ADDRESS)):
            answer = client.post("/list/shared/send", data={"way": way, "recipient": recipient})
            assert answer.headers["Location"] == f"/list/shared?sent={way}"
        lying = everything_stored(furnished)
        deliver_messages(furnished)
        save_community(furnished, "tests", THREE_LANGUAGES)
        opened = client.get(f"/l/{code}")
    sent = [path.read_text() for path in (furnished.settings.data_dir / "outbox").iterdir()]
    assert len(sent) == 2
    said = [words.split("\n\n", 1)[1].strip() for words in sent]
    assert all(words.replace("\u00a0", " ") == f"Votre liste : http://localhost/l/{code}" for words in said)
    for words in (NEED, "Marguerite", "Poitras", "poitras", "5550147", code):
        assert words not in lying, words
        assert words not in str(lines), words
    assert "shelter" not in " ".join(said)
    page = read(opened.text)
    assert PERSON in page.text, "the person reads what was written for them"
    assert NEED not in page.one("title").text
    assert not [header for header in opened.headers if NEED in str(header)]
