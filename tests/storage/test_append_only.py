"""Row B-13: what stands in the books and the trail is never changed or deleted, also not by raw SQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from storage.tables.append_only import APPEND_ONLY
from storage.tables.base import metadata
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.ledger import (
    TODAY,
    a_bookkeeper,
    a_payment,
    a_received_cheque,
    an_invoice,
    an_order_on_its_way,
    an_owner,
)
from tests.conftest import NOW

CHANGEABLE = "payments"
"""The negative control: a table without the triggers."""


async def _put(uow: UnitOfWork, table: str, **row: Any) -> None:
    await uow.connection.execute(insert(metadata.tables[table]).values(**row))


async def a_row_of_each(uow: UnitOfWork) -> None:
    owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
    customer_id = owner.customer_id
    await an_invoice(uow, owner, 100)
    await a_payment(uow, clerk, owner, 40)
    cheque_id = await a_received_cheque(uow, owner, 30, TODAY)
    order_id = await an_order_on_its_way(uow, owner)
    await _put(uow, "cheque_events", cheque_id=cheque_id, kind="received", at=NOW, facts={})
    await _put(
        uow,
        "credit_decisions",
        customer_id=customer_id,
        order_id=order_id,
        at=NOW,
        row=5,
        outcome="auto",
        amount_rials=1,
        exposure_rials=1,
        inputs={},
    )
    await _put(
        uow,
        "promotions",
        name="طرح",
        kind="tier",
        state="live",
        spec={},
        starts_on=TODAY,
        created_at=NOW,
    )
    promotion_id = await uow.connection.scalar(select(metadata.tables["promotions"].c.id))
    await _put(
        uow,
        "promotion_versions",
        promotion_id=promotion_id,
        version=1,
        name="طرح",
        spec={},
        starts_on=TODAY,
        at=NOW,
    )
    await _put(
        uow,
        "applied_promotions",
        order_id=order_id,
        order_version=1,
        customer_id=customer_id,
        stage="line",
        name="طرح",
        base_rials=1,
        amount_rials=1,
        at=NOW,
    )
    await uow.audit_chain.seal(NOW + timedelta(hours=1))


@pytest.fixture
async def kept(store: Store) -> Store:
    async with store.unit_of_work() as uow:
        await a_row_of_each(uow)
    return store


def _change(table: str) -> str:
    column = metadata.tables[table].columns.keys()[-1]
    return f"UPDATE {table} SET {column} = {column}"


@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_no_row_is_changed_or_deleted(kept: Store, table: str) -> None:
    statements = [_change(table), f"DELETE FROM {table}"]
    if kept.dialect == "postgresql":
        statements.append(f"TRUNCATE {table} CASCADE")
    async with kept.reading() as uow:
        before = (await uow.connection.execute(select(metadata.tables[table]))).all()
    assert before, "without a row nothing is refused"
    for statement in statements:
        with pytest.raises(DBAPIError, match="append-only"):
            async with kept.unit_of_work() as uow:
                await uow.connection.execute(text(statement))
    async with kept.reading() as uow:
        assert (await uow.connection.execute(select(metadata.tables[table]))).all() == before


async def test_other_tables_are_changed_as_ever(kept: Store) -> None:
    async with kept.unit_of_work() as uow:
        changed = await uow.connection.execute(text(_change(CHANGEABLE)))
        assert changed.rowcount == 1
