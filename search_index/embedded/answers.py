"""Answers remembered for as long as nothing changed: many people ask for food, and the index need not find it anew for each.

An answer belongs to one view of the index and is forgotten with it, at the next commit at the latest; it is kept in memory only.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable

from search_index.query import SearchPage, ServiceQuery

MOST_REMEMBERED = 256


class Answers:
    """The last answers, safe between threads."""

    def __init__(self, size: int = MOST_REMEMBERED) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._pages: OrderedDict[ServiceQuery, SearchPage] = OrderedDict()

    def answer(self, query: ServiceQuery, ask: Callable[[], SearchPage]) -> SearchPage:
        """The answer given before, or a new one. What was told of a person is remembered nowhere, nor what was answered to it."""
        if query.whom is not None:
            return ask()
        with self._lock:
            page = self._pages.get(query)
            if page is not None:
                self._pages.move_to_end(query)
                return page
        page = ask()
        with self._lock:
            self._pages[query] = page
            if len(self._pages) > self._size:
                self._pages.popitem(last=False)
        return page
