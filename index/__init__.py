"""Search: one Request type, one field table, two engines (tantivy embedded, Elasticsearch)."""

from index.backend import Backend, Health, open_backend

__all__ = ["Backend", "Health", "open_backend"]
