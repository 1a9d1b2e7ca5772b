# ruff: noqa: N818 - named for what happened, as the design names them
"""What can go wrong in a search; the message is fit for the person who asked."""


class SearchError(Exception):
    """Base of all errors of this package."""


class Unsupported(SearchError):
    """The engine has no such query, aggregation or field."""


class FieldError(SearchError):
    """A field that the index does not have, or a value that the field cannot hold."""


class BadCursor(SearchError):
    """A cursor that was not given by this search, or that belongs to another request."""


class TooBroad(SearchError):
    """The request would have to look at more documents than is allowed; it needs a further condition."""


class Busy(SearchError):
    """Another process is writing to the index."""


class EngineDown(SearchError):
    """The search engine does not answer; changes wait in the log."""


class Untrusted(SearchError):
    """The server's certificate is by no authority that we trust, or has another fingerprint."""


class WrongVersion(SearchError):
    """The server is no Elasticsearch 8 or 9."""


class NotAllowed(SearchError):
    """The server refused the user, the password or the key."""


class ReadOnly(SearchError):
    """The engine refuses writes, mostly because its disk is full."""


class SchemaMismatch(SearchError):
    """The index was made for another field table; it must be rebuilt."""
