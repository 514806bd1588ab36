"""An order from the first line to the delivery."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.calendar import DeliveryPlan
from domain.catalogue import Unit
from domain.errors import EmptyOrder, OrderClosed
from domain.gifts import NONE_SAID, BonusChoices
from domain.money import ZERO, Money, Rate, total
from domain.terms import Term


class OrderStatus(StrEnum):
    DRAFT = "draft"
    PLACED = "placed"
    HELD = "held"
    APPROVED = "approved"
    PICKING = "picking"
    LOADED = "loaded"
    DELIVERED = "delivered"
    PART_DELIVERED = "part_delivered"
    CANCELLED = "cancelled"
    REJECTED = "rejected"


_S = OrderStatus
NEXT: dict[OrderStatus, frozenset[OrderStatus]] = {
    _S.DRAFT: frozenset({_S.PLACED, _S.CANCELLED}),
    _S.PLACED: frozenset({_S.HELD, _S.APPROVED, _S.CANCELLED, _S.REJECTED}),
    _S.HELD: frozenset({_S.APPROVED, _S.CANCELLED, _S.REJECTED}),
    _S.APPROVED: frozenset({_S.PICKING, _S.CANCELLED}),
    # What is put together or on the lorry is cancelled only when we are late, or by ourselves.
    _S.PICKING: frozenset({_S.LOADED, _S.CANCELLED}),
    _S.LOADED: frozenset({_S.DELIVERED, _S.PART_DELIVERED, _S.CANCELLED}),
    _S.DELIVERED: frozenset(),
    _S.PART_DELIVERED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.REJECTED: frozenset(),
}
OPEN = frozenset({_S.PLACED, _S.HELD, _S.APPROVED, _S.PICKING, _S.LOADED})
"""Orders on their way: placed and not yet delivered, cancelled or rejected."""
CHANGEABLE = frozenset({_S.PLACED, _S.HELD, _S.APPROVED})
"""A retailer may change or cancel these, until the cut-off."""
WORK = (_S.PICKING, _S.LOADED, _S.DELIVERED)
"""The steps of the warehouse, in their order."""
DELIVERIES = frozenset({_S.DELIVERED, _S.PART_DELIVERED})


class Channel(StrEnum):
    BROWSE = "bot_browse"
    TEXT = "bot_text"
    REPEAT = "repeat"
    VISITOR = "visitor"
    PHONE = "phone"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """So many units of a product at a price. ``later`` of ``quantity`` units are sent when stock comes.

    A line of a draft has no discount: what is given is computed whenever it is shown, and kept when it is
    placed. Bonus goods of the promotion ``bonus_of`` stand at their list price with the whole taken off.
    """

    product_id: int
    name: str
    short_name: str
    label: str
    family: str | None = None
    variant: str | None = None
    unit: Unit = Unit.PIECE
    quantity: int
    later: int = 0
    unit_price: Money
    vat_rate: Rate
    category_id: int | None = None
    brand_id: int | None = None
    cost: Money | None = None
    """What a unit costs the company, where it is known: no customer is ever shown it."""
    discount: Money = ZERO
    bonus_of: int | None = None

    @property
    def is_bonus(self) -> bool:
        return self.bonus_of is not None

    @property
    def now(self) -> int:
        """Units that are sent with this order, and reserved for it."""
        return self.quantity - self.later

    @property
    def gross(self) -> Money:
        return self.unit_price * self.quantity

    @property
    def net(self) -> Money:
        """What the line comes to after its discount."""
        return self.gross - self.discount

    @property
    def vat(self) -> Money:
        """Value-added tax of the line, rounded half up to one rial."""
        return self.net.share(self.vat_rate)


def units_now(lines: Iterable[OrderLine]) -> dict[int, int]:
    """How much stock those lines take now: lines of one product are merged."""
    taken: dict[int, int] = {}
    for line in lines:
        taken[line.product_id] = taken.get(line.product_id, 0) + line.now
    return taken


def most_sold(minimum: int, multiple: int, available: int) -> int:
    """The most of a product that may stand in a line when only so many units are there."""
    whole = available - available % multiple
    return whole if whole >= minimum else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvent:
    """The order reached a status at an instant."""

    status: OrderStatus
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A draft, or what became of it. A draft that ``changes`` another order replaces it when placed."""

    id: int
    customer_id: int
    outlet_id: int
    is_outlet_chosen: bool = False
    contact_id: int | None
    number: int | None = None
    status: OrderStatus = OrderStatus.DRAFT
    lines: tuple[OrderLine, ...] = ()
    deliver_on: date | None = None
    note: str | None = None
    channel: Channel = Channel.BROWSE
    nonce: str | None = None
    changes: int | None = None
    repeats: int | None = None
    placed_at: datetime | None = None
    events: tuple[OrderEvent, ...] = ()
    term: Term | None = None
    """How it is paid; None while nobody has said, and in orders from before there were terms."""
    bonus_choices: BonusChoices = NONE_SAID
    quote_digest: str | None = None
    """What exactly the summary showed: placing it asks for the same again."""
    decide_by: datetime | None = None
    """Until when somebody decides on a held order."""
    last_press: str | None = None
    """The press that added the last units, as the messenger names it: sent twice, it adds once."""
    version: int = 0
    """The version that was read; saving it asks for the same one still to stand."""

    @property
    def paid_lines(self) -> tuple[OrderLine, ...]:
        """What was ordered, without the bonus goods that came with it."""
        return tuple(line for line in self.lines if not line.is_bonus)

    @property
    def bonus_units(self) -> int:
        return sum(line.quantity for line in self.lines if line.is_bonus)

    @property
    def gross(self) -> Money:
        return total(line.gross for line in self.lines)

    @property
    def discount(self) -> Money:
        """All that was taken off, the list price of the bonus goods included."""
        return total(line.discount for line in self.lines)

    @property
    def net(self) -> Money:
        return total(line.net for line in self.lines)

    @property
    def credit(self) -> Money:
        """What of it is owed after the delivery: nothing of a draft, nothing of what is paid in cash."""
        return ZERO if self.is_draft or self.term is None else self.term.credit_part(self.payable)

    @property
    def vat(self) -> Money:
        return total(line.vat for line in self.lines)

    @property
    def payable(self) -> Money:
        return self.net + self.vat

    @property
    def is_draft(self) -> bool:
        return self.status is OrderStatus.DRAFT

    def line(self, product_id: int) -> OrderLine | None:
        return next((line for line in self.lines if line.product_id == product_id), None)

    def with_line(self, line: OrderLine) -> Order:
        """The same order with that product's line set; a quantity of zero removes it."""
        self.require_draft()
        if self.line(line.product_id) is None:
            changed: Iterable[OrderLine] = (*self.lines, line)
        else:
            changed = (line if old.product_id == line.product_id else old for old in self.lines)
        return replace(self, lines=tuple(each for each in changed if each.quantity))

    def without(self, product_id: int) -> Order:
        self.require_draft()
        return replace(self, lines=tuple(line for line in self.lines if line.product_id != product_id))

    def emptied(self) -> Order:
        self.require_draft()
        return replace(self, lines=(), is_outlet_chosen=False)

    def require_draft(self) -> None:
        if not self.is_draft:
            raise OrderClosed

    @property
    def has_later(self) -> bool:
        """Some units of it are sent with a later delivery."""
        return any(line.later for line in self.lines)

    def require_lines(self) -> None:
        if not self.lines:
            raise EmptyOrder

    def moved_to(self, status: OrderStatus, now: datetime) -> Order:
        """The same order one step on; the step must be in the table."""
        if status not in NEXT[self.status]:
            raise OrderClosed
        return replace(self, status=status, events=(*self.events, OrderEvent(status=status, at=now)))

    def can_change(self, plan: DeliveryPlan, now: datetime) -> bool:
        """Whether the customer may still change or cancel it: not yet picked, its cut-off not passed."""
        if self.status not in CHANGEABLE or self.deliver_on is None:
            return False
        return not plan.is_late(self.deliver_on, now)
