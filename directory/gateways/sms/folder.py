"""The text sender of a demo: writes each message into a folder instead of sending it."""

from pathlib import Path

from directory.gateways.mail.folder import write
from directory.gateways.sms import TextMessage


class FolderSender:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: TextMessage) -> None:
        write(self._folder, "text", f"To: {message.recipient}\n\n{message.body}\n")
