"""What plain words mean: by the lexicon, and by vectors of meaning where the directory has an embedder.

The vectors of all phrases are made once and kept in the data folder under a name that tells embedder and phrases, so that other words or
another embedder never meet vectors that are not theirs.
"""

import threading
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np

from directory.domain.meaning.concepts import Concept, rank
from directory.domain.meaning.nearness import Vectors, nearness, phrases
from directory.gateways.embedding import Embedder

Progress = Callable[[int, int], None]
_AT_ONCE = 256
_REMEMBERED = 1_024


class Meaning:
    """Ranks the concepts of a text. Safe between threads and processes; vectors are read when they are first needed."""

    def __init__(self, embedder: Embedder | None = None, folder: Path | None = None) -> None:
        self.embedder = embedder
        self._folder = folder
        self._lock = threading.Lock()
        self._vectors: Vectors | None = None
        self._ranked = lru_cache(maxsize=_REMEMBERED)(self._rank)

    def rank(self, text: str, locale: str = "en") -> tuple[Concept, ...]:
        """Best first; by the lexicon alone without an embedder, and until its vectors have been made. Pages of one search, and what many
        people ask, are read once; what was asked is remembered in memory only, and forgotten for what is asked later."""
        vectors = self._ready() if text.strip() else None
        return self._ranked(text, locale, vectors is not None)

    def _rank(self, text: str, locale: str, by_vectors: bool) -> tuple[Concept, ...]:
        if not by_vectors or self._vectors is None or self.embedder is None:
            return rank(text, locale)
        return rank(text, locale, nearness(self._vectors, self.embedder.embed([text])[0]))

    def prepare(self, progress: Progress | None = None) -> None:
        """Make the vectors of the phrases where they are missing: half a minute, once."""
        if not self.is_prepared:
            _write(self._path(), self._made(progress))

    @property
    def is_prepared(self) -> bool:
        """Whether nothing is left to be made."""
        return self.embedder is None or self._path().exists()

    def _ready(self) -> Vectors | None:
        if self._vectors is None and self.embedder is not None and self.is_prepared:
            with self._lock:
                self._vectors = np.load(self._path()).astype(np.float32)
        return self._vectors

    def _made(self, progress: Progress | None) -> Vectors:
        assert self.embedder is not None
        texts, rows = phrases(), []
        for first in range(0, len(texts), _AT_ONCE):
            rows.append(self.embedder.embed(texts[first : first + _AT_ONCE]))
            if progress is not None:
                progress(min(first + _AT_ONCE, len(texts)), len(texts))
        return np.concatenate(rows)

    def _path(self) -> Path:
        assert self.embedder is not None
        assert self._folder is not None, "an embedder needs a folder to keep its vectors in"
        told = "\n".join((self.embedder.name, *phrases()))
        return self._folder / f"meaning-{blake2b(told.encode(), digest_size=8).hexdigest()}.npy"


def _write(path: Path, vectors: Vectors) -> None:
    """All or nothing; in half precision, which no order of categories depends on. Older ones are taken away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{threading.get_native_id()}.part")
    with fresh.open("wb") as file:
        np.save(file, vectors.astype(np.float16))
    fresh.replace(path)
    for older in path.parent.glob("meaning-*.npy"):
        if older != path:
            older.unlink(missing_ok=True)
