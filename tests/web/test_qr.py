"""A QR code holds just its text: read back square by square, it is the matrix that was asked for."""

import re

import segno

from directory.web.figures.qr import QUIET_ZONE, qr_code

ADDRESS = "https://directory.example/l/7f3k9qpm2xtd"


def dark_squares(path: str) -> set[tuple[int, int]]:
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path)
    return {(int(x) + step, int(y)) for x, y, length in runs for step in range(int(length))}


def test_the_squares_are_those_of_the_code():
    drawn = qr_code(ADDRESS)
    matrix = segno.make_qr(ADDRESS, error="q").matrix
    wanted = {(x + QUIET_ZONE, y + QUIET_ZONE) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert dark_squares(drawn.path) == wanted
    assert drawn.size == len(matrix) + 2 * QUIET_ZONE


def test_there_is_white_all_around():
    drawn = qr_code(ADDRESS)
    squares = dark_squares(drawn.path)
    assert min(min(square) for square in squares) == QUIET_ZONE
    assert max(max(square) for square in squares) == drawn.size - QUIET_ZONE - 1
