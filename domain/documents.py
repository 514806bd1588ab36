"""What stands on an invoice, a proforma and a statement; how it is drawn is nobody's business here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.catalogue import Unit
from domain.company import Company
from domain.money import ZERO, CurrencyUnit, Money, Rate, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The buyer, as the books know it on that day. What is empty is not printed."""

    name: str
    address: str = ""
    phone: str = ""
    economic_code: str = ""
    national_id: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """So many units of one product. Bonus goods stand at list price with all of it taken off (rule R6.7)."""

    name: str
    code: str = ""
    unit: Unit = Unit.PIECE
    quantity: int
    unit_price: Money
    discount: Money = ZERO
    vat_rate: Rate
    vat: Money
    is_bonus: bool = False

    @property
    def gross(self) -> Money:
        return self.unit_price * self.quantity

    @property
    def net(self) -> Money:
        return self.gross - self.discount

    @property
    def total(self) -> Money:
        return self.net + self.vat


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sale:
    """What invoices and proformas share. ``terms`` and ``note`` are words of the reader's language."""

    number: int
    issued_on: date
    seller: Company
    buyer: Party
    lines: tuple[DocumentLine, ...]
    terms: str = ""
    note: str = ""
    currency_unit: CurrencyUnit = CurrencyUnit.IRR_OLD

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
    def total(self) -> Money:
        return self.net + self.vat


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDocument(_Sale):
    """What was delivered and is owed. ``balance`` is what the customer owes in all with this invoice."""

    due_on: date | None = None
    order_number: int | None = None
    balance: Money | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProformaDocument(_Sale):
    """What an order would cost; nobody owes anything for it."""

    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One entry of an account. ``what`` is said in words of the reader's language."""

    day: date
    what: str
    debit: Money = ZERO
    credit: Money = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDocument:
    """Everything that moved a customer's balance in a period. A positive balance is owed to us."""

    first: date
    last: date
    made_on: date
    seller: Company
    buyer: Party
    opening: Money
    lines: tuple[StatementLine, ...]
    currency_unit: CurrencyUnit = CurrencyUnit.IRR_OLD

    def balances(self) -> Iterator[Money]:
        """The balance after each entry."""
        balance = self.opening
        for line in self.lines:
            balance += line.debit - line.credit
            yield balance

    @property
    def debits(self) -> Money:
        return total(line.debit for line in self.lines)

    @property
    def credits(self) -> Money:
        return total(line.credit for line in self.lines)

    @property
    def closing(self) -> Money:
        return self.opening + self.debits - self.credits
