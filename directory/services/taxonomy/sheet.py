"""The terms as a table for a spreadsheet, and back: decisions can be taken there by several people, and brought in again."""

import csv
import io
from collections.abc import Iterable, Iterator

from directory.domain.categories.tables import NONE
from directory.domain.errors import InvalidInput
from directory.services.csv_lines import csv_line
from directory.services.taxonomy.decide import Verdict
from directory.services.taxonomy.imported import ImportedTerm, State

COLUMNS = ("term_id", "source", "taxonomy", "code", "name", "services", "state", "categories", "suggestion", "sure", "why")
LARGEST_SHEET_BYTES = 20_000_000


def write_sheet(terms: Iterable[ImportedTerm]) -> Iterator[str]:
    """Lines of CSV. `categories` holds what a planner decided, and is left empty where nobody did."""
    yield csv_line(COLUMNS)
    for entry in terms:
        best = entry.suggestions[0] if entry.suggestions else None
        decided = entry.state in (State.DECIDED, State.NONE_FITS)
        yield csv_line(
            (
                entry.term.id,
                entry.term.source,
                entry.term.taxonomy,
                entry.term.code,
                entry.term.name,
                entry.services,
                entry.state,
                (" ".join(entry.categories) or NONE) if decided else "",
                " ".join(entry.categories) if entry.state is State.MAPPED else best.category if best else "",
                best.sureness if best else "",
                entry.decision.why if entry.decision else "",
            )
        )


def read_sheet(text: str) -> tuple[Verdict, ...]:
    """The verdicts of a sheet: rows whose `categories` is filled in, with slugs or `none`. Raise `InvalidInput` naming the line."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")))
    if not {"term_id", "categories"} <= set(reader.fieldnames or ()):
        raise InvalidInput("file", "The file needs a first line that names the columns term_id and categories.")
    verdicts: dict[str, Verdict] = {}
    for row in reader:
        cell, term_id = (row["categories"] or "").strip(), (row["term_id"] or "").strip()
        if not cell:
            continue
        if not term_id or term_id in verdicts:
            what = "names no term" if not term_id else "names a term for the second time"
            raise InvalidInput("file", f"Line {reader.line_num} {what}; each decision needs the term_id of one term.")
        verdicts[term_id] = Verdict(term_id, () if cell == NONE else tuple(cell.replace(",", " ").replace(";", " ").split()))
    return tuple(verdicts.values())
