"""Meaning by vectors beside the lexicon: an extra that is made once, kept by what it was made of, and never missed."""

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from directory.domain.categories.tree import CATEGORIES
from directory.domain.meaning.concepts import rank
from directory.domain.meaning.lexicon import ORDER
from directory.domain.meaning.nearness import nearness, phrases, starts
from directory.gateways.embedding import EmbedderMissing, make_embedder
from directory.services.finding.meaning import Meaning


class Scribe:
    """An embedder for tests: the same text has the same vector, different ones point elsewhere. It counts what it is asked."""

    def __init__(self, name: str = "scribe 1") -> None:
        self.name = name
        self.asked = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += len(texts)
        rows = np.stack([np.random.default_rng(int.from_bytes(blake2b(text.encode()).digest()[:8])).normal(size=64) for text in texts])
        unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit


def test_without_an_embedder_plain_words_are_understood_by_the_lexicon() -> None:
    assert Meaning().rank("can't pay rent") == rank("can't pay rent")
    assert Meaning().is_prepared


def test_until_its_vectors_are_made_the_lexicon_answers_alone(tmp_path: Path) -> None:
    scribe = Scribe()
    assert Meaning(scribe, tmp_path).rank("can't pay rent") == rank("can't pay rent")
    assert scribe.asked == 0


def test_vectors_are_made_once_and_read_by_the_next_process(tmp_path: Path) -> None:
    first = Scribe()
    told: list[tuple[int, int]] = []
    Meaning(first, tmp_path).prepare(lambda done, of: told.append((done, of)))
    assert first.asked == len(phrases())
    assert told[-1] == (len(phrases()), len(phrases()))
    second = Scribe()
    meaning = Meaning(second, tmp_path)
    assert meaning.is_prepared
    meaning.prepare()
    meaning.rank("can't pay rent")
    assert second.asked == 1


def test_another_embedder_never_reads_vectors_that_are_not_its_own(tmp_path: Path) -> None:
    Meaning(Scribe("scribe 1"), tmp_path).prepare()
    other = Meaning(Scribe("scribe 2"), tmp_path)
    assert not other.is_prepared
    other.prepare()
    assert len(list(tmp_path.glob("meaning-*.npy"))) == 1


def test_what_is_nearest_by_vectors_comes_forward_and_is_surer(tmp_path: Path) -> None:
    meaning = Meaning(Scribe(), tmp_path)
    meaning.prepare()
    words = next(iter(CATEGORIES["dental"].synonyms["en"]))
    with_vectors, without = meaning.rank(words)[0], rank(words)[0]
    assert with_vectors.category == without.category == "dental"
    assert with_vectors.sure >= without.sure


def test_the_nearest_phrases_of_a_category_say_how_near_it_is() -> None:
    vectors = np.zeros((len(phrases()), 4), dtype=np.float32)
    first = int(starts()[ORDER.index("detox")])
    vectors[first : first + 3, 0] = (0.9, 0.6, 0.3)
    near = nearness(vectors, np.array([1, 0, 0, 0], dtype=np.float32))
    assert near[ORDER.index("detox")] == pytest.approx(0.6, abs=0.01)
    assert near.argmax() == ORDER.index("detox")


def test_the_real_embedder_says_the_same_in_three_languages() -> None:
    try:
        embedder = make_embedder("embeddings")
    except EmbedderMissing as missing:
        pytest.skip(str(missing))
    assert embedder is not None
    english, french, spanish, other = embedder.embed(["I need food", "j'ai besoin de nourriture", "necesito comida", "fix my roof"])
    assert min(english @ french, english @ spanish) > 0.7 > english @ other


def test_no_embedder_is_made_unless_a_setting_asks() -> None:
    assert make_embedder("lexicon") is None
