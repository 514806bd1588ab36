"""The warehouse's desk: what is to be done next, each step once, and word of it to whoever ordered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.calendar import DeliveryPlan
from domain.delays import LATE, hours_of
from domain.errors import ChangedMeanwhile, NotFound, OrderClosed
from domain.notifications import Notification, Recipient
from domain.order_views import Job, OrderBrief
from domain.orders import DELIVERIES, WORK, Order, OrderStatus
from domain.staff import Role
from services import pricing, stock, surveys
from services.calendar import delivery_plan
from services.invoices import issue_invoice
from services.orders import facts_of, forget_change
from storage.unit_of_work import UnitOfWork

DESK = (Role.WAREHOUSE, Role.MANAGER)
PER_PAGE = 8


async def list_desk(uow: UnitOfWork, actor: Actor, page: int) -> tuple[tuple[OrderBrief, ...], bool]:
    """A page of the queue, by the promised day, and whether there are more; pages count from 1."""
    actor.require_staff(*DESK)
    found = await uow.orders.list_desk(PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE)
    return found[:PER_PAGE], len(found) > PER_PAGE


async def open_job(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> Job:
    """One order as the warehouse sees it; support looks at it too, but moves nothing."""
    staff = actor.require_staff(*DESK, Role.SUPPORT)
    order = await uow.orders.get(order_id, of=actor)
    if order.is_draft:
        raise NotFound
    return _for(staff.role, await _job(uow, order, now))


def _for(role: Role, job: Job) -> Job:
    """What the reader may do with it."""
    can_cancel = role is Role.MANAGER and job.order.status in LATE
    return replace(job, can_move=role in DESK, can_cancel=can_cancel)


async def move_order(
    uow: UnitOfWork, actor: Actor, order_id: int, to: OrderStatus, version: int, now: datetime
) -> Job:
    """One step on, from exactly what was shown; the customer hears it, and owes what was delivered."""
    staff = actor.require_staff(*DESK)
    if to in DELIVERIES:
        # A delivery makes an invoice: the customer's lock goes before the order's.
        await uow.credit.lock(await uow.ledger.owner_of(order_id))
    await uow.orders.lock(order_id)
    order = await uow.orders.get(order_id, of=actor)
    if order.version != version:
        raise ChangedMeanwhile
    if to not in WORK:
        raise OrderClosed
    if to is OrderStatus.DELIVERED and order.has_later:
        to = OrderStatus.PART_DELIVERED
    moved = order.moved_to(to, now)
    if to in DELIVERIES:
        await stock.ship(uow, order)
    await forget_change(uow, order.id)
    saved = await uow.orders.save(moved, order, by_staff=staff.id)
    await uow.audit.write(actor, f"order.{to.value}", "order", order.id, now, {"number": order.number})
    facts: dict[str, object] = {}
    if to in DELIVERIES:
        facts = await _cheque_facts(uow, saved)
        await issue_invoice(uow, actor, order.id, now)
        await surveys.schedule(uow, saved, now)
    job = await _job(uow, saved, now)
    await _tell_customer(uow, saved, job.plan, now, facts)
    return _for(staff.role, job)


async def cancel_ours(
    uow: UnitOfWork, actor: Actor, order_id: int, version: int | None, reason: str, now: datetime
) -> Job:
    """We cannot send it: goods and credit are free again, and the customer hears why."""
    staff = actor.require_staff(Role.MANAGER)
    await uow.credit.lock(await uow.ledger.owner_of(order_id))
    await uow.orders.lock(order_id)
    order = await uow.orders.get(order_id, of=actor)
    if version is not None and order.version != version:
        raise ChangedMeanwhile
    if order.status not in LATE:
        raise OrderClosed
    await stock.release(uow, order)
    await pricing.give_back(uow, order.id, now)
    await forget_change(uow, order.id)
    saved = await uow.orders.save(order.moved_to(OrderStatus.CANCELLED, now), order, by_staff=staff.id)
    facts = {**facts_of(saved), "reason": reason, "was": order.status.value}
    await uow.audit.write(actor, "order.cancelled", "order", order.id, now, facts)
    job = await _job(uow, saved, now)
    await _tell_customer(uow, saved, job.plan, now, {"reason": reason}, kind="order_cancelled_by_us")
    return _for(staff.role, job)


async def require_cancellable(uow: UnitOfWork, actor: Actor, order_id: int) -> Order:
    """The order that a manager is about to cancel."""
    actor.require_staff(Role.MANAGER)
    order = await uow.orders.get(order_id, of=actor)
    if order.is_draft:
        raise NotFound
    if order.status not in LATE:
        raise OrderClosed
    return order


async def give_feedback(
    uow: UnitOfWork, actor: Actor, order_id: int, verdict: str, is_trouble: bool, now: datetime
) -> Order:
    """Keep the customer's first word on a delivery; trouble goes to support, or to the managers."""
    customer = actor.require_customer()
    order = await uow.orders.get(order_id, of=customer.id)
    if order.status not in DELIVERIES:
        raise OrderClosed
    if await uow.orders.put_feedback(order_id, customer.id, verdict):
        await uow.audit.write(actor, "order.feedback", "order", order_id, now, {"verdict": verdict})
        if is_trouble:
            await _tell_support(uow, order, customer.name, verdict, now)
    return order


async def _job(uow: UnitOfWork, order: Order, now: datetime) -> Job:
    plan = await delivery_plan(uow, order.outlet_id, now)
    customer = await uow.orders.customer_name(order.customer_id)
    return Job(order=order, plan=plan, customer_name=customer)


async def _cheque_facts(uow: UnitOfWork, order: Order) -> dict[str, object]:
    """The cheque that was taken for it, where it is paid by cheque (S1.20)."""
    if order.term is None or not order.term.is_by_cheque:
        return {}
    found = await uow.cheques.find_for(order.id, order.customer_id, order.credit)
    if found is None:
        return {}
    amount, due_on = found
    return {"cheque_rials": amount.rials, "cheque_due_on": due_on.isoformat()}


async def _tell_customer(
    uow: UnitOfWork,
    order: Order,
    plan: DeliveryPlan,
    now: datetime,
    more: Mapping[str, object],
    *,
    kind: str = "",
) -> None:
    """One notice a status: the key cannot be put twice."""
    kind = kind or f"order_{order.status}"
    if order.contact_id is None:
        return
    first, last = hours_of(order, plan.route, await uow.delays.latest(order.id))
    facts = {
        "number": order.number,
        "deliver_on": order.deliver_on.isoformat() if order.deliver_on else None,
        "from_hour": first,
        "until_hour": last,
        **more,
    }
    await uow.outbox.put(
        Notification(
            key=f"{kind}:{order.id}",
            kind=kind,
            to=Recipient(contact_id=order.contact_id),
            subject_id=order.id,
            due_at=now,
            facts=facts,
        )
    )


async def _tell_support(uow: UnitOfWork, order: Order, customer: str, verdict: str, now: datetime) -> None:
    staff = await uow.staff.list_active(Role.SUPPORT) or await uow.staff.list_active(Role.MANAGER)
    facts = {"number": order.number, "customer": customer, "verdict": verdict}
    notices = (
        Notification(
            key=f"order_trouble:{order.id}:{each.id}",
            kind="order_trouble",
            to=Recipient(staff_id=each.id),
            subject_id=order.id,
            due_at=now,
            facts=facts,
        )
        for each in staff
    )
    await uow.outbox.put(*notices)
