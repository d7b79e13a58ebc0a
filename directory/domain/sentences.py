"""Sentences for people, said in English and remembered as they were made, so that whoever shows them can say them in another language."""

from collections.abc import Callable
from typing import Any


class Sentence(str):
    """The sentence in English; `template` with the places of its values as %(name)s, and `values`, which fill them."""

    __slots__ = ("template", "values")
    template: str
    values: dict[str, object]

    def format(self, *_arguments: object, **_values: object) -> "Sentence":
        """Nothing is left to fill in: validators that offer their own values get the sentence as it is, with what it remembers."""
        return self


def say(template: str, **values: object) -> Sentence:
    """A sentence made of a template and its values."""
    made = Sentence(template % values if values else template)
    made.template = template
    made.values = values
    return made


def retold(sentence: str, translate: Callable[[str], Any]) -> str:
    """The sentence through a translation of templates, and those within it; a plain text is its own template, and stays as it is where it
    has no translation."""
    if isinstance(sentence, Sentence) and sentence.values:
        values = {name: retold(value, translate) if isinstance(value, Sentence) else value for name, value in sentence.values.items()}
        return str(translate(sentence.template)) % values
    return str(translate(str(sentence)))
