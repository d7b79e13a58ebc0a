"""Writing operations into one index: what is put replaces what was there, in tasks that have succeeded when this returns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search_index.fields import refusal
from search_index.meili import contract
from search_index.meili.connection import Connection, Refusal
from search_index.meili.encoding import Encoded, Held, encoded, part
from search_index.meili.known import Known
from search_index.meili.tasks import Failure, Sending, Tasks
from search_index.meili.values import any_value, ordered
from search_index.port import Operation, Put, Receipt
from search_index.synonyms import Synonyms

_NOTHING = Encoded((), frozenset(), frozenset())
_AT_ONCE = 1_000


@dataclass
class Prepared:
    """Operations of which the last of each service counts: `encoded` by service id, in order, and those refused."""

    encoded: dict[str, Encoded] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)

    @property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(each.words for each in self.encoded.values()))

    @property
    def openings(self) -> frozenset[str]:
        return frozenset().union(*(each.openings for each in self.encoded.values()))

    @property
    def sendings(self) -> list[Sending]:
        return [Sending(service_id, each.documents) for service_id, each in self.encoded.items()]

    def receipt(self, failures: Iterable[Failure]) -> Receipt:
        refused = dict(failures)
        return Receipt(tuple(service_id for service_id in self.encoded if service_id not in refused), (*self.failed, *refused.items()))


def prepare(operations: Iterable[Operation], synonyms: Synonyms) -> Prepared:
    """Everything that can be written, and what cannot with the reason: one that fails holds up no other."""
    prepared = Prepared()
    for operation in operations:
        try:
            reason = refusal(operation) if isinstance(operation, Put) else None
            if reason is None:
                ready = encoded(operation, synonyms) if isinstance(operation, Put) else _NOTHING
        except (AttributeError, TypeError, ValueError, OverflowError) as error:
            reason = f"A field has a value that cannot be indexed: {error}."
        if reason is None:
            prepared.encoded.pop(operation.service_id, None)
            prepared.encoded[operation.service_id] = ready
        else:
            prepared.failed.append((operation.service_id, reason))
    return prepared


def news_of(known: Known, prepared: Prepared) -> list[Held]:
    """The part that tells readers of words and openings the index does not hold yet; nothing when there are none."""
    words = [word for word in prepared.words if word not in known.vocabulary]
    openings = prepared.openings.difference(known.openings)
    return [part(known.last + 1, words, openings)] if words or openings else []


@dataclass(frozen=True)
class Writing:
    """Writes into the index of one name."""

    connection: Connection
    tasks: Tasks
    index: str

    def write(self, prepared: Prepared, news: Sequence[Held]) -> Receipt:
        """Readers hear of new words before, or together with, the listings that hold them. What goes is asked for first, so that it is gone
        the sooner."""
        stale = self._stale(prepared)
        gone = [key for service_id, keys in stale.items() if not prepared.encoded[service_id].documents for key in keys]
        leaving = self.tasks.begin_deletion(self.index, gone) if gone else None
        failures = self._put(prepared.sendings, news)
        if leaving is not None:
            self.tasks.done(leaving)
        unchanged = {*gone, *(key for service_id, _ in failures for key in stale[service_id])}
        left = [key for keys in stale.values() for key in keys if key not in unchanged]
        if left:
            self.tasks.done(self.tasks.begin_deletion(self.index, left))
        return prepared.receipt(failures)

    def _put(self, sendings: Sequence[Sending], news: Sequence[Held]) -> list[Failure]:
        """In one task when all is well; the news alone first when not, so that no poison holds them up."""
        documents = [*news, *(held for each in sendings for held in each.documents)]
        if not documents:
            return []
        try:
            self.tasks.done(self.tasks.begin_documents(self.index, documents))
        except Refusal as error:
            self.tasks.sent(self.index, [Sending("", news)])
            return self.tasks.halved(self.index, sendings, error)
        return []

    def _stale(self, prepared: Prepared) -> dict[str, list[str]]:
        """Keys of documents that the index holds of these services and that are not put anew."""
        held: dict[str, list[str]] = {service_id: [] for service_id in prepared.encoded}
        services = {ordered(service_id): service_id for service_id in held if service_id.isascii()}
        wanted = list(services)
        for start in range(0, len(wanted), _AT_ONCE):
            for found in self._documents_of(wanted[start : start + _AT_ONCE]):
                held[services[found[contract.SERVICE]]].append(found[contract.ID])
        return {
            service_id: sorted(set(keys).difference(document[contract.ID] for document in prepared.encoded[service_id].documents))
            for service_id, keys in held.items()
        }

    def _documents_of(self, services: Sequence[str]) -> list[Held]:
        found: list[Held] = []
        while True:
            asked = {
                "filter": any_value(contract.SERVICE, services),
                "fields": [contract.ID, contract.SERVICE],
                "limit": _AT_ONCE,
                "offset": len(found),
            }
            some = self.connection.ask("POST", f"indexes/{self.index}/documents/fetch", asked)["results"]
            found.extend(some)
            if len(some) < _AT_ONCE:
                return found
