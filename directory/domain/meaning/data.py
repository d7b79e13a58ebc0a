"""Reads the files of the lexicon: sections with one line a language, entries apart by semicolons."""

from collections.abc import Mapping
from configparser import ConfigParser
from functools import cache
from importlib.resources import files

PHRASES, CLASSES, FUNCTION_WORDS = "phrases", "word_classes.ini", "function_words.ini"


@cache
def phrases() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(category, language) -> what people say, from every file of `phrases/`."""
    names = sorted(entry.name for entry in (files(__package__) / PHRASES).iterdir() if entry.name.endswith(".ini"))
    return {key: entries for name in names for key, entries in _entries(f"{PHRASES}/{name}").items()}


def classes(language: str) -> Mapping[str, tuple[str, ...]]:
    """Name of a class -> words of a language that mean nearly the same."""
    return {name: entries for (name, spoken), entries in _entries(CLASSES).items() if spoken == language}


def function_words(language: str) -> tuple[str, ...]:
    """Words that carry a sentence and say nothing of a need."""
    return _entries(FUNCTION_WORDS)["words", language]


def weak_words(language: str) -> tuple[str, ...]:
    """Words that tell something only beside others."""
    return _entries(FUNCTION_WORDS)["weak", language]


@cache
def _entries(name: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    parser = ConfigParser(interpolation=None, delimiters=(":",), comment_prefixes=("#",))
    parser.read_string((files(__package__) / name).read_text(encoding="utf-8"))
    return {(section, language): _apart(text) for section in parser.sections() for language, text in parser[section].items()}


def _apart(text: str) -> tuple[str, ...]:
    return tuple(entry for entry in (" ".join(each.split()) for each in text.split(";")) if entry)
