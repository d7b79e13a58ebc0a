"""What mails bring: links and numbers, as whoever reads them types them."""

import re

from flask.testing import FlaskClient

from directory.services.parts import Parts
from tests.support.referrals import mails_of

INTAKE = "intake@harbour.example"


def links_of(parts: Parts, to: str = INTAKE) -> list[str]:
    """The paths of the receiver's links that were mailed."""
    bodies = [body for recipient, _subject, body in mails_of(parts) if recipient == to]
    return [match for body in bodies for match in re.findall(r"/r/[\w-]+", body)]


def number_of(parts: Parts, to: str = INTAKE) -> str:
    """The number that was mailed; the only one."""
    (body,) = [body for recipient, subject, body in mails_of(parts) if recipient == to and "number" in subject.lower()]
    (found,) = re.findall(r"^\d{3} \d{3}$", body, re.MULTILINE)
    return found


def opened(client: FlaskClient, parts: Parts) -> str:
    """The path of the one link that was mailed, with its button pressed in this browser."""
    (path,) = links_of(parts)
    assert client.post(f"{path}/look").status_code == 303
    return path
