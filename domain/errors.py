"""Everything that the business refuses. Facts are here, words in ``screens/refusals.py``."""

from __future__ import annotations

from domain.catalogue import Unit
from domain.money_errors import (
    AmountRefused,
    AmountTooLarge,
    DownRefused,
    MoreThanDelivered,
    NotACode,
    NotADay,
    NotAnAmount,
    NotAnAmountAndDay,
    NotAProof,
    PaidInTheFuture,
    SamePerson,
    TrackingUsed,
)
from domain.push_errors import NotHours, NumberOutOfBounds
from domain.refusal import Refusal

# What is only handed on from here, so that every refusal is found in one place.
__all__ = [  # noqa: RUF022 - the base stands first
    "Refusal",
    "AmountRefused",
    "AmountTooLarge",
    "DownRefused",
    "MoreThanDelivered",
    "NotACode",
    "NotADay",
    "NotAProof",
    "NotAnAmount",
    "NotAnAmountAndDay",
    "NotHours",
    "NumberOutOfBounds",
    "PaidInTheFuture",
    "SamePerson",
    "TrackingUsed",
]

# What may not be seen or is not there


class NotFound(Refusal):
    """Nothing by that id belongs to the person who asked: "not yours" and "not there" are the same answer."""


class NotAllowed(Refusal):
    """The person is known, but this right was not given to them by their centre's manager."""

    def __init__(self, right: str, manager: str | None = None) -> None:
        super().__init__(right)
        self.right, self.manager = right, manager


class NotApproved(Refusal):
    """Only customers that were approved can do this."""


# What has changed since it was shown


class ChangedMeanwhile(Refusal):
    """Somebody else changed it between our reading and our writing."""


class OrderClosed(Refusal):
    """The order has left the state that this action needs, or its cut-off has passed."""


class AlreadyDecided(Refusal):
    """A request was approved or rejected before."""


# What was asked is not possible


class EmptyOrder(Refusal):
    """An order without lines cannot be placed."""


class NothingToRepeat(Refusal):
    """Nothing of an earlier order is sold any more."""


class NotAQuantity(Refusal):
    """What was typed is no whole number of units or cartons."""


class QuantityNotSold(Refusal):
    """Less than the minimum, not a multiple, or more than an order line may hold."""

    def __init__(self, label: str, minimum: int, multiple: int, most: int) -> None:
        super().__init__(label)
        self.label, self.minimum, self.multiple, self.most = label, minimum, multiple, most


class Shortage(Refusal):
    """There is less of a product than was asked."""

    def __init__(
        self,
        product_id: int,
        label: str,
        asked: int,
        available: int,
        *,
        unit: Unit = Unit.PIECE,
        offered: int | None = None,
    ) -> None:
        super().__init__(product_id)
        self.product_id, self.label, self.asked, self.available = product_id, label, asked, available
        self.unit = unit
        self.offered = available if offered is None else offered
        """The most that may be ordered of it: whole multiples, at least the minimum, or 0."""


class NotSold(Refusal):
    """A product has no price for this customer, or is not sold any more."""

    def __init__(self, product_id: int, label: str) -> None:
        super().__init__(product_id)
        self.product_id, self.label = product_id, label


class TooManyLines(Refusal):
    """An order holds no more lines than that."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class AlreadyPlaced(Refusal):
    """The order was placed before; placing it again changes nothing."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class TooLateToChange(OrderClosed):
    """The cut-off of a placed order has passed, or the warehouse works on it: a person may still help."""

    def __init__(self, order_id: int, number: int) -> None:
        super().__init__(number)
        self.order_id, self.number = order_id, number


class NoDeliveryDay(Refusal):
    """That day is no delivery day of the outlet's route, or its cut-off has passed."""


class OutletNotChosen(Refusal):
    """The customer has several outlets, and it was not said to which one the order goes."""


class TermRefused(Refusal):
    """There is no such term: its days, its rates or its parts are not possible."""


class TermNotUnderstood(Refusal):
    """What was typed is no payment term that we know."""


# What was typed or sent cannot be taken


class NotYourContact(Refusal):
    """The phone number that was shared belongs to somebody else."""


class NotAMobile(Refusal):
    """The number is not an Iranian mobile."""


class NotAnIdentifier(Refusal):
    """Neither a national id nor an economic code: the check digit is wrong."""


class NotAnAddress(Refusal):
    """What was typed is no city with an address."""


class TextRefused(Refusal):
    """What was typed is empty or too long for what it answers."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class AlreadyRegistered(Refusal):
    """A mobile or national id belongs to a customer already; linking is offered instead."""


class NumberTaken(Refusal):
    """The mobile or national id of a request was given to somebody else before it could be approved."""


class LastHours(Refusal):
    """One span of hours must be left in which messages may come."""


class InviteRefused(Refusal):
    """The invite link is unknown, used or expired; which of these is not said."""


class FileRefused(Refusal):
    """The file is too large, or not of the kind that was asked."""

    def __init__(self, most_megabytes: int | None = None) -> None:
        super().__init__(most_megabytes)
        self.most_megabytes = most_megabytes


class TooFewLetters(Refusal):
    """A search needs two letters or more."""


class SearchForgotten(NotFound):
    """No such search of this person: it was long ago, or it is somebody else's."""


# What is asked after a delivery


class SurveyOver(Refusal):
    """It was not answered in time."""


class TooLateToJudge(Refusal):
    """It was answered, and the time in which the answer could be changed has passed (S7.7)."""


class AlreadyJudged(Refusal):
    """What they think of how it was settled was said before (S7.6)."""


class SameScore(Refusal):
    """That score is kept already."""

    def __init__(self, score: int) -> None:
        super().__init__(score)
        self.score = score
