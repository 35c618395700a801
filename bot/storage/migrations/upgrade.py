"""Runs the steps that a database has not seen. Importing this imports Alembic, so only an old database does it."""

from __future__ import annotations

import sqlite3
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import StaticPool, create_engine


def upgrade(connection: sqlite3.Connection) -> None:
    """Take every step up to the newest on a SQLite connection whose transaction has begun; it is left open."""
    engine = create_engine("sqlite://", creator=lambda: _Kept(connection), poolclass=StaticPool)
    with engine.connect() as sqlalchemy_connection:
        config = _config()
        config.attributes["connection"] = sqlalchemy_connection
        command.upgrade(config, "head")


def script(version: int) -> str:
    """Return the statements that bring a PostgreSQL database from a version, 0 for an empty one, up to the newest."""
    statements = StringIO()
    command.upgrade(_config(statements), f"{version:04}:head" if version else "head", sql=True)
    return statements.getvalue()


def _config(output: StringIO | None = None) -> Config:
    config = Config(output_buffer=output)
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


class _Kept:
    """The connection as SQLAlchemy sees it: it must neither commit nor roll back nor close what it has not begun."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.cursor = connection.cursor
        self.create_function = connection.create_function

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...
