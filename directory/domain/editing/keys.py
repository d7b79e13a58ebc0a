"""The names of a form's fields.

A form is one flat mapping. The fields of the record itself have plain names (`hours`); those of a service's places carry the place:
`site:ID:hours` (hours of this service at the place) and `location:ID:address` (the place itself, which other services may share). Texts in
other languages are fields of their own, so that two translators never meet: `text:fr:description`, `location:ID:text:fr:name`.
"""

from dataclasses import dataclass
from typing import Any

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

Form = dict[str, Any]
"""Field key -> plain value that JSON can hold."""

SERVICE, SITE, LOCATION, ORGANIZATION = "service", "site", "location", "organization"
_OF_PLACES = (SITE, LOCATION)
_TEXT = "text"


@dataclass(frozen=True, slots=True)
class Key:
    """`record` "" is the record that the form is of; `language` "" its own words."""

    name: str
    record: str = ""
    record_id: str = ""
    language: str = ""

    def __str__(self) -> str:
        of_place = f"{self.record}:{self.record_id}:" if self.record else ""
        return f"{of_place}text:{self.language}:{self.name}" if self.language else f"{of_place}{self.name}"

    @property
    def inside(self) -> str:
        """The key as the record itself calls it, whichever form it stands in."""
        return f"text:{self.language}:{self.name}" if self.language else self.name


def read_key(text: str) -> Key:
    """The parts of a key. Raise `InvalidInput` for what is none."""
    parts = text.split(":")
    record, record_id = "", ""
    if parts[0] in _OF_PLACES and len(parts) > 2:
        record, record_id, parts = parts[0], parts[1], parts[2:]
    if parts[0] == _TEXT and len(parts) == 3:
        return Key(parts[2], record, record_id, parts[1])
    if len(parts) != 1 or not parts[0]:
        raise InvalidInput("field", say("There is no field “%(field)s” in a listing.", field=text[:60]))
    return Key(parts[0], record, record_id)


def of_record(record: str, record_id: str, inside: str) -> str:
    """The key, in the form of a service, of a field of one of its places."""
    return f"{record}:{record_id}:{inside}"
