"""A customer says that a row of their statement is not right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ledger import LedgerEntry, Voucher


class DisputeState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class DisputeSubject(StrEnum):
    """What a reminded customer says is wrong (S6.12)."""

    AMOUNT = "amount"
    RETURNED = "returned"
    PAID = "paid"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What is disputed, the customer's words or photo, and what finance has answered.

    ``voucher`` is None for something that is not in the books at all.
    """

    id: int
    number: int
    customer_id: int
    customer_name: str = ""
    contact_id: int
    voucher: Voucher | None = None
    voucher_id: int | None = None
    entry: LedgerEntry | None = None
    """The row that is disputed, as the statement shows it."""
    subject: DisputeSubject | None = None
    """None where a row of the statement was pointed at, and nothing was chosen."""
    text: str = ""
    photo_id: int | None = None
    state: DisputeState = DisputeState.OPEN
    answer: str | None = None
    created_at: datetime
    version: int = 0
