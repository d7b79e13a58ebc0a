"""The mailer of a demo: writes each mail into a folder instead of sending it."""

import secrets
from pathlib import Path

from directory.gateways.mail import Mail


class FolderMailer:
    """Files are readable by their owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: Mail) -> None:
        write(self._folder, "mail", f"To: {mail.recipient}\nSubject: {mail.subject}\n\n{mail.body}\n")


def write(folder: Path, way: str, words: str) -> None:
    """Put a message into the folder under a name that tells nothing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{way}-{secrets.token_hex(8)}.txt"
    path.touch(mode=0o600)
    path.write_text(words, encoding="utf-8")
