"""The card of an order that waits, made of what is true now, and what has changed since."""

from __future__ import annotations

from datetime import datetime

from domain.approvals import ApprovalCard, Stale, changes_since, stock_lines
from domain.calendar import today_in_tehran
from domain.credit_decisions import decide
from domain.orders import Order
from domain.staff import Staff
from storage.unit_of_work import UnitOfWork


async def card(uow: UnitOfWork, order: Order, now: datetime) -> ApprovalCard:
    """Terms, credit and stock of this moment; the order itself is not part of the exposure it is added to."""
    about = await uow.approvals.about(order.id, order.customer_id, order.outlet_id, now)
    standing = await uow.credit.standing(order.customer_id, now)
    counted, on_account = await uow.credit.counted(order.id)
    standing = standing.without_order(counted, on_account=on_account)
    free = await uow.approvals.free(line.product_id for line in order.lines)
    assert order.number is not None
    is_on_account = order.term is not None and order.term.is_on_account
    return ApprovalCard(
        order_id=order.id,
        number=order.number,
        version=order.version,
        status=order.status,
        customer_id=order.customer_id,
        customer=about.customer,
        outlet=about.outlet,
        payable=order.payable,
        term=order.term,
        decision=decide(standing, order.credit, on_account=is_on_account),
        stock=stock_lines(order.lines, free),
        buying=about.buying,
        today=today_in_tehran(now),
        decide_by=order.decide_by,
    )


async def stale(uow: UnitOfWork, card: ApprovalCard, staff: Staff, now: datetime) -> Stale:
    """What has changed since it was last written down what the decision rests on."""
    kept = await uow.credit.list_decisions(card.order_id)
    before = kept[-1]["inputs"] if kept else {}
    bounce = await uow.approvals.last_bounce(card.customer_id)
    return Stale(
        card=card,
        changes=changes_since(before, card, bounce, now),
        may_decide=card.may_decide(staff.role),
    )
