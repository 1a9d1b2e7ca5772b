"""Search: one Request type, one field table, two engines (tantivy embedded, Elasticsearch)."""
