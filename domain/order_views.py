"""Orders as they are looked at: in a list, by the customer, by the warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar import DeliveryPlan
from domain.money import Money
from domain.orders import NEXT, WORK, Order, OrderStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBrief:
    """An order as a list shows it: without its lines."""

    id: int
    number: int
    status: OrderStatus
    deliver_on: date | None
    placed_at: datetime | None
    line_count: int
    payable: Money
    customer_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """A placed order as its customer sees it now."""

    order: Order
    plan: DeliveryPlan
    can_change: bool
    is_changed: bool = False
    """It was placed before and has just been changed."""

    @property
    def number(self) -> int:
        assert self.order.number is not None
        return self.order.number

    @property
    def changeable_until(self) -> datetime | None:
        if not self.can_change or self.order.deliver_on is None:
            return None
        return self.plan.cutoff(self.order.deliver_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A placed order as the warehouse sees it."""

    order: Order
    plan: DeliveryPlan
    customer_name: str
    can_move: bool = True
    can_cancel: bool = False
    """A manager may still say that nothing will come of it."""

    @property
    def next_step(self) -> OrderStatus | None:
        """What the reader may do next with it, if anything."""
        if not self.can_move:
            return None
        return next((step for step in WORK if step in NEXT[self.order.status]), None)
