"""What PostgreSQL's errors mean, in sentences. Their own texts can hold values of the register."""

import psycopg

from marac.register.databases import DISK_FULL, LOCKED, NOT_ACCEPTED

_UNREACHABLE = (
    "The register's database server cannot be reached. Is this computer on the network, and is PostgreSQL running there? "
    "Nothing was half done: run the same command again when it can be reached."
)
_REFUSED = (
    "The register's database server did not let marac in: the user or the password is wrong, or this computer is not "
    "allowed there. Check [database] in config.toml with IT."
)
_NO_DATABASE = (
    "There is no such database on the server. Check the name at the end of [database] url in config.toml, or ask IT to "
    "make the database."
)
_NOT_ENCRYPTED = (
    "The register's database server could not show by its certificate that it is the right one, or it does not encrypt. "
    "Nothing was sent to it. Ask IT; the council's own authority is named in [database] url, as ?sslrootcert=FILE."
)
_READ_ONLY = "The register's database only lets itself be read at the moment. Ask IT, then run the same command again."
_NO_RIGHT = "marac may not use the tables of the register's database. Ask IT to make its user the database's owner."
_BUSY = "Two programs changed the register at the same moment, and this one gave way. Run the same command again."
_BY_STATE = {  # the codes, or their beginnings: https://www.postgresql.org/docs/current/errcodes-appendix.html
    "55P03": LOCKED,
    "53100": DISK_FULL,
    "53": "The register's database server has no room left for this. Wait a little, then run the same command again.",
    "25006": _READ_ONLY,
    "40": _BUSY,
    "42501": _NO_RIGHT,
    "28": _REFUSED,
    "3D000": _NO_DATABASE,
    "08": _UNREACHABLE,
    "57P": _UNREACHABLE,
    "25P03": _UNREACHABLE,  # it ended our connection, which was idle for minutes
    "58": "The register's database server cannot read or write its disk. Please tell IT.",
    "XX": "The register's database is damaged. Please tell IT at once. Nothing was changed.",
}


def said_of(error: BaseException | None) -> str:
    """What went wrong, and what to do."""
    state = getattr(error, "sqlstate", None)
    if state is None:
        return _before_it_began(error) if isinstance(error, psycopg.OperationalError) else NOT_ACCEPTED
    return next((words for code, words in _BY_STATE.items() if state.startswith(code)), NOT_ACCEPTED)


def _before_it_began(error: psycopg.OperationalError) -> str:
    """Why no connection came about, or why it broke: libpq has no codes for that, only words."""
    cause, attempt = str(error), error.pgconn
    if "SSL" in cause or "certificate" in cause:
        return _NOT_ENCRYPTED
    if "database" in cause and "does not exist" in cause:
        return _NO_DATABASE
    if "authentication" in cause or "no password" in cause or "pg_hba.conf" in cause or "role" in cause:
        return _REFUSED
    return _REFUSED if attempt is not None and attempt.used_password else _UNREACHABLE
