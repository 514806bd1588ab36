"""The books: postings that are never changed, and a customer's statement of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.money import ZERO, Money, total


class Account(StrEnum):
    """Where money stands. Every posting takes an amount from one of these to another."""

    RECEIVABLE = "receivable"
    BOUNCED = "bounced"
    """Cheques that came back and are not settled."""
    CHEQUES = "cheques"
    """Cheques in hand, at the bank, or handed on."""
    BANK = "bank"
    CASH = "cash"
    SALES = "sales"
    VAT = "vat"
    RETURNS = "returns"
    ROUNDING = "rounding"
    OPENING = "opening"
    GIFTS = "gifts"
    """What was given for nothing: a shop that has sent us another."""
    PAYABLE_OUT = "payable_out"


OWED = frozenset({Account.RECEIVABLE, Account.BOUNCED})
"""What stands on these is the customer's balance («مانده حساب»)."""


class Voucher(StrEnum):
    """The paper behind a posting or an allocation."""

    INVOICE = "invoice"
    PAYMENT = "payment"
    CHEQUE = "cheque"
    CREDIT_NOTE = "credit_note"
    OPENING = "opening"
    ROUNDING = "rounding"


class EntryKind(StrEnum):
    """What has happened, as a line of the statement names it."""

    INVOICE = "invoice"
    PAYMENT = "payment"
    CREDIT_NOTE = "credit_note"
    OPENING = "opening"
    ROUNDING = "rounding"
    CHEQUE_RECEIVED = "cheque_received"
    CHEQUE_CLEARED = "cheque_cleared"
    CHEQUE_BOUNCED = "cheque_bounced"
    CHEQUE_AGAIN = "cheque_again"
    """A cheque that had bounced went to the bank once more."""
    CHEQUE_SETTLED = "cheque_settled"
    CHEQUE_HANDED_BACK = "cheque_handed_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """An amount that moves from the account ``credit`` to the account ``debit``.

    ``key`` is unique in the books, e.g. ``invoice:17:net``: what is posted once cannot be posted twice.
    ``facts`` are for those who read the statement: number, due_on, method. ``by`` is a member of staff.
    """

    debit: Account
    credit: Account
    amount: Money
    customer_id: int | None
    voucher: Voucher
    voucher_id: int
    kind: EntryKind
    key: str
    day: date
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    by: int | None = None
    id: int | None = None
    """None until it is in the books."""
    reverses: int | None = None

    def __post_init__(self) -> None:
        if self.amount <= ZERO:
            raise ValueError("a posting moves more than nothing")
        if self.debit is self.credit:
            raise ValueError("a posting moves money between two accounts")

    def mirrored(self, day: date, at: datetime, by: int | None = None) -> Posting:
        """The posting that takes this one back; each can be taken back once."""
        assert self.id is not None
        return replace(
            self,
            id=None,
            debit=self.credit,
            credit=self.debit,
            reverses=self.id,
            key=f"reverse:{self.id}",
            day=day,
            at=at,
            by=by,
        )

    @property
    def effect(self) -> Money:
        """What it does to the customer's balance: positive is owed to us."""
        if (self.debit in OWED) == (self.credit in OWED):
            return ZERO
        return self.amount if self.debit in OWED else -self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What one paper did to a customer's balance on a day: its postings, seen from there.

    A positive amount is owed to us (debit), a negative one was taken off (credit).
    """

    day: date
    voucher: Voucher
    voucher_id: int
    kind: EntryKind
    amount: Money
    facts: Mapping[str, Any]
    is_reversal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    entry: LedgerEntry
    balance: Money
    """Of the customer, after this entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What moved between two days (both counted), from the balance before to the balance after."""

    customer_id: int
    customer_name: str
    from_day: date
    until_day: date
    opening: Money
    lines: tuple[StatementLine, ...]

    @property
    def closing(self) -> Money:
        return self.lines[-1].balance if self.lines else self.opening

    @property
    def debits(self) -> Money:
        return total(line.entry.amount for line in self.lines if line.entry.amount > ZERO)

    @property
    def credits(self) -> Money:
        """As a positive amount."""
        return total(-line.entry.amount for line in self.lines if line.entry.amount < ZERO)


def running(opening: Money, entries: Iterable[LedgerEntry]) -> tuple[StatementLine, ...]:
    """The entries, each with the balance after it."""
    lines = []
    balance = opening
    for entry in entries:
        balance += entry.amount
        lines.append(StatementLine(entry=entry, balance=balance))
    return tuple(lines)
