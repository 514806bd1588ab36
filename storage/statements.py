"""What SQLAlchemy has compiled, kept once for everything that this process opens of one kind of database.

An engine keeps its own: the two of a SQLite file would compile everything twice, and a database that is
opened later in the same process would begin anew. All engines are made alike (``storage/unit_of_work.py``),
so that what one has compiled fits them all.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

MOST = 2_000
"""So many are kept, a third of them rarely used ones; all that this house says are about as many."""


class Statements(LRUCache[Any, Any]):
    """As an engine's own, which knows its statements by the engine's dialect, whichever that is."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_of_any_engine(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(_of_any_engine(key), compiled)


def _of_any_engine(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect: Dialect = key[0]
    return (dialect.name, dialect.server_version_info, *key[1:])


STATEMENTS = Statements(MOST)
