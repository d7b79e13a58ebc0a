"""What a demo would have sent: the messages that it wrote into a folder instead."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from directory.domain.errors import NotFound
from directory.domain.sentences import say
from directory.services.listings.community import read_community
from directory.services.messages.ways import ways_of
from directory.services.parts import Parts

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Written:
    """`way`: mail, text. `subject` is "" for a text message."""

    way: str
    to: str
    subject: str
    body: str
    at: datetime


def read_outbox(parts: Parts) -> list[Written]:
    """The newest first. Raise `NotFound` where messages are really sent, or none are made: then nothing of them is kept."""
    folder = ways_of(parts.settings, is_demo=read_community(parts).is_demo).folder
    if folder is None:
        raise NotFound(say("Only a demo keeps what it would have sent."))
    found = [path for path in folder.glob("*.txt") if path.is_file()] if folder.is_dir() else []
    newest = sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    return [_read(path) for path in newest[:SHOWN]]


def _read(path: Path) -> Written:
    head, _blank, body = path.read_text(encoding="utf-8").partition("\n\n")
    told = dict(line.partition(": ")[::2] for line in head.splitlines())
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Written(path.name.partition("-")[0], told.get("To", ""), told.get("Subject", ""), body.strip(), at)
