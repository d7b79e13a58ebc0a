"""Takes down what is wrong with a mapping while it is read: where (a path), what, and the nearest name that would be right."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """ "; did you mean 'address_1'?", or "" where nothing is near."""
    found = process.extractOne(name.casefold(), {word: word.casefold() for word in known}, scorer=fuzz.ratio, score_cutoff=60)
    return f"; did you mean '{found[2]}'?" if found else ""


class Findings:
    """Sentences on what is wrong, each beginning with the path inside the mapping."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def add(self, path: str, sentence: str) -> None:
        self.sentences.append(f"{path}: {sentence}" if path else sentence)

    def add_unknown(self, path: str, name: object, known: Iterable[str], what: str) -> None:
        """`name` is not one of `known`; `what` says what they are ("a field of location")."""
        self.add(path, f"'{name}' is not {what}{did_you_mean(str(name), known) or _choices(known)}")


def _choices(known: Iterable[str]) -> str:
    names = sorted(known)
    return f"; use one of {', '.join(names)}." if 0 < len(names) <= 12 else "."
