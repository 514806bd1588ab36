"""Everything that is given on an order, in the fixed order of rule R5.1.

Nothing here depends on the order of the lines: whatever must be decided between them is decided by product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.bonus import Goods, bonus_goods
from domain.discounts import cut, granted, most_free
from domain.grants import Cart, Grant
from domain.money import BASIS_POINTS, ZERO, Money
from domain.pricing import Applied, BonusLine, CartLine, Limits, Quote, QuotedLine, Settlement
from domain.promotion_rules import BonusGoods, Stage
from domain.promotions import Promotion, Quotas
from domain.proposals import half_up
from domain.proposals import settlement as settled

NO_ONE: tuple[None, int, str] = (None, 0, "")
"""The id, version and name of what is no promotion: the discount of the payment term."""
DISCOUNTS = (Stage.LINE, Stage.BASKET, Stage.ORDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was given on a cart, and the amounts of its products as each stage of discounts found them."""

    cart: Cart
    bonus: tuple[BonusLine, ...]
    grants: list[Grant]
    before: Mapping[Stage, Mapping[int, int]]

    @property
    def net(self) -> Money:
        return Money(sum(self.cart.nets.values()))

    @property
    def payable(self) -> Money:
        lines = self.cart.lines
        return self.net + Money(sum(_vat(lines[key], net) for key, net in self.cart.nets.items()))


def _vat(line: CartLine, net: int) -> int:
    return half_up(net, (line.vat_rate.basis_points, BASIS_POINTS))


def by_product(lines: Sequence[CartLine]) -> dict[int, CartLine]:
    """The lines in the order in which they are priced; a product stands in one line."""
    found = {line.product_id: line for line in sorted(lines, key=lambda each: each.product_id)}
    if len(found) < len(lines):
        raise ValueError("a product stands in two lines")
    return found


def evaluated(
    used: Quotas,
    live: Sequence[Promotion],
    settlement: Settlement,
    limits: Limits,
    goods: Goods,
    like: Cart | None = None,
) -> Evaluation:
    """``live`` holds only promotions that this customer may have on that day."""
    cart = Cart(goods.lines, used, like)
    by_stage: dict[Stage, list[Promotion]] = {stage: [] for stage in Stage}
    for promotion in live:
        by_stage[promotion.stage].append(promotion)
    bonus = bonus_goods(by_stage[Stage.BONUS], cart, goods)
    grants: list[Grant] = []
    before: dict[Stage, Mapping[int, int]] = {}
    for stage in DISCOUNTS:
        before[stage] = dict(cart.nets)
        grants += granted(by_stage[stage], cart)
    if settlement.discount.basis_points:
        term = settled(cart, settlement.discount, settlement.share)
        cart.take(term)
        grants.append(term)
    bonus = _within_margin(bonus, cart, limits)
    cut(grants, cart, limits, _own_free(bonus))
    grants = [grant for grant in grants if grant.amount]
    return Evaluation(cart=cart, bonus=bonus, grants=grants, before=before)


def quote_of(evaluation: Evaluation, lines: Sequence[CartLine]) -> Quote:
    """The same as a quote, its lines in the order in which they are shown."""
    cart = evaluation.cart
    on_lines: dict[int, list[Applied]] = {key: [] for key in cart.lines}
    applied = [_bonus_entry(line) for line in evaluation.bonus]
    for grant in evaluation.grants:
        entries = _line_entries(grant, cart)
        applied += [_order_entry(grant, cart)] if grant.is_on_order else entries.values()
        for key, entry in entries.items():
            on_lines[key].append(entry)
    return Quote(
        lines=tuple(_quoted(line, on_lines[line.product_id], cart) for line in lines),
        bonus=evaluation.bonus,
        applied=tuple(applied),
    )


def _within_margin(bonus: tuple[BonusLine, ...], cart: Cart, limits: Limits) -> tuple[BonusLine, ...]:
    """Free units of a line's own product that even its full price does not carry are not given.

    All discounts of that line are cut then too: bonus goods are the first stage, so the last to be cut.
    """
    if limits.margin_floor is None:
        return bonus
    kept, left = [], dict[int, int]()
    for line in bonus:
        bought = cart.lines.get(line.product_id) if line.product_id is not None else None
        units = line.quantity
        if bought is not None and bought.cost is not None and line.goods is BonusGoods.SAME:
            most = left.get(
                bought.product_id,
                most_free(bought.gross.rials, bought.cost.rials, bought.quantity, limits.margin_floor),
            )
            units = min(units, most)
            left[bought.product_id] = most - units
        if units:
            kept.append(line if units == line.quantity else replace(line, quantity=units))
    return tuple(kept)


def _own_free(bonus: Iterable[BonusLine]) -> dict[int, int]:
    free: dict[int, int] = {}
    for line in bonus:
        if line.goods is BonusGoods.SAME and line.product_id is not None:
            free[line.product_id] = free.get(line.product_id, 0) + line.quantity
    return free


def _quoted(line: CartLine, applied: Iterable[Applied], cart: Cart) -> QuotedLine:
    net = cart.nets[line.product_id]
    return QuotedLine(
        line=line,
        discount=Money(cart.gross[line.product_id] - net),
        vat=Money(_vat(line, net)),
        applied=tuple(applied),
    )


def _line_entries(grant: Grant, cart: Cart) -> dict[int, Applied]:
    """What is given on each product, by product."""
    promotion, stage = grant.promotion, grant.stage
    promotion_id, version, name = (promotion.id, promotion.version, promotion.name) if promotion else NO_ONE
    bases, rates, lines = grant.bases, grant.rates, cart.lines
    return {
        key: Applied(
            promotion_id=promotion_id,
            version=version,
            stage=stage,
            name=name,
            base=Money(bases[key]),
            amount=Money(part),
            product_id=key,
            units=lines[key].quantity,
            rate=rates.get(key),
        )
        for key, part in grant.parts.items()
        if part
    }


def _order_entry(grant: Grant, cart: Cart) -> Applied:
    """What is given on the whole order, in one."""
    promotion = grant.promotion
    promotion_id, version, name = (promotion.id, promotion.version, promotion.name) if promotion else NO_ONE
    return Applied(
        promotion_id=promotion_id,
        version=version,
        stage=grant.stage,
        name=name,
        base=Money(sum(grant.bases.values())),
        amount=Money(grant.amount),
        units=cart.units(grant.parts),
        rate=grant.rate(),
    )


def _bonus_entry(line: BonusLine) -> Applied:
    """Bonus goods lower no amount; their base is their list price, where it is known."""
    return Applied(
        promotion_id=line.promotion_id,
        version=line.version,
        stage=Stage.BONUS,
        name=line.name,
        base=(line.unit_price or ZERO) * line.quantity,
        amount=ZERO,
        product_id=line.for_products[0] if len(line.for_products) == 1 else None,
        units=line.quantity,
    )
