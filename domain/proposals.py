"""What each promotion would give on a cart as it stands (rules R5.2 and R5.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.grants import Cart, Grant, lower
from domain.money import BASIS_POINTS, Rate
from domain.promotion_rules import (
    BasketPercent,
    LinePercent,
    Measure,
    MixPercent,
    OrderTier,
    Over,
    PromotionStep,
    Stage,
    Tier,
    TierMode,
)
from domain.promotions import Cap, Promotion
from domain.proration import prorated

Ratio = tuple[int, int]
"""A rate as an exact fraction: numerator and denominator."""


def proposal(promotion: Promotion, cart: Cart, closed: set[int]) -> Grant | None:
    """What that promotion would give on lines that are not closed, within what is left of its caps."""
    covered = cart.covered(promotion.scope)
    if not covered:
        return None
    rule = promotion.rule
    if isinstance(rule, Tier):
        ratios = _tier_ratios(rule, covered, cart)
        grant = _on_lines(promotion, cart, {key: ratios[key] for key in ratios if key not in closed})
    elif isinstance(rule, LinePercent):
        grant = _on_lines(promotion, cart, {key: _plain(rule.rate) for key in covered if key not in closed})
    elif isinstance(rule, OrderTier):
        ratio = ratio_of(rule.steps, rule.mode, cart.amount(covered), Measure.AMOUNT)
        keys = [key for key in covered if key not in closed]
        grant = _spread(promotion.stage, promotion, cart, keys, ratio)
    else:
        assert isinstance(rule, BasketPercent | MixPercent), "bonus goods are no discount"
        keys = [key for key in _basket_targets(rule, covered, cart) if key not in closed]
        if rule.is_on_order:
            grant = _spread(promotion.stage, promotion, cart, keys, _plain(rule.rate))
        else:
            grant = _on_lines(promotion, cart, dict.fromkeys(keys, _plain(rule.rate)))
    return _capped(grant, cart.left(promotion), cart)


def ratio_of(steps: Sequence[PromotionStep], mode: TierMode, measured: int, measure: Measure) -> Ratio:
    """Which part of the whole is the discount, when that much was bought.

    A step of units holds from its own unit on, so the slice before it is one unit shorter; a step of rials
    holds for what is above it.
    """
    reached = [step for step in steps if step.at <= measured]
    if not reached:
        return 0, BASIS_POINTS
    if mode is TierMode.ALL_UNITS:
        return max(reached, key=lambda step: step.at).rate.basis_points, BASIS_POINTS
    before = 1 if measure is Measure.QUANTITY else 0
    top, share = measured, 0
    for step in sorted(reached, key=lambda each: -each.at):
        share += (top - (step.at - before)) * step.rate.basis_points
        top = step.at - before
    return share, BASIS_POINTS * measured


def _plain(rate: Rate) -> Ratio:
    return rate.basis_points, BASIS_POINTS


def half_up(amount: int, ratio: Ratio) -> int:
    """That part of an amount that is not negative, rounded half up to one rial."""
    numerator, denominator = ratio
    return (2 * amount * numerator + denominator) // (2 * denominator)


def settlement(cart: Cart, discount: Rate, share: Rate) -> Grant:
    """The discount of the payment term on its share of the order, spread over all lines."""
    ratio = (discount.basis_points * share.basis_points, BASIS_POINTS * BASIS_POINTS)
    grant = _spread(Stage.SETTLEMENT, None, cart, list(cart.lines), ratio)
    grant.rates = dict.fromkeys(grant.parts, discount)
    return grant


def _tier_ratios(rule: Tier, covered: Sequence[int], cart: Cart) -> dict[int, Ratio]:
    """For each covered product, the ratio of its step; products that reach none are left out."""
    measured: Mapping[int, int]
    if rule.measure is Measure.QUANTITY:
        measured = {key: cart.lines[key].quantity for key in covered}
    else:
        measured = {key: cart.nets[key] for key in covered}
    if rule.over is Over.GROUP:
        together = ratio_of(rule.steps, rule.mode, sum(measured.values()), rule.measure)
        ratios = dict.fromkeys(covered, together)
    else:
        ratios = {key: ratio_of(rule.steps, rule.mode, measured[key], rule.measure) for key in covered}
    return {key: ratio for key, ratio in ratios.items() if ratio[0]}


def _basket_targets(rule: BasketPercent | MixPercent, covered: Sequence[int], cart: Cart) -> list[int]:
    """The lines that get the discount: none while the condition does not hold."""
    members = set(covered)
    if isinstance(rule, BasketPercent):
        holds = len(covered) >= rule.least_products and cart.amount(covered) >= rule.least_amount.rials
    else:
        other = cart.covered(rule.other)
        members |= set(other)
        holds = cart.units(covered) >= rule.least_units and cart.units(other) >= rule.least_other_units
    if not holds:
        return []
    return list(cart.lines) if rule.is_on_order else sorted(members)


def _on_lines(promotion: Promotion, cart: Cart, ratios: Mapping[int, Ratio]) -> Grant:
    return Grant(
        stage=promotion.stage,
        promotion=promotion,
        bases={key: cart.nets[key] for key in ratios},
        parts={key: half_up(cart.nets[key], ratio) for key, ratio in ratios.items()},
        is_on_order=False,
        rates={key: Rate(ratio[0]) for key, ratio in ratios.items() if ratio[1] == BASIS_POINTS},
    )


def _spread(stage: Stage, promotion: Promotion | None, cart: Cart, keys: list[int], ratio: Ratio) -> Grant:
    nets = [cart.nets[key] for key in keys]
    parts = prorated(half_up(sum(nets), ratio), nets)
    return Grant(
        stage=stage,
        promotion=promotion,
        bases=dict(zip(keys, nets, strict=True)),
        parts=dict(zip(keys, parts, strict=True)),
        is_on_order=True,
        rates=dict.fromkeys(keys, Rate(ratio[0])) if ratio[1] == BASIS_POINTS else {},
    )


def _capped(grant: Grant, left: Cap, cart: Cart) -> Grant:
    """No more than is left: with fewer units than it is on, that share of it."""
    amount = most = grant.amount
    units = cart.units(key for key, part in grant.parts.items() if part)
    if left.units is not None and left.units < units:
        most = amount * left.units // units
    if left.rials is not None:
        most = min(most, left.rials)
    if left.orders == 0:
        most = 0
    lower(grant, amount - most)
    return grant
