"""Words in the reader's language where no page is being made: the translations that pages use, and letters written from templates.

Translations are kept for people, as `.po` files, and compiled in memory when they are first needed, never on disk. English is the
language of the words in code and templates; it needs no file.
"""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_PACKAGE = Path(__file__).parents[1]
FOLDER = _PACKAGE / "web" / "translations"


@cache
def read_catalogue(path: Path) -> Translations:
    """The translations of one `.po` file, read once for pages and letters alike; entries marked fuzzy are left out, as nobody has looked at
    them yet."""
    with path.open("rb") as lines:
        catalogue = read_po(lines, locale=path.stem)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def template_folder() -> Path:
    """The templates: inside the installed package, or beside it in the source tree."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def write_letter(template: str, language: str, /, **values: Any) -> tuple[str, str]:
    """Subject and body of a mail, from `templates/mail/TEMPLATE.txt`: its first line is the subject. Plain text: nothing is escaped."""
    subject, _line, body = _letters(language).get_template(f"{template}.txt").render(**values).strip().partition("\n")
    return " ".join(subject.split()), body.strip() + "\n"


def translate_into(language: str) -> Callable[[str], str]:
    """What gives a text of this program in a language; in English where it has no translation."""
    return _translations(language).gettext


@cache
def _letters(language: str) -> Environment:
    folder = template_folder() / "mail"
    made = Environment(  # noqa: S701  # plain text, not markup
        loader=FileSystemLoader(folder), extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    made.install_gettext_translations(_translations(language), newstyle=True)  # type: ignore[attr-defined]
    return made


@cache
def _translations(language: str) -> NullTranslations:
    path = FOLDER / f"{language.partition('-')[0]}.po"
    return read_catalogue(path) if path.is_file() and path.parent == FOLDER else NullTranslations()
