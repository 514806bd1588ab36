"""An order that does not come as promised: the warehouse says so, once to everybody (S1.22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.actors import Actor
from domain.calendar import EVERY_DAY, HORIZON, Route, today_in_tehran
from domain.delays import LATE, DelayWord, LateOrder, RouteDay, days_after, require_later
from domain.errors import ChangedMeanwhile, NotFound, OrderClosed
from domain.notifications import Notification, Recipient
from domain.orders import Order
from services.calendar import delivery_plan
from services.fulfilment import DESK
from services.notifications import still_true
from storage.unit_of_work import UnitOfWork

OFFERED_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """What is about to be told late, and which days may be named instead."""

    orders: tuple[LateOrder, ...]
    route: Route
    was_on: date
    today: date
    holidays: frozenset[date]

    @property
    def route_days(self) -> tuple[date, ...]:
        return days_after(self.was_on, self.today, self.holidays, OFFERED_DAYS, self.route.weekdays)

    @property
    def other_days(self) -> tuple[date, ...]:
        return days_after(self.was_on, self.today, self.holidays, 2 * OFFERED_DAYS)


def require_desk(actor: Actor) -> None:
    actor.require_staff(*DESK)


async def list_routes(uow: UnitOfWork, actor: Actor) -> tuple[RouteDay, ...]:
    """What is still to be brought, by route and day."""
    actor.require_staff(*DESK)
    return await uow.delays.list_routes()


async def late_order(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> Lateness:
    """One order that could be late."""
    actor.require_staff(*DESK)
    order = await uow.orders.get(order_id, of=actor)
    if order.is_draft:
        raise NotFound
    if order.status not in LATE or order.deliver_on is None:
        raise OrderClosed
    plan = await delivery_plan(uow, order.outlet_id, now)
    return Lateness(
        orders=(_late(order),),
        route=plan.route,
        was_on=order.deliver_on,
        today=today_in_tehran(now),
        holidays=plan.holidays,
    )


async def late_route(uow: UnitOfWork, actor: Actor, route_id: int, day: date, now: datetime) -> Lateness:
    """All that a route brings on a day, told in one go."""
    actor.require_staff(*DESK)
    orders, today = await uow.delays.list_of_route(route_id, day), today_in_tehran(now)
    if not orders:
        raise NotFound
    routes = {each.id: each for each in await uow.calendars.list_routes()}
    holidays = await uow.calendars.list_holidays(
        min(day, today), max(day, today) + timedelta(days=2 * HORIZON)
    )
    route = routes.get(route_id, EVERY_DAY)
    return Lateness(orders=orders, route=route, was_on=day, today=today, holidays=holidays)


async def tell_late(
    uow: UnitOfWork, actor: Actor, late: Lateness, seen: int | None, word: DelayWord, now: datetime
) -> tuple[LateOrder, ...]:
    """Say it to every customer of these orders, and move the orders to their new day.

    ``seen`` is the version of a single order as it was shown. Of a route, what has left the warehouse's
    hands or got another day since then is left alone; what was told is given back.
    """
    staff = actor.require_staff(*DESK)
    require_later(word.deliver_on, late.was_on, late.today, late.holidays)
    taken = await uow.delays.take([each.id for each in late.orders])
    orders = tuple(each for each in taken if each.deliver_on == late.was_on)
    if seen is not None and [each.version for each in orders] != [seen]:
        raise ChangedMeanwhile
    if not orders:
        raise OrderClosed
    ids = await uow.delays.put(orders, word, now, staff.id)
    for order in orders:
        facts = {"number": order.number, "reason": word.reason, "was_on": order.deliver_on.isoformat()}
        facts |= {"deliver_on": word.deliver_on.isoformat(), "hours": [word.from_hour, word.until_hour]}
        await uow.audit.write(actor, "order.delayed", "order", order.id, now, facts)
    await _tell_customers(uow, orders, ids, word, now)
    return orders


def delay_facts(number: int, was_on: date, word: DelayWord, delay_id: int, today: date) -> dict[str, object]:
    return {
        "delay_id": delay_id,
        "number": number,
        "reason": word.reason,
        "was_on": was_on.isoformat(),
        # What the day was called when it was said.
        "days_ago": (today - was_on).days,
        "deliver_on": word.deliver_on.isoformat(),
        "from_hour": word.from_hour,
        "until_hour": word.until_hour,
    }


@still_true("order_delayed")
async def _is_still_late(uow: UnitOfWork, notification: Notification, _now: datetime) -> bool:
    """Not when meanwhile it came after all, was cancelled, or another day was said."""
    day = await uow.delays.waits_until(notification.subject_id)
    return day is not None and day.isoformat() == notification.facts["deliver_on"]


async def _tell_customers(
    uow: UnitOfWork, orders: Sequence[LateOrder], ids: Sequence[int], word: DelayWord, now: datetime
) -> None:
    notices = []
    for order, delay_id in zip(orders, ids, strict=True):
        told = [order.contact_id] if order.contact_id is not None else []
        if not told:
            told = list(await uow.orders.list_approvers(order.customer_id, None))
        notices += [
            Notification(
                key=f"order_delayed:{delay_id}:{contact_id}",
                kind="order_delayed",
                to=Recipient(contact_id=contact_id),
                subject_id=order.id,
                due_at=now,
                facts=delay_facts(order.number, order.deliver_on, word, delay_id, today_in_tehran(now)),
            )
            for contact_id in told
        ]
    await uow.outbox.put(*notices)


def _late(order: Order) -> LateOrder:
    assert order.number is not None
    assert order.deliver_on is not None
    return LateOrder(
        id=order.id,
        number=order.number,
        customer_id=order.customer_id,
        contact_id=order.contact_id,
        status=order.status,
        deliver_on=order.deliver_on,
        version=order.version,
    )
