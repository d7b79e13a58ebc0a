"""The mailer of a demo: writes each mail into a folder instead of sending it."""

import secrets
from pathlib import Path

from directory.gateways.mail import Mail, stop_headers


class FolderMailer:
    """Files are readable by their owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: Mail) -> None:
        head = {"To": mail.recipient, "Subject": mail.subject, **stop_headers(mail)}
        write(self._folder, "mail", "".join(f"{name}: {value}\n" for name, value in head.items()) + f"\n{mail.body}\n")


def write(folder: Path, way: str, words: str) -> None:
    """Put a message into the folder under a name that tells nothing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{way}-{secrets.token_hex(8)}.txt"
    path.touch(mode=0o600)
    path.write_text(words, encoding="utf-8")
