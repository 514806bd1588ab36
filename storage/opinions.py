"""What customers think, counted: every figure of a span in one statement, however many have answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.customers import CustomerKind
from domain.nps_report import Loop, NpsAnswer, NpsComment, NpsPart
from domain.surveys import Again, Nps, SurveyReason
from domain.tickets import TicketState
from storage.tables.calendar import routes
from storage.tables.orders import orders
from storage.tables.people import contacts, customers, outlets, staff
from storage.tables.surveys import surveys, tickets

_S = surveys.c
_COLUMNS = {NpsPart.ROUTE: routes.c.name, NpsPart.KIND: customers.c.kind, NpsPart.VISITOR: staff.c.name}
_WITH_ALL = (
    surveys.join(orders, orders.c.id == _S.order_id)
    .join(customers, customers.c.id == _S.customer_id)
    .join(contacts, contacts.c.id == _S.contact_id)
    .join(outlets, outlets.c.id == orders.c.outlet_id)
    .outerjoin(routes, routes.c.id == outlets.c.route_id)
    .outerjoin(staff, staff.c.id == routes.c.visitor_id)
)


def _answered(first: datetime, until: datetime) -> Any:
    return and_(_S.answered_at >= first, _S.answered_at < until)


def _counts(score: Any) -> tuple[Any, Any, Any]:
    """Promoters, passives, detractors (rule R13)."""

    def how_many(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    return how_many(score >= 9), how_many(and_(score >= 7, score < 9)), how_many(score < 7)


def _nps(row: Any) -> Nps:
    promoters, passives, detractors = row
    return Nps(promoters=int(promoters), passives=int(passives), detractors=int(detractors))


class Opinions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self, first: datetime, until: datetime) -> Nps:
        """Every answer counts."""
        found = select(*_counts(_S.score)).where(_answered(first, until))
        return _nps((await self._connection.execute(found)).one())

    async def by_customer(self, first: datetime, until: datetime) -> Nps:
        """Every customer counts once: by the mean of the last answer of each of its contacts."""
        newest = func.row_number().over(
            partition_by=(_S.customer_id, _S.contact_id), order_by=(_S.answered_at.desc(), _S.id.desc())
        )
        each = select(_S.customer_id, _S.score, newest.label("at")).where(_answered(first, until)).subquery()
        # As ``mean_score`` rounds: half a point up.
        mean = (2 * func.sum(each.c.score) + func.count()) // (2 * func.count())
        values = select(mean.label("value")).where(each.c.at == 1).group_by(each.c.customer_id).subquery()
        return _nps((await self._connection.execute(select(*_counts(values.c.value)))).one())

    async def apart(
        self, first: datetime, until: datetime, part: NpsPart
    ) -> tuple[tuple[str | None, Nps], ...]:
        """By route, kind or visitor; those with most answers first, those without one last."""
        column = _COLUMNS[part]
        found = await self._connection.execute(
            select(column, *_counts(_S.score))
            .select_from(_WITH_ALL)
            .where(_answered(first, until))
            .group_by(column)
            .order_by(column.is_(None), func.count().desc(), column)
        )
        return tuple((name, _nps(counts)) for name, *counts in found)

    async def asked(self, first: datetime, until: datetime) -> int:
        counted = select(func.count()).where(_S.asked_at >= first, _S.asked_at < until)
        return int(await self._connection.scalar(counted) or 0)

    async def reasons(self, first: datetime, until: datetime) -> dict[SurveyReason, int]:
        """Why the unhappy ones were unhappy, most often first."""
        found = await self._connection.execute(
            select(_S.reason, func.count())
            .where(
                _answered(first, until),
                _S.score < 7,
                _S.reason.is_not(None),
                _S.reason != SurveyReason.NONE.value,
            )
            .group_by(_S.reason)
            .order_by(func.count().desc(), _S.reason)
        )
        return {SurveyReason(reason): int(count) for reason, count in found}

    async def loop(self, first: datetime, until: datetime) -> Loop:
        """Tickets of answers of that span, and what became of them by now."""
        is_closed = tickets.c.state != TicketState.OPEN.value
        in_time = and_(is_closed, tickets.c.solved_at <= tickets.c.due_at)
        is_glad = _S.again == Again.GLAD.value
        sums = (
            func.coalesce(func.sum(case((each, 1), else_=0)), 0) for each in (is_closed, in_time, is_glad)
        )
        found = (
            select(func.count(), *sums)
            .select_from(tickets.join(surveys, _S.id == tickets.c.survey_id))
            .where(_answered(first, until))
        )
        made, closed, timely, glad = (await self._connection.execute(found)).one()
        return Loop(tickets=int(made), closed=int(closed), in_time=int(timely), glad=int(glad))

    async def comments(
        self, first: datetime, until: datetime, limit: int, offset: int = 0
    ) -> tuple[NpsComment, ...]:
        """What was written, the newest first."""
        found = await self._connection.execute(
            select(surveys, customers.c.name, orders.c.number)
            .select_from(_WITH_ALL)
            .where(_answered(first, until), _S.comment.is_not(None), _S.comment != "")
            .order_by(_S.answered_at.desc(), _S.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return tuple(
            NpsComment(
                customer_name=row.name,
                order_number=row.number,
                score=row.score,
                reason=SurveyReason(row.reason) if row.reason else None,
                words=row.comment,
                at=row.answered_at,
            )
            for row in found
        )

    async def answers(self, first: datetime, until: datetime, limit: int) -> tuple[NpsAnswer, ...]:
        """Each answer with all that it is counted by, oldest first."""
        found = await self._connection.execute(
            select(
                surveys,
                customers.c.name.label("customer_name"),
                contacts.c.name.label("contact_name"),
                customers.c.kind,
                orders.c.number,
                routes.c.name.label("route"),
                staff.c.name.label("visitor"),
            )
            .select_from(_WITH_ALL)
            .where(_answered(first, until))
            .order_by(_S.answered_at, _S.id)
            .limit(limit)
        )
        return tuple(
            NpsAnswer(
                customer_name=row.customer_name,
                contact_name=row.contact_name,
                order_number=row.number,
                kind=CustomerKind(row.kind),
                route=row.route,
                visitor=row.visitor,
                score=row.score,
                reason=SurveyReason(row.reason) if row.reason else None,
                words=row.comment or "",
                at=row.answered_at,
            )
            for row in found
        )
