"""Placing an order, once and only as it was shown; following, changing, cancelling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from secrets import token_urlsafe

from domain.actors import Actor
from domain.basket import Basket, Renewal, Summary, change_of
from domain.calendar import DeliveryPlan
from domain.errors import (
    AlreadyPlaced,
    ChangedMeanwhile,
    NoDeliveryDay,
    NotFound,
    OrderClosed,
    OutletNotChosen,
    TooLateToChange,
)
from domain.notifications import Notification, Recipient
from domain.orders import Order, OrderBrief, OrderLine, OrderStatus, OrderView
from services import stock
from services.basket import find_basket, priced, save_draft
from services.calendar import delivery_plan
from storage.unit_of_work import UnitOfWork

FIRST_NUMBER = 1_001
"""Of a company that begins with us; one that has numbered before sets its counter."""
NONCE_BYTES = 16


async def summarise(
    uow: UnitOfWork, actor: Actor, now: datetime, day: date | None = None, renewal: Renewal | None = None
) -> Summary:
    """The final look at the active draft: today's prices, the day, and a fresh nonce for exactly these.

    Without a ``day`` the draft's own stays while it can be kept, or else the first possible one is taken.
    """
    basket = await priced(uow, actor, was := await find_basket(uow, actor), now)
    draft = basket.draft
    plan = await delivery_plan(uow, draft.outlet_id, now)
    if plan.has_others and not draft.is_outlet_chosen:
        raise OutletNotChosen
    days = plan.days(now)
    chosen = day or (draft.deliver_on if draft.deliver_on in days else next(iter(days), None))
    if chosen is None or chosen not in days:
        raise NoDeliveryDay
    draft = replace(draft, deliver_on=chosen, nonce=token_urlsafe(NONCE_BYTES))
    saved = await save_draft(uow, draft, was.draft, now)
    return Summary(
        basket=replace(basket, draft=saved),
        plan=plan,
        is_late=plan.is_late(chosen, now),
        renewal=renewal,
    )


async def place_order(
    uow: UnitOfWork, actor: Actor, order_id: int, version: int, nonce: str, now: datetime
) -> OrderView | Summary:
    """Place exactly what the summary with that nonce showed; a fresh summary when that no longer holds."""
    customer_id, _contact_id = actor.require_buyer()
    await uow.orders.lock(order_id)
    draft = await _unplaced(uow, actor, customer_id, order_id, nonce)
    if draft.version != version or draft.nonce != nonce or draft.deliver_on is None:
        return await summarise(uow, actor, now, renewal=Renewal.CHANGED)
    original = await _changed(uow, draft, customer_id)
    plan = await delivery_plan(uow, draft.outlet_id, now)
    if original is not None:
        is_moved = original.outlet_id != draft.outlet_id
        before = await delivery_plan(uow, original.outlet_id, now) if is_moved else plan
        _require_changeable(original, before, now)
    basket = Basket(draft=draft, original=original)
    if (await priced(uow, actor, basket, now)).draft.lines != draft.lines:
        return await summarise(uow, actor, now, renewal=Renewal.PRICES)
    if draft.deliver_on not in plan.days(now):
        return await summarise(uow, actor, now, renewal=Renewal.LATE)
    if original is None:
        return _view(await _place(uow, actor, draft, now), plan, now)
    return replace(_view(await _swap(uow, actor, draft, original, now), plan, now), is_changed=True)


async def _unplaced(uow: UnitOfWork, actor: Actor, customer_id: int, order_id: int, nonce: str) -> Order:
    """The draft; or word of the number under which it was placed, also when it has become another order."""
    try:
        draft = await uow.orders.get(order_id, of=actor)
    except NotFound:
        number = await uow.orders.find_number(nonce, customer_id)
        if number is None:
            raise
        raise AlreadyPlaced(number) from None
    if draft.number is not None:
        raise AlreadyPlaced(draft.number)
    return draft


async def _changed(uow: UnitOfWork, draft: Order, customer_id: int) -> Order | None:
    if draft.changes is None:
        return None
    await uow.orders.lock(draft.changes)
    return await uow.orders.get(draft.changes, of=customer_id)


async def _place(uow: UnitOfWork, actor: Actor, draft: Order, now: datetime) -> Order:
    """Stock, status, number, word to colleagues and the audit: all of it, or nothing."""
    await stock.reserve(uow, draft.lines)
    number = await uow.audit.next_number("order", FIRST_NUMBER)
    placed = replace(draft, number=number, placed_at=now).moved_to(OrderStatus.PLACED, now)
    # There is nothing to wait for: within its stock an order is approved at once, also at night.
    approved = await uow.orders.save(placed.moved_to(OrderStatus.APPROVED, now), draft)
    await uow.audit.write(actor, "order.placed", "order", approved.id, now, _facts(approved))
    await _tell_approvers(uow, actor, approved, "order_placed", now)
    return approved


async def _swap(uow: UnitOfWork, actor: Actor, draft: Order, original: Order, now: datetime) -> Order:
    """The placed order takes over what its changed copy says, and keeps its number."""
    await stock.reserve(uow, draft.lines, instead_of=original.lines)
    await uow.orders.delete_draft(draft)
    changed = replace(
        original,
        lines=draft.lines,
        outlet_id=draft.outlet_id,
        deliver_on=draft.deliver_on,
        note=draft.note,
        nonce=draft.nonce,
    )
    saved = await uow.orders.save(changed, original)
    facts = {**_facts(saved), "before": _lines(original.lines)}
    await uow.audit.write(actor, "order.changed", "order", saved.id, now, facts)
    await _tell_approvers(uow, actor, saved, "order_changed", now)
    return saved


async def open_order(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> OrderView:
    """A placed order of one's own, with its path and what may still be done."""
    customer = actor.require_customer()
    order = await uow.orders.get(order_id, of=customer.id)
    if order.is_draft:
        raise NotFound
    return _view(order, await delivery_plan(uow, order.outlet_id, now), now)


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
        return Basket(draft=open_change, original=original)
    if open_change is not None:
        await uow.orders.delete_draft(open_change)
    copy = change_of(original, contact_id)
    return Basket(draft=await uow.orders.create_draft(copy, now), original=original)


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
    await forget_change(uow, order.id)
    cancelled = await uow.orders.save(order.moved_to(OrderStatus.CANCELLED, now), order)
    await uow.audit.write(actor, "order.cancelled", "order", order.id, now, _facts(cancelled))
    await _tell_approvers(uow, actor, cancelled, "order_cancelled", now)
    return cancelled


async def forget_change(uow: UnitOfWork, order_id: int) -> None:
    """The order can be changed no more: a draft that was to change it goes."""
    open_change = await uow.orders.find_change(order_id)
    if open_change is not None:
        await uow.orders.delete_draft(open_change)


async def _changeable(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> Order:
    view = await open_order(uow, actor, order_id, now)
    _require_changeable(view.order, view.plan, now)
    return view.order


def _require_changeable(order: Order, plan: DeliveryPlan, now: datetime) -> None:
    assert order.number is not None
    if order.status in {OrderStatus.CANCELLED, OrderStatus.REJECTED}:
        raise OrderClosed
    if not order.can_change(plan, now):
        raise TooLateToChange(order.id, order.number)


def _view(order: Order, plan: DeliveryPlan, now: datetime) -> OrderView:
    return OrderView(order=order, plan=plan, can_change=order.can_change(plan, now))


async def _tell_approvers(uow: UnitOfWork, actor: Actor, order: Order, kind: str, now: datetime) -> None:
    """Whoever answers for the customer hears what a colleague did; the placer has it on the screen."""
    told = await uow.orders.list_approvers(order.customer_id, actor.contact_id)
    facts = {"by": getattr(actor.person, "name", ""), **_facts(order)}
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


def _facts(order: Order) -> dict[str, object]:
    return {
        "number": order.number,
        "outlet_id": order.outlet_id,
        "payable_rials": order.payable.rials,
        "deliver_on": order.deliver_on.isoformat() if order.deliver_on else None,
        "lines": _lines(order.lines),
    }


def _lines(lines: tuple[OrderLine, ...]) -> list[list[int]]:
    return [[each.product_id, each.quantity, each.later, each.unit_price.rials] for each in lines]
