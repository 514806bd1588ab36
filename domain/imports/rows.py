"""What one row of a file says, by the kind of file. None is "not said": what is known stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.catalogue import Unit
from domain.customers import CustomerKind
from domain.instruments import ChequeState
from domain.promotion_rules import PromotionKind


class ImportKind(StrEnum):
    PRODUCTS = "products"
    CUSTOMERS = "customers"
    PRICES = "prices"
    STOCK = "stock"
    INVOICES = "invoices"
    CHEQUES = "cheques"
    BALANCES = "balances"
    PROMOTIONS = "promotions"
    ALIASES = "aliases"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    """An invoice of the company's own books; ``open_rials`` is what is still owed of it."""

    number: int
    code: str
    invoice: int
    issued_on: date
    rials: int
    open_rials: int
    due_on: date | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.invoice,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChequeRow:
    """A cheque that is, or was, in our hands; what it has paid is settled in the books already."""

    number: int
    code: str
    sayad_id: str
    rials: int
    due_on: date
    state: ChequeState
    bank: str | None = None
    drawer: str | None = None
    received_on: date | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.sayad_id,)


class BalanceSide(StrEnum):
    OWES = "owes"
    HAS_CREDIT = "has_credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRow:
    """What a customer owes, or has with us, beyond the invoices and cheques that are imported themselves."""

    number: int
    code: str
    rials: int
    side: BalanceSide
    on: date | None = None
    due_on: date | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.code,)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionRow:
    """A promotion by its code in the books; ``goods`` is the code of a product, or a category or brand."""

    number: int
    code: str
    promotion_name: str
    promotion_kind: PromotionKind
    steps: str
    since: date
    goods: str | None = None
    until: date | None = None
    budget_rials: int | None = None
    budget_units: int | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.code,)


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRow:
    """What a brand is also called."""

    number: int
    brand_name: str
    alias: str

    @property
    def key(self) -> tuple[object, ...]:
        return (self.brand_name, self.alias)

    @property
    def code(self) -> str:
        """By which a row that stands twice is named."""
        return self.alias


Row = (
    ProductRow
    | CustomerRow
    | PriceRow
    | StockRow
    | InvoiceRow
    | ChequeRow
    | BalanceRow
    | PromotionRow
    | AliasRow
)
