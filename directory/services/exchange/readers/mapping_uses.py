"""Which columns of which files a mapping reads, so that they can be held against the headers before anything is loaded."""

from collections.abc import Iterable, Iterator

from directory.services.exchange.readers.mapping_grammar import ObjectRule, PartRule, RecordRule
from directory.services.exchange.readers.mapping_values import Value

Used = Iterator[tuple[str, str]]


def columns_used(record: RecordRule) -> Used:
    """(name of the file, column) for everything that a record reads; some more than once."""
    if record.only_if:
        yield from _of_values([record.only_if.value], record.file)
    yield from _of_object(record.rule, record.file)


def _of_values(values: Iterable[Value], own: str) -> Used:
    for value in values:
        yield from ((file or own, column) for file, column in value.uses())


def _of_object(rule: ObjectRule, own: str) -> Used:
    yield from _of_values((value for _, value in rule.fields), own)
    yield from _of_values((group.value for group in (rule.point, rule.one_line) if group), own)
    for _, single in rule.singles:
        yield from _of_object(single, own)
    for _, parts in rule.parts:
        for part in parts:
            yield from _of_part(part, own)


def _of_part(part: PartRule, own: str) -> Used:
    if part.only_if:
        yield from _of_values([part.only_if.value], own)
    if part.rows_of:
        file, column, by = part.rows_of
        yield from _of_values([by], own)
        yield file, column
        own = file
    if part.each:
        yield from _of_values([part.each], own)
    yield from _of_object(part.rule, own)
