"""The embedded engine: tantivy in process."""

from search_index.embedded.engine import TantivyEngine

__all__ = ["TantivyEngine"]
