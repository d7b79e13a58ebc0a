"""The feeds that listings come from, with licence, thanks and age, as the page about the directory tells them."""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.services.listings.sources import SourceSummary
from directory.web.amounts import number
from directory.web.models.service_page import web_address
from directory.web.times import full_date


@dataclass(frozen=True, slots=True)
class SourceLine:
    name: str
    publisher: str
    href: str
    licence: str
    attribution: str
    retrieved: str
    services: str
    is_sample: bool


def source_lines(summaries: Iterable[SourceSummary]) -> tuple[SourceLine, ...]:
    """One line for each feed."""
    return tuple(_line(summary) for summary in summaries)


def _line(summary: SourceSummary) -> SourceLine:
    note = summary.source
    return SourceLine(
        name=note.name,
        publisher=note.publisher,
        href=web_address(note.url),
        licence=note.licence,
        attribution=note.attribution,
        retrieved=full_date(note.retrieved_on) if note.retrieved_on else "",
        services=number(summary.services),
        is_sample=note.is_sample,
    )
