"""What a promotion says: its rule, on what, for whom, when, and how much of it there is (rule R5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.customers import CustomerKind
from domain.promotion_rules import EVERYTHING, PromotionKind, Rule, Scope, Stage


class PromotionState(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """For whom: what is empty excludes nobody, and all that is not empty must hold."""

    kinds: frozenset[CustomerKind] = frozenset()
    group_ids: frozenset[int] = frozenset()
    segments: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    customer_ids: frozenset[int] = frozenset()
    is_only_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most so many rials, units (free ones of bonus goods) and orders; None is no limit."""

    rials: int | None = None
    units: int | None = None
    orders: int | None = None


NO_CAP = Cap()


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What one order, one customer ever, and one customer in ``period_days`` may get of a promotion."""

    order: Cap = NO_CAP
    customer: Cap = NO_CAP
    period: Cap = NO_CAP
    period_days: int = 30

    @property
    def has_quotas(self) -> bool:
        """What the customer was given before counts."""
        return self.customer != NO_CAP or self.period != NO_CAP


ANYBODY = Eligibility()
NO_CAPS = Caps()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given of a promotion so far."""

    rials: int = 0
    units: int = 0
    orders: int = 0


NOTHING = Given()


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What one customer was given of a promotion: ever, and in its period up to today."""

    ever: Given = NOTHING
    in_period: Given = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """A rule that changes prices or gives bonus goods. Of two, the one of the higher ``priority`` goes first.

    ``spent`` is what all customers were given; a promotion whose budget is spent gives nothing more.
    """

    id: int
    version: int = 1
    code: str | None = None
    name: str
    state: PromotionState = PromotionState.ACTIVE
    rule: Rule
    scope: Scope = EVERYTHING
    starts_on: date
    ends_on: date | None = None
    priority: int = 0
    is_stackable: bool = True
    exclusivity_group: str | None = None
    eligibility: Eligibility = ANYBODY
    caps: Caps = NO_CAPS
    budget: Cap = NO_CAP
    spent: Given = NOTHING

    @property
    def kind(self) -> PromotionKind:
        return self.rule.kind

    @property
    def stage(self) -> Stage:
        return self.rule.stage

    def is_live(self, on: date) -> bool:
        """It holds on that day, both its days included, and something of its budget is left."""
        if self.state is not PromotionState.ACTIVE or on < self.starts_on:
            return False
        if self.ends_on is not None and on > self.ends_on:
            return False
        return self.budget == NO_CAP or not is_reached(self.budget, self.spent)

    def left(self, used: Used | None) -> Cap:
        """What this customer may still get of it with one order; 0 is nothing."""
        if self.caps is NO_CAPS and self.budget is NO_CAP:
            return NO_CAP
        used = used or Used()
        return tightest(
            self.caps.order,
            rest(self.caps.customer, used.ever),
            rest(self.caps.period, used.in_period),
            rest(self.budget, self.spent),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetAlert:
    """So much of a promotion's budget is gone, in percent; at 100 it has stopped itself."""

    promotion_id: int
    version: int
    name: str
    percent: int

    @property
    def is_spent(self) -> bool:
        return self.percent >= 100


ALERT_AT = 80
"""So many percent of a budget are gone when somebody is told."""
Quotas = Mapping[int, Used]
"""What one customer was given, by promotion."""


def given_back(promotion: Promotion, given: Given) -> Promotion:
    """As if that had not been given: what an order has of a budget is free again while it is changed."""
    rials, units = promotion.spent.rials - given.rials, promotion.spent.units - given.units
    return replace(promotion, spent=Given(rials=max(0, rials), units=max(0, units)))


def gone_percent(budget: Cap, spent: Given) -> int:
    """How much of the scarcer side of a budget is gone, rounded down."""
    shares = [
        gone * 100 // limit if limit else 100
        for limit, gone in ((budget.rials, spent.rials), (budget.units, spent.units))
        if limit is not None
    ]
    return max(shares, default=0)


def is_reached(cap: Cap, given: Given) -> bool:
    """Nothing is left of it."""
    left = rest(cap, given)
    return 0 in (left.rials, left.units, left.orders)


def rest(cap: Cap, given: Given) -> Cap:
    """What is left of a cap, never below zero."""

    def less(limit: int | None, gone: int) -> int | None:
        return None if limit is None else max(0, limit - gone)

    return Cap(
        rials=less(cap.rials, given.rials),
        units=less(cap.units, given.units),
        orders=less(cap.orders, given.orders),
    )


def tightest(*caps: Cap) -> Cap:
    """The smallest of each limit."""

    def least(limits: list[int | None]) -> int | None:
        return min((each for each in limits if each is not None), default=None)

    return Cap(
        rials=least([cap.rials for cap in caps]),
        units=least([cap.units for cap in caps]),
        orders=least([cap.orders for cap in caps]),
    )
