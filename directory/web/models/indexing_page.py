"""The state of the search index as an operator reads it: numbers and moments in words, and what there is to do about each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_timedelta
from flask import url_for

from directory.services.health import Health
from directory.services.indexing.parked import Parked
from directory.services.keeping.jobs import Job
from directory.services.keeping.state import ConsumerState, State
from directory.web.amounts import number
from directory.web.languages import locale
from directory.web.times import moment_words
from directory.web.wording import _, ngettext

LATE_SECONDS = 300
OLD_COPY = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One index that is kept in step. `role` says of this host's own that it is in reserve."""

    name: str
    role: str
    waiting: str
    parked: str
    checked: str
    built: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """`href` is the page of the service, "" when there is none any more."""

    service_id: str
    name: str
    href: str
    why: str
    tried: str
    since: str


@dataclass(frozen=True, slots=True)
class JobRow:
    name: str
    done: str
    failed: str


@dataclass(frozen=True, slots=True)
class IndexingPage:
    """`tone` and `word` say in one glance how the index is: ("open", …) well, ("ask", …) behind, ("danger", …) not to be searched."""

    tone: str
    word: str
    holds: str
    indexes: tuple[IndexRow, ...]
    parked: tuple[ParkedRow, ...]
    more_parked: str
    jobs: tuple[JobRow, ...]
    copy: str
    copy_is_old: bool


def indexing_page(health: Health, state: State, parked: tuple[Parked, ...], now: datetime) -> IndexingPage:
    """The page at a moment."""
    tone, word = _in_a_word(health, state)
    all_parked = sum(consumer.parked for consumer in state.consumers)
    rows = tuple(_parked(one, now) for one in parked)
    left = all_parked - len(rows)
    return IndexingPage(
        tone=tone,
        word=word,
        holds=_holds(health),
        indexes=tuple(_index(consumer, health) for consumer in state.consumers),
        parked=rows,
        more_parked=ngettext("and %(count)s more", "and %(count)s more", left, count=number(left)) if left > 0 else "",
        jobs=tuple(_job(job, now) for job in state.jobs),
        copy=_("%(age)s ago", age=_span(now - state.backup_at)) if state.backup_at else _("none yet"),
        copy_is_old=state.backup_at is None or now - state.backup_at > OLD_COPY,
    )


def done_words(told: str) -> str:
    """What was done just before, in a sentence, from what the address tells; "" where it tells nothing."""
    if told == "rebuild":
        return _("The worker builds the index anew. The one in use answers until then.")
    what, _sign, count = told.partition("-")
    if what != "again" or not count.isdecimal() or len(count) > 8:
        return ""
    return ngettext(
        "%(count)s service waits to be sent again.", "%(count)s services wait to be sent again.", int(count), count=number(int(count))
    )


def _in_a_word(health: Health, state: State) -> tuple[str, str]:
    if health.degraded and health.has_reserve:
        return "ask", _("Degraded: the search server does not answer. This host’s own index answers in its place.")
    if not health.index.reachable:
        return "danger", _("The index does not answer.")
    if not health.index.ready:
        return "danger", _("The index has not been built for this version.")
    if any(consumer.lag_seconds > LATE_SECONDS for consumer in state.consumers):
        return "ask", _("Changes wait too long. Does the worker run?")
    if any(consumer.parked for consumer in state.consumers):
        return "ask", _("Some services were refused. They cannot be found as they are now.")
    if any(consumer.drift for consumer in state.consumers):
        return "ask", _("The last check found differences. They were sent again.")
    return "open", _("In step: what is listed can be found.")


def _holds(health: Health) -> str:
    """Of the index that answers."""
    index = health.fallback.index if health.degraded and health.fallback is not None else health.index
    services = ngettext("%(count)s service", "%(count)s services", index.services, count=number(index.services))
    places = ngettext("at %(count)s place", "at %(count)s places", index.documents, count=number(index.documents))
    return f"{services} {places} · {index.engine} · {index.generation or '–'}"


def _role(consumer: ConsumerState, health: Health) -> str:
    if health.fallback is None or health.fallback.consumer != consumer.name:
        return ""
    return _("This host’s own, in reserve") if health.has_reserve else _("This host’s own, not built yet")


def _index(consumer: ConsumerState, health: Health) -> IndexRow:
    waiting = number(consumer.waiting)
    if consumer.waiting:
        waiting = _("%(count)s, the oldest for %(age)s", count=waiting, age=_span(timedelta(seconds=consumer.lag_seconds)))
    checked = _("not yet")
    if consumer.checked_at is not None:
        found = ngettext("%(count)s difference", "%(count)s differences", consumer.drift or 0, count=number(consumer.drift or 0))
        checked = f"{found} · {moment_words(consumer.checked_at)}"
    built = moment_words(consumer.rebuilt_at) if consumer.rebuilt_at else _("not yet")
    return IndexRow(
        consumer.name, _role(consumer, health), waiting, number(consumer.parked), checked, built, consumer.rebuild_asked_at is not None
    )


def _parked(one: Parked, now: datetime) -> ParkedRow:
    return ParkedRow(
        service_id=one.service_id,
        name=one.name or _("No longer listed"),
        href=url_for("listings.service", service_id=one.service_id) if one.name else "",
        why=one.why,
        tried=ngettext("tried once", "tried %(count)s times", one.attempts, count=number(one.attempts)),
        since=_("for %(age)s", age=_span(now - one.since)),
    )


def _job(job: Job, now: datetime) -> JobRow:
    name = _NAMES.get(job.name, lambda: job.name)()
    place = f" · {job.place}" if job.place not in ("", "embedded") else ""
    done = _("%(age)s ago", age=_span(now - job.succeeded_at)) if job.succeeded_at else _("not yet")
    return JobRow(f"{name}{place}", done, job.failure)


_NAMES: dict[str, Callable[[], str]] = {
    "worker": lambda: _("The worker was heard of"),
    "index check": lambda: _("The index held against the directory"),
    "nightly": lambda: _("The night's work"),
    "expiring": lambda: _("Forgetting what has expired"),
    "rebuild": lambda: _("Building the index anew"),
    "index": lambda: _("Writing the index"),
    "mending": lambda: _("Mending an index that was not as it was left"),
    "backup": lambda: _("A copy of the directory"),
    "upkeep": lambda: _("Ending what held for a day, telling organizations what was said"),
    "asking": lambda: _("Asking organizations about their listings"),
    "partners": lambda: _("Looking after agreements, deleting questions whose time is over"),
}


def _span(length: timedelta) -> str:
    return str(format_timedelta(max(length, timedelta(seconds=1)), threshold=1.2, locale=locale()))
