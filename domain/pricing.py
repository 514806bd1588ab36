"""Which price holds for whom, and what an order comes to with all that is given on it (rule R5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from domain.catalogue import Unit
from domain.customers import CustomerKind
from domain.money import BASIS_POINTS, ZERO, Money, Rate, total
from domain.promotion_rules import BonusGoods, PromotionKind, Stage
from domain.promotions import Given, Quotas


class PriceScope(IntEnum):
    """For whom a price list is; the smaller number goes first."""

    CUSTOMER = 0
    GROUP = 1
    BASE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One price in a list, from ``valid_from`` to ``valid_until``, both days included."""

    id: int
    list_name: str
    scope: PriceScope
    amount: Money
    valid_from: date
    valid_until: date | None = None

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


def applied(prices: Iterable[Price], on: date) -> Price | None:
    """The price of that day: the narrowest list first, and within it the newest; None when there is none."""
    valid = [price for price in prices if price.is_valid(on)]
    return min(valid, key=lambda each: (each.scope, -each.valid_from.toordinal(), -each.id), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CartLine:
    """What is to be priced: so many units of a product at its price; ``cost`` is unknown when None."""

    product_id: int
    quantity: int
    unit_price: Money
    vat_rate: Rate
    category_id: int | None = None
    brand_id: int | None = None
    family: str | None = None
    name: str = ""
    label: str = ""
    unit: Unit = Unit.PIECE
    multiple: int = 1
    cost: Money | None = None

    @property
    def gross(self) -> Money:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Who buys, as far as promotions ask. ``used`` is what they were given of each promotion before."""

    customer_id: int | None = None
    kind: CustomerKind | None = None
    group_id: int | None = None
    segment: str | None = None
    city: str | None = None
    is_new: bool = False
    used: Quotas = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The discount of a payment term, and on which share of the order it is (mixed terms: the cash share)."""

    discount: Rate = Rate(0)
    share: Rate = Rate(BASIS_POINTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What discounts never break: the least margin of a line of known cost, the most of all together."""

    margin_floor: Rate | None = None
    most_discount: Rate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """One thing that was given: which promotion in which version, on what base, how much.

    ``promotion_id`` is None for the settlement discount, ``product_id`` for what is on the whole order.
    ``units`` are the free ones of bonus goods, or the bought ones that a discount is on.
    ``rate`` is None where it is no single one.
    """

    promotion_id: int | None
    version: int
    stage: Stage
    name: str
    base: Money
    amount: Money
    product_id: int | None = None
    units: int = 0
    rate: Rate | None = None

    @property
    def worth(self) -> Money:
        """What it counts for in budgets and quotas: the amount, or the list price of free units."""
        return self.base if self.stage is Stage.BONUS else self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedLine:
    """A line with everything that was given on it; ``applied`` sums to ``discount``."""

    line: CartLine
    discount: Money
    vat: Money
    applied: tuple[Applied, ...] = ()

    @property
    def product_id(self) -> int:
        return self.line.product_id

    @property
    def gross(self) -> Money:
        return self.line.gross

    @property
    def net(self) -> Money:
        return self.gross - self.discount


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusLine:
    """Free units. ``product_id`` is None while the customer has still to choose among ``options``."""

    promotion_id: int
    version: int
    name: str
    goods: BonusGoods
    product_id: int | None
    quantity: int
    for_products: tuple[int, ...]
    unit_price: Money | None = None
    options: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.product_id is None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """How much more leads to the next step of a promotion, and what it gives: a rate, or free units.

    What is missing is ``units``, an ``amount``, or so many different ``products`` of it.

    ``distance`` is how much that is of what is there now. ``saves`` is how much less the goods cost with
    those units than without them (before value-added tax), and ``saves_payable`` how much less is paid in
    the end: the cliff of rule R5.2.
    """

    promotion_id: int
    name: str
    kind: PromotionKind
    product_ids: tuple[int, ...]
    units: int = 0
    amount: Money = ZERO
    products: int = 0
    rate: Rate | None = None
    free: int = 0
    distance: Rate = Rate(0)
    saves: Money | None = None
    saves_payable: Money | None = None

    @property
    def product_id(self) -> int | None:
        """The one product of which more is needed, when it is one."""
        return self.product_ids[0] if len(self.product_ids) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What an order comes to under one payment term. ``applied`` sums to ``discount``."""

    lines: tuple[QuotedLine, ...] = ()
    bonus: tuple[BonusLine, ...] = ()
    applied: tuple[Applied, ...] = ()
    next_steps: tuple[NextStep, ...] = ()

    @property
    def gross(self) -> Money:
        return total(line.gross for line in self.lines)

    @property
    def discount(self) -> Money:
        return total(line.discount for line in self.lines)

    @property
    def net(self) -> Money:
        return total(line.net for line in self.lines)

    @property
    def vat(self) -> Money:
        return total(line.vat for line in self.lines)

    @property
    def payable(self) -> Money:
        return self.net + self.vat

    @property
    def discount_share(self) -> Rate:
        """The discount as a share of the gross amount, rounded half up: 18,874,428 is 11.77 %."""
        return share_of(self.discount, self.gross)

    @property
    def bonus_units(self) -> int:
        return sum(line.quantity for line in self.bonus)

    @property
    def given(self) -> dict[int, Given]:
        """What each promotion gives with this order: rials taken off, or the list price of free units."""
        found: dict[int, Given] = {}
        for each in self.applied:
            if each.promotion_id is not None:
                was = found.get(each.promotion_id, Given())
                rials, units = was.rials + each.worth.rials, was.units + each.units
                found[each.promotion_id] = Given(rials=rials, units=units, orders=1)
        return found

    def line(self, product_id: int) -> QuotedLine | None:
        return next((line for line in self.lines if line.product_id == product_id), None)


def share_of(part: Money, whole: Money) -> Rate:
    """How much of the whole that is, rounded half up to a basis point; 0 of nothing."""
    if not whole:
        return Rate(0)
    return Rate((2 * BASIS_POINTS * part.rials + whole.rials) // (2 * whole.rials))
