"""The engine for a region: Meilisearch, a server that many hosts share. Needs the extra `meilisearch`."""

from search_index.meili.engine import MeiliEngine

__all__ = ["MeiliEngine"]
