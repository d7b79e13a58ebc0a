"""Makes columns of records, some thousands at a time, so that the records themselves need not all be held."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.columns import (
    KINDS,
    MOST_CATEGORIES,
    MOST_LINKS,
    MOST_NAMES,
    MOST_OWNERS,
    MOST_PHONES,
    WAYS,
    Columns,
    NameTable,
    TextTable,
)
from directory.rules.matching.contacts import link_key, read_number
from directory.rules.matching.facts import Facts, IdentityLevel
from directory.rules.matching.folding import folded
from directory.rules.matching.hashing import hash_of
from directory.rules.matching.names import words_of_names
from directory.rules.matching.streets import Street, read_streets
from directory.rules.matching.words import PEOPLE
from directory.rules.uncollected import uncollected

_AT_ONCE = 20_000
_BEGINNING = 4
Told = Callable[[int], None]


def columns_of(records: Iterable[Facts], level: IdentityLevel, told: Told | None = None) -> Columns:
    """The columns of all records; `told` how many are done, now and then."""
    builder = _Builder(level)
    remaining = iter(records)
    with uncollected():
        while chunk := list(islice(remaining, _AT_ONCE)):
            builder.add(chunk)
            if told:
                told(len(builder.ids))
        return builder.finished()


@dataclass
class _Texts:
    """Gives each text a row, the same for the same text."""

    rows: dict[str, int] = field(default_factory=dict)

    def row(self, text: str) -> int:
        return self.rows.setdefault(text, len(self.rows)) if text else -1

    def table(self) -> TextTable:
        texts = list(self.rows)
        hashes = np.array([hash_of(text) for text in texts], dtype=np.uint64)
        return TextTable(texts, hashes, np.array([hash_of(text[:_BEGINNING]) for text in texts], dtype=np.uint64))


@dataclass
class _Builder:
    level: IdentityLevel
    ids: list[str] = field(default_factory=list)
    names: _Texts = field(default_factory=_Texts)
    streets: _Texts = field(default_factory=_Texts)
    cities: _Texts = field(default_factory=_Texts)
    parts: dict[str, list[Any]] = field(default_factory=dict)
    _hashes: dict[str, int] = field(default_factory=dict)

    def add(self, chunk: Sequence[Facts]) -> None:
        self.ids.extend(facts.id for facts in chunk)
        self._add_names(chunk)
        self._add_places(chunk)
        self._add_contacts(chunk)
        if self.level is IdentityLevel.PROGRAM:
            self._add_offers(chunk)
        else:
            self._leave_out_offers(len(chunk))

    def _put(self, name: str, values: Any, kind: Any) -> None:
        self.parts.setdefault(name, []).append(np.asarray(values, dtype=kind))

    def _hash(self, text: str) -> int:
        """Hash of a text of which there are few."""
        found = self._hashes.get(text)
        if found is None:
            found = self._hashes[text] = hash_of(text)
        return found

    def _add_names(self, chunk: Sequence[Facts]) -> None:
        names = [(facts.name, *facts.other_names)[:MOST_NAMES] for facts in chunk]
        owners = [(facts.owner, *facts.owner_other_names)[:MOST_OWNERS] for facts in chunk]
        if self.level is IdentityLevel.ORGANIZATION:
            owners = [() for _ in chunk]
        read = iter(words_of_names([name for many in (*names, *owners) for name in many]))
        words = [[next(read) for _ in many] for many in names]
        owner_words = [[next(read) for _ in many] for many in owners]
        if self.level is IdentityLevel.PROGRAM:
            words = [[_without(said, whose) for said in many] for many, whose in zip(words, owner_words, strict=True)]
        self._put("names", self._name_rows(words, MOST_NAMES), np.int32)
        self._put("owners", self._name_rows(owner_words, MOST_OWNERS), np.int32)

    def _name_rows(self, names: list[list[tuple[str, ...]]], most: int) -> NDArray[np.int32]:
        """(records, most): the row of each name, -1 for none."""
        rows = np.full((len(names), most), -1, dtype=np.int32)
        for place, many in enumerate(names):
            for number, words in enumerate(many):
                rows[place, number] = self.names.row(" ".join(words))
        return rows

    def _add_places(self, chunk: Sequence[Facts]) -> None:
        read = read_streets([facts.street for facts in chunk])
        self._put("numbers", [street.number for street in read], np.int32)
        self._put("streets", [self.streets.row(street.core) for street in read], np.int32)
        self._put("ways", [WAYS.get(street.direction, 0) for street in read], np.int8)
        self._put("kinds", [KINDS.get(street.kind, 0) for street in read], np.int8)
        self._put("units", [self._hash(street.unit or street.letter) for street in read], np.uint64)
        codes = [_postal_code(facts, street) for facts, street in zip(chunk, read, strict=True)]
        self._put("postal_codes", [self._hash(code) for code in codes], np.uint64)
        self._put("areas", [self._hash(code[:3]) for code in codes], np.uint64)
        cities = folded([facts.city for facts in chunk])
        self._put("cities", [self.cities.row(" ".join(city.replace("-", " ").split())) for city in cities], np.int32)
        nowhere = float("nan")
        points = [
            (nowhere if facts.latitude is None else facts.latitude, nowhere if facts.longitude is None else facts.longitude)
            for facts in chunk
        ]
        self._put("points", points, np.float32)

    def _add_contacts(self, chunk: Sequence[Facts]) -> None:
        phones = np.zeros((len(chunk), MOST_PHONES), dtype=np.uint64)
        local = np.full((len(chunk), MOST_PHONES), -1, dtype=np.int32)
        links = np.zeros((len(chunk), MOST_LINKS), dtype=np.uint64)
        for row, facts in enumerate(chunk):
            read = [number for text in facts.phones if (number := read_number(text, facts.country))]
            if len(read) > 1:
                read = list(dict.fromkeys(read))[:MOST_PHONES]
            for place, number in enumerate(read):
                phones[row, place] = int(number.whole[1:] or 0)
                local[row, place] = number.local
            found = [key for text in facts.links if (key := link_key(text))]
            if len(found) > 1:
                found = list(dict.fromkeys(found))[:MOST_LINKS]
            for place, key in enumerate(found):
                links[row, place] = hash_of(key)
        self._put("phones", phones, np.uint64)
        self._put("local_phones", local, np.int32)
        self._put("links", links, np.uint64)

    def _add_offers(self, chunk: Sequence[Facts]) -> None:
        self._put("hours", [hash_of("".join(text.split())) for text in folded([facts.hours for facts in chunk])], np.uint64)
        audiences = [" ".join(text.split()) for text in folded([facts.audience for facts in chunk])]
        self._put("audiences", [hash_of(text) for text in audiences], np.uint64)
        names = [_people(name.replace("-", " ").split()) for name in folded([facts.name for facts in chunk])]
        self._put(
            "people", [of_name << 6 | of_name | _people(text.split()) for of_name, text in zip(names, audiences, strict=True)], np.int16
        )
        nobody = float("nan")
        ages = [
            (nobody if facts.minimum_age is None else facts.minimum_age, nobody if facts.maximum_age is None else facts.maximum_age)
            for facts in chunk
        ]
        self._put("ages", ages, np.float32)
        categories = np.zeros((len(chunk), MOST_CATEGORIES), dtype=np.uint64)
        for row, facts in enumerate(chunk):
            for place, category in enumerate(sorted(set(facts.categories))[:MOST_CATEGORIES]):
                categories[row, place] = self._hash(category)
        self._put("categories", categories, np.uint64)

    def _leave_out_offers(self, count: int) -> None:
        self._put("hours", np.zeros(count), np.uint64)
        self._put("audiences", np.zeros(count), np.uint64)
        self._put("people", np.zeros(count), np.int16)
        self._put("ages", np.full((count, 2), np.nan), np.float32)
        self._put("categories", np.zeros((count, MOST_CATEGORIES)), np.uint64)

    def finished(self) -> Columns:
        if not self.ids:
            self.add([Facts("")])
            self.ids.clear()
            self.parts = {name: [values[0][:0]] for name, values in self.parts.items()}
        columns = {name: np.concatenate(values) for name, values in self.parts.items()}
        return Columns(self.ids, self._name_table(), self.streets.table(), self.cities.table(), **columns)

    def _name_table(self) -> NameTable:
        spoken = list(self.names.rows)
        words = [sorted(text.split(" ")) for text in spoken]
        texts = [" ".join(name) for name in words]
        known: dict[str, int] = {}
        for name in words:
            for word in name:
                if word not in known:
                    known[word] = hash_of(word)
        starts = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum([len(name) for name in words], out=starts[1:])
        flat = np.array([known[word] for name in words for word in name], dtype=np.uint64)
        numbers = [hash_of(" ".join(word for word in name if word.isdigit())) for name in words]
        return NameTable(texts, spoken, flat, starts, np.array([hash_of(text) for text in texts], np.uint64), np.array(numbers, np.uint64))


def _without(words: tuple[str, ...], whose: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The words of an offer's name without those of its organization's, which say nothing of the offer; all of them if none is left."""
    owned = {word for name in whose for word in name}
    return tuple(word for word in words if word not in owned) or words


def _people(words: Iterable[str]) -> int:
    bits = 0
    for word in words:
        bits |= PEOPLE.get(word.strip(".,;:()"), 0)
    return bits


def _postal_code(facts: Facts, street: Street) -> str:
    """As it is compared: no spaces, and of the United States the five digits alone."""
    code = "".join(facts.postal_code.split()).lower() or street.postal_code
    return code[:5] if code[:5].isdigit() and len(code) > 5 and code[5] == "-" else code
