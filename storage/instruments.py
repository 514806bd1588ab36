"""Cheques, each with what happened to it, which is written beside it and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.actors import Actor
from domain.cheque_errors import SayadIdTaken
from domain.errors import ChangedMeanwhile, NotFound
from domain.instruments import Cheque, ChequeState
from domain.money import Money
from domain.settling import ROUNDS_TO
from storage.cheque_rows import EVENTS, WHOLE, cheque_of, columns, event_columns, new_columns, with_events
from storage.tables.instruments import cheque_events, cheques
from storage.upsert import insert_or

_C = cheques.c
_THERE = (ChequeState.RECEIVED.value, ChequeState.DEPOSITED.value)


class Cheques:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, cheque: Cheque, now: datetime, *, by_staff: int | None = None) -> Cheque:
        """Write a new cheque down, with its moves; the same with its id. A number is used once."""
        put = (
            insert_or(self._connection, cheques)
            .values(**new_columns(cheque), created_at=now)
            .on_conflict_do_nothing(index_elements=["sayad_id"], index_where=text("state <> 'void'"))
            .returning(_C.id)
        )
        cheque_id = await self._connection.scalar(put)
        if cheque_id is None:
            raise SayadIdTaken
        added = replace(cheque, id=int(cheque_id), version=0)
        await self._put_moves(added, 0, by_staff)
        return added

    async def get(self, cheque_id: int, *, of: Actor | int) -> Cheque:
        """The cheque with its history, if it is of that customer; for staff any cheque."""
        wanted = WHOLE.where(_C.id == cheque_id)
        if not (isinstance(of, Actor) and of.staff_id is not None):
            wanted = wanted.where(_C.customer_id == (of if isinstance(of, int) else of.customer_id or 0))
        row = (await self._connection.execute(wanted)).one_or_none()
        if row is None:
            raise NotFound
        events = await self._connection.execute(EVENTS.where(cheque_events.c.cheque_id == cheque_id))
        return with_events(cheque_of(row), events)

    async def owner(self, cheque_id: int) -> int:
        """Whose cheque it is: the customer is locked before the cheque is read."""
        found = await self._connection.scalar(select(_C.customer_id).where(_C.id == cheque_id))
        if found is None:
            raise NotFound
        return int(found)

    async def find(self, sayad_id: str) -> int | None:
        """The cheque of that number; the standing one before those that were declared void."""
        found: int | None = await self._connection.scalar(
            select(_C.id).where(_C.sayad_id == sayad_id).order_by((_C.state == "void"), _C.id.desc()).limit(1)
        )
        return found

    async def find_for(self, order_id: int, customer_id: int, amount: Money) -> tuple[Money, date] | None:
        """Amount and due day of the cheque that was taken for that order; or else of one of that very amount.

        Nobody has to say for which order a cheque is: one that is there and settles nothing yet is meant.
        """
        near = (_C.amount_rials - amount.rials).between(-ROUNDS_TO.rials, ROUNDS_TO.rials)
        row = (
            await self._connection.execute(
                select(_C.amount_rials, _C.due_on)
                .where(_C.customer_id == customer_id, _C.state.in_(_THERE))
                .where(
                    (_C.order_id == order_id)
                    | (_C.order_id.is_(None) & (_C.unallocated_rials == _C.amount_rials) & near)
                )
                .order_by(_C.order_id.is_(None), _C.id.desc())
                .limit(1)
            )
        ).one_or_none()
        return None if row is None else (Money(row.amount_rials), row.due_on)

    async def save(self, cheque: Cheque, was: Cheque, *, by_staff: int | None = None) -> Cheque:
        """Keep it as it is now; somebody else's save since ``was`` was read refuses ours.

        What of it has settled invoices is kept by the books, not here.
        """
        kept = (
            update(cheques)
            .where(_C.id == was.id, _C.version == was.version)
            .values(**columns(cheque), version=was.version + 1)
        )
        if (await self._connection.execute(kept)).rowcount != 1:
            raise ChangedMeanwhile
        await self._put_moves(cheque, len(was.moves), by_staff)
        return replace(cheque, version=was.version + 1)

    async def set_unallocated(self, cheque_id: int, amount: Money) -> None:
        """How much of it is the customer's credit: all of it when it comes in, nothing when it goes back."""
        await self._connection.execute(
            update(cheques).where(_C.id == cheque_id).values(unallocated_rials=amount.rials)
        )

    async def note(
        self,
        cheque_id: int,
        kind: str,
        now: datetime,
        *,
        by_staff: int | None = None,
        reason: str | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        """Something happened to it that is no move: the register, the drawer's colour, an answer."""
        row = {
            "cheque_id": cheque_id,
            "kind": kind,
            "at": now,
            "staff_id": by_staff,
            "reason": reason,
            "facts": dict(facts or {}),
        }
        await self._connection.execute(insert(cheque_events).values(row))

    async def list_notes(self, cheque_id: int, kind: str) -> tuple[tuple[datetime, Mapping[str, Any]], ...]:
        """When something of that kind happened, and what is known of it."""
        rows = await self._connection.execute(
            EVENTS.where(cheque_events.c.cheque_id == cheque_id, cheque_events.c.kind == kind)
        )
        return tuple((row.at, row.facts) for row in rows)

    async def set_reminders(self, customer_id: int, *, is_on: bool) -> None:
        """For all cheques of that customer; a new one does as the last one did."""
        await self._connection.execute(
            update(cheques).where(_C.customer_id == customer_id).values(wants_reminder=is_on)
        )

    async def set_effective_due(self, cheque_id: int, day: date) -> None:
        """The banks' day moved with the holidays; the cheque itself did not."""
        await self._connection.execute(update(cheques).where(_C.id == cheque_id).values(effective_due=day))

    async def _put_moves(self, cheque: Cheque, first: int, by_staff: int | None) -> None:
        rows = [event_columns(cheque.id, move, by_staff) for move in cheque.moves[first:]]
        if rows:
            await self._connection.execute(insert(cheque_events), rows)
