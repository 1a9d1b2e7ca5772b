"""Library items, what each article states of them; and fingerprints of another kind, which `relate` makes anew."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _items()
    _statements()
    for table in ("fingerprints", "texts", "overlaps"):
        op.execute(f"DELETE FROM {table}")


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("library", sa.Text, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("tracked", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("items_library", "items", ["library"])


def _statements() -> None:
    op.create_table(
        "item_statements",
        sa.Column("article", sa.Text, primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("item_statements_item", "item_statements", ["item"])
