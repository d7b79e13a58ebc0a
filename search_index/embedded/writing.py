"""Writing into one generation: batches of operations, each batch one commit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import tantivy

from search_index.embedded import schema
from search_index.embedded.encoding import encoded
from search_index.fields import refusal
from search_index.port import Operation, Put, Receipt, WriterBusy
from search_index.synonyms import Synonyms

APPLY_MEMORY = 32_000_000
BUILD_MEMORY = 256_000_000
"""Bytes that a writer collects before it writes a segment."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One operation ready to be written; `documents` is empty for a service that goes."""

    service_id: str
    documents: Sequence[tantivy.Document]


def prepared(operations: Iterable[Operation], synonyms: Synonyms) -> tuple[list[Prepared], list[tuple[str, str]]]:
    """Everything that can be written, in order, and what cannot with the reason: one that fails holds up no other."""
    fit: list[Prepared] = []
    failed: list[tuple[str, str]] = []
    for operation in operations:
        try:
            reason = refusal(operation) if isinstance(operation, Put) else None
            documents = encoded(operation, synonyms) if isinstance(operation, Put) and reason is None else []
        except (AttributeError, TypeError, ValueError, OverflowError) as error:
            reason, documents = f"A field has a value that cannot be indexed: {error}.", []
        if reason:
            failed.append((operation.service_id, reason))
        else:
            fit.append(Prepared(operation.service_id, documents))
    return fit, failed


def write(
    writer: tantivy.IndexWriter, operations: Iterable[Operation], synonyms: Synonyms, replaces: Callable[[str], bool] = lambda _: True
) -> Receipt:
    """Put the operations into the writer, uncommitted. `replaces`: whether there may be documents of a service to take away."""
    fit, failed = prepared(operations, synonyms)
    for item in fit:
        if replaces(item.service_id):
            writer.delete_documents_by_term(schema.SERVICE, item.service_id)
        for document in item.documents:
            writer.add_document(document)
    return Receipt(tuple(dict.fromkeys(item.service_id for item in fit)), tuple(failed))


@contextmanager
def open_writer(index: tantivy.Index, memory: int) -> Iterator[tantivy.IndexWriter]:
    """A writer that ends tidily: what was not committed is gone, merges that a commit began are done. Raise `WriterBusy`."""
    try:
        writer = index.writer(memory, 1)
    except ValueError as error:
        if "LockBusy" in str(error):
            raise WriterBusy("Another process is writing the search index; try again when it is done.") from None
        raise
    writer.garbage_collect_files()  # a writer that was killed leaves files of a commit that never was; the next of that name would fail
    try:
        yield writer
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
