"""Claims of a letter that came to no try, because it had to wait its turn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("untried", sa.Integer(), nullable=False, server_default=sa.text("0")))
