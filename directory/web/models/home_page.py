"""The first page: the search, twelve needs with how many places offer each, and whom to call in danger."""

from dataclasses import dataclass

from flask import url_for

from directory.domain.categories import tree
from directory.domain.community import Community, CrisisNumber
from directory.services.finding.results import FindPage
from directory.web.amounts import number
from directory.web.languages import language
from search_index.query import Facet


@dataclass(frozen=True, slots=True)
class NeedTile:
    """`count` is the number of places, "" when it is not known."""

    href: str
    icon: str
    name: str
    count: str


@dataclass(frozen=True, slots=True)
class CrisisLine:
    number: str
    href: str
    name: str
    when: str
    text_number: str
    text_href: str
    is_emergency: bool


def need_tiles(page: FindPage | None) -> tuple[NeedTile, ...]:
    """The twelve needs, with the counts of an answer about everything."""
    counts = {value.value: value.count for group in page.facets if group.facet is Facet.CATEGORY for value in group.values} if page else {}
    return tuple(_tile(slug, counts.get(slug)) for slug in tree.top_needs())


def _tile(slug: str, count: int | None) -> NeedTile:
    """An engine counts the commonest values only, so a need that was not counted is not known to be empty."""
    return NeedTile(
        href=url_for("find.search", category=slug),
        icon=f"need-{slug}",
        name=tree.name(slug, language()),
        count="" if count is None else number(count),
    )


def crisis_lines(community: Community) -> tuple[CrisisLine, ...]:
    """The community's crisis numbers in the reader's language, emergency first."""
    numbers = sorted(community.crisis_numbers, key=lambda entry: not entry.emergency)
    return tuple(_line(entry) for entry in numbers)


def _line(entry: CrisisNumber) -> CrisisLine:
    return CrisisLine(
        number=entry.number,
        href=f"tel:{_digits(entry.number)}",
        name=entry.name.get(language()) or entry.name.get("en", ""),
        when=entry.when.get(language()) or entry.when.get("en", ""),
        text_number=entry.text_number,
        text_href=f"sms:{_digits(entry.text_number)}" if entry.text_number else "",
        is_emergency=entry.emergency,
    )


def _digits(written: str) -> str:
    return "".join(sign for sign in written if sign.isdigit() or sign == "+")
