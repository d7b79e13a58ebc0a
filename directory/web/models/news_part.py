"""What changed, in the reader's words: how many of each kind, and each of a kind with where it leads."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.categories.tree import name as need_name
from directory.domain.planning.news import What, written_since
from directory.domain.planning.verdicts import Found
from directory.services.matching.levels import Level
from directory.services.planning.news import News, NewsLine
from directory.web.amounts import number
from directory.web.languages import language
from directory.web.models.duplicates_page import level_names, verdict_words
from directory.web.models.gaps_page import reading_words
from directory.web.models.quarters import quarter_name
from directory.web.overlap_words import reading_words as pair_readings
from directory.web.times import local_date, moment_words
from directory.web.whom_words import area_name
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class NewsCount:
    count: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class NewsPart:
    """`since` in words; `link` tells of the same time again; `counts`: what there is any of; `nothing`: of what there is none."""

    since: str
    link: str
    counts: tuple[NewsCount, ...]
    nothing: tuple[str, ...]
    until: str


@dataclass(frozen=True, slots=True)
class NewsRow:
    """`href` "" for what is there no more."""

    title: str
    href: str
    more: str
    day: str


def news_part(news: News, since: datetime, now: datetime) -> NewsPart:
    """`now`: up to when was counted; saying that it was seen counts from there."""
    written = written_since(since)
    words = what_words(news)
    return NewsPart(
        since=moment_words(since),
        link=url_for("planning.page", since=written),
        counts=tuple(
            NewsCount(number(count), words[what], url_for("planning.changes", what=what.value, since=written))
            for what, count in news.items()
            if count
        ),
        nothing=tuple(words[what] for what, count in news.items() if not count),
        until=written_since(now),
    )


def news_row(line: NewsLine) -> NewsRow:
    title = " · ".join(name for name in (line.first, line.second) if name) or _("A place whose address is confidential")
    day = local_date(line.at) if line.at is not None else ""
    if line.turned is not None:
        turned = line.turned
        title = _("%(need)s, %(area)s", need=need_name(turned.now.need, language()), area=area_name(turned.now.area))
        href = url_for("gaps.page", quarter=str(turned.quarter), need=turned.now.need, area=turned.now.area)
        more = _("%(before)s, and now: %(now)s", before=reading_words(turned.before), now=reading_words(turned.now.reading))
        return NewsRow(title, href, more, quarter_name(turned.quarter))
    return NewsRow(title, _href(line), _more(line), day)


def _href(line: NewsLine) -> str:
    match line.what:
        case What.PAIRS | What.VERDICTS:
            return url_for("duplicates.look", pair=line.key) if line.key else ""
        case What.MERGED | What.TAKEN_BACK:
            return url_for("duplicates.merged")
        case What.ALIKE | What.READ_OTHERWISE:
            return url_for("overlaps.one", pair_id=line.key)
        case What.JOINED:
            return url_for("listings.organization", organization_id=line.key)
        case What.CHANGED:
            return url_for("listings.history", service_id=line.key)
        case _:
            return url_for("listings.service", service_id=line.key)


def _more(line: NewsLine) -> str:
    match line.what:
        case What.VERDICTS:
            return verdict_words()[Found(line.more)]
        case What.PAIRS | What.MERGED | What.TAKEN_BACK:
            return level_names()[Level(line.more)]
        case What.ALIKE | What.READ_OTHERWISE:
            return pair_readings().get(line.more, "")
        case _:
            return ""


def what_words(counts: News | None = None) -> dict[What, str]:
    """Each kind, as it follows its number; as of many where no numbers are told."""

    def words(what: What, one: str, many: str) -> str:
        return one if counts is not None and counts[what] == 1 else many

    return {
        What.PAIRS: words(What.PAIRS, _("new pair of records that may be one"), _("new pairs of records that may be one")),
        What.VERDICTS: words(What.VERDICTS, _("pair of records that others judged"), _("pairs of records that others judged")),
        What.MERGED: words(What.MERGED, _("merge"), _("merges")),
        What.TAKEN_BACK: words(What.TAKEN_BACK, _("merge taken back"), _("merges taken back")),
        What.ALIKE: words(What.ALIKE, _("new pair of organizations that offer alike"), _("new pairs of organizations that offer alike")),
        What.READ_OTHERWISE: words(
            What.READ_OTHERWISE, _("pair that offers alike and reads otherwise now"), _("pairs that offer alike and read otherwise now")
        ),
        What.NEEDS: words(
            What.NEEDS,
            _("need of an area that reads otherwise than the quarter before"),
            _("needs of areas that read otherwise than the quarter before"),
        ),
        What.ADDED: words(What.ADDED, _("listing added"), _("listings added")),
        What.CLOSED: words(What.CLOSED, _("listing closed"), _("listings closed")),
        What.CHANGED: words(What.CHANGED, _("listing in which much changed"), _("listings in which much changed")),
        What.JOINED: words(What.JOINED, _("organization that came in"), _("organizations that came in")),
        What.STUCK: words(What.STUCK, _("program at which referrals got stuck"), _("programs at which referrals got stuck")),
    }
