"""What must hold in the books at any time, and what was found not to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Truth(StrEnum):
    """Each by its rule; the rule comes first, for whoever reads it at night."""

    BALANCE = "R2.1 balance"
    """Σ postings = open invoices + bounced cheques − unallocated credit."""
    INVOICE_OPEN = "R6.2 open"
    """What is open of an invoice = its total − what was allocated to it."""
    INVOICE_LINES = "R6.3 lines"
    """An invoice's net and VAT are the sums of its lines."""
    INVOICE_POSTED = "R2.1 invoice"
    """An invoice is posted with its total."""
    PAYMENT_LEFT = "R6.2 payment"
    """A payment = what it has settled + what is unallocated of it + what went to rounding."""
    NOTE_LEFT = "R6.6 note"
    CHEQUE_LEFT = "R6.2 cheque"
    CHEQUE_STATE = "R3 cheque"
    """A cheque stands on the account that its state says, with its whole amount."""
    ORDER_LINES = "R5.1 order"
    """An order's net and VAT are the sums of its lines."""
    RESERVED = "R22 reserved"
    """Stock is reserved for exactly what open orders send now."""
    EXPOSURE = "R2.3 exposure"
    """Nobody is above the limit by an order on which nothing was decided."""
    INVOICED = "R2.1 order"
    """What is invoiced counts no more as an open order."""
    REVERSAL = "R1 reversal"
    """A posting that takes another one back is its mirror."""
    AUDIT = "H-3 audit"
    """The audit trail reads as it was sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One truth that does not hold of one thing."""

    rule: str
    subject: str
    subject_id: int
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> tuple[str, str, int]:
        return self.rule, self.subject, self.subject_id
