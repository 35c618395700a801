"""Library versions beside the conversations that may have to finish on them, and what became of reloads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _versions()
    _reloads()
    op.add_column("conversations", sa.Column("finishes_on", sa.Text(), nullable=False, server_default=""))
    finishing = sa.text("finishes_on <> ''")
    op.create_index(
        "conversations_finishing",
        "conversations",
        ["finishes_on"],
        sqlite_where=finishing,
        postgresql_where=finishing,
    )


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("version", sa.Text(), primary_key=True, nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
    )


def _reloads() -> None:
    op.create_table(
        "reloads",
        sa.Column("name", sa.Text(), primary_key=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
    )
