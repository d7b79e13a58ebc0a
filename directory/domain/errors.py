"""The one vocabulary of what can go wrong. Only `api/problem.py`, `web/errors.py` and the command line turn it into their own form."""

from collections.abc import Mapping, Sequence


class DirectoryError(Exception):
    """Base of every error that a person may read; its text is one clear sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInput(DirectoryError):
    """Something given is not usable. `field` names it; the message says what would be right."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class WrongForm(InvalidInput):
    """Several fields of a form are not usable. `errors`: field -> one sentence on what would be right."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        field, message = next(iter(errors.items()))
        super().__init__(field, message)
        self.errors = dict(errors)


class NotFound(DirectoryError):
    """There is no such thing here, and never was."""


class Withdrawn(DirectoryError):
    """It was here and is no longer listed; its address is never used again."""


class Moved(DirectoryError):
    """It was merged into another record, whose id is `target_id`."""

    def __init__(self, message: str, target_id: str) -> None:
        super().__init__(message)
        self.target_id = target_id


class Refused(DirectoryError):
    """The act is possible but not without a further word from a person; the message says which."""


class Conflict(DirectoryError):
    """Somebody else changed the same things meanwhile. `fields` names them; nothing was changed."""

    def __init__(self, message: str, fields: Sequence[str]) -> None:
        super().__init__(message)
        self.fields = tuple(fields)


class Forbidden(DirectoryError):
    """Who asks may not do this; the message says who may, or what is needed first."""


class TooMany(DirectoryError):
    """It was tried too often in too short a time."""


class Unavailable(DirectoryError):
    """A part that is needed does not answer just now."""
