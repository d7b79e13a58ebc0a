"""What can go wrong while a command runs, in one sentence. Anything else is a fault of the program and shows where."""

import sys

from directory.domain.errors import DirectoryError
from directory.settings import SettingsError


def sentence_of(error: Exception) -> str | None:
    """The sentence for an error that a person can do something about; None for a fault of the program."""
    if isinstance(error, DirectoryError | SettingsError):
        return str(error)
    return _of_index(error) or _of_database(error) or _of_files(error)


def _of_index(error: Exception) -> str | None:
    port = sys.modules.get("search_index.port")
    if port is None:
        return None
    if isinstance(error, port.IndexNotReady):
        return "The search index is not built yet; run: directory index rebuild"
    if isinstance(error, port.IndexUnavailable):
        return str(error)
    if isinstance(error, port.WriterBusy):
        return "Another process is writing the search index just now; try again when it has finished."
    return None


def _of_database(error: Exception) -> str | None:
    exceptions = sys.modules.get("sqlalchemy.exc")
    if exceptions is None or not isinstance(error, exceptions.DBAPIError | exceptions.ArgumentError | exceptions.NoSuchModuleError):
        return None
    words = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if "no such table" in words or "does not exist" in words:
        return f"The database has not been brought to this version ({words}); run: directory upgrade"
    return f"The database does not answer as it should: {words}"


def _of_files(error: Exception) -> str | None:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return None
