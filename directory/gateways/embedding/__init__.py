"""What turns texts into vectors of meaning; an extra that a setting asks for. Everything works without it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """`name` tells one embedder, and one version of it, from another: vectors of different ones cannot be compared."""

    name: str

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 a text. Safe between threads; whatever it needs is loaded when it is first asked."""
        ...


def make_embedder(meaning: str) -> Embedder | None:
    """The embedder that the setting `meaning` asks for; None for none. Raise `EmbedderMissing` where it is not installed."""
    if meaning != "embeddings":
        return None
    from directory.gateways.embedding.sentence_encoder import SentenceEncoder

    return SentenceEncoder()


class EmbedderMissing(RuntimeError):
    """The extra that a setting asks for is not installed."""
