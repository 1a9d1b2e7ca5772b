"""Rows of published lists by name, by which `relate` finds the final list of a proposed one."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "list_rows",
        sa.Column("record", sa.Text, primary_key=True),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("list_rows_name", "list_rows", ["name"])
    op.create_index("list_rows_article", "list_rows", ["article"])
