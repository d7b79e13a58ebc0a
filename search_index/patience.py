"""How long somebody who waits for a page waits for a search server, however often that page asks it.

A page that finds little asks again what would find more, a dozen times perhaps: all of it shares one patience. Where nobody began a page,
as in commands and in the worker, an engine's own limits hold.
"""

from contextvars import ContextVar

PAGE_SECONDS = 0.6
"""What all questions of one page to a server may take together. A page waits at most a second for the index: the rest is for the index that
answers instead, and for a machine that is busy."""


class Patience:
    """Seconds that are left to one page."""

    def __init__(self, seconds: float = PAGE_SECONDS) -> None:
        self.left = seconds

    def spend(self, seconds: float) -> None:
        self.left = max(0.0, self.left - seconds)


_of_page: ContextVar[Patience | None] = ContextVar("patience_of_page", default=None)


def begin_page(seconds: float = PAGE_SECONDS) -> None:
    """From here on this thread answers one page."""
    _of_page.set(Patience(seconds))


def end_page() -> None:
    _of_page.set(None)


def patience_of_page() -> Patience | None:
    """That of the page this thread answers; None where it answers none."""
    return _of_page.get()
