"""What is sold: products, their packs, and how much of them may be promised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.money import Money, Rate

LOW_STOCK = 20
"""So many units or fewer are shown as "few", when a product names no threshold of its own."""


class Unit(StrEnum):
    """What one piece of a product is called when it is counted."""

    PIECE = "piece"
    PACK = "pack"
    BOTTLE = "bottle"
    TUBE = "tube"


class StockState(StrEnum):
    """What a retailer is told about stock; the number itself is for staff."""

    AVAILABLE = "available"
    LOW = "low"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    id: int
    name: str
    emoji: str = ""
    product_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    id: int
    name: str
    product_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Units of one product: on the shelf, promised to orders, and kept back for safety."""

    on_hand: int = 0
    reserved: int = 0
    safety: int = 0
    low_at: int = LOW_STOCK

    @property
    def available(self) -> int:
        """ATP, what may be promised (rule R22); never below zero."""
        return max(0, self.on_hand - self.reserved - self.safety)

    @property
    def state(self) -> StockState:
        if self.available == 0:
            return StockState.OUT
        return StockState.LOW if self.available <= self.low_at else StockState.AVAILABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One thing that can be ordered, with its names from long to short.

    ``name`` is the full one («شامپو ضدشوره آوین ۲۵۰ میل»), ``short_name`` stands in a basket line,
    ``label`` in a sentence or on a button; ``family`` and ``variant`` («رنگ مو», «۷/۳») join shades.
    ``carton`` is the number of units in a carton, 1 when it is not packed.
    """

    id: int
    code: str
    name: str
    short_name: str
    label: str
    family: str | None = None
    variant: str | None = None
    barcode: str | None = None
    unit: Unit = Unit.PIECE
    carton: int = 1
    minimum: int = 1
    multiple: int = 1
    vat: Rate = Rate(1000)
    category_id: int
    brand_id: int | None = None
    photo_id: int | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A product as one customer sees it now: price (None when it is hidden or not set) and stock.

    ``price_list`` is the name of the list that the price came from; only staff are shown it.
    """

    product: Product
    price: Money | None
    stock: Stock
    price_list: str | None = None
    cost: Money | None = None
    """What a unit costs the company, where it is known: no customer is ever shown it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One page of a longer row of offers, counted from 1; the names say what the row was narrowed to."""

    offers: tuple[Offer, ...]
    total: int
    page: int = 1
    per_page: int = 4
    category: str | None = None
    brand: str | None = None
    on_deal: frozenset[int] = frozenset()
    """Those of the products that are on a promotion for the reader, where that was looked up."""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search has found: a page of it, what was looked for, and under which id that is kept.

    ``search_id`` is None where there is no list to come back to: nothing was found, or one thing only.
    """

    text: str
    shelf: Shelf
    search_id: int | None = None
