"""The two doors through which every word that a person reads goes into their language, with types (flask_babel has none)."""

from flask_babel import gettext
from flask_babel import ngettext as plural


def _(message: str, **values: object) -> str:
    """The message in the reader's language, with its %(names)s filled in."""
    return str(gettext(message, **values))


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The message for one or for many; %(num)s is the number that decides."""
    return str(plural(one, many, num, **values))
