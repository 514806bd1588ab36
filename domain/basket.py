"""A draft order on its way to being placed: today's prices, enough stock, and what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.calendar import DeliveryPlan
from domain.catalogue import Offer, Product
from domain.checkout import TermTotal
from domain.customers import Outlet
from domain.errors import NotSold, Shortage
from domain.gifts import BonusQuestion, Gift
from domain.money import ZERO, Money, Rate
from domain.orders import Order, OrderLine, OrderStatus, most_sold, units_now
from domain.pricing import Quote

MOST_NOTE = 300
"""Characters of a note to whoever delivers."""
MOST_LINES = 300
"""An order holds at most that many lines."""


class Renewal(StrEnum):
    """Why a summary is shown afresh instead of the order being placed."""

    CHANGED = "changed"
    PRICES = "prices"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """The active draft at today's prices; ``original`` is the placed order that it changes, if it does."""

    draft: Order
    original: Order | None = None
    quote: Quote | None = None
    """What it comes to before it is said how it is paid; None where nobody looks at amounts."""
    gifts: tuple[Gift, ...] = ()
    asks: int = 0
    """So many questions are open about what was written for it; looked up where the basket is shown."""

    @property
    def own_units(self) -> Mapping[int, int]:
        """Units that are reserved for this customer already, by the order that is being changed."""
        return units_now(self.original.lines) if self.original else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """So many units of a product were put into the basket."""

    basket: Basket
    product: Product
    quantity: int

    @property
    def discount(self) -> Money:
        """What is taken off of the product's line now."""
        quoted = self.basket.quote.line(self.product.id) if self.basket.quote else None
        return quoted.discount if quoted else ZERO

    @property
    def rate(self) -> Rate | None:
        """The one rate of that discount, where it is one."""
        quoted = self.basket.quote.line(self.product.id) if self.basket.quote else None
        given = [each for each in quoted.applied if each.amount] if quoted else []
        return given[0].rate if len(given) == 1 else None

    @property
    def free(self) -> int:
        """How many bonus units of the product itself come with it."""
        return sum(gift.quantity for gift in self.basket.gifts if gift.product_id == self.product.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOpen:
    """One line of the basket, to be changed, with the product as it is sold today."""

    line: OrderLine
    product: Product


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChoice:
    """The days on which the basket can be delivered; ``missed`` is today when it is too late for it."""

    basket: Basket
    days: tuple[date, ...]
    missed: date | None
    outlet: str | None = None
    """Where it goes, in short, when the customer has other outlets too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChoice:
    """How the basket can be paid, each way with what it comes to then (S1.16)."""

    basket: Basket
    totals: tuple[TermTotal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletChoice:
    """The outlets to which the basket can go, the one that was ordered for last before all others."""

    basket: Basket
    outlets: tuple[Outlet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What will be placed, with the nonce that places it: once, and only as shown here."""

    basket: Basket
    plan: DeliveryPlan
    lines: tuple[OrderLine, ...] = ()
    """What would be placed: the lines with their discounts, and the bonus goods."""
    credit_after: Money | None = None
    """What is left of the credit then; None for whoever may not see it."""
    is_late: bool = False
    """The cut-off has passed; a route that is not strict may still bring it that day."""
    renewal: Renewal | None = None

    @property
    def order(self) -> Order:
        """The draft with what would be placed."""
        return replace(self.basket.draft, lines=self.lines or self.basket.draft.lines)


Step = TermChoice | OutletChoice | DayChoice | BonusQuestion | Summary
"""What comes next on the way from a basket to an order."""


def line_of(offer: Offer, quantity: int, later: int = 0) -> OrderLine:
    """A line of that product at its price of today."""
    product = offer.product
    if offer.price is None or not product.is_active:
        raise NotSold(product.id, product.label)
    return OrderLine(
        product_id=product.id,
        name=product.name,
        short_name=product.short_name,
        label=product.label,
        family=product.family,
        variant=product.variant,
        unit=product.unit,
        quantity=quantity,
        later=later,
        unit_price=offer.price,
        vat_rate=product.vat,
        category_id=product.category_id,
        brand_id=product.brand_id,
        cost=offer.cost,
    )


def change_of(original: Order, contact_id: int) -> Order:
    """A draft that says what the placed order says, and replaces it when it is placed; not kept yet."""
    return replace(
        original,
        lines=tuple(replace(line, discount=ZERO) for line in original.paid_lines),
        number=None,
        status=OrderStatus.DRAFT,
        contact_id=contact_id,
        nonce=None,
        quote_digest=None,
        decide_by=None,
        changes=original.id,
        is_outlet_chosen=True,
        placed_at=None,
        events=(),
    )


def require_all_sold(draft: Order, offers: Mapping[int, Offer]) -> None:
    """Everything in it still has a price for this customer."""
    for line in draft.lines:
        if not is_sold(offers.get(line.product_id)):
            raise NotSold(line.product_id, line.label)


def repriced(draft: Order, offers: Mapping[int, Offer]) -> Order:
    """The same order at today's prices; a line that is sold no more keeps its last one."""
    return replace(draft, lines=tuple(_repriced(line, offers.get(line.product_id)) for line in draft.lines))


def _repriced(line: OrderLine, offer: Offer | None) -> OrderLine:
    if offer is None or offer.price is None:
        return line
    return replace(line, unit_price=offer.price, vat_rate=offer.product.vat)


def is_sold(offer: Offer | None) -> bool:
    return offer is not None and offer.price is not None and offer.product.is_active


def require_stock(
    lines: Iterable[OrderLine], offers: Mapping[int, Offer], own_units: Mapping[int, int]
) -> None:
    """Enough of everything is there at this moment; only placing takes it."""
    for product_id, units in units_now(lines).items():
        offer = offers[product_id]
        left = offer.stock.available + own_units.get(product_id, 0)
        if units > left:
            product = offer.product
            offered = most_sold(product.minimum, product.multiple, left)
            raise Shortage(product_id, product.label, units, left, unit=product.unit, offered=offered)
