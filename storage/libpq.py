"""The database's address as libraries read it that do not go through SQLAlchemy."""

from __future__ import annotations

from sqlalchemy.engine import make_url

_SAID_ELSEWHERE = {"host": "host", "port": "port", "ssl": "sslmode", "passfile": "passfile"}
"""What an address may say behind its question mark, and how libpq calls it."""


def libpq_address(url: str) -> dict[str, str]:
    """The parts of a ``postgresql+asyncpg://…`` address under libpq's names."""
    read = make_url(url)
    parts = {
        "host": read.host,
        "port": read.port,
        "user": read.username,
        "password": read.password,
        "dbname": read.database,
    }
    for name, theirs in _SAID_ELSEWHERE.items():
        said = read.query.get(name)
        if said:
            parts[theirs] = said if isinstance(said, str) else said[0]
    return {name: str(value) for name, value in parts.items() if value is not None}
