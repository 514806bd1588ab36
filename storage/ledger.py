"""The books: postings and what they come to: a customer's balance and statement."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.balances import Promise, PromiseState
from domain.disputes import DisputeState
from domain.errors import NotFound
from domain.ledger import OWED, Account, EntryKind, LedgerEntry, Posting, Voucher
from domain.money import Money
from storage.tables.claims import disputes, promises
from storage.tables.ledger import postings
from storage.tables.orders import orders

_OWED = sorted(OWED)
_EFFECT = case((postings.c.debit_account.in_(_OWED), postings.c.amount_rials), else_=0) - case(
    (postings.c.credit_account.in_(_OWED), postings.c.amount_rials), else_=0
)
"""What a posting does to its customer's balance."""
_SUM = func.coalesce(func.sum(_EFFECT), 0)
_BALANCE = select(_SUM).where(postings.c.customer_id == bindparam("customer"))
_MAIN_KIND = case(
    (postings.c.kind != EntryKind.ROUNDING.value, postings.c.kind),
    (postings.c.document == Voucher.CHEQUE.value, EntryKind.CHEQUE_RECEIVED.value),
    else_=postings.c.document,
)
"""A rounding is told with the payment that it rounds."""


class Ledger:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def owner_of(self, order_id: int) -> int:
        """The customer whose order that is: to be locked before the order is."""
        owner = select(orders.c.customer_id).where(orders.c.id == order_id)
        customer_id: int | None = await self._connection.scalar(owner)
        if customer_id is None:
            raise NotFound
        return customer_id

    async def put(self, *new: Posting) -> None:
        """Write postings down, once and for all: they are never changed."""
        if new:
            await self._connection.execute(insert(postings), [_row(posting) for posting in new])

    async def list_postings(self, voucher: Voucher, voucher_id: int) -> tuple[Posting, ...]:
        """All of one paper, also what was taken back, in their order."""
        rows = await self._connection.execute(
            select(postings)
            .where(postings.c.document == voucher.value, postings.c.document_id == voucher_id)
            .order_by(postings.c.id)
        )
        return tuple(_posting(row) for row in rows)

    async def balance(self, customer_id: int) -> Money:
        """The sum of everything that was ever posted: positive is owed to us."""
        return Money(int(await self._connection.scalar(_BALANCE, {"customer": customer_id}) or 0))

    async def balance_before(self, customer_id: int, day: date) -> Money:
        before = _BALANCE.where(postings.c.day < day)
        return Money(int(await self._connection.scalar(before, {"customer": customer_id}) or 0))

    async def list_entries(
        self, customer_id: int, from_day: date, until_day: date
    ) -> tuple[LedgerEntry, ...]:
        """What changed the balance between these days, both counted: one entry for what one paper did."""
        return await self._entries(
            postings.c.customer_id == customer_id, postings.c.day.between(from_day, until_day)
        )

    async def find_entry(self, customer_id: int, voucher: Voucher, voucher_id: int) -> LedgerEntry | None:
        """What that paper did first to the customer's balance; None when it is not in their books."""
        found = await self._entries(
            postings.c.customer_id == customer_id,
            postings.c.document == voucher.value,
            postings.c.document_id == voucher_id,
        )
        return found[0] if found else None

    async def _entries(self, *conditions: ColumnElement[bool]) -> tuple[LedgerEntry, ...]:
        is_reversal = postings.c.reverses.is_not(None)
        grouped = (
            select(func.min(postings.c.id).label("id"), func.sum(_EFFECT).label("rials"))
            .where(*conditions)
            .group_by(postings.c.day, postings.c.document, postings.c.document_id, _MAIN_KIND, is_reversal)
            .having(func.sum(_EFFECT) != 0)
            .subquery()
        )
        rows = await self._connection.execute(
            select(postings, grouped.c.rials)
            .join_from(grouped, postings, postings.c.id == grouped.c.id)
            .order_by(postings.c.day, postings.c.id)
        )
        return tuple(_entry(row) for row in rows)

    async def find_promise(self, customer_id: int) -> Promise | None:
        """The next promise that is still to be kept."""
        row = (
            await self._connection.execute(
                select(promises)
                .where(promises.c.customer_id == customer_id, promises.c.state == PromiseState.OPEN.value)
                .order_by(promises.c.promised_on, promises.c.id)
                .limit(1)
            )
        ).one_or_none()
        return _promise(row) if row else None

    async def list_promises(self, invoice_id: int) -> tuple[Promise, ...]:
        """When the customer has said that invoice would be paid, and what became of it."""
        rows = await self._connection.execute(
            select(promises).where(promises.c.invoice_id == invoice_id).order_by(promises.c.id)
        )
        return tuple(_promise(row) for row in rows)

    async def is_disputed(self, voucher: Voucher, voucher_id: int) -> bool:
        """Whether the customer waits for an answer about it: no reminders of it until then."""
        is_open = exists().where(
            disputes.c.document == voucher.value,
            disputes.c.document_id == voucher_id,
            disputes.c.state == DisputeState.OPEN.value,
        )
        return bool(await self._connection.scalar(select(is_open)))


def _promise(row: Any) -> Promise:
    return Promise(
        amount=Money(row.amount_rials),
        on=row.promised_on,
        invoice_id=row.invoice_id,
        state=PromiseState(row.state),
    )


def _row(posting: Posting) -> dict[str, Any]:
    return {
        "at": posting.at,
        "day": posting.day,
        "customer_id": posting.customer_id,
        "debit_account": posting.debit.value,
        "credit_account": posting.credit.value,
        "amount_rials": posting.amount.rials,
        "document": posting.voucher.value,
        "document_id": posting.voucher_id,
        "kind": posting.kind.value,
        "facts": dict(posting.facts),
        "reverses": posting.reverses,
        "key": posting.key,
        "staff_id": posting.by,
    }


def _posting(row: Any) -> Posting:
    return Posting(
        id=row.id,
        debit=Account(row.debit_account),
        credit=Account(row.credit_account),
        amount=Money(row.amount_rials),
        customer_id=row.customer_id,
        voucher=Voucher(row.document),
        voucher_id=row.document_id,
        kind=EntryKind(row.kind),
        key=row.key,
        day=row.day,
        at=row.at,
        facts=row.facts,
        by=row.staff_id,
        reverses=row.reverses,
    )


def _entry(row: Any) -> LedgerEntry:
    return LedgerEntry(
        day=row.day,
        voucher=Voucher(row.document),
        voucher_id=row.document_id,
        kind=EntryKind(row.kind),
        amount=Money(int(row.rials)),
        facts=row.facts,
        is_reversal=row.reverses is not None,
    )
