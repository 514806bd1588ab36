"""What a campaign has brought, by query: counts, orders of both arms, who bought, and who only tapped."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import and_, case, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import today_in_tehran
from domain.campaign_effect import Arm, Effect, rate_of
from domain.campaign_reports import (
    CampaignBrief,
    CampaignBuyer,
    CampaignClicker,
    CampaignReport,
    DayOrders,
    Reached,
    days_over,
)
from domain.campaigns import OPEN_RECIPIENTS, CampaignState, RecipientState
from domain.errors import NotFound
from domain.money import Money
from storage import campaign_orders as counting
from storage.campaign_orders import Window
from storage.tables.calendar import routes
from storage.tables.campaigns import campaign_recipients, campaigns
from storage.tables.orders import orders
from storage.tables.people import customers, outlets, staff

_C, _R, _O = campaigns.c, campaign_recipients.c, orders.c
SENT = (CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.CANCELLED, CampaignState.FINISHED)


class CampaignEffects:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def report(self, campaign_id: int, window_days: int, now: datetime) -> CampaignReport:
        """All figures of a campaign that has begun, up to now."""
        wanted = select(_C.id, _C.name, _C.promotion_id, _C.started_at).where(
            _C.id == campaign_id, _C.started_at.is_not(None)
        )
        campaign = (await self._connection.execute(wanted)).one_or_none()
        if campaign is None:
            raise NotFound
        window, which = self._window(window_days), {"campaign": campaign_id}
        reached, held, last = await self._reached(campaign_id, window)
        found = (await self._connection.execute(counting.by_day(window), which)).all()
        promotion = {**which, "promotion": campaign.promotion_id}
        worth = (await self._connection.execute(counting.worth(window), promotion)).one()
        return CampaignReport(
            campaign_id=campaign_id,
            name=campaign.name,
            effect=Effect(
                told=_arm(reached.delivered, [row for row in found if not row.is_holdout]),
                holdout=_arm(held, [row for row in found if row.is_holdout]),
                discount=Money(int(worth.discount)),
                margin=rate_of(Fraction(worth.sales - worth.cost, worth.sales)) if worth.sales else None,
            ),
            reached=reached,
            days=days_over(last or campaign.started_at, now, window_days),
            window_days=window_days,
            by_day=_by_day(found, window_days),
            started_on=today_in_tehran(campaign.started_at),
        )

    async def _reached(self, campaign_id: int, window: Window) -> tuple[Reached, int, datetime | None]:
        """How the sending ended, how many were held out, and when the last one was told."""
        clicked = and_(_R.clicked_at.is_not(None), ~_R.is_holdout)
        idle = and_(clicked, ~counting.has_ordered(window))
        states = select(
            _R.state,
            _R.is_holdout,
            func.count().label("all"),
            func.count(_R.opted_out_at).label("opted_out"),
            func.sum(case((clicked, 1), else_=0)).label("clicked"),
            func.sum(case((idle, 1), else_=0)).label("idle"),
            func.max(_R.sent_at).label("last"),
        ).where(_R.campaign_id == campaign_id)
        rows = (await self._connection.execute(states.group_by(_R.state, _R.is_holdout))).all()
        told = [row for row in rows if not row.is_holdout]
        count = {RecipientState(row.state): int(row.all) for row in told}
        at = [row.last for row in rows if row.state in counting.REACHED and row.last]
        return (
            Reached(
                delivered=count.get(RecipientState.SENT, 0),
                clicked=sum(int(row.clicked or 0) for row in told),
                clicked_without_order=sum(int(row.idle or 0) for row in told),
                opted_out=sum(int(row.opted_out) for row in told),
                failed=count.get(RecipientState.FAILED, 0),
                blocked=count.get(RecipientState.BLOCKED, 0),
                uncertain=count.get(RecipientState.UNCERTAIN, 0),
                skipped=count.get(RecipientState.SKIPPED, 0),
                left=sum(count.get(each, 0) for each in OPEN_RECIPIENTS),
            ),
            sum(int(row.all) for row in rows if row.state == RecipientState.HELD),
            max(at, default=None),
        )

    async def count_orders(self, campaign_id: int, window_days: int) -> int:
        """Orders of those who were told, up to now."""
        told = counting.counted(self._window(window_days), func.count()).where(_R.is_holdout.is_(False))
        return int(await self._connection.scalar(told, {"campaign": campaign_id}) or 0)

    async def list_buyers(
        self,
        campaign_id: int,
        window_days: int,
        limit: int,
        offset: int = 0,
        *,
        with_holdout: bool = False,
    ) -> tuple[CampaignBuyer, ...]:
        """Whose orders count, the latest first; of the holdout only where it is asked for."""
        who = true() if with_holdout else _R.is_holdout.is_(False)
        promotion = select(_C.promotion_id).where(_C.id == counting.CAMPAIGN).scalar_subquery()
        columns = (
            _R.customer_id, _R.is_holdout, _R.clicked_at, customers.c.name, _O.id, _O.number, _O.placed_at,
            counting.AMOUNT.label("rials"), counting.given(promotion).label("given"),
        )  # fmt: skip
        found = (
            counting.counted(self._window(window_days), *columns)
            .join(customers, customers.c.id == _R.customer_id)
            .where(who)
            .order_by(_O.placed_at.desc(), _O.id.desc())
            .limit(limit)
            .offset(offset)
        )
        rows = await self._connection.execute(found, {"campaign": campaign_id})
        return tuple(
            CampaignBuyer(
                customer_id=row.customer_id,
                customer=row.name,
                order_id=row.id,
                number=row.number,
                ordered_at=row.placed_at,
                amount=Money(int(row.rials)),
                discount=Money(int(row.given)),
                is_holdout=row.is_holdout,
                has_clicked=row.clicked_at is not None,
            )
            for row in rows
        )

    async def list_clickers(
        self, campaign_id: int, window_days: int, limit: int, offset: int = 0
    ) -> tuple[CampaignClicker, ...]:
        """Who has tapped and not ordered, the first tap first, with whoever visits their first outlet."""
        theirs = outlets.alias("theirs")
        first = select(func.min(theirs.c.id)).where(theirs.c.customer_id == _R.customer_id).scalar_subquery()
        found = (
            select(_R.id, _R.customer_id, _R.clicked_at, customers.c.name, staff.c.id.label("visitor_id"),
                   staff.c.name.label("visitor"))
            .select_from(
                campaign_recipients.join(customers, customers.c.id == _R.customer_id)
                .outerjoin(outlets, outlets.c.id == first)
                .outerjoin(routes, routes.c.id == outlets.c.route_id)
                .outerjoin(staff, and_(staff.c.id == routes.c.visitor_id, staff.c.is_active))
            )
            .where(
                _R.campaign_id == campaign_id,
                _R.clicked_at.is_not(None),
                _R.is_holdout.is_(False),
                ~counting.has_ordered(self._window(window_days)),
            )
            .order_by(_R.clicked_at, _R.id)
            .limit(limit)
            .offset(offset)
        )  # fmt: skip
        return tuple(
            CampaignClicker(
                recipient_id=row.id,
                customer_id=row.customer_id,
                customer=row.name,
                clicked_at=row.clicked_at,
                visitor_id=row.visitor_id,
                visitor=row.visitor or "",
            )
            for row in await self._connection.execute(found)
        )

    async def list_sent(self, limit: int, offset: int = 0) -> tuple[CampaignBrief, ...]:
        """Campaigns that have begun, the latest first."""
        told = and_(_R.campaign_id == _C.id, _R.is_holdout.is_(False))
        total = select(func.count()).where(told).scalar_subquery()
        delivered = select(func.count()).where(told, _R.state == RecipientState.SENT.value).scalar_subquery()
        found = (
            select(
                _C.id, _C.name, _C.state, _C.started_at, total.label("total"), delivered.label("delivered")
            )
            .where(_C.started_at.is_not(None), _C.state.in_([each.value for each in SENT]))
            .order_by(_C.started_at.desc(), _C.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return tuple(
            CampaignBrief(
                campaign_id=row.id,
                name=row.name,
                state=row.state,
                started_at=row.started_at,
                delivered=row.delivered,
                total=row.total,
            )
            for row in await self._connection.execute(found)
        )

    def _window(self, days: int) -> Window:
        return Window(self._connection.dialect.name, days)


def _arm(shops: int, rows: list[Any]) -> Arm:
    return Arm(
        shops=shops,
        orders=sum(row.orders for row in rows),
        sales=Money(sum(int(row.rials) for row in rows)),
    )


def _by_day(rows: Any, window_days: int) -> tuple[DayOrders, ...]:
    counts = {(row.day, bool(row.is_holdout)): row.orders for row in rows}
    return tuple(
        DayOrders(day=day, told=counts.get((day, False), 0), holdout=counts.get((day, True), 0))
        for day in range(window_days)
    )
