"""Examples of what becomes of an order: following, changing, the warehouse's desk, history, repeating."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.basket import line_of
from domain.errors import TooLateToChange
from domain.history import Bought, HistoryPage, LinesPage, Span
from domain.money import of_toman
from domain.order_views import Job
from domain.orders import OrderStatus
from domain.promotion_rules import PromotionStep
from domain.repeats import Again, Change, Difference, InTheWay, Short, ShortQuestion
from sandbox.gallery_types import Example
from sandbox.gallery_values import (
    BASKET,
    BRIEFS,
    CHANGING,
    FRESH,
    LAST_TIME,
    NEAR_SHADE,
    PLACED,
    PLAN,
    SERUM,
    SHADE,
    SUMMARY,
    VIEW,
)
from screens import fulfilment, history, orders, repeats, replacing
from screens.callbacks.orders import Verdict

DIFFERENCES = (
    Difference(
        change=Change.DEARER,
        label="اکسیدان ۶٪",
        price_before=of_toman(185_000),
        price_after=of_toman(192_000),
    ),
    Difference(
        change=Change.CHEAPER, label="رنگ ۸/۰", price_before=of_toman(132_000), price_after=of_toman(128_000)
    ),
    Difference(change=Change.ENDED, label="۲۴+۳ رنگ مو"),
    Difference(change=Change.SHORT, label="رنگ ۷/۳", units_before=12, units_after=8),
    Difference(change=Change.OUT, label="سرم مو نگاره"),
    Difference(change=Change.ROUNDED, label="خمیردندان سپیدتن", units_before=10, units_after=12),
    Difference(change=Change.GONE, label="تونر مو مینوسا"),
)
SHORT = Short(line=line_of(SHADE, 12), available=8, offered=8, substitute=NEAR_SHADE)
AGAIN_DRAFT = replace(
    SUMMARY.basket.draft,
    lines=(LAST_TIME.lines[0], replace(LAST_TIME.lines[1], later=4), LAST_TIME.lines[2]),
)
BONUSES = {LAST_TIME.lines[1].product_id: PromotionStep(at=24, free=3)}
AGAIN = Again(summary=replace(SUMMARY, basket=replace(BASKET, draft=AGAIN_DRAFT)), source=LAST_TIME)


def placed_orders() -> Iterator[Example]:
    yield "orders.placed", lambda _: orders.placed(FRESH, _)
    yield "orders.placed: changed", lambda _: orders.placed(replace(FRESH, is_changed=True), _)
    yield "orders.order_card", lambda _: orders.order_card(VIEW, _)
    yield "orders.order_card: can be changed", lambda _: orders.order_card(FRESH, _)
    yield "orders.tracking", lambda _: orders.tracking(BRIEFS, _)
    yield "orders.tracking: nothing", lambda _: orders.tracking((), _)
    yield "orders.cancel_question", lambda _: orders.cancel_question(PLACED, _)
    yield "orders.cancelled", lambda _: orders.cancelled(PLACED, _)
    yield "orders.too_late", lambda _: orders.too_late(TooLateToChange(7, 40_521), _)
    yield "fulfilment.our_cancel_question", lambda _: fulfilment.our_cancel_question(PLACED, _)
    yield "fulfilment.desk", lambda _: fulfilment.desk(BRIEFS, 1, True, _)
    yield "fulfilment.desk: empty", lambda _: fulfilment.desk((), 1, False, _)
    for status in (OrderStatus.APPROVED, OrderStatus.PICKING, OrderStatus.LOADED):
        yield _job(status)
    for verdict in Verdict:
        yield _thanks(verdict)


def _job(status: OrderStatus) -> Example:
    job = Job(order=replace(PLACED, status=status), plan=PLAN, customer_name="داروخانه دکتر رضایی")
    return f"fulfilment.job: {status.value}", lambda _: fulfilment.job(job, _)


def _thanks(verdict: Verdict) -> Example:
    name = f"fulfilment.feedback_thanks: {verdict.name.lower()}"
    return name, lambda _: fulfilment.feedback_thanks(verdict, PLACED, _)


def earlier() -> Iterator[Example]:
    bought = Bought(orders=24, purchases=23, total=of_toman(138_904_000))
    page = HistoryPage(span=Span.ALL, page=1, orders=BRIEFS, bought=bought)
    none = HistoryPage(
        span=Span.MONTH, page=1, orders=(), bought=Bought(orders=0, purchases=0, total=of_toman(0))
    )
    yield "history.history", lambda _: history.history(page, _)
    yield "history.history: none this month", lambda _: history.history(none, _)
    yield "history.history: none at all", lambda _: history.history(replace(none, span=Span.ALL), _)
    lines = LinesPage(order=LAST_TIME, page=1)
    yield "history.order_lines", lambda _: history.order_lines(lines, _)
    yield "history.order_lines: staff", lambda _: history.order_lines(replace(lines, is_for_staff=True), _)
    yield "repeats.last_order", lambda _: repeats.last_order(LAST_TIME, _)
    yield "repeats.last_order: invoiced", lambda _: repeats.last_order(LAST_TIME, _, invoice=21_310)
    yield "repeats.last_order: bonus goods", lambda _: repeats.last_order(LAST_TIME, _, BONUSES)
    yield "repeats.last_order: none", lambda _: repeats.last_order(None, _)
    yield "repeats.earlier_order", lambda _: repeats.earlier_order(LAST_TIME, _)
    yield "repeats.earlier_orders", lambda _: repeats.earlier_orders(BRIEFS, 2, True, _)
    in_the_way = InTheWay(source=LAST_TIME, basket=BASKET)
    yield "replacing.in_the_way", lambda _: replacing.in_the_way(in_the_way, _)
    changing = replace(in_the_way, basket=CHANGING)
    yield "replacing.in_the_way: an order is changed", lambda _: replacing.in_the_way(changing, _)
    question = ShortQuestion(short=SHORT, differences=DIFFERENCES)
    yield "repeats.short_question", lambda _: repeats.short_question(question, _)
    nothing = Short(line=line_of(SERUM, 12), available=0, offered=0)
    yield (
        "repeats.short_question: out of stock",
        lambda _: repeats.short_question(ShortQuestion(short=nothing), _),
    )
    yield "repeats.again", lambda _: repeats.again(AGAIN, _)
    told = replace(AGAIN, differences=DIFFERENCES[:2])
    yield "repeats.again: with what has changed", lambda _: repeats.again(told, _)
