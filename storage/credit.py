"""What a customer may owe and owes: exposure and limits in one statement; holds; and every decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import today_in_tehran
from domain.credit import CreditHold, CreditLimit, CreditStanding, HoldKind
from domain.credit_decisions import Decision
from domain.credit_rules import GroupLimit
from domain.errors import AlreadyDecided, NotFound
from domain.money import ZERO, Money
from storage.credit_rows import COUNTED, STANDING, limit_of, standing_of
from storage.tables.credit import credit_decisions, credit_holds, credit_limits
from storage.tables.people import customer_groups, customers


class Credit:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, customer_id: int) -> None:
        """Let nobody else spend this customer's credit until we end; read after it, not before.

        Always the first lock of a unit of work. On SQLite there is one writer at a time anyway. Rows that
        only point to the customer do not wait.
        """
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(
                select(customers.c.id).where(customers.c.id == customer_id).with_for_update(key_share=True)
            )

    async def standing(self, customer_id: int, now: datetime) -> CreditStanding:
        """All five parts of the exposure, the limits that hold and what stops credit, in one statement."""
        today = today_in_tehran(now)
        values = {"customer": customer_id, "now": now, "today": today}
        row = (await self._connection.execute(STANDING, values)).one_or_none()
        if row is None:
            raise NotFound
        return standing_of(row, today)

    async def counted(self, order_id: int) -> tuple[Money, bool]:
        """What of an order is counted now as an open order, and whether on open account."""
        row = (await self._connection.execute(COUNTED, {"order": order_id})).one_or_none()
        return (Money(row.credit_rials), bool(row.on_account)) if row else (ZERO, False)

    async def limit(
        self, now: datetime, *, customer_id: int | None = None, group_id: int | None = None
    ) -> CreditLimit | None:
        """The owner's own limit that is valid now; the company's without an owner; None if none was set."""
        own = and_(
            credit_limits.c.customer_id.is_not_distinct_from(customer_id),
            credit_limits.c.group_id.is_not_distinct_from(group_id),
        )
        return await self._newest(own, or_(*_valid(now)))

    async def permanent_limit(self, customer_id: int) -> CreditLimit | None:
        """What holds for the customer when no temporary limit does."""
        return await self._newest(
            credit_limits.c.customer_id == customer_id, credit_limits.c.valid_until.is_(None)
        )

    async def put_limit(
        self,
        limit: CreditLimit,
        now: datetime,
        *,
        customer_id: int | None = None,
        group_id: int | None = None,
        staff_id: int | None = None,
        reason: str = "",
    ) -> int:
        """A new limit of that customer or group (or of the company): older rows are kept as history."""
        kept = await self._connection.scalar(
            insert(credit_limits)
            .values(
                customer_id=customer_id,
                group_id=group_id,
                open_rials=None if limit.open is None else limit.open.rials,
                total_rials=None if limit.total is None else limit.total.rials,
                valid_until=limit.valid_until,
                reason=reason,
                at=now,
                staff_id=staff_id,
            )
            .returning(credit_limits.c.id)
        )
        return int(kept or 0)

    async def list_groups(self, now: datetime) -> tuple[GroupLimit, ...]:
        """All groups of customers by name, each with its limit."""
        newest = (
            select(func.max(credit_limits.c.id))
            .where(credit_limits.c.group_id == customer_groups.c.id, or_(*_valid(now)))
            .correlate(customer_groups)
            .scalar_subquery()
        )
        rows = await self._connection.execute(
            select(customer_groups.c.id.label("group"), customer_groups.c.name, credit_limits)
            .outerjoin_from(customer_groups, credit_limits, credit_limits.c.id == newest)
            .order_by(customer_groups.c.name)
        )
        return tuple(
            GroupLimit(
                group_id=row.group,
                name=row.name,
                limit=limit_of(row.open_rials, row.total_rials, row.valid_until) if row.id else None,
            )
            for row in rows
        )

    async def put_hold(
        self,
        customer_id: int,
        kind: HoldKind,
        now: datetime,
        *,
        reason: str = "",
        subject_id: int | None = None,
        staff_id: int | None = None,
    ) -> bool:
        """Stop the customer's credit; False when it is stopped for that kind of reason already."""
        standing = select(credit_holds.c.id).where(
            credit_holds.c.customer_id == customer_id,
            credit_holds.c.kind == kind.value,
            credit_holds.c.released_at.is_(None),
        )
        if await self._connection.scalar(standing) is not None:
            return False
        await self._connection.execute(
            insert(credit_holds).values(
                customer_id=customer_id,
                kind=kind.value,
                reason=reason,
                subject_id=subject_id,
                placed_at=now,
                placed_by=staff_id,
            )
        )
        return True

    async def release_hold(
        self, hold_id: int, now: datetime, *, staff_id: int | None, reason: str
    ) -> CreditHold:
        """End one hold; the hold as it was. Whoever comes second is told that it is released.

        Without a member of staff it has ended by itself, because its cause is gone.
        """
        found = await self._holds(credit_holds.c.id == hold_id)
        if not found:
            raise NotFound
        done = await self._connection.execute(
            update(credit_holds)
            .where(credit_holds.c.id == hold_id, credit_holds.c.released_at.is_(None))
            .values(released_at=now, released_by=staff_id, release_reason=reason)
        )
        if not done.rowcount:
            raise AlreadyDecided
        return found[0]

    async def get_hold(self, hold_id: int) -> CreditHold:
        found = await self._holds(credit_holds.c.id == hold_id)
        if not found:
            raise NotFound
        return found[0]

    async def list_holds(self, customer_id: int) -> tuple[CreditHold, ...]:
        """The holds that stand now, the first one first."""
        return await self._holds(
            credit_holds.c.customer_id == customer_id, credit_holds.c.released_at.is_(None)
        )

    async def put_decision(
        self,
        customer_id: int,
        order_id: int,
        decision: Decision,
        now: datetime,
        *,
        by: str | None = None,
        staff_id: int | None = None,
        reason: str = "",
    ) -> int:
        """Write down what was decided and with what; what a person decided (``by``) has row 0."""
        kept = await self._connection.scalar(
            insert(credit_decisions)
            .values(
                customer_id=customer_id,
                order_id=order_id,
                at=now,
                row=decision.row if by is None else 0,
                outcome=by or decision.outcome.value,
                amount_rials=decision.amount.rials,
                exposure_rials=decision.exposure.rials,
                limit_rials=decision.limit.rials,
                inputs=decision.inputs,
                staff_id=staff_id,
                reason=reason,
            )
            .returning(credit_decisions.c.id)
        )
        return int(kept or 0)

    async def list_decisions(self, order_id: int) -> tuple[dict[str, Any], ...]:
        """What was decided on an order, oldest first, each with its inputs."""
        made = select(credit_decisions).where(credit_decisions.c.order_id == order_id)
        rows = await self._connection.execute(made.order_by(credit_decisions.c.id))
        return tuple(dict(row._mapping) for row in rows)

    async def _newest(self, *wanted: ColumnElement[bool]) -> CreditLimit | None:
        newest: Select[Any] = select(credit_limits).where(*wanted).order_by(credit_limits.c.id.desc())
        row = (await self._connection.execute(newest.limit(1))).one_or_none()
        return limit_of(row.open_rials, row.total_rials, row.valid_until) if row else None

    async def _holds(self, *wanted: ColumnElement[bool]) -> tuple[CreditHold, ...]:
        held = select(credit_holds).where(*wanted).order_by(credit_holds.c.id)
        return tuple(_hold(row) for row in await self._connection.execute(held))


def _valid(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return credit_limits.c.valid_until.is_(None), credit_limits.c.valid_until > now


def _hold(row: Any) -> CreditHold:
    return CreditHold(
        id=row.id,
        customer_id=row.customer_id,
        kind=HoldKind(row.kind),
        reason=row.reason,
        placed_at=row.placed_at,
        subject_id=row.subject_id,
        placed_by=row.placed_by,
        released_at=row.released_at,
        release_reason=row.release_reason,
    )
