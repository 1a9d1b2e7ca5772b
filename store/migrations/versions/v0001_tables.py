"""The first tables: captures, URLs, articles, revisions, records, corrections, the log, followers, quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _captures()
    _urls()
    _articles()
    _revisions()
    _records()
    _corrections()
    _changes()
    _followers()
    _quarantine()


def _captures() -> None:
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("canonical_url", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("fetched_at", sa.Text, nullable=False),
        sa.Column("visited_at", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("headers", sa.Text, nullable=False),
        sa.Column("hints", sa.Text, nullable=False),
        sa.Column("warc_file", sa.Text),
        sa.Column("warc_offset", sa.Integer),
        sa.Column("warc_length", sa.Integer),
        sqlite_autoincrement=True,
    )
    op.create_index("captures_content", "captures", ["source", "canonical_url", "digest"], unique=True)
    op.create_index("captures_digest", "captures", ["digest"])
    op.create_index("captures_warc", "captures", ["warc_file", "warc_offset"])


def _urls() -> None:
    op.create_table(
        "urls",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("hints", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("due", sa.Float, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("capture", sa.Integer, sa.ForeignKey("captures.id")),
        sa.Column("read_by", sa.Text, nullable=False),
    )
    op.create_index("urls_capture", "urls", ["capture"])
    op.create_index("urls_read", "urls", ["read_by", "capture"])
    op.create_index("urls_state", "urls", ["source", "state"])
    op.create_index("urls_url", "urls", ["source", "url"], unique=True)


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("parent", sa.Text),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("tracked", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("articles_page", "articles", ["page"])
    op.create_index("articles_parent", "articles", ["parent"])


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("capture", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("text_digest", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("revisions_article", "revisions", ["article"])


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("tracked", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("records_article", "records", ["article", "kind"])


def _corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("old", sa.Text, nullable=False),
        sa.Column("new", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("stale", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("corrections_article", "corrections", ["article"])


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("op", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("changes_id", "changes", ["id"])


def _followers() -> None:
    op.create_table(
        "followers",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("capture", sa.Integer, sa.ForeignKey("captures.id"), primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("read_by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
