"""A customer's credit: how it stands, what follows for an order, limits and stops.

Whoever places an order calls :func:`decide_order` under the customer's lock (it takes it) within the unit of
work that places, before anything else is locked, and then

* ``decision.outcome.is_accepted``: approves the order, and calls :func:`tell_of` once it has its number;
* otherwise answers with ``domain.credit.OverLimit`` (a value: the decision must be kept) and places nothing,
  or, when the customer asks somebody to decide, holds the order until :func:`deadline`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.actors import Actor
from domain.calendar import HORIZON, today_in_tehran
from domain.credit import CreditStanding
from domain.credit_decisions import CreditOutcome, Decision, decide
from domain.money import Money
from domain.notifications import Notification, Recipient
from domain.orders import Order
from domain.staff import Role
from domain.working_time import working_hours_later
from storage.unit_of_work import UnitOfWork


async def standing(uow: UnitOfWork, customer_id: int, now: datetime) -> CreditStanding:
    """How that customer's credit stands; whoever asks has been checked before."""
    return await uow.credit.standing(customer_id, now)


async def preview(
    uow: UnitOfWork,
    customer_id: int,
    amount: Money,
    now: datetime,
    *,
    on_account: bool = False,
    instead_of: Order | None = None,
) -> Decision:
    """What would be decided now, without a lock and without being kept: «اعتبار شما بعد از این سفارش»."""
    stands = await _without(uow, customer_id, instead_of, now)
    return decide(stands, amount, on_account=on_account)


async def decide_order(
    uow: UnitOfWork,
    actor: Actor,
    order: Order,
    amount: Money,
    now: datetime,
    *,
    on_account: bool = False,
    instead_of: Order | None = None,
) -> Decision:
    """The row of R2.3 for an order of which so much is on credit, kept with all its inputs.

    ``instead_of`` is the placed order that this one replaces: it is counted no more.
    """
    await uow.credit.lock(order.customer_id)
    stands = await _without(uow, order.customer_id, instead_of, now)
    decision = decide(stands, amount, on_account=on_account)
    order_id = instead_of.id if instead_of else order.id
    await uow.credit.put_decision(order.customer_id, order_id, decision, now, staff_id=actor.staff_id)
    if decision.outcome is CreditOutcome.REFUSED:
        await _tell_finance(uow, actor, order, now)
    return decision


async def _tell_finance(uow: UnitOfWork, actor: Actor, order: Order, now: datetime) -> None:
    """Row 1 routes a blocked customer to finance: once for each draft."""
    facts = {"customer": actor.customer.name if actor.customer else "", "amount_rials": order.payable.rials}
    notices = (
        Notification(
            key=f"credit_refused:{order.id}:{each.id}",
            kind="credit_refused",
            to=Recipient(staff_id=each.id),
            subject_id=order.customer_id,
            due_at=now,
            facts=facts,
        )
        for each in await uow.staff.list_active(Role.FINANCE)
    )
    await uow.outbox.put(*notices)


async def _without(uow: UnitOfWork, customer_id: int, counted: Order | None, now: datetime) -> CreditStanding:
    stands = await uow.credit.standing(customer_id, now)
    if counted is None:
        return stands
    amount, on_account = await uow.credit.counted(counted.id)
    return stands.without_order(amount, on_account=on_account)


async def deadline(uow: UnitOfWork, decision: Decision, now: datetime) -> datetime:
    """Until when somebody answers, if the customer asks for it now."""
    today = today_in_tehran(now)
    holidays = await uow.calendars.list_holidays(today, today + timedelta(days=HORIZON))
    return working_hours_later(now, decision.standing.policy.decide_hours, holidays)


async def tell_of(uow: UnitOfWork, order: Order, customer: str, decision: Decision, now: datetime) -> None:
    """Row 6 lets an order pass above the limit, but the managers hear of it."""
    if decision.outcome is not CreditOutcome.AUTO_TOLD:
        return
    facts = {
        "number": order.number,
        "customer": customer,
        "percent": decision.percent,
        "over_rials": decision.over_by.rials,
    }
    notices = (
        Notification(
            key=f"credit_passed:{order.id}:{order.version}:{each.id}",
            kind="credit_passed",
            to=Recipient(staff_id=each.id),
            subject_id=order.id,
            due_at=now,
            facts=facts,
        )
        for each in await uow.staff.list_active(Role.MANAGER)
    )
    await uow.outbox.put(*notices)
