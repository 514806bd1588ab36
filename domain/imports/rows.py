"""What one row of a file says, by the kind of file. None is "not said": what is known stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.catalogue import Unit
from domain.customers import CustomerKind


class ImportKind(StrEnum):
    PRODUCTS = "products"
    CUSTOMERS = "customers"
    PRICES = "prices"
    STOCK = "stock"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow:
    number: int
    code: str
    name: str
    category: str
    short_name: str | None = None
    barcode: str | None = None
    brand: str | None = None
    unit: Unit | None = None
    carton: int | None = None
    minimum: int | None = None
    multiple: int | None = None
    vat_basis_points: int | None = None
    rials: int | None = None
    is_active: bool | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.code,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    number: int
    code: str
    name: str
    kind: CustomerKind
    city: str
    address: str
    short_address: str | None = None
    mobile: str | None = None
    contact: str | None = None
    national_id: str | None = None
    group: str | None = None
    route: str | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.code,)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRow:
    """``since`` is None for a price that holds from the day of the import on."""

    number: int
    code: str
    rials: int
    price_list: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.code, self.price_list, self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRow:
    number: int
    code: str
    on_hand: int
    safety: int | None = None
    low_at: int | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.code,)


Row = ProductRow | CustomerRow | PriceRow | StockRow
