"""What a caller asks of an import."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Progress = Callable[[str, int, int | None], None]
"""Called with what is being done, how far, and out of how many where that is known."""


def no_progress(what: str, done: int, total: int | None) -> None:
    """For callers that want no word on the way."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """`path` a file, zip or folder: one feed of the publisher `source`. `actor` is the mail address of who imports, or "operator".

    `country` and `zone` say where the feed is at home, where its rows do not; empty: where the community is. `publisher`, `url`,
    `places_are` is the category slug of what the feed's locations are, where it lists places rather than services (readers.place_lists).
    `is_sample` and `authoritative` describe the source; None leaves what is known of it.
    """

    path: Path
    source: str
    licence: str | None = None
    attribution: str | None = None
    format: str = "auto"
    mapping: dict[str, Any] = field(default_factory=dict)
    dry_run: bool = False
    all_or_nothing: bool = False
    retire_missing: bool = False
    yes: bool = False
    actor: str = "operator"
    language: str = "en"
    country: str = ""
    zone: str = ""
    places_are: str = ""
    publisher: str | None = None
    url: str | None = None
    is_sample: bool | None = None
    authoritative: bool | None = None
