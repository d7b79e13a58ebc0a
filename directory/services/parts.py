"""The working parts that use cases are given: made once by the composition root, handed down, never looked up."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from directory.domain.clock import Clock
from directory.gateways.geocode import Geocoding
from directory.gateways.oidc import Issuer
from directory.services.finding.change_memory import ChangeMemory
from directory.services.finding.identity_memory import IdentityMemory
from directory.services.finding.meaning import Meaning
from directory.services.finding.results import FoundService
from directory.services.keeping.measures import Measures
from directory.services.listings.cache import ListingCache
from directory.services.planning.gap_buffer import GapBuffer
from directory.settings import Settings
from directory.store.session import Database
from search_index.fallback import WithFallback
from search_index.port import SearchEngine


class Stopped(BaseException):
    """The process was asked to end in the middle of long work, which is taken up again when it runs the next time. No fault of the work."""


@dataclass(frozen=True, slots=True)
class KeptIndex:
    """An index that this host keeps in step, under the name of a consumer."""

    consumer: str
    engine: SearchEngine


@dataclass(frozen=True, slots=True)
class Parts:
    """`search` answers; `consumer` is the name under which the index that it writes to is kept in step (one row in `index_consumer`): a
    host's own, or a server's. `indexes`: where there are two, the server's and then this host's own, which answers when that does
    not. `issuer` says who people are, where a setting names one.

    `stop_if_asked`: long work calls it between two pieces; it raises `Stopped` where the process is to end.
    """

    settings: Settings
    database: Database
    search: SearchEngine
    geocoding: Geocoding
    clock: Clock
    consumer: str = "embedded"
    indexes: tuple[KeptIndex, ...] = ()
    listings: ListingCache = field(default_factory=ListingCache)
    changes: ChangeMemory = field(default_factory=ChangeMemory)
    found: IdentityMemory[tuple[FoundService, ...]] = field(default_factory=lambda: IdentityMemory(256))
    gaps: GapBuffer = field(default_factory=GapBuffer)
    meaning: Meaning = field(default_factory=Meaning)
    measures: Measures = field(default_factory=Measures)
    stop_if_asked: Callable[[], None] = lambda: None
    issuer: Issuer | None = None

    def answering(self) -> tuple[str, ...]:
        """The consumers of whose indexes one answers what is asked now."""
        return self.search.answering() if isinstance(self.search, WithFallback) else (self.consumer,)

    def each_index(self) -> tuple["Parts", ...]:
        """These parts once for each index that this host keeps in step, with nothing between them and it; the host's own comes last."""
        return tuple(replace(self, search=kept.engine, consumer=kept.consumer, indexes=()) for kept in self.indexes) or (self,)
