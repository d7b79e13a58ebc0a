"""The working parts that use cases are given: made once by the composition root, handed down, never looked up."""

from dataclasses import dataclass

from directory.domain.clock import Clock
from directory.gateways.geocode import Geocoding
from directory.settings import Settings
from directory.store.session import Database
from search_index.port import SearchEngine


@dataclass(frozen=True, slots=True)
class Parts:
    settings: Settings
    database: Database
    search: SearchEngine
    geocoding: Geocoding
    clock: Clock
