"""Receipts: kept once for each number of a transfer, decided under their version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.actors import Actor
from domain.errors import ChangedMeanwhile, NotFound, TrackingUsed
from domain.money import Money
from domain.receipts import WAITING, Proof, Receipt, ReceiptState
from storage.tables.claims import receipts
from storage.tables.ledger import payments
from storage.tables.people import customers, staff
from storage.upsert import insert_or

_R = receipts.c
_WAITING = tuple(sorted(each.value for each in WAITING))
_WHOLE = select(receipts, customers.c.name.label("customer_name")).join_from(
    receipts, customers, customers.c.id == _R.customer_id
)


class Receipts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, receipt: Receipt) -> Receipt:
        """Write a new receipt down; its id is given by us.

        Raises TrackingUsed for a transfer that was sent before, also when two are sent at the same moment.
        """
        if receipt.proof.tracking is not None:
            await self.require_unused(receipt.proof.tracking)
        made = insert_or(self._connection, receipts).values(
            number=receipt.number,
            customer_id=receipt.customer_id,
            contact_id=receipt.contact_id,
            amount_rials=receipt.amount.rials,
            paid_on=receipt.paid_on,
            tracking=receipt.proof.tracking,
            card_last_four=receipt.proof.last_four,
            photo_file_id=receipt.photo_id,
            created_at=receipt.created_at,
            **_columns(receipt),
        )
        kept = await self._connection.execute(made.on_conflict_do_nothing().returning(_R.id))
        receipt_id = kept.scalar_one_or_none()
        if receipt_id is None:
            raise TrackingUsed(receipt.proof.tracking or "", receipt.paid_on)
        return replace(receipt, id=int(receipt_id))

    async def require_unused(self, tracking: str) -> None:
        """One transfer pays once: another customer's receipt counts, and what finance has booked itself."""
        sent = select(_R.paid_on).where(_R.tracking == tracking, _R.state != ReceiptState.REJECTED.value)
        booked = select(payments.c.paid_on).where(payments.c.tracking == tracking)
        paid_on = await self._connection.scalar(sent.union_all(booked).limit(1))
        if paid_on is not None:
            raise TrackingUsed(tracking, paid_on)

    async def get(self, receipt_id: int, *, of: Actor | int) -> Receipt:
        """The receipt, if it is of that customer; for staff any."""
        asked = _WHOLE.where(_R.id == receipt_id)
        if not (isinstance(of, Actor) and of.staff_id is not None):
            asked = asked.where(_R.customer_id == (of if isinstance(of, int) else of.customer_id or 0))
        row = (await self._connection.execute(asked)).one_or_none()
        if row is None:
            raise NotFound
        return _receipt(row)

    async def owner(self, receipt_id: int) -> int:
        """The customer whose receipt it is: to be locked before anything of it is read."""
        owner: int | None = await self._connection.scalar(select(_R.customer_id).where(_R.id == receipt_id))
        if owner is None:
            raise NotFound
        return owner

    async def save(self, receipt: Receipt, was: Receipt, now: datetime) -> Receipt:
        """Keep what was decided, if nobody else has decided since it was read."""
        kept = (
            update(receipts)
            .where(_R.id == was.id, _R.version == was.version)
            .values(
                **_columns(receipt),
                first_at=now if receipt.first_by and not was.first_by else _R.first_at,
                decided_at=now if receipt.decided_by else None,
                version=was.version + 1,
            )
        )
        if (await self._connection.execute(kept)).rowcount != 1:
            raise ChangedMeanwhile
        return replace(receipt, version=was.version + 1)

    async def list_waiting(self, limit: int, offset: int = 0) -> tuple[Receipt, ...]:
        """What finance has to decide, the oldest first."""
        rows = await self._connection.execute(
            _WHOLE.where(_R.state.in_(_WAITING)).order_by(_R.created_at, _R.id).limit(limit).offset(offset)
        )
        return tuple(_receipt(row) for row in rows)

    async def count_waiting(self) -> int:
        counted = select(func.count()).select_from(receipts).where(_R.state.in_(_WAITING))
        return int(await self._connection.scalar(counted) or 0)

    async def colleague(self, staff_id: int) -> str | None:
        name: str | None = await self._connection.scalar(select(staff.c.name).where(staff.c.id == staff_id))
        return name


def _columns(receipt: Receipt) -> dict[str, Any]:
    return {
        "state": receipt.state.value,
        "invoice_id": receipt.invoice_id,
        "approved_rials": receipt.approved.rials if receipt.approved else None,
        "reason": receipt.reason,
        "first_by": receipt.first_by,
        "decided_by": receipt.decided_by,
    }


def _receipt(row: Any) -> Receipt:
    return Receipt(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        contact_id=row.contact_id,
        amount=Money(row.amount_rials),
        paid_on=row.paid_on,
        proof=Proof(tracking=row.tracking, last_four=row.card_last_four),
        photo_id=row.photo_file_id,
        invoice_id=row.invoice_id,
        state=ReceiptState(row.state),
        approved=Money(row.approved_rials) if row.approved_rials else None,
        reason=row.reason,
        first_by=row.first_by,
        decided_by=row.decided_by,
        created_at=row.created_at,
        version=row.version,
    )
