"""What `doctor` says of what searches rest on: places, plain words, the index and what waits for it."""

from directory.cli.checks.check import Check
from directory.services.health import DriftHealth, FallbackHealth, Health, PendingHealth
from directory.services.parts import Parts
from search_index.port import IndexHealth

LONGEST_LAG_SECONDS = 300


def check_gazetteer(parts: Parts) -> Check:
    if parts.geocoding.lookup("19104").place is None and parts.geocoding.lookup("Ottawa").place is None:
        return Check(
            "gazetteer", wrong="It knows neither 19104 nor Ottawa.", remedy="Delete gazetteer-*.sqlite in the data folder; it is made anew."
        )
    return Check("gazetteer", "knows its places")


def check_meaning(parts: Parts) -> Check:
    meaning, wanted = parts.meaning, parts.settings.meaning
    if wanted == "lexicon":
        return Check("plain words", "understood by the lexicon")
    if meaning.embedder is None:
        return Check("plain words", wrong="Embeddings are asked for and not installed; the lexicon is used alone.", remedy="./run setup")
    if not meaning.is_prepared:
        return Check(
            "plain words",
            "understood by the lexicon so far",
            warning="The vectors of what people say are not made yet.",
            remedy="directory worker makes them in half a minute; so does directory serve.",
        )
    return Check("plain words", f"understood by the lexicon and by {meaning.embedder.name}")


def check_index(health: Health) -> Check:
    """An index that does not answer keeps nobody from finding while the fallback does."""
    if not health.index.ready:
        remedy = "directory index rebuild" if health.index.reachable else "Start the search server, or look at MEILI_URL and the keys."
        detail = health.index.detail or "It has not been built for this version."
        if health.has_reserve:
            return Check("index", "degraded", warning=f"Degraded: this host's own index answers in its place. {detail}", remedy=remedy)
        return Check("index", wrong=detail, remedy=remedy)
    return Check("index", _holds(health.index))


def check_fallback(fallback: FallbackHealth) -> Check:
    """This host's own index, in reserve."""
    if not fallback.index.ready:
        return Check("fallback", "none", warning=f"Nothing is in reserve. {fallback.index.detail}", remedy="directory worker on this host")
    return Check("fallback", f"{fallback.consumer}: {_holds(fallback.index)}")


def _holds(index: IndexHealth) -> str:
    found = f"{index.services} services at {index.documents} places, generation {index.generation}"
    return f"{found}. {index.detail}".removesuffix(". ")


def check_pending(pending: PendingHealth, name: str = "pending", *, is_away: bool = False) -> Check:
    """What waits for an index, and what it refused. For one that is away it waits rightly."""
    wrong = []
    if pending.lag_seconds > LONGEST_LAG_SECONDS and not is_away:
        wrong.append(f"{pending.waiting} services wait for the index, the oldest for {pending.lag_seconds / 60:.0f} minutes")
    if pending.parked:
        first = pending.refused[0]
        wrong.append(f"{pending.parked} were refused by the index and are parked, among them {first.service_id} ({first.why.rstrip('.')})")
    if wrong:
        remedy = (
            "directory worker must run; directory index parked tells which were refused, directory index requeue --all tries them again"
        )
        return Check(name, wrong="; ".join(wrong) + ".", remedy=remedy)
    return Check(name, f"{pending.waiting} waiting, none parked")


def check_drift(drift: DriftHealth, name: str = "drift") -> Check:
    if drift.found is None or drift.checked_at is None:
        return Check(name, "index and database have not been held against one another yet")
    if drift.found:
        return Check(
            name,
            f"{drift.found} services differed",
            warning=f"{drift.found} services differed at the last check, {drift.checked_at:%Y-%m-%d %H:%M} UTC.",
            remedy="directory index check --repair",
        )
    return Check(name, f"none at the last check, {drift.checked_at:%Y-%m-%d %H:%M} UTC")
