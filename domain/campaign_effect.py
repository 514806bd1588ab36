"""What a campaign really brought (rule R15): those who were told, beside a random few who were not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from domain.money import BASIS_POINTS, ZERO, Money, Rate

LEAST_HOLDOUT = 100
LEAST_HOLDOUT_ORDERS = 5
"""With fewer shops, or fewer orders of theirs, one order more or less turns the result over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """Those who were told, or the holdout, with what they ordered in their windows."""

    shops: int
    orders: int
    sales: Money = ZERO
    """What was delivered or is ordered, after discounts and without VAT."""

    @property
    def conversion(self) -> Fraction | None:
        """Orders for each shop; None where there is no shop."""
        return Fraction(self.orders, self.shops) if self.shops else None


NOBODY = Arm(shops=0, orders=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Rule R15 over the two arms. What cannot be known is None: without a holdout there is no effect."""

    told: Arm
    holdout: Arm
    discount: Money = ZERO
    """What the campaign's promotion cost on the orders of those who were told."""
    margin: Rate | None = None
    """Of what the goods sell for before that discount; None where no cost is known."""

    @property
    def average_order(self) -> Money | None:
        return _money(Fraction(self.told.sales.rials, self.told.orders)) if self.told.orders else None

    @property
    def uplift(self) -> Fraction | None:
        """How much more those ordered who were told; it may be less than nothing."""
        told, holdout = self.told.conversion, self.holdout.conversion
        return None if told is None or holdout is None else told - holdout

    @property
    def incremental_orders(self) -> Fraction | None:
        return None if self.uplift is None else self.uplift * self.told.shops

    @property
    def incremental_sales(self) -> Money | None:
        exact = self._incremental_sales
        return None if exact is None else _money(exact)

    @property
    def incremental_margin(self) -> Money | None:
        exact = self._incremental_margin
        return None if exact is None else _money(exact)

    @property
    def net(self) -> Money | None:
        """What is left of the incremental margin after the discount."""
        exact = self._incremental_margin
        return None if exact is None else _money(exact - self.discount.rials)

    @property
    def roi(self) -> Rate | None:
        """None where nothing was spent, too: a gain over no cost is no rate."""
        exact = self._incremental_margin
        if exact is None or not self.discount:
            return None
        return rate_of((exact - self.discount.rials) / self.discount.rials)

    @property
    def has_holdout(self) -> bool:
        return self.holdout.shops > 0

    @property
    def is_rough(self) -> bool:
        """The holdout is so small that the effect is only a rough number."""
        return self.has_holdout and (
            self.holdout.shops < LEAST_HOLDOUT or self.holdout.orders < LEAST_HOLDOUT_ORDERS
        )

    @property
    def _incremental_sales(self) -> Fraction | None:
        more = self.incremental_orders
        if more is None or not self.told.orders:
            return None
        return more * Fraction(self.told.sales.rials, self.told.orders)

    @property
    def _incremental_margin(self) -> Fraction | None:
        sales = self._incremental_sales
        if sales is None or self.margin is None:
            return None
        return sales * self.margin.basis_points / BASIS_POINTS


def rate_of(share: Fraction) -> Rate:
    """A share as a rate, rounded half up to a basis point."""
    return Rate(_rounded(share * BASIS_POINTS))


def tenths_of_percent(share: Fraction) -> Rate:
    """The same as people read it, with one decimal: 12.9 percent."""
    return Rate(_rounded(share * 1_000) * 10)


def whole_percent(share: Fraction) -> Rate:
    return Rate(_rounded(share * 100) * 100)


def _money(rials: Fraction) -> Money:
    return Money(_rounded(rials))


def _rounded(exact: Fraction) -> int:
    number = Decimal(abs(exact.numerator)) / Decimal(exact.denominator)
    whole = int(number.quantize(Decimal(1), ROUND_HALF_UP))
    return whole if exact >= 0 else -whole


# Whose order is whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """A campaign has reached a shop, or would have: one of its holdout is no touch for anybody else."""

    campaign_id: int
    at: datetime
    is_holdout: bool = False


def credited_to(ordered_at: datetime, touches: Iterable[Touch], window: timedelta) -> Touch | None:
    """The last message before an order, if the order came within the window after it."""
    before = [each for each in touches if not each.is_holdout and each.at <= ordered_at]
    last = max(before, key=lambda each: (each.at, each.campaign_id), default=None)
    return last if last is not None and ordered_at < last.at + window else None


def counts_for(own: Touch, ordered_at: datetime, touches: Iterable[Touch], window: timedelta) -> bool:
    """Whether that shop's order counts in the arm of this touch: in its window, and nobody came later.

    The window of a holdout begins when it would have been told, and another campaign's message ends it too:
    else the holdout would be credited with what that one has brought.
    """
    if not own.at <= ordered_at < own.at + window:
        return False
    return not any(
        each.campaign_id != own.campaign_id and not each.is_holdout and own.at < each.at <= ordered_at
        for each in touches
    )
