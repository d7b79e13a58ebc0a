"""Reading of free text about who can come: `suggest` names the criteria that its words might be, each with its place in the text."""

from directory.rules.reading.found import Kind
from directory.rules.reading.suggest import LANGUAGES, Suggestion, suggest

__all__ = ["LANGUAGES", "Kind", "Suggestion", "suggest"]
