"""Whose orders count for a campaign (rule R15): in each shop's own window, for the last message before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Interval,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from domain.campaigns import RecipientState
from storage.promotion_rows import UNDONE, WORTH, is_last
from storage.tables.base import Instant
from storage.tables.campaigns import campaign_recipients
from storage.tables.catalogue import products
from storage.tables.ledger import invoices
from storage.tables.orders import order_lines, orders
from storage.tables.pricing import applied_promotions

R, O, I = campaign_recipients.c, orders.c, invoices.c  # noqa: E741 - recipients, orders, invoices
CAMPAIGN = bindparam("campaign", type_=BigInteger)
REACHED = (RecipientState.SENT.value, RecipientState.HELD.value)
AMOUNT = func.coalesce(I.net_rials, O.net_rials)
"""What was delivered, else what is ordered: after discounts, without VAT."""
ONE_DAY = timedelta(days=1)


class Window:
    """How a database counts days after a message."""

    def __init__(self, dialect: str, days: int) -> None:
        self._is_sqlite, self._days = dialect == "sqlite", days

    def end(self, sent_at: Any) -> Any:
        """The first instant that is not in the window any more."""
        if self._is_sqlite:
            # As instants are kept there, but for the last digits, which decide nothing.
            return func.strftime("%Y-%m-%d %H:%M:%f", sent_at, f"+{self._days} days", type_=Instant)
        return sent_at.op("+", return_type=Instant())(cast(timedelta(days=self._days), Interval))

    def day(self, sent_at: Any, at: Any) -> Any:
        """On which of its days: the first is 0."""
        if self._is_sqlite:
            return cast(func.julianday(at) - func.julianday(sent_at), Integer)
        seconds = func.extract("epoch", at.op("-", return_type=Interval())(sent_at))
        return cast(func.floor(seconds / ONE_DAY.total_seconds()), Integer)


def in_window(window: Window) -> Any:
    """An order of that recipient's shop that stands, from its message on and within its window."""
    return and_(
        O.customer_id == R.customer_id,
        # Spelled as the index of placed orders is, else it cannot answer.
        O.number.is_not(None),
        O.placed_at >= R.sent_at,
        O.placed_at < window.end(R.sent_at),
        O.status.not_in(UNDONE),
    )


def _was_told_later() -> Any:
    """Another campaign has reached that shop between this one and the order."""
    later = campaign_recipients.alias("later")
    return exists().where(
        later.c.customer_id == R.customer_id,
        later.c.campaign_id != R.campaign_id,
        later.c.state == RecipientState.SENT.value,
        later.c.sent_at > R.sent_at,
        later.c.sent_at <= O.placed_at,
    )


def counted(window: Window, *columns: Any) -> Any:
    """The orders that count for that campaign; each beside its recipient."""
    return (
        select(*columns)
        .select_from(
            campaign_recipients.join(orders, in_window(window)).outerjoin(invoices, I.order_id == O.id)
        )
        .where(
            R.campaign_id == CAMPAIGN,
            R.state.in_(REACHED),
            or_(I.id.is_(None), I.is_void.is_(False)),
            ~_was_told_later(),
        )
    )


def by_day(window: Window) -> Any:
    """Number and sales of the orders that count, for each arm and day."""
    day = window.day(R.sent_at, O.placed_at).label("day")
    columns = (
        R.is_holdout,
        day,
        func.count().label("orders"),
        cast(func.sum(AMOUNT), BigInteger).label("rials"),
    )
    return (
        counted(window, *columns)
        .group_by(R.is_holdout, literal_column("day"))
        .order_by(literal_column("day"))
    )


def worth(window: Window) -> Any:
    """What the orders of those who were told have cost and earned, found once for all of it.

    ``discount`` is what the promotion gave, free goods at their list price; ``sales`` what goods with a known
    ``cost`` sell for before any discount.
    """
    told = counted(window, O.id).where(R.is_holdout.is_(False)).cte("told")
    applied, lines = applied_promotions.c, order_lines.c
    gave = select(func.coalesce(cast(WORTH, BigInteger), 0)).where(
        applied.order_id.in_(select(told.c.id)),
        applied.promotion_id == bindparam("promotion", type_=BigInteger),
        is_last(),
    )
    sales = func.sum(lines.quantity * lines.unit_price_rials)
    cost = func.sum(lines.quantity * products.c.cost_rials)
    goods = (
        select(
            func.coalesce(cast(sales, BigInteger), 0).label("sales"),
            func.coalesce(cast(cost, BigInteger), 0).label("cost"),
        )
        .join_from(order_lines, products, products.c.id == lines.product_id)
        .where(
            lines.order_id.in_(select(told.c.id)),
            products.c.cost_rials.is_not(None),
            lines.bonus_of.is_(None),
        )
        .subquery("goods")
    )
    return select(goods.c.sales, goods.c.cost, gave.scalar_subquery().label("discount"))


def has_ordered(window: Window) -> Any:
    """Whether the recipient's shop has ordered anything in its window, whoever gets the credit."""
    return exists().where(in_window(window))


def given(promotion_id: Any) -> Any:
    """What one order was given by that promotion."""
    applied = applied_promotions.c
    return func.coalesce(
        select(cast(WORTH, BigInteger))
        .where(applied.order_id == O.id, applied.promotion_id == promotion_id, is_last())
        .scalar_subquery(),
        0,
    )
