"""What is wrong with a taxonomy, said row by row: so that whoever adds a category or a word hears of it before a reader does."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory.domain.areas import slug as folded
from directory.domain.categories import tables
from directory.domain.categories.tree import LANGUAGES, Category, read_rows

FEWEST_SYNONYMS = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """`check` names the rule that is broken; `where` the category, or the row of a table."""

    check: str
    where: str
    sentence: str


def faults() -> tuple[Fault, ...]:
    """Everything that is wrong with the taxonomy as it ships."""
    categories = read_rows()
    known = {entry.slug for entry in categories}
    return (
        *tree_faults(categories),
        *word_faults(categories),
        *_mapping_faults(known),
        *gravity_faults(tables.rows("gravity.csv"), known, tables.gravity_codes()),
    )


def tree_faults(categories: Sequence[Category]) -> Iterator[Fault]:
    """Slugs used twice, parents that are none, categories that lie under themselves."""
    for slug, times in Counter(entry.slug for entry in categories).items():
        if times > 1:
            yield Fault("slug", slug, f"The slug {slug} stands in {times} rows; give each category its own.")
    parents = {entry.slug: entry.parent for entry in categories}
    for slug, parent in parents.items():
        if parent and parent not in parents:
            yield Fault("parent", slug, f"The parent {parent} of {slug} is no category.")
        elif slug in _above(slug, parents):
            yield Fault("circle", slug, f"{slug} lies under itself.")


def _above(slug: str, parents: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    while (slug := parents.get(slug, "")) and slug not in found:
        found.add(slug)
    return found


def word_faults(categories: Sequence[Category]) -> Iterator[Fault]:
    """Languages without a name or with too few synonyms, and phrases that stand for two categories in one language: a slug is read
    before any phrase, so that it counts as one in each."""
    slugs = {entry.slug: entry.slug for entry in categories}
    for language in LANGUAGES:
        owners = dict(slugs)
        for entry in categories:
            if not entry.names[language].strip():
                yield Fault("name", entry.slug, f"{entry.slug} has no name in {language}.")
            if len(entry.synonyms[language]) < FEWEST_SYNONYMS:
                has = len(entry.synonyms[language])
                yield Fault("synonyms", entry.slug, f"{entry.slug} has {has} synonyms in {language}; {FEWEST_SYNONYMS} are the least.")
            for phrase in (entry.names[language], *entry.synonyms[language]):
                owner = owners.setdefault(folded(phrase), entry.slug)
                if owner != entry.slug and folded(phrase):
                    yield Fault("phrase", entry.slug, f"“{phrase}” stands for both {owner} and {entry.slug} in {language}.")


def _mapping_faults(known: set[str]) -> Iterator[Fault]:
    yield from table_faults("open_eligibility.csv", "name", tables.rows("open_eligibility.csv"), known)
    yield from table_faults("hsis_211.csv", "prefix", tables.rows("hsis_211.csv"), known)
    yield from table_faults("publishers.csv", "name", tables.rows("publishers.csv"), known)
    yield from table_faults("bc211.csv", "what", tables.rows("bc211.csv"), known)
    yield from table_faults("food_words.csv", "word", tables.rows("food_words.csv"), known)


def table_faults(table: str, column: str, rows: Iterable[Mapping[str, str]], known: set[str]) -> Iterator[Fault]:
    """Rows of a mapping table that lead nowhere: to no category, or to one that does not exist."""
    for row in rows:
        cell = row["categories"].strip()
        if not cell:
            yield Fault("unmapped", table, f"“{row[column]}” is not mapped; write `{tables.NONE}` where nothing of ours stands for it.")
        for slug in tables.slugs_in(cell):
            if slug not in known:
                yield Fault("mapping", table, f"“{row[column]}” is mapped to {slug}, which is no category.")


def gravity_faults(rows: Iterable[Mapping[str, str]], known: set[str], codes: Mapping[str, str]) -> Iterator[Fault]:
    """Categories without a word on Gravity, and codes that Gravity does not have."""
    said = {row["category"]: row["gravity"] for row in rows}
    for slug in sorted(known - said.keys()):
        yield Fault("gravity", slug, f"{slug} is mapped to no Gravity category; write `{tables.NONE}` where there is none.")
    for slug, code in said.items():
        if slug not in known:
            yield Fault("gravity", slug, f"gravity.csv names {slug}, which is no category.")
        if code != tables.NONE and code not in codes:
            yield Fault("gravity", slug, f"{slug} is mapped to “{code}”, which is no Gravity category.")
