"""An order that waits for a decision: the card it is decided by, and what has changed since that was seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b

from domain.credit import CreditStanding, HoldKind
from domain.credit_decisions import Decision
from domain.money import Money
from domain.order_views import OrderView
from domain.orders import OrderLine, OrderStatus
from domain.staff import Role
from domain.terms import Term

SEEN_BYTES = 7
"""Of what a card showed, its button carries a number that small."""


class Verdict(StrEnum):
    """What a person decided, as it stands in the row of the decision."""

    APPROVED = "approved"
    PREPAID = "prepaid"
    REJECTED = "rejected"
    REFERRED = "referred"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLine:
    """Of a line so many units can be sent, out of so many ordered."""

    label: str
    there: int
    asked: int

    @property
    def is_full(self) -> bool:
        return self.there >= self.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Buying:
    """How a customer has bought in the twelve months before."""

    last_day: date | None
    order_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalCard:
    """S1.24: an order with the terms, the credit and the stock of this very moment."""

    order_id: int
    number: int
    version: int
    status: OrderStatus
    customer_id: int
    customer: str
    outlet: str
    payable: Money
    term: Term | None
    decision: Decision
    stock: tuple[StockLine, ...]
    buying: Buying
    today: date
    decide_by: datetime | None = None

    @property
    def standing(self) -> CreditStanding:
        """Without the order itself."""
        return self.decision.standing

    @property
    def full_count(self) -> int:
        return sum(line.is_full for line in self.stock)

    @property
    def short(self) -> tuple[StockLine, ...]:
        return tuple(line for line in self.stock if not line.is_full)

    @property
    def is_open(self) -> bool:
        return self.status is OrderStatus.HELD

    @property
    def days_since_last(self) -> int | None:
        return (self.today - self.buying.last_day).days if self.buying.last_day else None

    def may_decide(self, role: Role) -> bool:
        """Whether the row that matches now leaves it to that role; what fits by now, to either."""
        outcome = self.decision.outcome
        return outcome.is_accepted or role in outcome.deciders

    @property
    def seen(self) -> int:
        """A number for all that a decision rests on: the same only while nothing of that has changed."""
        said = [
            self.version,
            self.decision.inputs,
            [[line.label, line.there, line.asked] for line in self.stock],
        ]
        digest = blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=SEEN_BYTES).digest()
        return int.from_bytes(digest, "big") + 1


class ChangeKind(StrEnum):
    BOUNCED = "bounced"
    HELD = "held"
    BLOCKED = "blocked"
    LIMIT = "limit"
    EXPOSURE = "exposure"
    STOCK = "stock"
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceSeen:
    """One thing that is not as the card said; ``minutes`` ago, where that is known."""

    kind: ChangeKind
    amount: Money | None = None
    before: Money | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A cheque of the customer that came back lately."""

    amount: Money
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """The card was tapped, but it no longer says the truth: what has changed, and how it is now."""

    card: ApprovalCard
    changes: tuple[SinceSeen, ...]
    may_decide: bool
    """The person who tapped may still decide, with the new card; otherwise it is left to finance."""


def stock_lines(lines: Iterable[OrderLine], free: Mapping[int, int]) -> tuple[StockLine, ...]:
    """What of each line can be sent now: units that were to come later are there by now where enough is left.

    ``free`` is what is left of each product beside all promises.
    """
    left = dict(free)
    found = []
    for line in lines:
        more = min(line.later, left.get(line.product_id, 0))
        left[line.product_id] = left.get(line.product_id, 0) - more
        found.append(StockLine(label=line.label, there=line.now + more, asked=line.quantity))
    return tuple(found)


def changes_since(
    before: Mapping[str, object], card: ApprovalCard, bounce: Bounce | None, now: datetime
) -> tuple[SinceSeen, ...]:
    """What differs from the inputs of the decision that was last written down, the worst first."""
    is_new = card.decision.inputs
    found = []
    if _number(is_new, "bounced_count") > _number(before, "bounced_count") and bounce is not None:
        minutes = max(int((now - bounce.at).total_seconds()) // 60, 0)
        found.append(SinceSeen(kind=ChangeKind.BOUNCED, amount=bounce.amount, minutes=minutes))
    if is_new["is_blocked"] and not before.get("is_blocked"):
        found.append(SinceSeen(kind=ChangeKind.BLOCKED))
    if not found and _new_holds(before, card.standing):
        found.append(SinceSeen(kind=ChangeKind.HELD))
    was, limit = Money(_number(before, "total_limit_rials")), card.decision.limit
    if was != limit:
        found.append(SinceSeen(kind=ChangeKind.LIMIT, amount=limit, before=was))
    was = _exposure(before)
    if was != card.decision.exposure:
        found.append(SinceSeen(kind=ChangeKind.EXPOSURE, amount=card.decision.exposure, before=was))
    if _number(before, "amount_rials") != card.decision.amount.rials:
        found.append(SinceSeen(kind=ChangeKind.ORDER))
    return tuple(found) or (SinceSeen(kind=ChangeKind.STOCK),)


def _new_holds(before: Mapping[str, object], standing: CreditStanding) -> frozenset[HoldKind]:
    held = before.get("holds")
    return standing.holds - {HoldKind(each) for each in (held if isinstance(held, list) else ())}


def _exposure(inputs: Mapping[str, object]) -> Money:
    parts = ("open_invoices", "bounced", "uncleared", "open_orders")
    added = sum(_number(inputs, f"{part}_rials") for part in parts)
    return Money(added - _number(inputs, "unallocated_rials"))


def _number(inputs: Mapping[str, object], name: str) -> int:
    value = inputs.get(name, 0)
    assert isinstance(value, int)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An order that waits, as a list of approvals shows it."""

    order_id: int
    number: int
    customer: str
    payable: Money
    decide_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The order is placed and held; somebody answers within so many working hours."""

    view: OrderView
    hours: int
