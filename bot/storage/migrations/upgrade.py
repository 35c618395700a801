"""Runs the steps that a database has not seen. Importing this imports Alembic, so only an old database does it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import StaticPool, create_engine


def upgrade(connection: sqlite3.Connection) -> None:
    """Take every step up to the newest on a SQLite connection whose transaction has begun; it is left open."""
    engine = create_engine("sqlite://", creator=lambda: _Kept(connection), poolclass=StaticPool)
    with engine.connect() as sqlalchemy_connection:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
        config.attributes["connection"] = sqlalchemy_connection
        command.upgrade(config, "head")


class _Kept:
    """The connection as SQLAlchemy sees it: it must neither commit nor roll back nor close what it has not begun."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.cursor = connection.cursor
        self.create_function = connection.create_function

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...
