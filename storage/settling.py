"""Payments, credit notes and cheques: what of them has settled which invoice, and what is left of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, literal, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import ChangedMeanwhile
from domain.invoices import CreditLine, CreditNote, CreditReason
from domain.ledger import Voucher
from domain.money import Money
from domain.settling import Credit, Payment
from storage.invoice_rows import credit_line_facts, credit_line_of
from storage.tables.instruments import cheques
from storage.tables.ledger import allocations, credit_notes, payments

CREDIT_TABLES = {Voucher.PAYMENT: payments, Voucher.CREDIT_NOTE: credit_notes, Voucher.CHEQUE: cheques}
IN_THE_BOOKS = cheques.c.received_on.is_not(None)
"""A cheque that was only announced settles nothing, wherever it went after that."""


class Settling:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put_allocation(
        self,
        customer_id: int,
        invoice_id: int,
        source: Voucher,
        source_id: int,
        amount: Money,
        now: datetime,
        by: int | None,
    ) -> int:
        """One row, never changed; its id."""
        made = insert(allocations).values(
            customer_id=customer_id,
            invoice_id=invoice_id,
            source=source.value,
            source_id=source_id,
            amount_rials=amount.rials,
            at=now,
            staff_id=by,
        )
        return int((await self._connection.execute(made.returning(allocations.c.id))).scalar_one())

    async def standing_allocations(self, source: Voucher, source_id: int) -> dict[int, Money]:
        """How much of each invoice that source settles now, without what was taken back."""
        return await self._standing(
            allocations.c.source == source.value, allocations.c.source_id == source_id
        )

    async def standing_roundings(self, source: Voucher, source_id: int) -> dict[int, Money]:
        """The remainders that were let go with that source, by the invoice."""
        own = select(allocations.c.id).where(
            allocations.c.source == source.value, allocations.c.source_id == source_id
        )
        return await self._standing(
            allocations.c.source == Voucher.ROUNDING.value, allocations.c.source_id.in_(own)
        )

    async def _standing(self, *conditions: Any) -> dict[int, Money]:
        summed = func.sum(allocations.c.amount_rials)
        rows = await self._connection.execute(
            select(allocations.c.invoice_id, summed.label("rials"))
            .where(*conditions)
            .group_by(allocations.c.invoice_id)
            .having(summed != 0)
            .order_by(allocations.c.invoice_id)
        )
        return {row.invoice_id: Money(int(row.rials)) for row in rows}

    async def put_payment(self, payment: Payment, now: datetime, by: int | None) -> Payment:
        """Write a payment down, all of it unallocated; its id is given by us."""
        made = insert(payments).values(
            customer_id=payment.customer_id,
            amount_rials=payment.amount.rials,
            paid_on=payment.paid_on,
            method=payment.method,
            tracking=payment.tracking,
            receipt_id=payment.receipt_id,
            unallocated_rials=payment.amount.rials,
            at=now,
            staff_id=by,
        )
        found = await self._connection.execute(made.returning(payments.c.id))
        return replace(payment, id=int(found.scalar_one()))

    async def put_credit_note(
        self, note: CreditNote, now: datetime, by: int | None, words: str = ""
    ) -> CreditNote:
        made = insert(credit_notes).values(
            number=note.number,
            customer_id=note.customer_id,
            invoice_id=note.invoice_id,
            reason=note.reason.value,
            note=words,
            net_rials=note.net.rials,
            vat_rials=note.vat.rials,
            amount_rials=note.amount.rials,
            unallocated_rials=note.amount.rials,
            issued_on=note.issued_on,
            at=now,
            staff_id=by,
            facts={"lines": [credit_line_facts(line) for line in note.lines]},
        )
        found = await self._connection.execute(made.returning(credit_notes.c.id))
        return replace(note, id=int(found.scalar_one()))

    async def credited_units(self, invoice_id: int) -> dict[int, int]:
        """How many units of each line of the invoice were taken back before, by the line's position."""
        rows = await self._connection.scalars(
            select(credit_notes.c.facts).where(credit_notes.c.invoice_id == invoice_id)
        )
        units: dict[int, int] = {}
        for facts in rows:
            for line in facts.get("lines", ()):
                units[line["position"]] = units.get(line["position"], 0) + line["units"]
        return units

    async def credited_sum(self, invoice_id: int) -> Money:
        """What was taken off that invoice by credit notes so far."""
        summed = select(func.coalesce(func.sum(credit_notes.c.amount_rials), 0))
        return Money(
            int(await self._connection.scalar(summed.where(credit_notes.c.invoice_id == invoice_id)) or 0)
        )

    async def credited_lines(self, invoice_id: int, reason: CreditReason) -> tuple[CreditLine, ...]:
        """All lines that were taken back of that invoice for that reason, the oldest first."""
        rows = await self._connection.scalars(
            select(credit_notes.c.facts)
            .where(credit_notes.c.invoice_id == invoice_id, credit_notes.c.reason == reason.value)
            .order_by(credit_notes.c.id)
        )
        return tuple(credit_line_of(line) for facts in rows for line in facts.get("lines", ()))

    async def list_credits(self, customer_id: int) -> tuple[Credit, ...]:
        """What the customer has paid or got back and no invoice has used up, the oldest first."""
        found = union_all(
            _credits(Voucher.PAYMENT, payments.c.at),
            _credits(Voucher.CREDIT_NOTE, credit_notes.c.at),
            _credits(Voucher.CHEQUE, cheques.c.created_at).where(IN_THE_BOOKS),
        ).order_by("at", "source", "id")
        rows = await self._connection.execute(found, {"customer": customer_id})
        return tuple(
            Credit(source=Voucher(row.source), source_id=row.id, unallocated=Money(row.rials)) for row in rows
        )

    async def use_credit(self, source: Voucher, source_id: int, amount: Money) -> None:
        """Take so much off what that source can still settle; give it back with a negative amount."""
        table = CREDIT_TABLES[source]
        left = table.c.unallocated_rials - amount.rials
        taken = (
            update(table)
            .where(table.c.id == source_id, left.between(0, table.c.amount_rials))
            .values(unallocated_rials=left)
        )
        if (await self._connection.execute(taken)).rowcount != 1:
            raise ChangedMeanwhile


def _credits(source: Voucher, at: Any) -> Any:
    table = CREDIT_TABLES[source]
    return select(
        literal(source.value).label("source"),
        table.c.id,
        table.c.unallocated_rials.label("rials"),
        at.label("at"),
    ).where(table.c.customer_id == bindparam("customer"), table.c.unallocated_rials > 0)
