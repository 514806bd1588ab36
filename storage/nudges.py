"""Words to those who usually order about now, what they answered, and who they are (rule R18)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import exists, func, insert, literal, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import today_in_tehran
from domain.errors import NotFound
from domain.history import NOT_BOUGHT
from domain.nudges import Nudge, NudgeAnswer, NudgeReason, Regular
from domain.orders import OPEN, Order
from domain.reorder import BoughtOn, rhythm_of
from storage.order_rows import WHOLE, order_of
from storage.tables.campaigns import campaign_recipients
from storage.tables.catalogue import stock, stock_alerts
from storage.tables.orders import orders
from storage.tables.people import contact_roles, contacts, customers, identities, preferences, reaches
from storage.tables.push import competitor_notes, nudges
from storage.upsert import insert_or

_N, _O, _C = nudges.c, orders.c, customers.c
_BOUGHT = _O.number.is_not(None) & _O.status.not_in(sorted(each.value for each in NOT_BOUGHT))
_OPEN = _O.status.in_(sorted(each.value for each in OPEN))
LOOKED_BACK = timedelta(days=400)


REACHED = (
    exists()
    .where(
        contact_roles.c.customer_id == _C.id,
        contact_roles.c.may_order,
        identities.c.contact_id == contact_roles.c.contact_id,
        reaches.c.identity_id == identities.c.id,
        reaches.c.blocked_at.is_(None),
    )
    .correlate(customers)
)


class Nudges:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def regulars(self, customer_ids: Sequence[int], now: datetime) -> tuple[Regular, ...]:
        """Those of them who order often enough to have a rhythm, and have nothing on the way."""
        if not customer_ids:
            return ()
        told: dict[int, list[Nudge]] = {}
        said = select(nudges).where(_N.customer_id.in_(customer_ids)).order_by(_N.id)
        for row in await self._connection.execute(said):
            told.setdefault(row.customer_id, []).append(_nudge(row))
        rows = await self._connection.execute(
            select(_O.customer_id, _O.id, _O.placed_at, _O.contact_id, _OPEN.label("is_open"))
            .where(_O.customer_id.in_(customer_ids), _BOUGHT, _O.placed_at >= now - LOOKED_BACK)
            .order_by(_O.customer_id, _O.placed_at, _O.id)
        )
        return tuple(_regulars(rows, told))

    async def recent_orders(self, customer_id: int, how_many: int) -> tuple[Order, ...]:
        """The newest purchases with their lines, newest first."""
        ids = (
            select(_O.id)
            .where(_O.customer_id == customer_id, _BOUGHT)
            .order_by(_O.placed_at.desc(), _O.id.desc())
            .limit(how_many)
        )
        rows = (await self._connection.execute(WHOLE.where(_O.id.in_(ids)))).all()
        by_order = groupby(sorted(rows, key=lambda row: (row.placed_at, row.id), reverse=True), _order_id)
        return tuple(order_of(list(lines)) for _id, lines in by_order)

    async def lacks_goods(self, customer_id: int, product_ids: Collection[int], now: datetime) -> bool:
        """They wait for something of ours, or we have none of most of what they usually buy."""
        alerts = stock_alerts.c
        waits = exists().where(
            alerts.customer_id == customer_id, alerts.told_at.is_(None), alerts.expires_at > now
        )
        if await self._connection.scalar(select(literal(1)).where(waits)):
            return True
        available = stock.c.on_hand - stock.c.reserved - stock.c.safety
        there = select(func.count()).where(stock.c.product_id.in_(sorted(product_ids)), available > 0)
        return 2 * int(await self._connection.scalar(there) or 0) < len(product_ids)

    async def list_buyers(self, customer_id: int) -> tuple[int, ...]:
        """Contacts who may order, can be reached, and want to hear of offers."""
        reached = exists().where(
            identities.c.contact_id == contacts.c.id,
            reaches.c.identity_id == identities.c.id,
            reaches.c.blocked_at.is_(None),
        )
        found = await self._connection.scalars(
            select(contacts.c.id)
            .join(contact_roles, contact_roles.c.contact_id == contacts.c.id)
            .outerjoin(preferences, preferences.c.contact_id == contacts.c.id)
            .where(
                contact_roles.c.customer_id == customer_id,
                contact_roles.c.may_order,
                contacts.c.is_active,
                func.coalesce(preferences.c.promotions, true()),
                reached,
            )
            .order_by(contacts.c.id)
        )
        return tuple(found)

    async def count_heard(self, contact_id: int, since: datetime) -> int:
        """How many promotions this contact has heard since then, or is about to: campaigns and nudges."""
        told = campaign_recipients.c
        sent = select(func.count()).where(
            told.contact_id == contact_id,
            ~told.is_holdout,
            or_(
                (told.sent_at > since) & told.state.in_(("sent", "uncertain")),
                told.sent_at.is_(None) & told.state.in_(("new", "leased", "sending")),
            ),
        )
        nudged = select(func.count()).where(_N.contact_id == contact_id, _N.sent_at > since)
        first = int(await self._connection.scalar(sent) or 0)
        return first + int(await self._connection.scalar(nudged) or 0)

    async def put(self, regular: Regular, contact_id: int, at: datetime) -> int | None:
        """One more word about that missed order; None when somebody else has just said it."""
        put = insert_or(self._connection, nudges).values(
            customer_id=regular.customer_id,
            contact_id=contact_id,
            last_order_id=regular.last_order_id,
            round=len(regular.told_now),
            due_on=regular.rhythm.next_on,
            sent_at=at,
        )
        kept = put.on_conflict_do_nothing(index_elements=["last_order_id", "round"]).returning(_N.id)
        nudge_id: int | None = await self._connection.scalar(kept)
        return nudge_id

    async def get(self, nudge_id: int, *, of: int) -> Nudge:
        """A word that this customer was told."""
        found = select(nudges).where(_N.id == nudge_id, _N.customer_id == of)
        row = (await self._connection.execute(found)).one_or_none()
        if row is None:
            raise NotFound
        return _nudge(row)

    async def centre_of(self, nudge_id: int, contact_id: int) -> tuple[int, str] | None:
        """Whom it is about, if this contact acts there: the id and the name of the customer."""
        found = (
            select(_C.id, _C.name)
            .join(nudges, _N.customer_id == _C.id)
            .join(contact_roles, contact_roles.c.customer_id == _C.id)
            .where(_N.id == nudge_id, contact_roles.c.contact_id == contact_id, _C.is_active)
        )
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else (row.id, row.name)

    async def has_no_newer_order(self, nudge_id: int) -> bool:
        """Nothing was ordered since."""
        last = select(_O.placed_at).join(nudges, _N.last_order_id == _O.id).where(_N.id == nudge_id)
        newer = exists().where(
            _O.customer_id == _N.customer_id, _BOUGHT, _O.placed_at > last.scalar_subquery()
        )
        found = select(_N.id).where(_N.id == nudge_id, ~newer)
        return await self._connection.scalar(found) is not None

    async def answer(
        self, nudge_id: int, answer: NudgeAnswer, now: datetime, remind_on: date | None = None
    ) -> bool:
        """Keep the first answer; whether it was this one."""
        first = update(nudges).where(_N.id == nudge_id, _N.answer.is_(None))
        kept = first.values(answer=answer.value, answered_at=now, remind_on=remind_on)
        return (await self._connection.execute(kept)).rowcount == 1

    async def explain(self, nudge_id: int, reason: NudgeReason, remind_on: date | None) -> bool:
        """Keep the first reason of somebody who needs nothing now; whether it was this one."""
        unsaid = _N.answer == NudgeAnswer.NOT_NOW.value
        first = update(nudges).where(_N.id == nudge_id, unsaid, _N.reason.is_(None))
        kept = first.values(reason=reason.value, remind_on=remind_on)
        return (await self._connection.execute(kept)).rowcount == 1

    async def note_competitor(self, customer_id: int, source: str, text: str, now: datetime) -> None:
        row = {"customer_id": customer_id, "source": source, "text": text, "noted_at": now}
        await self._connection.execute(insert(competitor_notes).values(row))


def _regulars(rows: Iterable[Any], told: dict[int, list[Nudge]]) -> Iterable[Regular]:
    for customer_id, found in groupby(rows, lambda row: row.customer_id):
        history = list(found)
        if any(row.is_open for row in history):
            continue
        rhythm = rhythm_of(BoughtOn(day=today_in_tehran(row.placed_at)) for row in history)
        if rhythm is not None:
            yield Regular(
                customer_id=customer_id,
                last_order_id=history[-1].id,
                last_contact_id=history[-1].contact_id,
                rhythm=rhythm,
                told=tuple(told.get(customer_id, ())),
            )


def _order_id(row: Any) -> int:
    return int(row.id)


def _nudge(row: Any) -> Nudge:
    return Nudge(
        id=row.id,
        customer_id=row.customer_id,
        contact_id=row.contact_id,
        last_order_id=row.last_order_id,
        round=row.round,
        due_on=row.due_on,
        sent_on=today_in_tehran(row.sent_at),
        answer=NudgeAnswer(row.answer) if row.answer else None,
        reason=NudgeReason(row.reason) if row.reason else None,
        remind_on=row.remind_on,
    )
