"""A card as the facts of a notification, and back: it says what was true when it was asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from domain.approvals import ApprovalCard, Buying, StockLine
from domain.credit import CreditLimit, CreditPolicy, CreditStanding, HoldKind
from domain.credit_decisions import decide
from domain.money import Money
from domain.orders import OrderStatus
from domain.terms import term_of


def facts_of(card: ApprovalCard) -> dict[str, object]:
    return {
        "number": card.number,
        "version": card.version,
        "status": card.status.value,
        "customer_id": card.customer_id,
        "customer": card.customer,
        "outlet": card.outlet,
        "payable_rials": card.payable.rials,
        "term": card.term.facts() if card.term else None,
        "inputs": card.decision.inputs,
        "stock": [[line.label, line.there, line.asked] for line in card.stock],
        "last_day": card.buying.last_day.isoformat() if card.buying.last_day else None,
        "order_count": card.buying.order_count,
        "today": card.today.isoformat(),
        "decide_by": card.decide_by.isoformat() if card.decide_by else None,
    }


def card_of(order_id: int, facts: Mapping[str, Any]) -> ApprovalCard:
    """The card that :func:`facts_of` has written down."""
    today, inputs = date.fromisoformat(facts["today"]), facts["inputs"]
    standing = standing_of(inputs, facts["customer_id"], today)
    last_day, decide_by = facts["last_day"], facts["decide_by"]
    return ApprovalCard(
        order_id=order_id,
        number=facts["number"],
        version=facts["version"],
        status=OrderStatus(facts["status"]),
        customer_id=facts["customer_id"],
        customer=facts["customer"],
        outlet=facts["outlet"],
        payable=Money(facts["payable_rials"]),
        term=term_of(facts["term"]) if facts["term"] else None,
        decision=decide(standing, Money(inputs["amount_rials"]), on_account=inputs["on_account"]),
        stock=tuple(
            StockLine(label=label, there=there, asked=asked) for label, there, asked in facts["stock"]
        ),
        buying=Buying(
            last_day=date.fromisoformat(last_day) if last_day else None, order_count=facts["order_count"]
        ),
        today=today,
        decide_by=datetime.fromisoformat(decide_by) if decide_by else None,
    )


def standing_of(inputs: Mapping[str, Any], customer_id: int, today: date) -> CreditStanding:
    """The standing that a decision was made with, from what was kept of it."""
    open_limit, days = inputs["open_limit_rials"], inputs["overdue_days"]
    return CreditStanding(
        customer_id=customer_id,
        open_invoices=Money(inputs["open_invoices_rials"]),
        bounced=Money(inputs["bounced_rials"]),
        bounced_count=inputs["bounced_count"],
        uncleared=Money(inputs["uncleared_rials"]),
        uncleared_count=inputs["uncleared_count"],
        open_orders=Money(inputs["open_orders_rials"]),
        account_orders=Money(inputs["account_orders_rials"]),
        unallocated=Money(inputs["unallocated_rials"]),
        overdue=Money(inputs["overdue_rials"]),
        oldest_due=today - timedelta(days=days) if days else None,
        today=today,
        has_broken_promise=inputs["has_broken_promise"],
        is_blocked=inputs["is_blocked"],
        holds=frozenset(HoldKind(each) for each in inputs["holds"]),
        segment=inputs["segment"],
        overdue_days_allowed=inputs["most_overdue_days"],
        limit=CreditLimit(
            open=None if open_limit is None else Money(open_limit), total=Money(inputs["total_limit_rials"])
        ),
        policy=CreditPolicy(most_percent=inputs["most_percent"]),
    )
