"""What customers say is not right, and what finance answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.disputes import Dispute, DisputeState, DisputeSubject
from domain.errors import AlreadyDecided, NotFound
from domain.ledger import Voucher
from storage.tables.claims import disputes
from storage.tables.people import customers

_D = disputes.c
_WHOLE = select(disputes, customers.c.name.label("customer_name")).join_from(
    disputes, customers, customers.c.id == _D.customer_id
)
_OPEN = _D.state == DisputeState.OPEN.value


class Disputes:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_open(
        self, customer_id: int, voucher: Voucher | None, voucher_id: int | None
    ) -> Dispute | None:
        """The customer's open dispute about that paper."""
        wanted = _WHOLE.where(
            _D.customer_id == customer_id,
            _D.document.is_not_distinct_from(voucher.value if voucher else None),
            _D.document_id.is_not_distinct_from(voucher_id),
            _OPEN,
        ).order_by(_D.id.desc())
        row = (await self._connection.execute(wanted.limit(1))).one_or_none()
        return _dispute(row) if row else None

    async def put(self, dispute: Dispute) -> Dispute:
        """Write a new one down; its id is given by us."""
        made = insert(disputes).values(
            number=dispute.number,
            customer_id=dispute.customer_id,
            contact_id=dispute.contact_id,
            document=dispute.voucher.value if dispute.voucher else None,
            document_id=dispute.voucher_id,
            subject=dispute.subject.value if dispute.subject else None,
            text=dispute.text,
            photo_file_id=dispute.photo_id,
            state=dispute.state.value,
            created_at=dispute.created_at,
        )
        return replace(dispute, id=int((await self._connection.execute(made.returning(_D.id))).scalar_one()))

    async def get(self, dispute_id: int, *, of: int | None = None) -> Dispute:
        """The dispute; ``of`` is the customer whose it must be."""
        row = (await self._connection.execute(_WHOLE.where(_D.id == dispute_id))).one_or_none()
        if row is None or of not in (None, row.customer_id):
            raise NotFound
        return _dispute(row)

    async def explain(self, dispute_id: int, text: str, photo_id: int | None) -> None:
        """Keep the customer's words or photo; there is nothing to add to what was answered."""
        kept = update(disputes).where(_D.id == dispute_id, _OPEN)
        values: dict[str, Any] = {"version": _D.version + 1}
        if text:
            values["text"] = text
        if photo_id is not None:
            values["photo_file_id"] = photo_id
        if (await self._connection.execute(kept.values(**values))).rowcount != 1:
            raise AlreadyDecided

    async def answer(self, dispute_id: int, answer: str, by: int, now: datetime) -> None:
        """Keep the answer of the first who answers."""
        kept = await self._connection.execute(
            update(disputes)
            .where(_D.id == dispute_id, _OPEN)
            .values(
                state=DisputeState.ANSWERED.value,
                answer=answer,
                answered_by=by,
                answered_at=now,
                version=_D.version + 1,
            )
        )
        if kept.rowcount != 1:
            raise AlreadyDecided

    async def list_open(self, limit: int, offset: int = 0) -> tuple[Dispute, ...]:
        """What waits for an answer, the oldest first."""
        rows = await self._connection.execute(_WHOLE.where(_OPEN).order_by(_D.id).limit(limit).offset(offset))
        return tuple(_dispute(row) for row in rows)

    async def count_open(self) -> int:
        counted = select(func.count()).select_from(disputes).where(_OPEN)
        return int(await self._connection.scalar(counted) or 0)


def _dispute(row: Any) -> Dispute:
    return Dispute(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        contact_id=row.contact_id,
        voucher=Voucher(row.document) if row.document else None,
        voucher_id=row.document_id,
        subject=DisputeSubject(row.subject) if row.subject else None,
        text=row.text,
        photo_id=row.photo_file_id,
        state=DisputeState(row.state),
        answer=row.answer,
        created_at=row.created_at,
        version=row.version,
    )
