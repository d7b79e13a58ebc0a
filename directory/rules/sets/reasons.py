"""The sentences that rules give: text with places for signals and names, `{access.metres|km}`, in one language or several.

A place is filled with a value in the reader's language, or with words for what is not known. Nothing else can be written between the
braces: neither code nor attributes.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say
from directory.rules.catalogue import nearest

LONGEST = 300
FORMS = ("percent", "km", "days", "number")
LANGUAGES = ("en", "fr", "es")
_PLACE = re.compile(r"\{([^{}]*)\}")
_INSIDE = re.compile(r"([a-z][a-z_]*(?:\.[a-z_]+)+)(?:\|([a-z]+))?")


@dataclass(frozen=True, slots=True)
class Text:
    """`told`: language (ISO 639-1) -> the text; under "" where it was given once, for all languages."""

    told: Mapping[str, str]

    def in_(self, language: str) -> str:
        """In a language, else in English, else in any."""
        found = self.told.get(language) or self.told.get("") or self.told.get("en")
        return found or next(iter(self.told.values()), "")

    def __bool__(self) -> bool:
        return bool(self.told)


NO_TEXT = Text({})


def read_text(raw: object, names: Collection[str]) -> Text:
    """A text, or texts by language, whose places are all of these names. Raise `InvalidInput` with the field "" and one sentence."""
    told = {"": raw} if isinstance(raw, str) else raw
    if not isinstance(told, Mapping) or not told or not all(isinstance(each, str) for each in told.values()):
        raise InvalidInput("", say('A text is written as "…", or as {"en": "…", "fr": "…"}.'))
    unknown = next((str(language) for language in told if language not in ("", *LANGUAGES)), None)
    if unknown is not None:
        raise InvalidInput("", say('Texts are in %(known)s; not in "%(language)s".', known=", ".join(LANGUAGES), language=unknown[:20]))
    for text in told.values():
        _check(text, names)
    return Text({str(language): text.strip() for language, text in told.items()})


def write_text(text: Text) -> str | dict[str, str]:
    return text.told[""] if set(text.told) == {""} else dict(text.told)


def _check(text: str, names: Collection[str]) -> None:
    if not 0 < len(text.strip()) <= LONGEST:
        raise InvalidInput("", say("Write a text of 1 to %(most)s letters.", most=LONGEST))
    if "{" in _PLACE.sub("", text) or "}" in _PLACE.sub("", text):
        raise InvalidInput("", say("A place for a value is written as {name} with one brace on each side."))
    for inside in _PLACE.findall(text):
        found = _INSIDE.fullmatch(inside)
        if found is None or (found[2] and found[2] not in FORMS):
            raise InvalidInput(
                "", say('A place is the name of a signal, and a form where one is wanted (%(forms)s); not "%(inside)s".',
                        forms=", ".join(FORMS), inside=inside[:40])
            )  # fmt: skip
        if found[1] not in names:
            meant = nearest(found[1], names)
            sentence = say('"%(name)s" is no signal that this text may hold.', name=found[1][:60])
            raise InvalidInput(
                "", say('%(sentence)s Did you mean "%(meant)s"?', sentence=sentence, meant=meant) if meant else sentence
            )  # fmt: skip


def places_in(text: Text) -> Iterator[str]:
    """The names of signals that a text holds, in any of its languages."""
    for told in text.told.values():
        for inside in _PLACE.findall(told):
            yield inside.partition("|")[0]


def filled(text: Text, language: str, value_of: Callable[[str, str], str]) -> str:
    """The text in a language, each place filled with what `value_of(name, form)` says."""

    def fill(place: re.Match[str]) -> str:
        name, _bar, form = place[1].partition("|")
        return value_of(name, form)

    return _PLACE.sub(fill, text.in_(language))
