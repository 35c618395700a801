"""One connection to PostgreSQL, and what its errors mean for whoever runs the program."""

from __future__ import annotations

import ssl
from typing import Protocol

import asyncpg

from bot.storage.errors import BadDatabaseUrlError, DatabaseUnusableError
from bot.storage.postgres.pool import PATIENCE

_KEPT_STATEMENTS = 100

_MODES = "disable, allow, prefer, require, verify-ca or verify-full"
_CERTIFICATE = (
    "With sslmode=verify-full, put the certificate of your authority at ~/.postgresql/root.crt, or name a file:"
    " ...?sslmode=verify-full&sslrootcert=/etc/ssl/certs/ca-certificates.crt (on Debian, those that the system trusts)."
)
_HOW = "Write it like postgresql://user:password@host/database."


class Connect(Protocol):
    """Makes a connection; a test gives one that fails at a chosen statement."""

    async def __call__(self, url: str, *, keeps_statements: bool, patience: float = ...) -> asyncpg.Connection: ...


async def connect(url: str, *, keeps_statements: bool, patience: float = PATIENCE) -> asyncpg.Connection:
    """Connect. ``keeps_statements`` prepares each statement once, under a name, which needs a server to itself."""
    return await asyncpg.connect(
        url,
        timeout=PATIENCE,
        command_timeout=patience,
        statement_cache_size=_KEPT_STATEMENTS if keeps_statements else 0,
    )


async def goes_through_a_pooler(connection: asyncpg.Connection) -> bool:
    """Whether the server at the end of the line is another than the one that let us in.

    PgBouncer and its like give out process ids of their own; each of our transactions may then meet another server.
    """
    return bool(await connection.fetchval("SELECT pg_backend_pid()") != connection.get_server_pid())


def explained(error: Exception) -> BadDatabaseUrlError | DatabaseUnusableError:
    """Say what an error at opening means; never with the password, which is part of the URL."""
    unsafe = _about_tls(error)
    if unsafe is not None:
        return unsafe
    match error:
        case asyncpg.exceptions.ClientConfigurationError() | ValueError():
            return BadDatabaseUrlError(f"The address of the database is not understood. {_HOW}")
        case asyncpg.InvalidCatalogNameError():
            return DatabaseUnusableError("The database does not exist yet. Make it with `createdb`, or name another.")
        case asyncpg.InvalidAuthorizationSpecificationError():
            return DatabaseUnusableError("PostgreSQL does not let us in. Look at the user and the password in the URL.")
        case asyncpg.InsufficientPrivilegeError():
            return DatabaseUnusableError(
                "PostgreSQL does not let us make or change our tables."
                " Give the user a database, or a schema, of its own."
            )
        case TimeoutError():
            return DatabaseUnusableError("PostgreSQL does not answer. Look at the host and the port in the URL.")
        case OSError():
            return DatabaseUnusableError(f"PostgreSQL cannot be reached ({error}). Look at the host and the port.")
        case _:
            return DatabaseUnusableError(f"PostgreSQL cannot be used: {error}.")


def _about_tls(error: Exception) -> BadDatabaseUrlError | DatabaseUnusableError | None:
    """Say what is wrong with certificates and the like, if that is it."""
    match error:
        case asyncpg.exceptions.ClientConfigurationError() if "root certificate" in str(error):
            return DatabaseUnusableError(f"There is no root certificate to know PostgreSQL by. {_CERTIFICATE}")
        case asyncpg.exceptions.ClientConfigurationError() if "sslmode" in str(error):
            return BadDatabaseUrlError(f"There is no such `sslmode`. Write {_MODES}.")
        case ssl.SSLCertVerificationError():
            return DatabaseUnusableError(
                f"PostgreSQL's certificate is not believed ({error.verify_message}). Look at the host, and at the root"
                " certificate that `sslrootcert` names."
            )
        case ssl.SSLError():
            return DatabaseUnusableError(
                f"PostgreSQL cannot be reached in a safe way ({error.reason}). Look at `sslmode`, and at the files that"
                " `sslrootcert`, `sslcert` and `sslkey` name."
            )
        case FileNotFoundError():
            return DatabaseUnusableError(
                "A file that the address of the database names is not there: look at `sslrootcert`, `sslcert`, `sslkey`"
                f" and the folder of a socket. {_CERTIFICATE}"
            )
        case _:
            return None
