"""A QR code as plain numbers: a path of runs of dark squares, drawn by a template, sharp on paper and on a screen."""

from dataclasses import dataclass

import segno

QUIET_ZONE = 4
"""Squares of white around it, which readers need."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """`path` draws the dark squares in a picture that is `size` units wide and high, one unit a square."""

    path: str
    size: int


def qr_code(text: str) -> QrCode:
    """The code of a text, so that a quarter of it may be covered or torn."""
    matrix = segno.make_qr(text, error="q").matrix
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = next((offset for offset in range(len(row) - x) if not row[x + offset]), len(row) - x)
            if length:
                runs.append(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z")
            x += length + 1
    return QrCode("".join(runs), len(matrix) + 2 * QUIET_ZONE)
