"""What `relate` derives: facts across documents and the keys and overlaps by which it finds them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _facts()
    _fact_articles()
    _article_keys()
    _reference_keys()
    _texts()
    _fingerprints()
    _overlaps()


def _facts() -> None:
    op.create_table(
        "facts",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("tracked", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("facts_article", "facts", ["article", "kind"])


def _fact_articles() -> None:
    op.create_table(
        "fact_articles",
        sa.Column("article", sa.Text, primary_key=True),
        sa.Column("fact", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("fact_articles_fact", "fact_articles", ["fact"])


def _article_keys() -> None:
    op.create_table(
        "article_keys",
        sa.Column("article", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("article_keys_key", "article_keys", ["key"])


def _reference_keys() -> None:
    op.create_table(
        "reference_keys",
        sa.Column("record", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("reference_keys_article", "reference_keys", ["article"])
    op.create_index("reference_keys_key", "reference_keys", ["key"])


def _texts() -> None:
    op.create_table(
        "texts",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("article", sa.Text, nullable=False, unique=True),
        sa.Column("keys", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )


def _fingerprints() -> None:
    op.create_table(
        "fingerprints",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("text", sa.Integer, primary_key=True),
        sqlite_with_rowid=False,
    )


def _overlaps() -> None:
    op.create_table(
        "overlaps",
        sa.Column("a", sa.Text, primary_key=True),
        sa.Column("b", sa.Text, primary_key=True),
        sa.Column("share_a", sa.Float, nullable=False),
        sa.Column("share_b", sa.Float, nullable=False),
        sa.Column("twins", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("overlaps_b", "overlaps", ["b"])
