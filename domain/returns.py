"""What is refunded when goods come back (rule R5.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.bonus import Choices
from domain.money import ZERO, Money, total
from domain.pricing import Buyer, Limits, Quote, QuotedLine, Settlement
from domain.promotion_rules import Stage
from domain.promotions import NO_CAP, NOTHING, Cap, Caps, Promotion, tightest
from domain.quoting import NO_DISCOUNT, NO_LIMITS, priced


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLine:
    """What is refunded on one line; below zero where a discount falls that other units had."""

    product_id: int
    returned: int
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusBack:
    """Free units that are no longer earned: they come back, or ``charge`` is paid for them."""

    promotion_id: int
    product_id: int
    units: int
    charge: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """What a customer gets for goods that came back, and what else of theirs is to be settled."""

    lines: tuple[RefundLine, ...]
    bonus_back: tuple[BonusBack, ...] = ()
    left: Quote | None = None
    """What the rest of the order comes to; None when nothing of it was priced again."""

    @property
    def net(self) -> Money:
        return total(line.net for line in self.lines)

    @property
    def vat(self) -> Money:
        return total(line.vat for line in self.lines)

    @property
    def amount(self) -> Money:
        return self.net + self.vat


def refund_for_our_fault(line: QuotedLine, units: int) -> RefundLine:
    """Damage, a wrong item, a short expiry: the units at what was paid for them, nothing is clawed back."""
    net = _paid_for(line, units)
    vat = min(net.share(line.line.vat_rate), line.vat)
    return RefundLine(product_id=line.product_id, returned=units, net=net, vat=vat)


def refund(
    paid: Quote,
    returned: Mapping[int, int],
    buyer: Buyer,
    promotions: Iterable[Promotion],
    on: date,
    settlement: Settlement = NO_DISCOUNT,
    limits: Limits = NO_LIMITS,
) -> Refund:
    """The difference to what the kept goods would have cost, never more than was paid for the returned ones.

    ``paid`` is the quote of what was delivered, ``promotions`` are those of its day as they were then.
    Budgets and quotas were settled then: nothing gives more now than it gave, however much is left of it.
    """
    kept = [
        replace(each.line, quantity=each.line.quantity - returned.get(each.product_id, 0))
        for each in paid.lines
    ]
    left = priced(
        [line for line in kept if line.quantity > 0],
        replace(buyer, used={}),
        [_as_given(each, paid) for each in promotions],
        on,
        settlement,
        limits,
        _choices(paid),
        {each.product_id: each.unit_price for each in paid.bonus if each.product_id and each.unit_price},
    )
    lines = tuple(
        _difference(each, left.line(each.product_id), returned.get(each.product_id, 0)) for each in paid.lines
    )
    return Refund(lines=lines, bonus_back=tuple(_bonus_back(paid, left)), left=left)


def _paid_for(line: QuotedLine, units: int) -> Money:
    quantity = line.line.quantity
    return Money((2 * line.net.rials * units + quantity) // (2 * quantity))


def _difference(old: QuotedLine, new: QuotedLine | None, returned: int) -> RefundLine:
    net = min(old.net - (new.net if new else ZERO), _paid_for(old, returned))
    vat = old.vat - (old.net - net).share(old.line.vat_rate)
    return RefundLine(product_id=old.product_id, returned=returned, net=net, vat=vat)


def _as_given(promotion: Promotion, paid: Quote) -> Promotion:
    """Without budget and quotas, and with what it gave as its cap: those were settled then."""
    caps, gave = promotion.caps, paid.given.get(promotion.id)
    if gave is None and promotion.budget == caps.customer == caps.period == NO_CAP:
        return promotion
    if gave is None:
        most = Cap(rials=0, units=0)
    elif promotion.stage is Stage.BONUS:
        # Its worth is not known where what is given was chosen later.
        most = Cap(units=gave.units)
    else:
        most = Cap(rials=gave.rials, units=gave.units)
    return replace(
        promotion,
        budget=NO_CAP,
        spent=NOTHING,
        caps=Caps(order=tightest(replace(caps.order, orders=None), most)),
    )


def _choices(paid: Quote) -> Choices:
    chosen: dict[int, dict[int, int]] = {}
    for each in paid.bonus:
        if each.options and each.product_id is not None:
            chosen.setdefault(each.promotion_id, {})[each.product_id] = each.quantity
    return chosen


def _bonus_back(paid: Quote, left: Quote) -> Iterator[BonusBack]:
    earned = {(each.promotion_id, each.product_id): each.quantity for each in left.bonus}
    for each in paid.bonus:
        units = each.quantity - earned.get((each.promotion_id, each.product_id), 0)
        if units <= 0 or each.product_id is None:
            continue
        line = left.line(each.product_id) or paid.line(each.product_id)
        price = each.unit_price * units if each.unit_price else None
        yield BonusBack(
            promotion_id=each.promotion_id,
            product_id=each.product_id,
            units=units,
            charge=_paid_for(line, units) if line else price,
        )
