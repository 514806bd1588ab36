"""Upserts of many rows, a batch a statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.upsert import insert_or

BATCH = 1_000
Step = Callable[[int], None]
"""Called with the number of rows that were just written."""

Values = Mapping[str, Any]


def no_step(_count: int) -> None:
    return


async def put_many(
    connection: AsyncConnection,
    table: Table,
    rows: Sequence[Values],
    keys: Sequence[str],
    step: Step = no_step,
    *,
    kept: Sequence[str] = (),
) -> None:
    """Insert rows that all name the same columns; one whose keys are there already is updated instead.

    Columns in ``kept`` are written only when the row is new.
    """
    if not rows:
        return
    put = insert_or(connection, table)
    changed = {name: put.excluded[name] for name in rows[0] if name not in (*keys, *kept)}
    statement = (
        put.on_conflict_do_update(index_elements=list(keys), set_=changed)
        if changed
        else put.on_conflict_do_nothing(index_elements=list(keys))
    )
    for start in range(0, len(rows), BATCH):
        batch = [dict(row) for row in rows[start : start + BATCH]]
        await connection.execute(statement, batch)
        step(len(batch))
