"""What can be wrong with a database, its address or its keys; each error says whose fault it is and what helps."""

from __future__ import annotations

from bot.errors import AfterwordError, UsageError


class BadDatabaseUrlError(UsageError):
    """The address of the database is not one that we understand; write it like ``sqlite:///path``."""


class DatabaseUnusableError(AfterwordError):
    """The file or its folder cannot be opened, read or written; its place or its permissions need a look."""


class NotOurDatabaseError(AfterwordError):
    """The file is no database, or one of another program; nothing in it was touched."""


class NewerDatabaseError(AfterwordError):
    """A newer Afterword has written this database; run that version or a later one."""


class KeyFileError(AfterwordError):
    """The key file cannot be made or read, or what is in it is not a list of keys."""
