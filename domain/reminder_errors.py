"""What the business refuses about promises, reminders and the accounts to pay to."""

from __future__ import annotations

from datetime import date

from domain.errors import Refusal
from domain.money import Money


class DayTooFar(Refusal):
    """A promise is for one of the next days."""

    def __init__(self, most_days: int) -> None:
        super().__init__(most_days)
        self.most_days = most_days


class PromisedTooLittle(Refusal):
    def __init__(self, least: Money) -> None:
        super().__init__(least)
        self.least = least


class PromisedTooMuch(Refusal):
    """More than is owed."""

    def __init__(self, most: Money) -> None:
        super().__init__(most)
        self.most = most


class AlreadyPromised(Refusal):
    """A promise about this invoice is still to be kept."""

    def __init__(self, on: date) -> None:
        super().__init__(on)
        self.on = on


class NoMorePromises(Refusal):
    """It was promised as often as it can be."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class NothingOwed(Refusal):
    """It is paid."""


class LevelOutOfOrder(Refusal):
    """A level of the reminders stays between its neighbours."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(first, last)
        self.first, self.last = first, last


class NotASheba(Refusal):
    """Not the number of an Iranian bank account: IR and 24 digits, with the right check digits."""


class NotACard(Refusal):
    """Not the number of a bank card."""


class TooManyAccounts(Refusal):
    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most
