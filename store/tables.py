"""The tables, as SQLAlchemy Core sees them. `migrations/` makes them; a test holds the two together."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

captures = Table(
    "captures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("canonical_url", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("fetched_at", Text, nullable=False),
    Column("visited_at", Text, nullable=False),  # the last fetch that brought the same bytes
    Column("status", Integer, nullable=False),
    Column("headers", Text, nullable=False),
    Column("hints", Text, nullable=False),
    Column("warc_file", Text),
    Column("warc_offset", Integer),
    Column("warc_length", Integer),
    Index("captures_content", "source", "canonical_url", "digest", unique=True),
    Index("captures_digest", "digest"),
    Index("captures_warc", "warc_file", "warc_offset"),
    sqlite_autoincrement=True,
)

# One row a URL: its state, which capture is its content now, and which reader read that (empty: none yet).
urls = Table(
    "urls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False),  # canonical
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("hints", Text, nullable=False),
    Column("failures", Integer, nullable=False),  # in a row
    Column("due", Float, nullable=False),  # seconds of the epoch; a failed URL is not wanted before
    Column("at", Text, nullable=False),
    Column("capture", Integer, ForeignKey("captures.id")),
    Column("read_by", Text, nullable=False),
    Index("urls_url", "source", "url", unique=True),
    Index("urls_state", "source", "state"),
    Index("urls_read", "read_by", "capture"),
    Index("urls_capture", "capture"),
)

articles = Table(
    "articles",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("page", Text, nullable=False),  # article_id(source, canonical URL): what one put replaces
    Column("parent", Text),
    Column("ordinal", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("tracked", Text, nullable=False),  # digest of what counts as a change
    Column("payload", Text, nullable=False),
    Index("articles_page", "page"),
    Index("articles_parent", "parent"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", Text, nullable=False),
    Column("capture", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("text_digest", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("revisions_article", "article"),
    sqlite_autoincrement=True,
)

records = Table(
    "records",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("article", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("tracked", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Index("records_article", "article", "kind"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record", Text, nullable=False),
    Column("article", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("stale", Text, nullable=False),  # why it no longer applies; empty: it does
    Index("corrections_article", "article"),
    sqlite_autoincrement=True,
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("op", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("article", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("changes_id", "id"),
    sqlite_autoincrement=True,
)

followers = Table(
    "followers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("at", Text, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("capture", Integer, ForeignKey("captures.id"), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("read_by", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# What `relate` derives. `facts` are its results, the rest its own index; all can be made anew from articles and records.

facts = Table(
    "facts",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("article", Text, nullable=False),
    Column("tracked", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Index("facts_article", "article", "kind"),
)

fact_articles = Table(  # every article that a fact is about
    "fact_articles",
    metadata,
    Column("article", Text, primary_key=True),
    Column("fact", Text, primary_key=True),
    Index("fact_articles_fact", "fact"),
    sqlite_with_rowid=False,
)

article_keys = Table(
    "article_keys",
    metadata,
    Column("article", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Index("article_keys_key", "key"),
    sqlite_with_rowid=False,
)

reference_keys = Table(
    "reference_keys",
    metadata,
    Column("record", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("article", Text, nullable=False),
    Index("reference_keys_key", "key"),
    Index("reference_keys_article", "article"),
    sqlite_with_rowid=False,
)

list_rows = Table(  # of published lists, proposed and final
    "list_rows",
    metadata,
    Column("record", Text, primary_key=True),
    Column("article", Text, nullable=False),
    Column("name", Text, nullable=False),  # folded
    Column("stage", Text, nullable=False),
    Index("list_rows_name", "name"),
    Index("list_rows_article", "article"),
    sqlite_with_rowid=False,
)

texts = Table(
    "texts",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("article", Text, nullable=False, unique=True),
    Column("keys", LargeBinary, nullable=False),  # its fingerprints, eight bytes each
    sqlite_autoincrement=True,
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("text", Integer, primary_key=True),  # texts.n
    sqlite_with_rowid=False,
)

overlaps = Table(
    "overlaps",
    metadata,
    Column("a", Text, primary_key=True),  # a < b
    Column("b", Text, primary_key=True),
    Column("share_a", Float, nullable=False),  # of a's text that b has
    Column("share_b", Float, nullable=False),
    Column("twins", Text, nullable=False),  # what tells them apart; empty: they are copies
    Index("overlaps_b", "b"),
    sqlite_with_rowid=False,
)

# What each article states of a library item, and the items that the statements make together.

item_statements = Table(
    "item_statements",
    metadata,
    Column("article", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("rank", Integer, nullable=False),  # who speaks first: 0 the original document, 1 a reprint, 2 a report of it
    Column("payload", Text, nullable=False),
    Index("item_statements_item", "item"),
    sqlite_with_rowid=False,
)

items = Table(
    "items",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("library", Text, nullable=False),
    Column("article", Text, nullable=False),  # that speaks first
    Column("tracked", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Index("items_library", "library"),
)
