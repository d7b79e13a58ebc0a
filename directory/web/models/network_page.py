"""The network between sectors in the reader's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from flask import url_for

from directory.domain.categories.tree import name as need_name
from directory.domain.planning.missing_links import MissingLink
from directory.domain.planning.network import SLOW_SHARE, Flow, Share, Told
from directory.domain.planning.quarter import Quarter
from directory.domain.planning.suppression import SMALLEST
from directory.domain.referrals.clocks import Urgency
from directory.services.planning.network import NetworkFound, PairFound
from directory.web.amounts import number
from directory.web.figures.sankey import NARROW, WIDE, Carried, Sankey, sankey
from directory.web.languages import language, locale
from directory.web.models.clock_lines import term_in_words
from directory.web.models.partners_page import PairRow, pair_row
from directory.web.models.quarters import quarter_choices, quarter_words
from directory.web.whom_words import area_name
from directory.web.wording import _, ngettext
from directory.web.words import sector_name

MOST_MISSING = 12
MOST_NAMED = 4
SHADES = 4


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One line of the list. Numbers are "" where they are not told."""

    first: str
    second: str
    href: str
    count: str
    in_time: str
    days: str
    helped: str
    is_slow: bool


@dataclass(frozen=True, slots=True)
class Crossing:
    """One field of the matrix; `words` "" where there was nothing. `shade` 0 to `SHADES`: how much beside the most."""

    words: str
    href: str
    shade: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    name: str
    fields: tuple[Crossing, ...]
    total: str


@dataclass(frozen=True, slots=True)
class MissingRow:
    """`why` and `where` in words; `standing`: which of the two take part at all."""

    names: str
    href: str
    why: str
    where: str
    standing: str


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """`finding` is the title of the picture. `measures`: what the matrix can show: address, words, whether it does. `small`: how many links
    carry too few to tell, in words."""

    quarter: str
    area: str
    quarters: tuple[tuple[str, str, bool], ...]
    finding: str
    total: str
    short_total: str
    narrow: Sankey | None
    wide: Sankey | None
    measures: tuple[tuple[str, str, bool], ...]
    measure: str
    columns: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    column_totals: tuple[str, ...]
    flows: tuple[FlowRow, ...]
    small: str
    slow: tuple[str, ...]
    slow_bound: str
    missing: tuple[MissingRow, ...]
    more_missing: int
    is_known: bool
    few: int


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two sectors. `flows`: there and back. `gaps`: needs that go together, each with where it is told how asking for it ended."""

    title: str
    quarter: str
    back: str
    flows: tuple[FlowRow, ...]
    missing: MissingRow | None
    together: tuple[str, ...]
    gaps: tuple[tuple[str, str], ...]
    agreements: tuple[PairRow, ...]
    few: int


def network_page(found: NetworkFound, show: str) -> NetworkPage:
    network, measures = found.network, _measures()
    shown = show if show in measures else "count"
    columns = sorted(network.columns, key=lambda sector: (-network.columns[sector].at_least, sector))
    rows = sorted(network.rows, key=lambda sector: (-network.rows[sector].at_least, sector))
    most = max((flow.shown for flow in network.flows), default=0)
    return NetworkPage(
        quarter=quarter_words(network.quarter),
        area=_areas(found),
        quarters=quarter_choices(network.quarter, ".page", {"show": show} if show in measures else {}),
        finding=_finding(found),
        total=told_words(network.total),
        short_total=_short(network.total),
        narrow=_picture(found, NARROW),
        wide=_picture(found, WIDE),
        measures=tuple(
            (url_for(".page", quarter=str(network.quarter), show=name), words, name == shown) for name, (words, _of) in measures.items()
        ),
        measure=measures[shown][0],
        columns=tuple(_sector(sector) for sector in columns),
        matrix=tuple(
            MatrixRow(
                _sector(row),
                tuple(_crossing(found, network.flow(row, column), measures[shown][1], most) for column in columns),
                _short(network.rows[row]) if shown == "count" else "",
            )
            for row in rows
        ),
        column_totals=tuple(_short(network.columns[column]) for column in columns) if shown == "count" else (),
        flows=tuple(flow_row(network.quarter, flow) for flow in network.flows if flow.shown),
        small=_small(sum(not flow.shown for flow in network.flows)),
        slow=tuple(_slow(flow) for flow in network.slow),
        slow_bound=_slow_bound(found.clocks),
        missing=tuple(_missing(network.quarter, link) for link in found.missing[:MOST_MISSING]),
        more_missing=max(0, len(found.missing) - MOST_MISSING),
        is_known=network.is_known,
        few=SMALLEST,
    )


def pair_page(found: NetworkFound, pair: PairFound) -> PairPage:
    quarter = found.network.quarter
    flows = (pair.there,) if pair.there == pair.back else (pair.there, pair.back)
    missing = _missing(quarter, pair.missing) if pair.missing else None
    return PairPage(
        title=_("%(first)s and %(second)s", first=_sector(pair.there.first), second=_sector(pair.there.second)),
        quarter=quarter_words(quarter),
        back=url_for(".page", quarter=str(quarter)),
        flows=tuple(flow_row(quarter, flow) for flow in flows),
        missing=missing,
        together=tuple(_both(one, other) for one, other in pair.missing.needs) if pair.missing else (),
        gaps=tuple(_gap(quarter, need) for need in sorted({need for two in pair.missing.needs for need in two})) if pair.missing else (),
        agreements=tuple(pair_row(each) for each in pair.agreements),
        few=SMALLEST,
    )


def flow_row(quarter: Quarter, flow: Flow) -> FlowRow:
    nothing = "" if flow.count.at_least else _("none")
    return FlowRow(
        first=_sector(flow.first),
        second=_sector(flow.second),
        href=_pair_at(quarter, flow.first, flow.second),
        count=count_words(flow),
        in_time=share_words(flow.in_time) or nothing,
        days=days_words(flow.answer_days) or nothing,
        helped=share_words(flow.helped) or nothing,
        is_slow=flow.is_slow,
    )


def count_words(flow: Flow) -> str:
    """Never a small number: "12", "12 or more", "too few to tell"."""
    if not flow.shown:
        return _("too few to tell") if flow.hidden else "0"
    return told_words(flow.count)


def told_words(told: Told) -> str:
    if told.is_exact:
        return number(told.at_least)
    return _("%(count)s or more", count=number(told.at_least)) if told.at_least >= SMALLEST else _("too few to tell")


def share_words(share: Share | None) -> str:
    if share is None:
        return ""
    told = format_percent(share.value, locale=locale())
    return _("%(share)s of %(count)s", share=told, count=number(share.whole))


def days_words(days: float | None) -> str:
    if days is None:
        return ""
    if days < 1:
        return _("%(number)s hours", number=format_decimal(round(days * 24, 1), locale=locale()))
    return _("%(number)s days", number=format_decimal(round(days, 1), locale=locale()))


def _measures() -> dict[str, tuple[str, Callable[[Flow], str]]]:
    return {
        "count": (_("Referrals"), count_words),
        "in_time": (_("Not late"), lambda flow: share_words(flow.in_time)),
        "days": (_("Until yes or no"), lambda flow: days_words(flow.answer_days)),
        "helped": (_("Helped, at least partly"), lambda flow: share_words(flow.helped)),
    }


def _crossing(found: NetworkFound, flow: Flow, words_of: Callable[[Flow], str], most: int) -> Crossing:
    if not flow.shown and not flow.hidden:
        return Crossing("", "", 0)
    shade = -(-flow.shown * SHADES // most) if most else 0
    words = words_of(flow) if flow.shown else _("few")
    return Crossing(words or _("not told"), _pair_at(found.network.quarter, flow.first, flow.second), shade)


def _small(links: int) -> str:
    told = ngettext(
        "%(num)d link carries too few referrals to tell; it stands above as “few”.",
        "%(num)d links carry too few referrals to tell; they stand above as “few”.",
        links,
    )
    return told if links else ""


def _pair_at(quarter: Quarter, first: str, second: str) -> str:
    return f"{url_for('.page')}?{urlencode({'quarter': str(quarter), 'from': first, 'to': second})}"


def _sector(slug: str) -> str:
    return sector_name(slug) if slug else _("Sector not known")


def _areas(found: NetworkFound) -> str:
    return ", ".join(area_name(area) for area in sorted(found.areas)) if found.areas else ""


def _finding(found: NetworkFound) -> str:
    network = found.network
    flow = next((flow for flow in network.flows if flow.shown), None)
    if flow is None:
        return _("No link between two sectors carries enough referrals to be told")
    told = {
        "first": _sector(flow.first),
        "second": _sector(flow.second),
        "count": told_words(flow.count),
        "total": told_words(network.total),
    }
    if flow.first == flow.second:
        return _("Most referrals stay inside one sector: %(first)s, %(count)s of %(total)s", **told)
    return _("The widest link runs from %(first)s to %(second)s: %(count)s of %(total)s referrals", **told)


def _picture(found: NetworkFound, width: float) -> Sankey | None:
    network = found.network
    carried = [Carried(flow.first, flow.second, flow.shown, bool(flow.hidden), _band_words(flow)) for flow in network.flows]
    left = {sector: f"{_sector(sector)} {_short(told)}" for sector, told in network.rows.items()}
    right = {sector: f"{_sector(sector)} {_short(told)}" for sector, told in network.columns.items()}
    return sankey(carried, left, right, width)


def _short(told: Told) -> str:
    """Where there is little room."""
    return number(told.at_least) if told.is_exact else f"{number(told.at_least)}+" if told.at_least >= SMALLEST else _("few")


def _band_words(flow: Flow) -> str:
    return _("%(first)s to %(second)s: %(count)s", first=_sector(flow.first), second=_sector(flow.second), count=count_words(flow))


def _slow(flow: Flow) -> str:
    assert flow.in_time is not None
    return _(
        "%(first)s to %(second)s: %(late)s of %(count)s were late.", first=_sector(flow.first), second=_sector(flow.second),
        late=number(flow.in_time.whole - flow.in_time.part), count=number(flow.in_time.whole),
    )  # fmt: skip


def _slow_bound(clocks: Mapping[Urgency, str]) -> str:
    share = format_percent(SLOW_SHARE, locale=locale())
    return _(
        "A link is slow where fewer than %(share)s of ten or more referrals were not late. An answer is due within %(routine)s, within "
        "%(urgent)s where it is urgent.",
        share=share,
        routine=term_in_words(clocks[Urgency.ROUTINE]),
        urgent=term_in_words(clocks[Urgency.URGENT]),
    )


def _missing(quarter: Quarter, link: MissingLink) -> MissingRow:
    named = [_both(one, other) for one, other in link.needs[:MOST_NAMED]]
    places = [area_name(area) for area in link.areas]
    standing = {
        2: _("Both refer, or are asked, elsewhere."),
        1: _("Only %(sector)s takes part in referrals so far.", sector=_sector(link.takes_part[0] if link.takes_part else "")),
        0: _("Neither takes part in referrals so far."),
    }[len(link.takes_part)]
    return MissingRow(
        names=_("%(first)s and %(second)s", first=_sector(link.first), second=_sector(link.second)),
        href=_pair_at(quarter, link.first, link.second),
        why=_named(named, len(link.needs) - len(named)),
        where=_named(places[:MOST_NAMED], max(0, len(places) - MOST_NAMED)),
        standing=standing,
    )


def _gap(quarter: Quarter, need: str) -> tuple[str, str]:
    return need_name(need, language()), url_for("gaps.page", quarter=str(quarter), need=need)


def _both(one: str, other: str) -> str:
    return _("%(first)s with %(second)s", first=need_name(one, language()), second=need_name(other, language()))


def _named(names: list[str], more: int) -> str:
    told = format_list(names, style="standard" if not more else "unit", locale=locale())
    return _("%(names)s and %(count)s more", names=told, count=number(more)) if more else told
