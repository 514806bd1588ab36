"""Everything that is given on an order, in the fixed order of rule R5.1.

Nothing here depends on the order of the lines: whatever must be decided between them is decided by product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.bonus import Goods, bonus_goods
from domain.discounts import cut, granted, most_free
from domain.grants import Cart, Grant
from domain.money import ZERO, Money
from domain.pricing import Applied, BonusLine, CartLine, Limits, Quote, QuotedLine, Settlement
from domain.promotion_rules import BonusGoods, Stage
from domain.promotions import Promotion, Quotas
from domain.proposals import settlement as settled

DISCOUNTS = (Stage.LINE, Stage.BASKET, Stage.ORDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A quote, its cart, and the amounts of its products as each stage of discounts found them."""

    quote: Quote
    cart: Cart
    before: Mapping[Stage, Mapping[int, int]]


def by_product(lines: Sequence[CartLine]) -> dict[int, CartLine]:
    """The lines in the order in which they are priced; a product stands in one line."""
    found = {line.product_id: line for line in sorted(lines, key=lambda each: each.product_id)}
    if len(found) < len(lines):
        raise ValueError("a product stands in two lines")
    return found


def evaluated(
    lines: Sequence[CartLine],
    used: Quotas,
    live: Sequence[Promotion],
    settlement: Settlement,
    limits: Limits,
    goods: Goods,
) -> Evaluation:
    """``live`` holds only promotions that this customer may have on that day."""
    cart = Cart(goods.lines, used)
    bonus = bonus_goods([each for each in live if each.stage is Stage.BONUS], cart, goods)
    grants: list[Grant] = []
    before: dict[Stage, Mapping[int, int]] = {}
    for stage in DISCOUNTS:
        before[stage] = dict(cart.nets)
        grants += granted([each for each in live if each.stage is stage], cart)
    if settlement.discount.basis_points:
        term = settled(cart, settlement.discount, settlement.share)
        cart.take(term)
        grants.append(term)
    bonus = _within_margin(bonus, cart, limits)
    cut(grants, cart, limits, _own_free(bonus))
    grants = [grant for grant in grants if grant.amount]
    quote = Quote(
        lines=tuple(_quoted(line, grants, cart) for line in lines),
        bonus=bonus,
        applied=(*_bonus_applied(bonus), *_applied(grants, cart)),
    )
    return Evaluation(quote=quote, cart=cart, before=before)


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
            kept.append(replace(line, quantity=units))
    return tuple(kept)


def _own_free(bonus: Iterable[BonusLine]) -> dict[int, int]:
    free: dict[int, int] = {}
    for line in bonus:
        if line.goods is BonusGoods.SAME and line.product_id is not None:
            free[line.product_id] = free.get(line.product_id, 0) + line.quantity
    return free


def _quoted(line: CartLine, grants: Iterable[Grant], cart: Cart) -> QuotedLine:
    product_id = line.product_id
    net = Money(cart.nets[product_id])
    return QuotedLine(
        line=line,
        discount=line.gross - net,
        vat=net.share(line.vat_rate),
        applied=tuple(
            _entry(grant, [product_id], cart, product_id) for grant in grants if grant.parts.get(product_id)
        ),
    )


def _applied(grants: Iterable[Grant], cart: Cart) -> Iterable[Applied]:
    for grant in grants:
        keys = [key for key, part in grant.parts.items() if part]
        if grant.is_on_order:
            yield _entry(grant, list(grant.parts), cart, None)
        else:
            yield from (_entry(grant, [key], cart, key) for key in keys)


def _entry(grant: Grant, keys: Sequence[int], cart: Cart, product_id: int | None) -> Applied:
    promotion = grant.promotion
    return Applied(
        promotion_id=promotion.id if promotion else None,
        version=promotion.version if promotion else 0,
        stage=grant.stage,
        name=promotion.name if promotion else "",
        base=Money(sum(grant.bases[key] for key in keys)),
        amount=Money(sum(grant.parts[key] for key in keys)),
        product_id=product_id,
        units=cart.units(keys),
        rate=grant.rate(keys),
    )


def _bonus_applied(bonus: Iterable[BonusLine]) -> Iterable[Applied]:
    """Bonus goods lower no amount; their base is their list price, where it is known."""
    for line in bonus:
        yield Applied(
            promotion_id=line.promotion_id,
            version=line.version,
            stage=Stage.BONUS,
            name=line.name,
            base=(line.unit_price or ZERO) * line.quantity,
            amount=ZERO,
            product_id=line.for_products[0] if len(line.for_products) == 1 else None,
            units=line.quantity,
        )
