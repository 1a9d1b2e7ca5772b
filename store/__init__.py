"""The durable truth: captures, URL state, articles, revisions, records, corrections, change log."""
