"""Receipts: a customer says that money was sent; finance has the last word (S6.6 to S6.8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.balances import OpenInvoice
from domain.errors import AlreadyDecided, AmountRefused, NotAProof, PaidInTheFuture, SamePerson
from domain.identifiers import card_is_valid
from domain.money import ZERO, Money
from domain.numerals import plainly
from domain.settling import Settled

OLDEST_DAYS = 180
"""Money that was sent longer ago is a matter for a conversation, not for a receipt."""
_TRACKING = re.compile(r"[0-9a-z]{5,40}")
_LAST_FOUR = re.compile(r"[0-9]{4}")


class ReceiptState(StrEnum):
    PENDING = "pending"
    SECONDED = "seconded"
    """One person has approved it; the amount asks for another."""
    APPROVED = "approved"
    REJECTED = "rejected"


WAITING = frozenset({ReceiptState.PENDING, ReceiptState.SECONDED})


class RejectReason(StrEnum):
    NOT_SEEN = "not_seen"
    UNREADABLE = "unreadable"
    OTHER_AMOUNT = "other_amount"
    KNOWN_ALREADY = "known_already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """By what the money can be found at the bank: the number of the transfer, or the end of a card."""

    tracking: str | None = None
    last_four: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a customer says to have paid. ``approved`` is what finance has found, when it differs."""

    id: int
    number: int
    customer_id: int
    customer_name: str = ""
    contact_id: int | None
    amount: Money
    paid_on: date
    proof: Proof
    photo_id: int | None = None
    invoice_id: int | None = None
    """The invoice that the customer named; None: the oldest due first."""
    state: ReceiptState = ReceiptState.PENDING
    approved: Money | None = None
    reason: str | None = None
    first_by: int | None = None
    decided_by: int | None = None
    created_at: datetime
    version: int = 0

    @property
    def money(self) -> Money:
        """What is booked when it is approved as it stands."""
        return self.approved or self.amount

    def require_waiting(self) -> None:
        if self.state not in WAITING:
            raise AlreadyDecided

    def approved_by(self, staff_id: int, *, second_from: Money | None) -> Receipt:
        """One more colleague agrees: it is booked now, or waits for somebody else when it is much."""
        self.require_waiting()
        if self.state is ReceiptState.SECONDED:
            if self.first_by == staff_id:
                raise SamePerson
            return replace(self, state=ReceiptState.APPROVED, decided_by=staff_id)
        if second_from is not None and self.money >= second_from:
            return replace(self, state=ReceiptState.SECONDED, first_by=staff_id)
        return replace(self, state=ReceiptState.APPROVED, decided_by=staff_id)

    def rejected_by(self, staff_id: int, reason: str) -> Receipt:
        self.require_waiting()
        return replace(self, state=ReceiptState.REJECTED, decided_by=staff_id, reason=reason)

    def changed_to(self, amount: Money) -> Receipt:
        """Finance has found another amount; whoever agreed before has agreed to something else."""
        self.require_waiting()
        require_amount(amount)
        return replace(self, approved=amount, state=ReceiptState.PENDING, first_by=None)

    def paid_for(self, invoice_id: int | None) -> Receipt:
        self.require_waiting()
        return replace(self, invoice_id=invoice_id, state=ReceiptState.PENDING, first_by=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """So much of one invoice would be settled; ``is_full``: nothing of it would be left."""

    number: int
    amount: Money
    is_full: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCard:
    """A receipt before finance: what it would settle, and what the customer has promised."""

    receipt: Receipt
    proposal: tuple[Proposed, ...]
    left: Money = ZERO
    """What would settle nothing, and stay the customer's credit."""
    promised_on: date | None = None
    second_from: Money | None = None
    """From this amount on two people have to agree."""
    first_by: str | None = None
    """Who has agreed already."""
    may_decide: bool = True


def proposed(settled: Settled, invoices: Sequence[OpenInvoice]) -> tuple[Proposed, ...]:
    """What those parts would settle, by the numbers of the invoices."""
    by_id = {each.id: each for each in invoices}
    return tuple(
        Proposed(
            number=by_id[part.invoice_id].number,
            amount=part.amount,
            is_full=part.amount + part.rounding == by_id[part.invoice_id].open,
        )
        for part in settled.parts
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Debts:
    """What a receipt may be for: the invoices that are open, the oldest due first, and all together."""

    invoices: tuple[OpenInvoice, ...]

    @property
    def first(self) -> OpenInvoice | None:
        return self.invoices[0] if self.invoices else None


def require_amount(amount: Money) -> None:
    if amount <= ZERO:
        raise AmountRefused


def require_day(paid_on: date, today: date) -> None:
    """Nobody has paid tomorrow."""
    if paid_on > today or (today - paid_on).days > OLDEST_DAYS:
        raise PaidInTheFuture


def typed_proof(text: str) -> Proof:
    """«۸۸۴۱۲۰۳۷» is the number of a transfer, «۱۲۳۴» the end of a card. A whole card's number is not kept."""
    said = re.sub(r"[\s\-–_./]+", "", plainly(text or ""))
    if _LAST_FOUR.fullmatch(said):
        return Proof(last_four=said)
    if card_is_valid(said):
        return Proof(last_four=said[-4:])
    if _TRACKING.fullmatch(said) and any(letter.isdigit() for letter in said):
        return Proof(tracking=said.upper())
    raise NotAProof
