"""What a customer answers when an order does not come as promised: fine, another day, or not at all (S1.22).

Each word is answered once. What is tapped after that, or about what is over, changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from domain.actors import Actor
from domain.calendar import delivery_days
from domain.delays import LATE, Delay, DelayAnswer
from domain.errors import ChangedMeanwhile, NoDeliveryDay
from domain.notifications import Notification, Recipient
from domain.orders import Order, OrderStatus
from domain.staff import Role
from services import pricing, stock
from services.calendar import delivery_plan
from services.orders import facts_of, forget_change, tell_approvers
from storage.unit_of_work import UnitOfWork

OFFERED_DAYS = 3


async def open_delay(uow: UnitOfWork, actor: Actor, delay_id: int) -> tuple[Delay, Order, bool]:
    """What was said, its order, and whether it can still be answered: the newest word, not answered yet."""
    customer = actor.require_customer()
    delay = await uow.delays.get(delay_id, of=customer.id)
    order = await uow.orders.get(delay.order_id, of=customer.id)
    newest = await uow.delays.latest(order.id)
    is_newest = newest is not None and newest.id == delay.id
    return delay, order, order.status in LATE and is_newest and delay.answer is None


async def accept(uow: UnitOfWork, actor: Actor, delay_id: int, now: datetime) -> tuple[Delay, bool]:
    """«باشد»; False where it had been answered, or is over."""
    delay, order, is_open = await open_delay(uow, actor, delay_id)
    if not is_open or not await uow.delays.answer(delay.id, DelayAnswer.FINE, now):
        return delay, False
    await uow.audit.write(actor, "delay.accepted", "order", order.id, now, {"delay_id": delay.id})
    return delay, True


async def other_days(
    uow: UnitOfWork, actor: Actor, delay_id: int, now: datetime
) -> tuple[Delay, Order, tuple[date, ...]]:
    """The next days of the route on which it could come instead; none where the question is over."""
    actor.require_buyer()
    delay, order, is_open = await open_delay(uow, actor, delay_id)
    return delay, order, await _days(uow, order, now) if is_open else ()


async def choose_day(
    uow: UnitOfWork, actor: Actor, delay_id: int, day: date, now: datetime
) -> tuple[Order, bool]:
    """The customer's own wish: from now on the order is promised for that day."""
    actor.require_buyer()
    delay, order, is_open = await _locked(uow, actor, delay_id)
    if not is_open:
        return order, False
    if day not in await _days(uow, order, now):
        raise NoDeliveryDay
    await uow.delays.answer(delay.id, DelayAnswer.OTHER_DAY, now)
    moved = await uow.orders.save(replace(order, deliver_on=day), order)
    facts = {"delay_id": delay.id, "number": order.number, "deliver_on": day.isoformat()}
    await uow.audit.write(actor, "order.other_day", "order", order.id, now, facts)
    await _tell_warehouse(uow, actor, moved, "order_other_day", delay.id, now)
    return moved, True


async def ask_cancel(uow: UnitOfWork, actor: Actor, delay_id: int) -> tuple[Order, bool]:
    actor.require_buyer()
    _delay, order, is_open = await open_delay(uow, actor, delay_id)
    return order, is_open


async def cancel(
    uow: UnitOfWork, actor: Actor, delay_id: int, version: int, now: datetime
) -> tuple[Order, bool]:
    """As we are late the cut-off does not matter: goods and credit are free again, the warehouse knows."""
    actor.require_buyer()
    delay, order, is_open = await _locked(uow, actor, delay_id)
    if not is_open:
        return order, False
    if order.version != version:
        raise ChangedMeanwhile
    await uow.delays.answer(delay.id, DelayAnswer.CANCELLED, now)
    await stock.release(uow, order)
    await pricing.give_back(uow, order.id, now)
    await forget_change(uow, order.id)
    cancelled = await uow.orders.save(order.moved_to(OrderStatus.CANCELLED, now), order)
    facts = {**facts_of(cancelled), "delay_id": delay.id, "was": order.status.value}
    await uow.audit.write(actor, "order.cancelled", "order", order.id, now, facts)
    await tell_approvers(uow, actor, cancelled, "order_cancelled", now)
    await _tell_warehouse(uow, actor, order, "order_cancelled_late", delay.id, now)
    return cancelled, True


async def _locked(uow: UnitOfWork, actor: Actor, delay_id: int) -> tuple[Delay, Order, bool]:
    """The same as :func:`open_delay`, with nobody else at the order: its customer first, then the order."""
    customer = actor.require_customer()
    delay = await uow.delays.get(delay_id, of=customer.id)
    await uow.credit.lock(customer.id)
    await uow.orders.lock(delay.order_id)
    return await open_delay(uow, actor, delay_id)


async def _days(uow: UnitOfWork, order: Order, now: datetime) -> tuple[date, ...]:
    plan = await delivery_plan(uow, order.outlet_id, now)
    days = delivery_days(plan.route, now, plan.holidays, OFFERED_DAYS + 1)
    return tuple(day for day in days if day != order.deliver_on)[:OFFERED_DAYS]


async def _tell_warehouse(
    uow: UnitOfWork, actor: Actor, order: Order, kind: str, delay_id: int, now: datetime
) -> None:
    people = await uow.staff.list_active(Role.WAREHOUSE) or await uow.staff.list_active(Role.MANAGER)
    facts = {
        "number": order.number,
        "customer": actor.require_customer().name,
        "status": order.status.value,
        "deliver_on": order.deliver_on.isoformat() if order.deliver_on else None,
    }
    await uow.outbox.put(
        *(
            Notification(
                key=f"{kind}:{delay_id}:{each.id}",
                kind=kind,
                to=Recipient(staff_id=each.id),
                subject_id=order.id,
                due_at=now,
                facts=facts,
            )
            for each in people
        )
    )
