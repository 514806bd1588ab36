"""Faults of the database that pass by themselves: it was away, full of connections, or somebody was first."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

_SQLITE = {
    5: "busy",
    6: "locked",
    8: "read-only for now",
    10: "input or output failed",
    13: "full",
    14: "cannot be opened",
}
_POSTGRESQL = (
    "08",  # The connection failed.
    "40",  # Rolled back because of others: serialization, deadlock.
    "53",  # Out of connections, disk or memory.
    "55P03",  # A lock was not to be had.
    "57P",  # Shutting down, starting up, restarted.
)


class DatabaseAway(Exception):
    """No connection could be made; the message is the kind of the driver's error."""


def is_passing(fault: BaseException) -> bool:
    """Whether the same work may well succeed later, because nothing is wrong with the work itself."""
    if isinstance(fault, DatabaseAway | NoConnectionFree):
        return True
    if not isinstance(fault, DBAPIError):
        return False
    return fault.connection_invalidated or _is_passing_code(fault.orig)


def _is_passing_code(original: BaseException | None) -> bool:
    while original is not None:
        if str(getattr(original, "sqlstate", None) or "").startswith(_POSTGRESQL):
            return True
        # The low byte is the kind, the rest says more about it.
        if getattr(original, "sqlite_errorcode", 0) & 0xFF in _SQLITE:
            return True
        original = original.__cause__
    return False
