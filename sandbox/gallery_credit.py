"""Examples of credit: an order over the limit, whoever decides on it, and what finance sees and sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from domain.amounts import AskBack
from domain.approvals import Asked, Held, Stale
from domain.credit import CreditLimit, CreditPolicy, HoldKind
from domain.credit_books import BookOrder
from domain.credit_decisions import decide
from domain.credit_rules import CreditRules, GroupLimit, Rule
from domain.fitting import Cutting
from domain.money import Money, of_toman
from domain.orders import OrderStatus
from domain.staff import Role
from sandbox.gallery_credit_values import (
    AFTAB,
    BOUNCED,
    CARD,
    CHANGES,
    DEBTOR,
    DESK,
    FIRST,
    HOLD,
    LATE,
    LINE,
    NO_LIMIT,
    POOR,
    STEPS,
    STOPPED,
    TODAY,
    TWO_LIMITS,
    WORST,
    million,
    over,
)
from sandbox.gallery_types import Example
from sandbox.gallery_values import FRESH
from screens import approval_steps, approvals, credit, credit_book, credit_desk, credit_rules
from screens.callbacks.credit import LimitPart


def own_credit() -> Iterator[Example]:
    yield "credit.over_limit", lambda _: credit.over_limit(over(AFTAB), _)
    yield "credit.over_limit: not round", lambda _: credit.over_limit(over(AFTAB, 72.345678), _)
    yield "credit.over_limit: much", lambda _: credit.over_limit(over(AFTAB, 200), _)
    yield "credit.over_limit: no limit", lambda _: credit.over_limit(over(NO_LIMIT), _)
    yield "credit.over_limit: bounced", lambda _: credit.over_limit(over(BOUNCED), _)
    yield (
        "credit.over_limit: stopped",
        lambda _: credit.over_limit(over(replace(AFTAB, holds=frozenset({HoldKind.MANUAL}))), _),
    )
    yield "credit.over_limit: promised", lambda _: credit.over_limit(over(LATE), _)
    yield (
        "credit.over_limit: late",
        lambda _: credit.over_limit(over(replace(LATE, has_broken_promise=False)), _),
    )
    yield "credit.over_limit: blocked", lambda _: credit.over_limit(over(replace(AFTAB, is_blocked=True)), _)
    yield "credit.over_limit: unseen", lambda _: credit.over_limit(over(AFTAB), _, sees_balance=False)
    yield (
        "credit.over_limit: unseen, bounced",
        lambda _: credit.over_limit(over(BOUNCED), _, sees_balance=False),
    )
    yield "credit.asked", lambda _: credit.asked(Asked(view=FRESH, hours=2), _)
    cutting = Cutting(payable=million(72), decision=decide(AFTAB, million(72)), steps=STEPS * 9)
    yield "credit.cutting", lambda _: credit.cutting(cutting, 1, _)
    fitting = replace(cutting, decision=decide(AFTAB, million(60)))
    yield "credit.cutting: it fits", lambda _: credit.cutting(fitting, 1, _)
    yield "credit.explanation", lambda _: credit.explanation(decide(DESK.standing, Money(0)), _)
    yield (
        "credit.explanation: all parts",
        lambda _: credit.explanation(decide(replace(BOUNCED, limit=TWO_LIMITS), Money(0)), _),
    )


def deciding_on_orders() -> Iterator[Example]:
    yield "approvals.card", lambda _: approvals.card(CARD, Role.MANAGER, _)
    yield "approvals.card: for finance alone", lambda _: approvals.card(STOPPED, Role.MANAGER, _)
    yield "approvals.card: first order", lambda _: approvals.card(FIRST, Role.FINANCE, _)
    for status in (OrderStatus.REJECTED, OrderStatus.CANCELLED, OrderStatus.APPROVED):
        yield f"approvals.card: {status}", partial(approvals.card, replace(CARD, status=status), Role.MANAGER)
    stale = Stale(card=STOPPED, changes=CHANGES[:1], may_decide=False)
    yield "approvals.stale", lambda _: approvals.stale(stale, Role.MANAGER, _)
    fresh = Stale(card=CARD, changes=CHANGES, may_decide=True)
    yield "approvals.stale: may decide", lambda _: approvals.stale(fresh, Role.FINANCE, _)
    yield "approval_steps.approved", lambda _: approval_steps.approved(CARD, _)
    yield "approval_steps.refused", lambda _: approval_steps.refused(CARD, _)
    yield "approval_steps.referred", lambda _: approval_steps.referred(CARD, _)
    yield "approval_steps.written", lambda _: approval_steps.written(CARD, Role.MANAGER, _)
    yield "approval_steps.refusal_question", lambda _: approval_steps.refusal_question(CARD, _)
    yield "approval_steps.message_question", lambda _: approval_steps.message_question(CARD, _)
    yield "approval_steps.prepayment_question", lambda _: approval_steps.prepayment_question(CARD, _)
    yield "approval_steps.items", lambda _: approval_steps.items(FRESH.order, 1, _)
    held = Held(
        order_id=537, number=40_537, customer=CARD.customer, payable=CARD.payable, decide_by=CARD.decide_by
    )
    yield "approval_steps.waiting", lambda _: approval_steps.waiting((held,) * 8, 1, True, _)
    yield "approval_steps.waiting: none", lambda _: approval_steps.waiting((), 1, False, _)


def credit_desks() -> Iterator[Example]:
    yield "credit_desk.card", lambda _: credit_desk.card(DESK, _)
    yield "credit_desk.card: all stops", lambda _: credit_desk.card(WORST, _)
    yield "credit_desk.card: cash only", lambda _: credit_desk.card(POOR, _)
    for part in LimitPart:
        yield (
            f"credit_desk.limit_question: {part}",
            partial(credit_desk.limit_question, DEBTOR, part),
        )
    yield "credit_desk.reason_question", lambda _: credit_desk.reason_question(DEBTOR, million(350), None, _)
    yield (
        "credit_desk.reason_question: for a time",
        lambda _: credit_desk.reason_question(DEBTOR, million(400), date(2027, 1, 5), _),
    )
    meant = AskBack(said=of_toman(250), meant=of_toman(250_000))
    yield "credit_desk.meant_limit", lambda _: credit_desk.meant_limit(meant, DEBTOR, _)
    yield "credit_desk.meant_prepayment", lambda _: credit_desk.meant_prepayment(meant, _)
    yield "credit_desk.stop_question", lambda _: credit_desk.stop_question(DEBTOR, _)
    yield "credit_desk.release_question", lambda _: credit_desk.release_question(HOLD, DEBTOR, _)
    for order in BookOrder:
        yield (
            f"credit_book.book: {order}",
            partial(credit_book.book, (LINE,) * 10, order, 1, True, TODAY),
        )
        yield (
            f"credit_book.book_file: {order}",
            partial(credit_book.book_file, (LINE,), order, "پخش آرمان‌طب", TODAY),
        )
    yield "credit_book.book: none", lambda _: credit_book.book((), BookOrder.DEBT, 1, False, TODAY, _)
    yield "credit_book.found_debtors", lambda _: credit_book.found_debtors((DEBTOR,) * 3, _)
    yield "credit_book.found_debtors: none", lambda _: credit_book.found_debtors((), _)
    yield "credit_book.name_question", credit_book.name_question
    groups = tuple(
        GroupLimit(group_id=at, name=name, limit=limit)
        for at, (name, limit) in enumerate(
            (
                ("داروخانه‌های الف", CreditLimit(total=million(80))),
                ("سالن‌ها", CreditLimit(total=Money(0))),
                ("فروشگاه‌ها", None),
            ),
            start=1,
        )
    )
    ruled = CreditRules(
        company=CreditLimit(total=million(20)), groups=groups, policy=CreditPolicy(), may_change=True
    )
    yield "credit_rules.rules", lambda _: credit_rules.rules(ruled, _)
    yield "credit_rules.shared_limit_question", lambda _: credit_rules.shared_limit_question(None, _)
    yield "credit_rules.shared_limit_question: group", partial(credit_rules.shared_limit_question, "سالن‌ها")
    for rule in Rule:
        yield f"credit_rules.rule_question: {rule}", partial(credit_rules.rule_question, rule)
