from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update

from domain.actors import Actor
from domain.audit_chain import Tampering
from domain.ledger import Account, EntryKind, Voucher
from domain.truths import Truth
from jobs.invariants import check_books, seal_audit, sweep_books
from services.invoices import issue_invoice
from services.ledger import post, take_back
from storage.tables.audit import audit
from storage.tables.base import metadata
from storage.tables.claims import violations
from storage.tables.ledger import invoice_lines, invoices
from storage.tables.messages import notifications
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.ledger import (
    TODAY,
    a_bookkeeper,
    a_payment,
    a_received_cheque,
    an_invoice,
    an_order_on_its_way,
    an_owner,
    posting,
)
from tests.conftest import NOW

NIGHT = datetime.fromisoformat("2026-11-22T03:00:00+03:30")
TABLES = metadata.tables


async def books(uow: UnitOfWork) -> tuple[Actor, int]:
    """Something of everything, all of it right; the customer and the id of an invoice."""
    owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
    order_id = await an_order_on_its_way(uow, owner, 24)
    invoice = await issue_invoice(uow, None, order_id, NOW)
    assert invoice is not None
    done = TABLES["orders"]
    await uow.connection.execute(update(done).where(done.c.id == order_id).values(status="delivered"))
    line = TABLES["order_lines"]
    (product_id,) = (await uow.connection.scalars(select(line.c.product_id))).all()
    await uow.stock.ship({product_id: 24})
    await an_order_on_its_way(uow, owner, 3)
    await a_payment(uow, clerk, owner, 39_071_997)
    await an_invoice(uow, owner, 5_000_000, TODAY)
    await a_payment(uow, clerk, owner, 6_000_000)
    cheque_id = await a_received_cheque(uow, owner, 2_000_000, TODAY)
    await take_back(uow, invoice.customer_id, Voucher.CHEQUE, cheque_id, NOW)
    return owner, invoice.id


@pytest.fixture
async def kept(store: Store) -> tuple[Store, Actor, int]:
    async with store.unit_of_work() as uow:
        owner, invoice_id = await books(uow)
    return store, owner, invoice_id


async def test_right_books_are_right(kept: tuple[Store, Actor, int]) -> None:
    """The negative control of everything below."""
    assert await check_books(kept[0], NOW) == ()


async def _by(uow: UnitOfWork, table: str, **values: Any) -> None:
    """Change the first row of that table past all code."""
    found = TABLES[table]
    key = found.c.id if "id" in found.c else found.c.product_id
    first = select(key).order_by(key).limit(1).scalar_subquery()
    await uow.connection.execute(update(found).where(key == first).values(**values))


async def _posted_wrongly(uow: UnitOfWork, owner: Actor) -> None:
    await post(uow, posting(owner, Account.RECEIVABLE, Account.SALES, 9, 999, voucher=Voucher.OPENING))


async def _mirrored_wrongly(uow: UnitOfWork, owner: Actor) -> None:
    known = (await uow.ledger.list_postings(Voucher.PAYMENT, 1))[0]
    wrong = known.mirrored(TODAY, NOW)
    await post(uow, wrong)
    row = TABLES["postings"]
    second = (await uow.ledger.list_postings(Voucher.PAYMENT, 2))[0]
    values: dict[str, Any] = {
        "at": NOW,
        "day": TODAY,
        "customer_id": owner.customer_id,
        "debit_account": "receivable",
        "credit_account": "bank",
        "amount_rials": 7,
        "document": "payment",
        "document_id": 2,
        "kind": EntryKind.PAYMENT.value,
        "facts": {},
        "reverses": second.id,
        "key": "wrong",
    }
    await uow.connection.execute(insert(row).values(**values))


Break = Callable[[UnitOfWork, Actor, int], Awaitable[None]]


async def _lines_changed(uow: UnitOfWork, invoice_id: int) -> None:
    of = invoice_lines.c.invoice_id == invoice_id
    await uow.connection.execute(update(invoice_lines).where(of).values(vat_rials=1))


async def _reopened(uow: UnitOfWork, invoice_id: int) -> None:
    await uow.connection.execute(update(invoices).where(invoices.c.id == invoice_id).values(open_rials=77))


async def _over_limit(uow: UnitOfWork) -> None:
    orders = TABLES["orders"]
    credit = update(orders).where(orders.c.status == "loaded").values(credit_rials=10**12)
    await uow.connection.execute(credit)


BREAKS: dict[Truth, Break] = {
    Truth.BALANCE: lambda uow, owner, _id: _posted_wrongly(uow, owner),
    Truth.INVOICE_OPEN: lambda uow, _owner, id_: _reopened(uow, id_),
    Truth.INVOICE_LINES: lambda uow, _owner, id_: _lines_changed(uow, id_),
    Truth.PAYMENT_LEFT: lambda uow, _owner, _id: _by(uow, "payments", unallocated_rials=5),
    Truth.CHEQUE_LEFT: lambda uow, _owner, _id: _by(uow, "cheques", unallocated_rials=5),
    Truth.CHEQUE_STATE: lambda uow, _owner, _id: _by(uow, "cheques", state="cleared"),
    Truth.ORDER_LINES: lambda uow, _owner, _id: _by(uow, "orders", net_rials=5),
    Truth.RESERVED: lambda uow, _owner, _id: _by(uow, "stock", reserved=5),
    Truth.INVOICED: lambda uow, _owner, _id: _by(uow, "orders", status="cancelled"),
    Truth.EXPOSURE: lambda uow, _owner, _id: _over_limit(uow),
    Truth.REVERSAL: lambda uow, owner, _id: _mirrored_wrongly(uow, owner),
}


@pytest.mark.parametrize("truth", BREAKS, ids=lambda each: each.name)
async def test_what_does_not_hold_is_named_by_its_rule(kept: tuple[Store, Actor, int], truth: Truth) -> None:
    store, owner, invoice_id = kept
    async with store.unit_of_work() as uow:
        await BREAKS[truth](uow, owner, invoice_id)
    found = await check_books(store, NOW)
    assert truth.value in {each.rule for each in found}


async def test_an_invoice_that_was_never_posted_is_named(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        invoice = await an_invoice(uow, owner, 5_000)
        await uow.connection.execute(
            update(invoices)
            .where(invoices.c.id == invoice.id)
            .values(total_rials=6_000, net_rials=6_000, gross_rials=6_000)
        )
    found = {each.rule for each in await check_books(store, NOW)}
    assert Truth.INVOICE_POSTED.value in found


async def test_a_mistake_is_told_once_and_marked_when_it_is_mended(kept: tuple[Store, Actor, int]) -> None:
    store, _owner, _id = kept
    async with store.unit_of_work() as uow:
        await _by(uow, "stock", reserved=5)
    assert len(await check_books(store, NOW)) == 1
    assert await check_books(store, NOW + timedelta(days=1)) == ()
    async with store.reading() as uow:
        told = (
            await uow.connection.execute(select(notifications).where(notifications.c.kind == "books_wrong"))
        ).all()
        assert len(told) == 1
        assert told[0].facts["violations"][0]["rule"] == Truth.RESERVED.value
        assert len(await uow.truths.list_open()) == 1
    async with store.unit_of_work() as uow:
        await _by(uow, "stock", reserved=0)
    assert await check_books(store, NOW + timedelta(days=2)) == ()
    async with store.reading() as uow:
        (row,) = (await uow.connection.execute(select(violations))).all()
        assert row.mended_at == NOW + timedelta(days=2)
        assert await uow.truths.list_open() == ()


async def test_the_books_are_checked_each_night_and_not_twice(store: Store) -> None:
    assert not await sweep_books(store, NOW)
    assert not await sweep_books(store, NIGHT - timedelta(minutes=1))
    assert await sweep_books(store, NIGHT)
    assert not await sweep_books(store, NIGHT + timedelta(hours=5))
    assert await sweep_books(store, NIGHT + timedelta(days=1, hours=4))


# The seal on the audit (H-3)


async def written(store: Store, rows: int = 12) -> None:
    """Rows of several minutes, sealed in three goes."""
    for at in range(3):
        async with store.unit_of_work() as uow:
            for number in range(rows // 3):
                when = NOW + timedelta(minutes=20 * at, seconds=number)
                await uow.audit.write(None, "tried", "nothing", number, when, {"é": [1, {"b": None}]})
        assert await seal_audit(store, NOW + timedelta(minutes=20 * at + 2)) == rows // 3


async def faults(store: Store) -> list[tuple[int, Tampering]]:
    async with store.reading() as uow:
        found, _head = await uow.audit_chain.check()
    return [(each.audit_id, each.kind) for each in found]


async def as_owner(store: Store, *statements: str) -> None:
    """What the owner of the database can do: take the triggers away, and change the past."""
    async with store.unit_of_work() as uow:
        if store.dialect == "postgresql":
            await uow.connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        else:
            for action in ("update", "delete"):
                await uow.connection.execute(text(f"DROP TRIGGER audit_no_{action}"))
        for statement in statements:
            await uow.connection.execute(text(statement))


async def test_what_was_not_touched_reads_as_it_was_sealed(store: Store) -> None:
    """The negative control; rows of the last minute are not sealed yet, and are no fault."""
    await written(store)
    async with store.unit_of_work() as uow:
        await uow.audit.write(None, "tried", "nothing", 99, NOW + timedelta(minutes=42))
    assert await seal_audit(store, NOW + timedelta(minutes=42, seconds=30)) == 0
    assert await faults(store) == []


@pytest.mark.parametrize("row", [1, 6, 12])
async def test_an_altered_row_is_named(store: Store, row: int) -> None:
    await written(store)
    await as_owner(store, f"UPDATE audit SET action = 'forged' WHERE id = {row}")
    assert await faults(store) == [(row, Tampering.ALTERED)]


@pytest.mark.parametrize("row", [1, 6, 12])
async def test_a_deleted_row_is_named(store: Store, row: int) -> None:
    await written(store)
    await as_owner(store, f"DELETE FROM audit WHERE id = {row}")
    assert await faults(store) == [(row, Tampering.DELETED)]


@pytest.mark.parametrize("is_sealed", [False, True])
async def test_a_row_that_was_put_in_among_the_old_ones_is_named(store: Store, *, is_sealed: bool) -> None:
    await written(store)
    async with store.unit_of_work() as uow:
        await uow.connection.execute(
            insert(audit).values(at=NOW + timedelta(seconds=2), action="forged", subject="nothing", facts={})
        )
    if is_sealed:
        assert await seal_audit(store, NOW + timedelta(hours=1)) == 1
    assert await faults(store) == [(13, Tampering.INSERTED)]


async def test_tampering_is_a_violation_that_is_told(store: Store) -> None:
    await written(store)
    await as_owner(store, "UPDATE audit SET subject_id = 5 WHERE id = 3")
    (found,) = await check_books(store, NOW + timedelta(hours=2))
    assert (found.rule, found.subject_id, found.facts["kind"]) == (Truth.AUDIT.value, 3, "altered")


async def test_sealing_goes_on_after_many_rows(store: Store) -> None:
    await written(store)
    async with store.unit_of_work() as uow:
        for number in range(7):
            await uow.audit.write(None, "tried", "nothing", number, NOW + timedelta(hours=1))
        assert await uow.audit_chain.seal(NOW + timedelta(hours=2), at_once=4) == 4
        assert await uow.audit_chain.seal(NOW + timedelta(hours=2), at_once=4) == 3
    assert await faults(store) == []
