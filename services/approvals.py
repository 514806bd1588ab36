"""Orders that credit did not let through: asking somebody, and what they decide (S1.23 to S1.25).

A decision is made on what is true when it is tapped: all is read again under the customer's lock, and a card
that no longer says the truth is refused with what has changed. Of two people who decide at once one does.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.approvals import ApprovalCard, Asked, Held, Stale, Verdict
from domain.basket import Step
from domain.calendar import today_in_tehran
from domain.credit_decisions import OverLimit
from domain.errors import AlreadyDecided, DownRefused, NotFound
from domain.money import ZERO, Money
from domain.order_views import OrderView
from domain.orders import Order, OrderStatus
from domain.staff import Role
from services import approval_cards as cards
from services import approval_notices as notices
from services import pricing, stock
from services.approval_notices import DECIDERS
from services.calendar import delivery_plan
from services.orders import forget_change
from services.placing import place_order
from storage.unit_of_work import UnitOfWork

PER_PAGE = 8
MOST_REASON = 300
MOST_WORD = 800


async def ask_approval(
    uow: UnitOfWork, actor: Actor, order_id: int, version: int, nonce: str, now: datetime
) -> Asked | OrderView | Step | OverLimit:
    """Place the order held, its goods kept back, and tell whoever the row leaves it to.

    What fits by now is simply placed.
    """
    done = await place_order(uow, actor, order_id, version, nonce, now, asks=True)
    if isinstance(done, OrderView) and done.order.status is OrderStatus.HELD:
        card = await cards.card(uow, done.order, now)
        await notices.tell(uow, card, await notices.deciders(uow, card), f"v{done.order.version}", now)
        return Asked(view=done, hours=card.standing.policy.decide_hours)
    return done


async def list_held(uow: UnitOfWork, actor: Actor, page: int) -> tuple[tuple[Held, ...], bool]:
    """A page of the orders that wait, and whether there are more; pages count from 1."""
    actor.require_staff(*DECIDERS)
    found = await uow.approvals.list_held(PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE)
    return found[:PER_PAGE], len(found) > PER_PAGE


async def open_card(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> ApprovalCard:
    """The card of an order as everything is now."""
    actor.require_staff(*DECIDERS)
    return await cards.card(uow, await _placed(uow, actor, order_id), now)


async def open_items(uow: UnitOfWork, actor: Actor, order_id: int) -> Order:
    """The lines of an order, for whoever decides on it."""
    actor.require_staff(*DECIDERS)
    return await _placed(uow, actor, order_id)


async def approve(
    uow: UnitOfWork, actor: Actor, order_id: int, seen: int, now: datetime, down: Money = ZERO
) -> ApprovalCard | Stale:
    """Let the order through, with so much of it paid in cash first; only what the card showed."""
    staff = actor.require_staff(*DECIDERS)
    order = await _locked(uow, actor, order_id)
    card = await cards.card(uow, order, now)
    if card.seen != seen or not card.may_decide(staff.role):
        return await cards.stale(uow, card, staff, now)
    was, order = order, await _in_time(uow, order, now)
    if down:
        order = _paid_down(order, down)
    approved = await uow.orders.save(_released(order, OrderStatus.APPROVED, now), was, by_staff=staff.id)
    verdict = Verdict.PREPAID if down else Verdict.APPROVED
    await _note(uow, actor, replace(card, version=approved.version), verdict, now, down=down)
    await notices.tell_customer(uow, approved, "approval_given", now, {"down_rials": down.rials})
    return await cards.card(uow, approved, now)


async def _in_time(uow: UnitOfWork, order: Order, now: datetime) -> Order:
    """While it waited the cut-off of its day may have passed: then it goes with the next delivery."""
    plan = await delivery_plan(uow, order.outlet_id, now)
    day = order.deliver_on
    is_missed = day is not None and (
        day <= today_in_tehran(now) or (plan.route.is_strict and plan.is_late(day, now))
    )
    return replace(order, deliver_on=next(iter(plan.days(now)), day)) if is_missed else order


def _paid_down(order: Order, down: Money) -> Order:
    if order.term is None or not order.term.can_split or not ZERO < down < order.credit:
        raise DownRefused(order.credit)
    return replace(order, term=order.term.with_down(down))


async def begin_deciding(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> ApprovalCard:
    """The card of an order on which something is about to be typed: it must still wait."""
    card = await open_card(uow, actor, order_id, now)
    if not card.is_open:
        raise AlreadyDecided
    return card


async def reject(uow: UnitOfWork, actor: Actor, order_id: int, reason: str, now: datetime) -> ApprovalCard:
    """Say no, with a word to the customer; the goods are free again."""
    staff = actor.require_staff(*DECIDERS)
    order = await _locked(uow, actor, order_id)
    card = await cards.card(uow, order, now)
    rejected = await _give_up(uow, order, now, staff.id)
    await _note(uow, actor, card, Verdict.REJECTED, now, reason=reason)
    await notices.tell_customer(uow, rejected, "approval_refused", now, {"reason": reason})
    return replace(card, status=rejected.status, version=rejected.version)


async def refer(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> ApprovalCard:
    """A manager leaves it to finance, who see the card as it is now."""
    actor.require_staff(Role.MANAGER)
    order = await _locked(uow, actor, order_id)
    card = await cards.card(uow, order, now)
    said = await _note(uow, actor, card, Verdict.REFERRED, now)
    await notices.tell(uow, card, await uow.staff.list_active(Role.FINANCE), f"r{said}", now)
    return card


async def message_customer(
    uow: UnitOfWork, actor: Actor, order_id: int, text: str, now: datetime
) -> ApprovalCard:
    """A word to whoever placed the order, while nothing is decided."""
    staff = actor.require_staff(*DECIDERS)
    order = await _locked(uow, actor, order_id)
    facts = {"number": order.number, "text": text}
    await uow.audit.write(actor, "order.message", "order", order.id, now, facts)
    await notices.tell_customer(
        uow, order, "approval_message", now, facts, f":{staff.id}:{int(now.timestamp())}"
    )
    return await cards.card(uow, order, now)


async def expire(uow: UnitOfWork, order_id: int, now: datetime) -> bool:
    """Nobody has decided in time: the goods are free again, and the customer knows; whether that was so."""
    try:
        order = await _locked(uow, None, order_id)
    except AlreadyDecided:
        return False
    if order.decide_by is None or order.decide_by > now:
        return False
    card = await cards.card(uow, order, now)
    expired = await _give_up(uow, order, now, None)
    await _note(uow, None, card, Verdict.EXPIRED, now)
    await notices.tell_customer(uow, expired, "approval_expired", now, {})
    return True


async def _locked(uow: UnitOfWork, actor: Actor | None, order_id: int) -> Order:
    """The order as it stands, with nobody else at it: the customer first, then the order."""
    owner = await uow.ledger.owner_of(order_id)
    await uow.credit.lock(owner)
    await uow.orders.lock(order_id)
    order = await uow.orders.get(order_id, of=actor or owner)
    if order.is_draft:
        raise NotFound
    if order.status is not OrderStatus.HELD:
        raise AlreadyDecided
    return order


async def _placed(uow: UnitOfWork, actor: Actor, order_id: int) -> Order:
    order = await uow.orders.get(order_id, of=actor)
    if order.is_draft:
        raise NotFound
    return order


def _released(order: Order, to: OrderStatus, now: datetime) -> Order:
    return replace(order.moved_to(to, now), decide_by=None)


async def _give_up(uow: UnitOfWork, order: Order, now: datetime, staff_id: int | None) -> Order:
    await stock.release(uow, order)
    await pricing.give_back(uow, order.id, now)
    await forget_change(uow, order.id)
    return await uow.orders.save(_released(order, OrderStatus.REJECTED, now), order, by_staff=staff_id)


async def _note(
    uow: UnitOfWork,
    actor: Actor | None,
    card: ApprovalCard,
    verdict: Verdict,
    now: datetime,
    *,
    reason: str = "",
    down: Money = ZERO,
) -> int:
    """A row of the decision with its inputs, and one of the audit."""
    staff_id = actor.staff_id if actor else None
    facts = {"number": card.number, "reason": reason, "down_rials": down.rials, "row": card.decision.row}
    await uow.audit.write(actor, f"order.{verdict.value}", "order", card.order_id, now, facts)
    return await uow.credit.put_decision(
        card.customer_id,
        card.order_id,
        card.decision,
        now,
        by=verdict.value,
        staff_id=staff_id,
        reason=reason,
    )
