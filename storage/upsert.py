"""INSERT … ON CONFLICT, which both databases speak and SQLAlchemy spells once for each."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert = postgresql.Insert | sqlite.Insert


def insert_or(connection: AsyncConnection, table: Table) -> Insert:
    """An INSERT of the connection's own dialect, to which ``on_conflict_…`` can be added."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
