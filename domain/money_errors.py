"""Refusals about money: amounts as they are typed, the books, receipts and credit.

``domain/errors.py`` names them too, and is where they are taken from.
"""

from __future__ import annotations

from datetime import date

from domain.money import Money
from domain.refusal import Refusal

# What was typed cannot be taken


class NotACode(Refusal):
    """A code of so many digits was asked for, and this is none, or its check digit is wrong."""

    def __init__(self, lengths: tuple[int, ...]) -> None:
        super().__init__(lengths)
        self.lengths = lengths


class NotAnAmount(Refusal):
    """What was typed is no amount of money, or an amount that is not more than nothing."""


class AmountTooLarge(Refusal):
    """More money than any customer of ours ever moves at once: too many zeros were typed."""

    def __init__(self, most: Money) -> None:
        super().__init__(most)
        self.most = most


class NotADay(Refusal):
    """What was typed names no day, or one that does not exist."""


class NotAnAmountAndDay(Refusal):
    """What was typed is not an amount with a day beside it: «۱۲ میلیون، ۱۵ دی»."""


# The books


class MoreThanDelivered(Refusal):
    """More is to be taken back of an invoice than it delivered, or than was paid for it."""


# Receipts


class NotAProof(Refusal):
    """Neither a photo, nor the number of a transfer, nor the last four digits of a card."""


class TrackingUsed(Refusal):
    """The number of this transfer was recorded before, for a payment of that day."""

    def __init__(self, tracking: str, paid_on: date) -> None:
        super().__init__(tracking)
        self.tracking, self.paid_on = tracking, paid_on


class AmountRefused(Refusal):
    """An amount of nothing, or of less."""


class PaidInTheFuture(Refusal):
    """A payment of a day that has not come yet, or of one too long ago."""


class SamePerson(Refusal):
    """Two people have to agree, and this one has agreed already."""


# Credit


class DownRefused(Refusal):
    """What is paid down on an order is more than nothing and less than its part on credit."""

    def __init__(self, below: Money) -> None:
        super().__init__(below)
        self.below = below
