"""A draft order on its way to being placed: today's prices, enough stock, and what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.calendar import DeliveryPlan
from domain.catalogue import Offer, Product
from domain.customers import Outlet
from domain.errors import NotSold, Shortage
from domain.orders import Order, OrderLine, OrderStatus, most_sold, units_now

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
class OutletChoice:
    """The outlets to which the basket can go, the one that was ordered for last before all others."""

    basket: Basket
    outlets: tuple[Outlet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What will be placed, with the nonce that places it: once, and only as shown here."""

    basket: Basket
    plan: DeliveryPlan
    is_late: bool = False
    """The cut-off has passed; a route that is not strict may still bring it that day."""
    renewal: Renewal | None = None


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
    )


def change_of(original: Order, contact_id: int) -> Order:
    """A draft that says what the placed order says, and replaces it when it is placed; not kept yet."""
    return replace(
        original,
        number=None,
        status=OrderStatus.DRAFT,
        contact_id=contact_id,
        nonce=None,
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
