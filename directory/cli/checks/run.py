"""Every check of `doctor`. Each answers for itself: one that fails, in whatever way, never hides the others."""

from collections.abc import Callable, Iterator
from contextlib import closing

from directory.cli.checks import community, finding, machine, messages, ways_in
from directory.cli.checks.check import Check
from directory.services.health import read_health
from directory.services.keeping.state import read_state
from directory.services.parts import Parts
from directory.settings import Settings


def run_checks(settings: Settings) -> list[Check]:
    """Every check, in the order in which one rests on another."""
    found = [
        Check("settings", f"{len(Settings.model_fields)} read"),
        machine.check_folder(settings),
        machine.check_disk(settings),
        machine.check_clock(),
    ]
    try:
        parts = _open(settings)
    except Exception as error:
        return [*found, _failed("parts", error, "Look at the settings above.")]
    with closing(parts.database), closing(parts.search):
        return [*found, *_checks_of(parts)]


def _open(settings: Settings) -> Parts:
    from directory.app import build_parts

    return build_parts(settings)


def _checks_of(parts: Parts) -> Iterator[Check]:
    health = read_health(parts)
    yield machine.check_database(health)
    yield _guarded("gazetteer", lambda: finding.check_gazetteer(parts), "Delete gazetteer-*.sqlite in the data folder; it is made anew.")
    yield finding.check_meaning(parts)
    if health.database.reachable and health.database.migrated:
        yield _guarded("community", lambda: community.check_community(parts), "directory init")
        yield _guarded("crisis numbers", lambda: community.check_crisis_numbers(parts), "directory init, or load the demo")
        yield finding.check_index(health)
        yield finding.check_pending(health.pending, is_away=health.degraded and health.has_reserve)
        yield finding.check_drift(health.drift)
        if health.fallback is not None:
            yield finding.check_fallback(health.fallback)
            yield finding.check_pending(health.fallback.pending, "fallback pending")
            yield finding.check_drift(health.fallback.drift, "fallback drift")
        state = read_state(parts)
        yield machine.check_server(state)
        yield _guarded("backup", lambda: machine.check_backup(state, parts.clock.now()), "directory backup FILE")
        yield machine.check_jobs(state, parts.clock.now())
        yield _guarded("messages", lambda: messages.check_messages(parts), "directory worker must run")
        yield _guarded("webhooks", lambda: messages.check_webhooks(parts), "directory webhooks list")
        yield _guarded("ways in", lambda: ways_in.check_ways_in(parts), "Look at OIDC_ISSUER and MAIL_SERVER.")


def _guarded(name: str, check: Callable[[], Check], remedy: str) -> Check:
    try:
        return check()
    except Exception as error:
        return _failed(name, error, remedy)


def _failed(name: str, error: Exception, remedy: str) -> Check:
    from directory.cli.errors import sentence_of

    return Check(name, wrong=sentence_of(error) or f"{type(error).__name__}: {error}", remedy=remedy)
