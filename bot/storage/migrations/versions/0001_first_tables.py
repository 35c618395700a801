"""The first tables: conversations, inbox, replies, outbox, dead letters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _meta()
    _conversations()
    _inbox()
    _replies()
    _outbox()
    _letters()


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), primary_key=True, nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
    )


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", _ID, primary_key=True),
        *_person(),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("next_due", sa.BigInteger()),
        sa.Column("claimed_until", sa.BigInteger(), nullable=False),
        sa.Column("planned_with", sa.Text(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_index("conversations_person", "conversations", ["platform", "tenant", "person"], unique=True)
    timed = sa.text("next_due IS NOT NULL")
    op.create_index(
        "conversations_due", "conversations", ["platform", "next_due"], sqlite_where=timed, postgresql_where=timed
    )
    op.create_index("conversations_planned", "conversations", ["platform", "planned_with"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("digest", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("inbox_at", "inbox", ["at"])


def _replies() -> None:
    op.create_table(
        "replies",
        sa.Column("digest", sa.LargeBinary(), primary_key=True, nullable=False),
        *_person(),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reply", sa.LargeBinary(), nullable=False),
    )
    op.create_index("replies_person", "replies", ["platform", "tenant", "person"])
    op.create_index("replies_at", "replies", ["at"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _ID, primary_key=True),
        *_person(),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("nudge", sa.Text()),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_lane", "outbox", ["platform", "tenant", "person", "lane", "id"])
    op.create_index("outbox_due", "outbox", ["platform", "due_at"])


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", _ID, primary_key=True),
        *_person(),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("lane", sa.Text()),
        sa.Column("turn", sa.BigInteger()),
        sa.Column("nth", sa.Integer()),
        sa.Column("expires_at", sa.BigInteger()),
        sa.Column("body", sa.LargeBinary()),
        sqlite_autoincrement=True,
    )
    op.create_index("letters_person", "letters", ["platform", "tenant", "person"])
    op.create_index("letters_at", "letters", ["at"])


def _person() -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in ("platform", "tenant", "person")]
