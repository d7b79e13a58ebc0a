"""A file of any size sealed with the keys of copies: Fernet, a piece at a time.

Each piece says which file it belongs to, which one it is, and whether it is the last: pieces that were taken out, moved, or cut off at
the end are noticed. The first key seals, each of them opens.
"""

import secrets
import struct
from collections.abc import Sequence
from io import RawIOBase
from typing import BinaryIO

from directory.domain.errors import InvalidInput

BEGINNING = b"directory sealed copy 1\n"
_PIECE = 1 << 20
_HEAD = struct.Struct(">16sQ?")
_LENGTH = struct.Struct(">I")


class SealingWriter(RawIOBase):
    """Write bytes; `close` writes the last piece. The file beneath is left open for its owner."""

    def __init__(self, file: BinaryIO, keys: Sequence[str]) -> None:
        from cryptography.fernet import Fernet

        self._file, self._fernet = file, Fernet(keys[0])
        self._id, self._number, self._held = secrets.token_bytes(16), 0, bytearray()
        file.write(BEGINNING)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        given = bytes(data)  # type: ignore[call-overload]
        self._held += given
        while len(self._held) > _PIECE:
            self._seal(bytes(self._held[:_PIECE]), last=False)
            del self._held[:_PIECE]
        return len(given)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._held), last=True)
        super().close()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        sealed = self._fernet.encrypt(_HEAD.pack(self._id, self._number, last) + piece)
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


def is_sealed(file: BinaryIO) -> bool:
    """Whether a file begins as a sealed one does; it is read from its beginning again."""
    found = file.read(len(BEGINNING)) == BEGINNING
    file.seek(0)
    return found


def unseal(file: BinaryIO, keys: Sequence[str], into: BinaryIO) -> None:
    """Write what was sealed. Raise `InvalidInput` where no key opens it or a piece is not where it was."""
    from cryptography.fernet import Fernet, InvalidToken, MultiFernet

    if not keys:
        raise InvalidInput("BACKUP_KEYS", "This copy is sealed; set BACKUP_KEYS to the key that it was sealed with.")
    fernet = MultiFernet([Fernet(key) for key in keys])
    file.seek(len(BEGINNING))
    of_file, number, last = b"", 0, False
    while not last:
        length = file.read(_LENGTH.size)
        sealed = file.read(_LENGTH.unpack(length)[0]) if len(length) == _LENGTH.size else b""
        try:
            opened = fernet.decrypt(sealed)
        except InvalidToken:
            what = "is cut off or damaged" if number else "was sealed with a key that BACKUP_KEYS does not hold, or is damaged"
            raise InvalidInput("FILE", f"This copy {what}.") from None
        its_file, its_number, last = _HEAD.unpack(opened[: _HEAD.size])
        of_file = of_file or its_file
        if (its_file, its_number) != (of_file, number):
            raise InvalidInput("FILE", "This copy was put together from pieces that do not belong together.")
        into.write(opened[_HEAD.size :])
        number += 1
    if file.read(1):
        raise InvalidInput("FILE", "This copy goes on after its end.")
