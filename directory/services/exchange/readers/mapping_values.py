"""What a mapping can say of one value: a column, a constant, a template, the first that is filled, several put together, a look in another
file; and what is then done with it: split, map, join. Each is a small frozen value that reads a row; none computes anything else.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from directory.services.exchange.readers.mapping_texts import hours_sentence, number_in, yes_or_no

Read = str | bool | list[str] | None


class OtherFiles(Protocol):
    """Finds rows of the other files of a feed."""

    def matching(self, file: str, column: str, key: str) -> list[tuple[int, dict[str, str]]]: ...


@dataclass(frozen=True, slots=True)
class RowView:
    """One row as values see it. `note(kind, message)` takes down what a person should look at."""

    cells: dict[str, str]
    others: OtherFiles
    note: Callable[[str], None]
    not_known: frozenset[str] = frozenset()
    item: str = ""

    def cell(self, column: str) -> str:
        text = self.cells.get(column, "")
        return "" if text.casefold() in self.not_known else text

    def with_item(self, item: str) -> "RowView":
        return replace(self, item=item)

    def with_cells(self, cells: dict[str, str]) -> "RowView":
        return replace(self, cells=cells)


class Value(Protocol):
    """`read` gives the value in a row. `says` is false for constants without a condition, which alone make nothing worth keeping. `uses`
    names the columns of the own file as ("", column), of other files as (file, column)."""

    @property
    def says(self) -> bool: ...

    def read(self, row: RowView) -> Read: ...

    def uses(self) -> Iterator[tuple[str, str]]: ...


def as_text(read: Read) -> str:
    if read is None:
        return ""
    if isinstance(read, list):
        return ", ".join(read)
    return str(read).lower() if isinstance(read, bool) else read


def as_list(read: Read) -> list[str]:
    if isinstance(read, list):
        return read
    text = as_text(read)
    return [text] if text else []


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    says: bool = True

    def read(self, row: RowView) -> Read:
        return row.cell(self.name)

    def uses(self) -> Iterator[tuple[str, str]]:
        yield "", self.name


@dataclass(frozen=True, slots=True)
class Item:
    """The piece that `each` is at."""

    says: bool = True

    def read(self, row: RowView) -> Read:
        return row.item

    def uses(self) -> Iterator[tuple[str, str]]:
        yield from ()


@dataclass(frozen=True, slots=True)
class Constant:
    value: str | bool
    says: bool = False

    def read(self, row: RowView) -> Read:  # noqa: ARG002
        return self.value

    def uses(self) -> Iterator[tuple[str, str]]:
        yield from ()


_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """Words with columns in braces. Empty where all of its columns are; doubled spaces and commas left by an empty one are tidied."""

    words: str
    says: bool = True

    def columns(self) -> list[str]:
        return [" ".join(name.split()) for name in _PLACEHOLDER.findall(self.words)]

    def read(self, row: RowView) -> Read:
        values = [row.item if name == "item" else row.cell(name) for name in self.columns()]
        if not any(values):
            return None
        one_by_one = iter(values)
        filled = _PLACEHOLDER.sub(lambda _: next(one_by_one), self.words)
        return re.sub(r"(?:\s*,){2,}", ",", " ".join(filled.split())).strip(" ,")

    def uses(self) -> Iterator[tuple[str, str]]:
        yield from (("", name) for name in self.columns() if name != "item")


@dataclass(frozen=True, slots=True)
class First:
    """The first of several values that is filled."""

    values: tuple[Value, ...]
    says: bool = True

    def read(self, row: RowView) -> Read:
        return next((found for value in self.values if (found := value.read(row)) not in (None, "", [])), None)

    def uses(self) -> Iterator[tuple[str, str]]:
        for value in self.values:
            yield from value.uses()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every value as one list of words, none twice."""

    values: tuple[Value, ...]

    @property
    def says(self) -> bool:
        return any(value.says for value in self.values)

    def read(self, row: RowView) -> Read:
        return list(dict.fromkeys(word for value in self.values for word in as_list(value.read(row))))

    def uses(self) -> Iterator[tuple[str, str]]:
        for value in self.values:
            yield from value.uses()


@dataclass(frozen=True, slots=True)
class Text:
    """Several values put together, each with a label in front of it where it is filled."""

    pieces: tuple[tuple[str, Value], ...]
    joined_by: str = "\n"
    says: bool = True

    def read(self, row: RowView) -> Read:
        read = ((label, as_text(value.read(row)), value.says) for label, value in self.pieces)
        filled = [(label + text, says) for label, text, says in read if text]
        return self.joined_by.join(text for text, _ in filled) if any(says for _, says in filled) else None

    def uses(self) -> Iterator[tuple[str, str]]:
        for _, value in self.pieces:
            yield from value.uses()


@dataclass(frozen=True, slots=True)
class Lookup:
    """A value of the first row of another file whose column `matching` holds the value `by` of this row."""

    file: str
    by: Value
    matching: str
    take: Value
    says: bool = True

    def read(self, row: RowView) -> Read:
        key = as_text(self.by.read(row))
        for _, cells in row.others.matching(self.file, self.matching, key) if key else ():
            return self.take.read(row.with_cells(cells))
        return None

    def uses(self) -> Iterator[tuple[str, str]]:
        yield from self.by.uses()
        yield self.file, self.matching
        yield from ((self.file, column) for _, column in self.take.uses())


@dataclass(frozen=True, slots=True)
class Derived:
    """An identity made of the words of several values: the same words, written with other spaces or capitals, give the same identity."""

    values: tuple[Value, ...]
    says: bool = True

    def read(self, row: RowView) -> Read:
        words = [" ".join(re.findall(r"\w+", as_text(value.read(row)).casefold())) for value in self.values]
        return hashlib.sha256("\n".join(words).encode()).hexdigest()[:24] if any(words) else None

    def uses(self) -> Iterator[tuple[str, str]]:
        for value in self.values:
            yield from value.uses()


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours as free text from up to three values: words, opening time, closing time."""

    text: Value
    opens: Value
    closes: Value
    says: bool = True

    def read(self, row: RowView) -> Read:
        return hours_sentence(*(as_text(value.read(row)) for value in (self.text, self.opens, self.closes))) or None

    def uses(self) -> Iterator[tuple[str, str]]:
        for value in (self.text, self.opens, self.closes):
            yield from value.uses()


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether a value is, or lists, certain words; capitals do not count."""

    value: Value
    one_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    lists_all: frozenset[str] = frozenset()
    filled: bool | None = None

    def holds(self, row: RowView) -> bool:
        read = self.value.read(row)
        text = as_text(read).casefold()
        words = {word.casefold() for word in as_list(read)}
        if self.filled is not None and bool(text) is not self.filled:
            return False
        if self.one_of and text not in self.one_of:
            return False
        return text not in self.none_of and self.lists_all <= words


@dataclass(frozen=True, slots=True)
class Steps:
    """A value and what is done with it, in this order: asked whether it counts, split, converted, mapped, joined."""

    value: Value
    only_if: Condition | None = None
    split: tuple[str, ...] = ()
    convert: str = ""
    mapped: dict[str, list[str]] | None = None
    otherwise: str = "report"
    join: str | None = None
    says: bool = field(default=True)

    def read(self, row: RowView) -> Read:
        if self.only_if and not self.only_if.holds(row):
            return None
        read = self.value.read(row)
        if self.split:
            read = split_text(as_text(read), self.split)
        if self.convert:
            read = self._converted(as_text(read), row)
        if self.mapped is not None:
            read = self._mapped(read, row)
        return self.join.join(as_list(read)) if self.join is not None else read

    def _converted(self, text: str, row: RowView) -> Read:
        found: Read = yes_or_no(text) if self.convert == "yes_no" else number_in(text)
        if found is None and text:
            row.note(f"'{text}' is not {'yes or no' if self.convert == 'yes_no' else 'a number'}, so it was left out.")
        return found

    def _mapped(self, read: Read, row: RowView) -> Read:
        assert self.mapped is not None
        found: list[str] = []
        for word in as_list(read):
            known = self.mapped.get(" ".join(word.casefold().split()))
            if known is None and self.otherwise == "report":
                row.note(f"'{word}' is not in the value map, so it was left out.")
            found += known if known is not None else [word] if self.otherwise == "keep" else []
        unlike = list(dict.fromkeys(found))
        return unlike if isinstance(read, list) or len(unlike) != 1 else unlike[0]

    def uses(self) -> Iterator[tuple[str, str]]:
        yield from self.value.uses()
        if self.only_if:
            yield from self.only_if.value.uses()


def split_text(text: str, separators: tuple[str, ...]) -> list[str]:
    pieces = re.split("|".join(re.escape(separator) for separator in separators), text)
    return [piece.strip() for piece in pieces if piece.strip()]
