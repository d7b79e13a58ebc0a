"""An organization's own figures, in words and numbers; each with what it is counted of."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent

from directory.domain.referrals.measures import MISSOURI_CALLERS, MISSOURI_HELPED, RATES, SMALLEST, Counts, Figures
from directory.services.referrals.figures import OwnFigures
from directory.web.amounts import number
from directory.web.languages import locale
from directory.web.times import local_date
from directory.web.wording import _, ngettext
from directory.web.words import sector_name


@dataclass(frozen=True, slots=True)
class ShownRate:
    """`share` "" where there are too few; `part` and `whole` are the counts behind it; `percent` from 0 to 100 for a bar."""

    name: str
    words: str
    share: str
    part: str
    whole: str
    percent: int
    beside: str = ""


@dataclass(frozen=True, slots=True)
class ShownFigures:
    title: str
    lede: str
    rates: tuple[ShownRate, ...]
    days: tuple[tuple[str, str, str], ...]
    pairs: tuple[tuple[str, str, str, str], ...]
    is_empty: bool


@dataclass(frozen=True, slots=True)
class FiguresPage:
    name: str
    period: str
    smallest: int
    sides: tuple[ShownFigures, ...]


def figures_page(found: OwnFigures) -> FiguresPage:
    return FiguresPage(
        name=found.name,
        period=_("Sent from %(first)s to %(last)s", first=local_date(found.since), last=local_date(found.until)),
        smallest=SMALLEST,
        sides=(
            _shown(_("What you were asked"), _asked_words(found.received.counts), found.received),
            _shown(_("What you asked of others"), _sent_words(found.sent.counts), found.sent),
        ),
    )


def _asked_words(counts: Counts) -> str:
    return ngettext("%(num)d referral came to you.", "%(num)d referrals came to you.", counts.sent)


def _sent_words(counts: Counts) -> str:
    return ngettext("You sent %(num)d referral.", "You sent %(num)d referrals.", counts.sent)


def _shown(title: str, lede: str, figures: Figures) -> ShownFigures:
    words = {
        "seen": _("until it is looked at"),
        "decided": _("until yes or no"),
        "introduced": _("from yes to the introduction"),
        "helping": _("from yes to the help"),
        "ended": _("until it is over"),
    }
    return ShownFigures(
        title=title,
        lede=lede,
        rates=tuple(_rates(figures.counts)),
        days=tuple((words[step], _days(days), number(of)) for step, (days, of) in figures.days.items()),
        pairs=tuple(
            (_sector(first), _sector(second), number(counts.sent), _share(counts.rate("helped", "sent")))
            for first, second, counts in figures.pairs
        ),
        is_empty=not figures.counts.sent,
    )


def _rates(counts: Counts) -> Iterator[ShownRate]:
    beside = _(
        "Of %(callers)s callers of 211 in Missouri, %(share)s got help (Boyum and others, 2016).",
        callers=number(MISSOURI_CALLERS),
        share=_share(MISSOURI_HELPED),
    )
    for name, (part, whole) in RATES.items():
        rate = counts.rate(part, whole)
        yield ShownRate(
            name=name,
            words=_rate_words()[name],
            share=_share(rate),
            part=number(getattr(counts, part)),
            whole=number(getattr(counts, whole)),
            percent=round((rate or 0) * 100),
            beside=beside if name == "helped" else "",
        )


def _rate_words() -> dict[str, str]:
    return {
        "helped": _("Helped, at least partly"),
        "seen_in_time": _("Looked at in time"),
        "decided_in_time": _("Answered in time"),
        "closed": _("Ended with a reason that the sender has read"),
        "confirmed": _("Help that the person confirmed"),
        "held": _("Planned introductions that took place"),
        "rerouted": _("Needs that were asked elsewhere after a no"),
    }


def _share(rate: float | None) -> str:
    return format_percent(rate, locale=locale()) if rate is not None else ""


def _days(days: float) -> str:
    if days < 1:
        return _("%(number)s hours", number=format_decimal(round(days * 24, 1), locale=locale()))
    return _("%(number)s days", number=format_decimal(round(days, 1), locale=locale()))


def _sector(slug: str) -> str:
    return sector_name(slug) if slug else _("sector not known")
