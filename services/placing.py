"""Placing an order, once and only as it was shown, within the customer's credit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.basket import Basket, Renewal, Step
from domain.checkout import Placing
from domain.credit_decisions import Decision, OverLimit
from domain.errors import AlreadyPlaced, ChangedMeanwhile, NotFound, Shortage
from domain.order_views import OrderView
from domain.orders import Order, OrderStatus
from services import credit, stock
from services.calendar import delivery_plan
from services.checkout import look, summarise
from services.orders import facts_of, line_facts, require_changeable, tell_approvers, view_of
from services.quotes import keep_applied
from storage.unit_of_work import UnitOfWork

FIRST_NUMBER = 1_001
"""Of a company that begins with us; one that has numbered before sets its counter."""


async def place_order(
    uow: UnitOfWork,
    actor: Actor,
    order_id: int,
    version: int,
    nonce: str,
    now: datetime,
    *,
    asks: bool = False,
) -> OrderView | Step | OverLimit:
    """Place exactly what the summary with that nonce showed; a fresh summary when that no longer holds.

    What passes the customer's credit is not placed: the answer says by how much. Who ``asks`` somebody to
    decide has it placed all the same, but held; a change of a placed order never is.
    """
    customer_id, _contact_id = actor.require_buyer()
    await uow.credit.lock(customer_id)
    await uow.orders.lock(order_id)
    draft = await _unplaced(uow, actor, customer_id, order_id, nonce)
    if draft.version != version or draft.nonce != nonce or draft.deliver_on is None:
        return await summarise(uow, actor, now, renewal=Renewal.CHANGED)
    original = await _changed(uow, draft, customer_id)
    plan = await delivery_plan(uow, draft.outlet_id, now)
    if original is not None:
        is_moved = original.outlet_id != draft.outlet_id
        before = await delivery_plan(uow, original.outlet_id, now) if is_moved else plan
        require_changeable(original, before, now)
    seen = await look(uow, actor, Basket(draft=draft, original=original), now)
    if seen.placing is None or seen.placing.question is not None:
        return await summarise(uow, actor, now, renewal=Renewal.CHANGED)
    if seen.digest(draft.deliver_on) != draft.quote_digest:
        return await summarise(uow, actor, now, renewal=Renewal.PRICES)
    if draft.deliver_on not in plan.days(now):
        return await summarise(uow, actor, now, renewal=Renewal.LATE)
    decision = await _decided(uow, actor, draft, seen.placing, original, now)
    if not decision.outcome.is_accepted:
        over = OverLimit(
            order_id=order_id,
            version=version,
            nonce=nonce,
            payable=seen.placing.payable,
            decision=decision,
            is_change=original is not None,
        )
        if not asks or not over.can_ask:
            return over
    if original is None:
        placed = await _place(uow, actor, draft, seen.placing, decision, now)
        return view_of(placed, plan, now)
    placed = await _swap(uow, actor, draft, seen.placing, original, now)
    await credit.tell_of(uow, placed, _customer_name(actor), decision, now)
    return replace(view_of(placed, plan, now), is_changed=True)


async def _decided(
    uow: UnitOfWork, actor: Actor, draft: Order, placing: Placing, original: Order | None, now: datetime
) -> Decision:
    """What follows for its part on credit (rule R2.3); the order that it changes counts no more."""
    assert draft.term is not None
    return await credit.decide_order(
        uow,
        actor,
        draft,
        draft.term.credit_part(placing.payable),
        now,
        on_account=draft.term.is_on_account,
        instead_of=original,
    )


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
    return await uow.orders.get(draft.changes, of=customer_id)


async def _place(
    uow: UnitOfWork,
    actor: Actor,
    draft: Order,
    placing: Placing,
    decision: Decision,
    now: datetime,
) -> Order:
    """Stock, status, number, what was given, word to colleagues and the audit: all of it, or nothing."""
    await _reserve(uow, placing)
    number = await uow.audit.next_number("order", FIRST_NUMBER)
    placed = replace(draft, number=number, placed_at=now, lines=placing.lines).moved_to(
        OrderStatus.PLACED, now
    )
    if decision.outcome.is_accepted:
        # There is nothing to wait for: within stock and credit an order is approved at once, also at night.
        moved = placed.moved_to(OrderStatus.APPROVED, now)
    else:
        until = await credit.deadline(uow, decision, now)
        moved = replace(placed.moved_to(OrderStatus.HELD, now), decide_by=until)
    kept = await uow.orders.save(moved, draft)
    await keep_applied(uow, kept, placing.quote, now)
    await uow.audit.write(actor, "order.placed", "order", kept.id, now, facts_of(kept))
    await tell_approvers(uow, actor, kept, "order_placed", now)
    await credit.tell_of(uow, kept, _customer_name(actor), decision, now)
    return kept


async def _swap(
    uow: UnitOfWork, actor: Actor, draft: Order, placing: Placing, original: Order, now: datetime
) -> Order:
    """The placed order takes over what its changed copy says, and keeps its number."""
    await _reserve(uow, placing, original)
    await uow.orders.delete_draft(draft)
    changed = replace(
        original,
        lines=placing.lines,
        outlet_id=draft.outlet_id,
        deliver_on=draft.deliver_on,
        note=draft.note,
        nonce=draft.nonce,
        term=draft.term,
        bonus_choices=draft.bonus_choices,
        quote_digest=draft.quote_digest,
        decide_by=None,
    )
    if original.status is OrderStatus.HELD:
        # It fits now: nobody has to decide any more.
        changed = changed.moved_to(OrderStatus.APPROVED, now)
    saved = await uow.orders.save(changed, original)
    await keep_applied(uow, saved, placing.quote, now, is_change=True)
    facts = {**facts_of(saved), "before": line_facts(original.lines)}
    await uow.audit.write(actor, "order.changed", "order", saved.id, now, facts)
    await tell_approvers(uow, actor, saved, "order_changed", now)
    return saved


async def _reserve(uow: UnitOfWork, placing: Placing, original: Order | None = None) -> None:
    """Paid units and bonus units at once; when somebody has just taken a bonus, it has to be asked about."""
    try:
        await stock.reserve(uow, placing.lines, instead_of=original.lines if original else ())
    except Shortage as short:
        if any(line.is_bonus and line.product_id == short.product_id for line in placing.lines):
            raise ChangedMeanwhile from None
        raise


def _customer_name(actor: Actor) -> str:
    return actor.customer.name if actor.customer else ""
