"""Invoices and their lines: what was delivered, and what of it is still owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.actors import Actor
from domain.balances import OpenInvoice
from domain.errors import ChangedMeanwhile, NotFound
from domain.invoices import Delivered, Invoice
from domain.money import Money
from domain.settling import Allocation
from storage.invoice_rows import (
    ALLOCATIONS,
    LINES,
    ORDERED,
    WHOLE,
    allocation_of,
    invoice_of,
    line_columns,
    line_of,
    ordered_of,
)
from storage.tables.ledger import allocations, invoice_lines, invoices
from storage.tables.orders import orders

_OPEN = invoices.c.open_rials > 0


class Invoices:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def delivered(self, order_id: int) -> Delivered:
        """The order as an invoice needs it: every line with what goes out with it now."""
        rows = (await self._connection.execute(ORDERED.where(orders.c.id == order_id))).all()
        if not rows:
            raise NotFound
        first = rows[0]
        return Delivered(
            order_id=order_id,
            order_number=first.number,
            customer_id=first.customer_id,
            outlet_id=first.outlet_id,
            term=first.term or {},
            lines=tuple(ordered_of(row) for row in rows),
        )

    async def put(self, invoice: Invoice, now: datetime) -> Invoice:
        """Write an invoice and its lines down; its id is given by us."""
        row = {
            "number": invoice.number,
            "customer_id": invoice.customer_id,
            "outlet_id": invoice.outlet_id,
            "order_id": invoice.order_id,
            "issued_on": invoice.issued_on,
            "due_on": invoice.due_on,
            "term": dict(invoice.term),
            "gross_rials": invoice.gross.rials,
            "discount_rials": invoice.discount.rials,
            "net_rials": invoice.net.rials,
            "vat_rials": invoice.vat.rials,
            "total_rials": invoice.total.rials,
            "open_rials": invoice.open.rials,
            "currency_unit": invoice.currency_unit.value,
            "created_at": now,
        }
        made = insert(invoices).values(row).returning(invoices.c.id)
        invoice_id = int((await self._connection.execute(made)).scalar_one())
        if invoice.lines:
            rows = [line_columns(invoice_id, line) for line in invoice.lines]
            await self._connection.execute(insert(invoice_lines), rows)
        return replace(invoice, id=invoice_id)

    async def end_exposure(self, order_id: int) -> None:
        """What an order owes is owed by its invoice from now on."""
        ended = update(orders).where(orders.c.id == order_id).values(credit_rials=0)
        await self._connection.execute(ended)

    async def get(self, invoice_id: int, *, of: Actor | int) -> Invoice:
        """The invoice with its lines and what has settled it; only one's own, unless one is staff."""
        return await self._whole(WHOLE.where(invoices.c.id == invoice_id, _own(of)))

    async def get_by_number(self, number: int, *, of: Actor | int) -> Invoice:
        return await self._whole(WHOLE.where(invoices.c.number == number, _own(of)))

    async def owner_of(self, invoice_id: int) -> int:
        """The customer whose invoice that is."""
        owner: int | None = await self._connection.scalar(
            select(invoices.c.customer_id).where(invoices.c.id == invoice_id)
        )
        if owner is None:
            raise NotFound
        return owner

    async def id_of_number(self, number: int, of: int | None = None) -> int | None:
        """Which invoice has that number; ``of`` is the customer whose it must be."""
        wanted = select(invoices.c.id).where(invoices.c.number == number)
        if of is not None:
            wanted = wanted.where(invoices.c.customer_id == of)
        found: int | None = await self._connection.scalar(wanted)
        return found

    async def find_of_order(self, order_id: int) -> Invoice | None:
        """Without lines and allocations."""
        row = (await self._connection.execute(WHOLE.where(invoices.c.order_id == order_id))).one_or_none()
        return invoice_of(row) if row else None

    async def list_open(self, customer_id: int) -> tuple[OpenInvoice, ...]:
        """Everything of which something is owed, the oldest due first."""
        rows = await self._connection.execute(
            select(
                invoices.c.id,
                invoices.c.number,
                invoices.c.issued_on,
                invoices.c.due_on,
                invoices.c.open_rials,
                invoices.c.total_rials,
            )
            .where(invoices.c.customer_id == customer_id, _OPEN)
            .order_by(invoices.c.due_on, invoices.c.id)
        )
        return tuple(
            OpenInvoice(
                id=row.id,
                number=row.number,
                issued_on=row.issued_on,
                due_on=row.due_on,
                open=Money(row.open_rials),
                total=Money(row.total_rials),
            )
            for row in rows
        )

    async def mark_void(self, invoice_id: int) -> None:
        await self._connection.execute(
            update(invoices)
            .where(invoices.c.id == invoice_id)
            .values(is_void=True, version=invoices.c.version + 1)
        )

    async def settle(self, invoice_id: int, amount: Money) -> None:
        """Take so much off what is open; more than that is refused. Negative amounts open it again."""
        left = invoices.c.open_rials - amount.rials
        settled = (
            update(invoices)
            .where(invoices.c.id == invoice_id, left.between(0, invoices.c.total_rials))
            .values(open_rials=left, version=invoices.c.version + 1)
        )
        if (await self._connection.execute(settled)).rowcount != 1:
            raise ChangedMeanwhile

    async def list_allocations(self, *, invoice_id: int) -> tuple[Allocation, ...]:
        """What settled an invoice, also what was taken back, in its order."""
        rows = await self._connection.execute(
            ALLOCATIONS.where(allocations.c.invoice_id == invoice_id).order_by(allocations.c.id)
        )
        return tuple(allocation_of(row) for row in rows)

    async def _whole(self, wanted: Any) -> Invoice:
        row = (await self._connection.execute(wanted)).one_or_none()
        if row is None:
            raise NotFound
        lines = await self._connection.execute(
            LINES.where(invoice_lines.c.invoice_id == row.id).order_by(invoice_lines.c.position)
        )
        return replace(
            invoice_of(row),
            lines=tuple(line_of(each) for each in lines),
            allocations=await self.list_allocations(invoice_id=row.id),
        )


def _own(of: Actor | int) -> Any:
    if isinstance(of, Actor) and of.staff_id is not None:
        return true()
    owner = of if isinstance(of, int) else of.customer_id or 0
    return invoices.c.customer_id == owner
