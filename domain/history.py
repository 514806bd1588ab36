"""What a customer has ordered before, and over which span of time it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from persiantools.jdatetime import JalaliDate

from domain.money import Money
from domain.order_views import OrderBrief
from domain.orders import Order, OrderStatus

PER_PAGE = 10
NOT_BOUGHT = frozenset({OrderStatus.DRAFT, OrderStatus.CANCELLED, OrderStatus.REJECTED})
"""Orders in these states are no purchases: they count in no sum, and are not repeated."""
MONTHS_OF_A_QUARTER = 3


class Span(StrEnum):
    """A span of the Jalali calendar up to now."""

    ALL = "all"
    MONTH = "m"
    QUARTER = "q"
    YEAR = "y"


def first_day(span: Span, today: date) -> date | None:
    """The day on which the running month, quarter or year began; None for all time."""
    jalali = JalaliDate.to_jalali(today)
    match span:
        case Span.ALL:
            return None
        case Span.MONTH:
            month = jalali.month
        case Span.QUARTER:
            month = jalali.month - (jalali.month - 1) % MONTHS_OF_A_QUARTER
        case Span.YEAR:
            month = 1
    return JalaliDate(jalali.year, month, 1).to_gregorian()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """All orders of a span, and what those that are purchases come to."""

    orders: int
    purchases: int
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """One page of a customer's orders, newest first; pages count from 1."""

    span: Span
    page: int
    orders: tuple[OrderBrief, ...]
    bought: Bought

    @property
    def pages(self) -> int:
        return max(1, -(-self.bought.orders // PER_PAGE))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesPage:
    """The lines of a placed order; staff see what is sent, customers also what it costs."""

    order: Order
    page: int
    is_for_staff: bool = False
