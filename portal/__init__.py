"""Web pages, REST API, feed."""
