"""What somebody looks at in an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.balances import Promise
from domain.company import Company
from domain.documents import Party
from domain.invoices import Invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceView:
    """One invoice, with all that is known of how it is paid (CRD-07)."""

    invoice: Invoice
    today: date
    is_disputed: bool = False
    promises: tuple[Promise, ...] = ()
    is_own: bool = True
    """A customer looks at their own; otherwise it is one of our people."""
    takes_back: bool = False
    """Whoever looks may take goods of it back."""

    @property
    def overdue_days(self) -> int:
        """Zero or less while it is not overdue, or nothing is owed."""
        return (self.today - self.invoice.due_on).days if self.invoice.open else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Who sells and who buys, as documents print them."""

    seller: Company
    buyer: Party
