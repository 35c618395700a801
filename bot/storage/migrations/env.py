"""Alembic's entry: runs the steps in the transaction of whoever upgrades, or writes them down for PostgreSQL."""

from __future__ import annotations

from alembic import context

if context.is_offline_mode():
    context.configure(dialect_name="postgresql", literal_binds=True)
else:
    context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
