"""What the index has yet to hear, made ready to be scanned and kept under its version, so that each search need not make it anew."""

import threading
from collections import OrderedDict
from collections.abc import Iterable

from search_index.port import Operation

MOST_REMEMBERED = 400


class ChangeMemory:
    """The last of them; safe between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Operation] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, versions: dict[str, int]) -> dict[str, Operation]:
        """Those that are known as they are in this version or a later one."""
        with self._lock:
            kept = {key: self._kept[key] for key in versions if key in self._kept}
        return {key: operation for key, operation in kept.items() if operation.version >= versions[key]}

    def keep(self, operations: Iterable[Operation]) -> None:
        with self._lock:
            for operation in operations:
                self._kept[operation.service_id] = operation
                self._kept.move_to_end(operation.service_id)
            while len(self._kept) > MOST_REMEMBERED:
                self._kept.popitem(last=False)
