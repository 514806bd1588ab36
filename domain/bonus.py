"""Bonus goods: how many free units are earned, and which (rule R5.3). Only paid units count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from domain.discounts import contests
from domain.grants import Cart
from domain.money import Money
from domain.pricing import BonusLine, CartLine
from domain.promotion_rules import Bonus, BonusGoods, BonusMode, Over
from domain.promotions import Cap, Promotion
from domain.proration import prorated

Choices = Mapping[int, Mapping[int, int]]
"""What a customer has chosen: units by product, by promotion."""


def free_units(bonus: Bonus, quantity: int) -> int:
    """How many units are free with that many paid ones."""
    if bonus.mode is BonusMode.ONCE:
        return max((step.free for step in bonus.steps if quantity >= step.at), default=0)
    free, left = 0, quantity
    for step in sorted(bonus.steps, key=lambda each: -each.at):
        free += left // step.at * step.free
        left %= step.at
    return free


def units_to_next(bonus: Bonus, quantity: int) -> tuple[int, int] | None:
    """How many more paid units give more free ones, and how many are free then; None when none do."""
    now, left, ahead = free_units(bonus, quantity), quantity, []
    for step in sorted(bonus.steps, key=lambda each: -each.at):
        ahead.append(step.at - quantity if bonus.mode is BonusMode.ONCE else step.at - left % step.at)
        left %= step.at
    for more in sorted(each for each in ahead if each > 0):
        if free_units(bonus, quantity + more) > now:
            return more, free_units(bonus, quantity + more)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """What bonus goods are taken from: the lines by product, in the order of their ids, and other prices."""

    lines: Mapping[int, CartLine]
    prices: Mapping[int, Money] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)

    def price(self, product_id: int | None) -> Money | None:
        line = self.lines.get(product_id) if product_id is not None else None
        if line is not None:
            return line.unit_price
        return self.prices.get(product_id) if product_id is not None else None


def bonus_goods(promotions: Iterable[Promotion], cart: Cart, goods: Goods) -> tuple[BonusLine, ...]:
    """All that the bonus promotions give: by priority, of one exclusivity group the best for each product.

    What does not stack stops the stage for the products that it was given for.
    """
    given: list[BonusLine] = []
    closed: set[int] = set()
    for rivals in contests(promotions):
        shares = [{key for key in cart.covered(each.scope) if key not in closed} for each in rivals]
        for promotion, covered in zip(rivals, _won(rivals, shares, cart, goods), strict=True):
            lines = _lines_of(promotion, covered, cart, goods)
            given += lines
            if not promotion.is_stackable:
                closed |= {product_id for line in lines for product_id in line.for_products}
    return tuple(given)


def _lines_of(
    promotion: Promotion, covered: Iterable[int], cart: Cart, goods: Goods
) -> tuple[BonusLine, ...]:
    assert isinstance(promotion.rule, Bonus)
    return bonus_lines(promotion, promotion.rule, covered, cart.left(promotion), goods)


def _won(rivals: list[Promotion], shares: list[set[int]], cart: Cart, goods: Goods) -> list[set[int]]:
    """For which products each of the rivals is the best one; measured on a group, for all or none."""
    if len(rivals) < 2:
        return shares

    def worth(rival: int, covered: Iterable[int]) -> tuple[int, int]:
        lines = _lines_of(rivals[rival], covered, cart, goods)
        rials = sum(line.unit_price.rials * line.quantity for line in lines if line.unit_price)
        return rials, sum(line.quantity for line in lines)

    numbers = range(len(rivals))
    won: list[set[int]] = [set() for _ in numbers]
    if any(isinstance(each.rule, Bonus) and each.rule.over is Over.GROUP for each in rivals):
        best = max(numbers, key=lambda n: worth(n, shares[n]))
        won[best] = shares[best]
        return won
    for product_id in sorted(set().union(*shares)):
        able = [n for n in numbers if product_id in shares[n]]
        won[max(able, key=lambda n: worth(n, [product_id]))].add(product_id)
    return won


def bonus_lines(
    promotion: Promotion, bonus: Bonus, covered: Iterable[int], left: Cap, goods: Goods
) -> tuple[BonusLine, ...]:
    """What that promotion gives for those products, within what is left of its caps."""
    bought = [goods.lines[product_id] for product_id in sorted(covered)]
    if not bought or left.orders == 0:
        return ()
    if bonus.over is Over.GROUP:
        earned = {0: free_units(bonus, sum(line.quantity for line in bought))}
    else:
        earned = {line.product_id: free_units(bonus, line.quantity) for line in bought}
    earned = {key: units for key, units in _at_most(earned, left.units).items() if units}
    if not earned:
        return ()
    return _affordable(_goods(promotion, bonus, bought, earned, goods), left.rials)


def _at_most(earned: Mapping[int, int], most: int | None) -> dict[int, int]:
    total = sum(earned.values())
    if most is None or total <= most:
        return dict(earned)
    return dict(zip(earned, prorated(most, list(earned.values())), strict=True))


def _affordable(lines: Iterable[BonusLine], rials: int | None) -> tuple[BonusLine, ...]:
    """As many of them as that much money buys at list prices; what has no price costs nothing here."""
    if rials is None:
        return tuple(lines)
    kept = []
    for line in lines:
        price = line.unit_price.rials if line.unit_price else 0
        units = min(line.quantity, rials // price) if price else line.quantity
        rials -= units * price
        if units:
            kept.append(replace(line, quantity=units))
    return tuple(kept)


def _goods(
    promotion: Promotion, bonus: Bonus, bought: list[CartLine], earned: Mapping[int, int], goods: Goods
) -> list[BonusLine]:
    everything = tuple(line.product_id for line in bought)
    whose = everything if bonus.over is Over.GROUP else tuple(earned)
    total = sum(earned.values())

    def line(
        product_id: int | None, units: int, of: tuple[int, ...], options: tuple[int, ...] = ()
    ) -> BonusLine:
        return BonusLine(
            promotion_id=promotion.id,
            version=promotion.version,
            name=promotion.name,
            goods=bonus.goods,
            product_id=product_id,
            quantity=units,
            for_products=of,
            unit_price=goods.price(product_id),
            options=options,
        )

    if bonus.goods is BonusGoods.SAME and bonus.over is Over.LINE:
        return [line(product_id, units, (product_id,)) for product_id, units in earned.items()]
    if bonus.goods is BonusGoods.OTHER:
        return [line(bonus.product_ids[0], total, whose)]
    if bonus.goods is BonusGoods.CHOOSE:
        options = tuple(sorted(bonus.product_ids)) or everything
        return [
            line(product_id, units, whose, options)
            for product_id, units in _chosen(total, options, goods.choices.get(promotion.id, {}))
        ]
    cheapest = min(bought, key=lambda each: (each.unit_price, each.product_id))
    return [line(cheapest.product_id, total, whose)]


def _chosen(total: int, options: tuple[int, ...], chosen: Mapping[int, int]) -> list[tuple[int | None, int]]:
    """The chosen units as far as they were earned, and what is still to be chosen."""
    taken: list[tuple[int | None, int]] = []
    for product_id in options:
        units = min(max(0, chosen.get(product_id, 0)), total)
        if units:
            taken.append((product_id, units))
            total -= units
    return [*taken, (None, total)] if total else taken
