"""Surveys: one row for each delivery, from the day it is due to what came of the answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import NotFound
from domain.surveys import Again, NotAsked, Survey, SurveyReason, SurveyState
from domain.tickets import EarlierAnswer
from storage.tables.orders import orders
from storage.tables.people import contacts, customers, identities, reaches
from storage.tables.surveys import surveys
from storage.upsert import insert_or

_S = surveys.c
_WHOLE = (
    select(
        surveys,
        orders.c.number.label("order_number"),
        customers.c.name.label("customer_name"),
        contacts.c.name.label("contact_name"),
    )
    .join_from(surveys, orders, orders.c.id == _S.order_id)
    .join(customers, customers.c.id == _S.customer_id)
    .join(contacts, contacts.c.id == _S.contact_id)
)


class Surveys:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put_due(
        self, order_id: int, customer_id: int, contact_id: int, delivered_at: datetime, due_at: datetime
    ) -> None:
        """An order is asked about once; a later delivery of the same one changes nothing."""
        row = {
            "order_id": order_id,
            "customer_id": customer_id,
            "contact_id": contact_id,
            "state": SurveyState.DUE.value,
            "delivered_at": delivered_at,
            "due_at": due_at,
        }
        put = insert_or(self._connection, surveys).values(row)
        await self._connection.execute(put.on_conflict_do_nothing(index_elements=["order_id"]))

    async def list_due(self, now: datetime, limit: int) -> tuple[int, ...]:
        # The state is a literal, so that both databases see that their index of what is due can answer.
        due = select(_S.id).where(text("state = 'due'"), _S.due_at <= now)
        return tuple(await self._connection.scalars(due.order_by(_S.due_at, _S.id).limit(limit)))

    async def get(self, survey_id: int, *, of: int | None = None) -> Survey:
        """The survey; ``of`` is the contact whose it must be."""
        row = (await self._connection.execute(_WHOLE.where(_S.id == survey_id))).one_or_none()
        if row is None or of not in (None, row.contact_id):
            raise NotFound
        return _survey(row)

    async def lock_contact(self, contact_id: int) -> None:
        """Of two surveys of one person one is decided about after the other."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(
                select(contacts.c.id).where(contacts.c.id == contact_id).with_for_update()
            )

    async def last_asked(self, contact_id: int) -> datetime | None:
        """When this contact was asked last, about whatever delivery."""
        asked: datetime | None = await self._connection.scalar(
            select(func.max(_S.asked_at)).where(_S.contact_id == contact_id)
        )
        return asked

    async def is_reachable(self, contact_id: int) -> bool:
        """Whether this contact has a chat that has not blocked us."""
        found = (
            select(reaches.c.chat_id)
            .join_from(reaches, identities, identities.c.id == reaches.c.identity_id)
            .where(identities.c.contact_id == contact_id, reaches.c.blocked_at.is_(None))
        )
        return await self._connection.scalar(found.limit(1)) is not None

    async def put_off(self, survey_id: int, due_at: datetime) -> None:
        await self._connection.execute(
            update(surveys).where(_S.id == survey_id, text("state = 'due'")).values(due_at=due_at)
        )

    async def skip(self, survey_id: int, why: NotAsked) -> bool:
        return await self._move(survey_id, {"state": SurveyState.SKIPPED.value, "why": why.value})

    async def ask(self, survey_id: int, now: datetime, expires_at: datetime) -> bool:
        """Whether it was due until now: only then may it be told."""
        asked = {"state": SurveyState.ASKED.value, "asked_at": now, "expires_at": expires_at}
        return await self._move(survey_id, asked)

    async def _move(self, survey_id: int, values: dict[str, Any]) -> bool:
        moved = update(surveys).where(_S.id == survey_id, text("state = 'due'")).values(values)
        return (await self._connection.execute(moved)).rowcount == 1

    async def expire(self, now: datetime) -> int:
        """What nobody has answered in time; how many these were."""
        ended = update(surveys).where(text("state = 'asked'"), _S.expires_at <= now)
        return (await self._connection.execute(ended.values(state=SurveyState.EXPIRED.value))).rowcount

    async def expire_unasked(self, now: datetime, after: timedelta) -> int:
        """What was to be asked so long ago that nobody remembers the delivery."""
        ended = update(surveys).where(text("state = 'due'"), _S.due_at <= now - after)
        return (await self._connection.execute(ended.values(state=SurveyState.EXPIRED.value))).rowcount

    async def answer(self, survey_id: int, score: int, now: datetime) -> bool:
        """Keep the first answer; whether there was none and it came in time."""
        kept = (
            update(surveys)
            .where(_S.id == survey_id, text("state = 'asked'"), _S.expires_at > now)
            .values(state=SurveyState.ANSWERED.value, score=score, answered_at=now)
        )
        return (await self._connection.execute(kept)).rowcount == 1

    async def change(self, survey_id: int, was: int, score: int, now: datetime) -> bool:
        """Another score instead of exactly that one; the reason of the former goes with it."""
        kept = update(surveys).where(_S.id == survey_id, _S.score == was)
        values = {"score": score, "changed_at": now, "reason": None, "comment": None}
        return (await self._connection.execute(kept.values(values))).rowcount == 1

    async def explain(self, survey_id: int, reason: SurveyReason, comment: str | None = None) -> None:
        values: dict[str, Any] = {"reason": reason.value}
        if comment is not None:
            values["comment"] = comment
        await self._connection.execute(update(surveys).where(_S.id == survey_id).values(values))

    async def ask_again(self, survey_id: int, now: datetime) -> bool:
        """Whether it was not asked a second time before: it is once, ever."""
        kept = update(surveys).where(_S.id == survey_id, _S.asked_again_at.is_(None))
        return (await self._connection.execute(kept.values(asked_again_at=now))).rowcount == 1

    async def judge(self, survey_id: int, again: Again) -> bool:
        """Keep the first word on how it was settled."""
        kept = update(surveys).where(_S.id == survey_id, _S.asked_again_at.is_not(None), _S.again.is_(None))
        return (await self._connection.execute(kept.values(again=again.value))).rowcount == 1

    async def list_answers(self, customer_id: int, but: int | None, limit: int) -> tuple[EarlierAnswer, ...]:
        """What that customer said last, without that survey."""
        rows = await self._connection.execute(
            _WHOLE.where(_S.customer_id == customer_id, _S.score.is_not(None), _S.id != (but or 0))
            .order_by(_S.answered_at.desc())
            .limit(limit)
        )
        return tuple(
            EarlierAnswer(
                order_number=row.order_number, score=row.score, reason=row.reason, at=row.answered_at
            )
            for row in rows
        )


def _survey(row: Any) -> Survey:
    return Survey(
        id=row.id,
        order_id=row.order_id,
        order_number=row.order_number,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        contact_id=row.contact_id,
        contact_name=row.contact_name,
        state=SurveyState(row.state),
        delivered_at=row.delivered_at,
        due_at=row.due_at,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        score=row.score,
        reason=SurveyReason(row.reason) if row.reason else None,
        comment=row.comment,
        answered_at=row.answered_at,
        asked_again_at=row.asked_again_at,
        again=Again(row.again) if row.again else None,
    )
