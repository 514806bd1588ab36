"""Orders that were placed: following, changing, cancelling."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.basket import Basket, change_of
from domain.calendar import DeliveryPlan
from domain.delays import LATE, hours_of
from domain.errors import (
    ChangedMeanwhile,
    NotFound,
    OrderClosed,
    TooLateToChange,
)
from domain.notifications import Notification, Recipient
from domain.order_views import OrderBrief, OrderView
from domain.orders import Order, OrderLine, OrderStatus
from services import pricing, stock
from services.calendar import delivery_plan
from services.quotes import quoted
from storage.unit_of_work import UnitOfWork


async def open_order(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> OrderView:
    """A placed order of one's own, with its path and what may still be done."""
    customer = actor.require_customer()
    order = await uow.orders.get(order_id, of=customer.id)
    if order.is_draft:
        raise NotFound
    plan = await delivery_plan(uow, order.outlet_id, now)
    if order.status in LATE:
        plan = plan.between(*hours_of(order, plan.route, await uow.delays.latest(order.id)))
    return view_of(order, plan, now)


async def list_open_orders(uow: UnitOfWork, actor: Actor) -> tuple[OrderBrief, ...]:
    """What is on its way."""
    return await uow.orders.list_open(actor.require_customer().id)


async def change_order(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> Basket:
    """A draft with the lines of a placed order, to be changed; placing it replaces them.

    There is one such draft per order: a colleague's is given up for ours.
    """
    _customer_id, contact_id = actor.require_buyer()
    original = await _changeable(uow, actor, order_id, now)
    open_change = await uow.orders.find_change(order_id)
    if open_change is not None and open_change.contact_id == contact_id:
        return await quoted(uow, actor, Basket(draft=open_change, original=original), now)
    if open_change is not None:
        await uow.orders.delete_draft(open_change)
    copy = change_of(original, contact_id)
    return await quoted(
        uow, actor, Basket(draft=await uow.orders.create_draft(copy, now), original=original), now
    )


async def drop_change(uow: UnitOfWork, actor: Actor, draft_id: int, now: datetime) -> OrderView:
    """Leave the placed order as it was."""
    draft = await uow.orders.get(draft_id, of=actor)
    if not draft.is_draft or draft.changes is None:
        raise OrderClosed
    await uow.orders.delete_draft(draft)
    return await open_order(uow, actor, draft.changes, now)


async def ask_cancel(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> Order:
    """The order that would be cancelled, while it can be."""
    actor.require_buyer()
    return await _changeable(uow, actor, order_id, now)


async def cancel_order(uow: UnitOfWork, actor: Actor, order_id: int, version: int, now: datetime) -> Order:
    """Cancel what the question showed; its stock is free again."""
    actor.require_buyer()
    await uow.orders.lock(order_id)
    order = await _changeable(uow, actor, order_id, now)
    if order.version != version:
        raise ChangedMeanwhile
    await stock.release(uow, order)
    await pricing.give_back(uow, order.id, now)
    await forget_change(uow, order.id)
    cancelled = await uow.orders.save(order.moved_to(OrderStatus.CANCELLED, now), order)
    await uow.audit.write(actor, "order.cancelled", "order", order.id, now, facts_of(cancelled))
    await tell_approvers(uow, actor, cancelled, "order_cancelled", now)
    return cancelled


async def forget_change(uow: UnitOfWork, order_id: int) -> None:
    """The order can be changed no more: a draft that was to change it goes."""
    open_change = await uow.orders.find_change(order_id)
    if open_change is not None:
        await uow.orders.delete_draft(open_change)


async def _changeable(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> Order:
    view = await open_order(uow, actor, order_id, now)
    require_changeable(view.order, view.plan, now)
    return view.order


def require_changeable(order: Order, plan: DeliveryPlan, now: datetime) -> None:
    assert order.number is not None
    if order.status in {OrderStatus.CANCELLED, OrderStatus.REJECTED}:
        raise OrderClosed
    if not order.can_change(plan, now):
        raise TooLateToChange(order.id, order.number)


def view_of(order: Order, plan: DeliveryPlan, now: datetime) -> OrderView:
    return OrderView(order=order, plan=plan, can_change=order.can_change(plan, now))


async def tell_approvers(uow: UnitOfWork, actor: Actor, order: Order, kind: str, now: datetime) -> None:
    """Whoever answers for the customer hears what a colleague did; the placer has it on the screen."""
    told = await uow.orders.list_approvers(order.customer_id, actor.contact_id)
    facts = {"by": getattr(actor.person, "name", ""), **facts_of(order)}
    notices = (
        Notification(
            key=f"{kind}:{order.id}:{order.version}:{contact_id}",
            kind=kind,
            to=Recipient(contact_id=contact_id),
            subject_id=order.id,
            due_at=now,
            facts=facts,
        )
        for contact_id in told
    )
    await uow.outbox.put(*notices)


def facts_of(order: Order) -> dict[str, object]:
    return {
        "number": order.number,
        "outlet_id": order.outlet_id,
        "payable_rials": order.payable.rials,
        "discount_rials": order.discount.rials,
        "term": order.term.facts() if order.term else None,
        "deliver_on": order.deliver_on.isoformat() if order.deliver_on else None,
        "lines": line_facts(order.lines),
    }


def line_facts(lines: tuple[OrderLine, ...]) -> list[list[int]]:
    return [
        [each.product_id, each.quantity, each.later, each.unit_price.rials, each.discount.rials]
        for each in lines
    ]
