"""Every text that pages show, taken from templates and code the way translators get them.

Run `python -m tests.web.messages` after words changed: each `.po` file then has all of them, new ones without a translation.
"""

from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
TRANSLATIONS = ROOT / "directory" / "web" / "translations"
SOURCES = (
    ("directory/domain/editing", "**.py", "python"),
    ("directory/domain/referrals", "**.py", "python"),
    ("directory/domain", "ask_around.py", "python"),
    ("directory/domain", "partners.py", "python"),
    ("directory/domain", "sectors_see.py", "python"),
    ("directory/domain/planning", "**.py", "python"),
    ("directory/domain/no_names", "**.py", "python"),
    ("directory/rules", "**.py", "python"),
    ("directory/services/editing", "**.py", "python"),
    ("directory/services/exchange", "review*.py", "python"),
    ("directory/services/exchange", "workbooks.py", "python"),
    ("directory/services/exchange/fhir", "**.py", "python"),
    ("directory/web", "**.py", "python"),
    ("directory/api", "**.py", "python"),
    ("directory/services", "access.py", "python"),
    ("directory/services/accounts", "**.py", "python"),
    ("directory/services/finding", "**.py", "python"),
    ("directory/services/listings", "**.py", "python"),
    ("directory/services/lists", "**.py", "python"),
    ("directory/services/messages", "**.py", "python"),
    ("directory/services/referrals", "**.py", "python"),
    ("directory/services/rules", "**.py", "python"),
    ("directory/services/ask_around", "**.py", "python"),
    ("directory/services/conversations", "**.py", "python"),
    ("directory/services/matching", "**.py", "python"),
    ("directory/services/overlaps", "**.py", "python"),
    ("directory/services/partners", "**.py", "python"),
    ("directory/services/planning", "**.py", "python"),
    ("directory/services/rules", "**.py", "python"),
    ("directory/services/suggesting", "**.py", "python"),
    ("directory/services/upkeep", "**.py", "python"),
    ("directory/services/webhooks", "**.py", "python"),
    ("templates", "**.html", "jinja2.ext:babel_extract"),
    ("templates/mail", "**.txt", "jinja2.ext:babel_extract"),
)
RAISED = {"NotFound": (1,), "Moved": (1,), "Withdrawn": (1,), "Refused": (1,), "Unavailable": (1,), "InvalidInput": (2,)}
"""What may be read by a person who searches: errors with plain words, and sentences with values."""

FIELDS = {"Field": (2,), "_text": (2,), "_items": (2,), "_parts": (2,), "needed": (2,), "Wrong": (1,)}
"""The catalogue of what people edit: what fields are called, and what is said where a value is wrong."""

MORE = {"directory/domain/editing": FIELDS, "directory/services/editing": {"Wrong": (1,)}}

KEYWORDS = {**DEFAULT_KEYWORDS, "say": None, **RAISED}


@cache
def extracted_catalogue() -> Catalog:
    """All messages of templates and code, without where they stand: lines move, words stay."""
    catalogue = Catalog(domain="messages", charset="utf-8", fuzzy=False)
    for folder, pattern, method in SOURCES:
        keywords = {**KEYWORDS, **MORE.get(folder, {})}
        found = extract_from_dir(
            ROOT / folder, method_map=[(pattern, method)], options_map={pattern: {"trimmed": "true"}}, keywords=keywords
        )
        for _file, _line, message, _comments, context in found:
            catalogue.add(message, context=context)
    return catalogue


def read_translations(path: Path) -> Catalog:
    with path.open("rb") as lines:
        return read_po(lines, locale=path.stem)


def write_translations(path: Path, catalogue: Catalog) -> None:
    with path.open("wb") as lines:
        write_po(lines, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)


def bring_up_to_date() -> None:
    """Put every message into each file of translations, and take out those that nobody shows any more."""
    present = extracted_catalogue()
    for path in sorted(TRANSLATIONS.glob("*.po")):
        catalogue = read_translations(path)
        catalogue.update(present, no_fuzzy_matching=True)
        write_translations(path, catalogue)


if __name__ == "__main__":
    bring_up_to_date()
