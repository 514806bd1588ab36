"""What a little more would change: the next step of each promotion, and the cliff (rule R5.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from domain.bonus import units_to_next
from domain.evaluation import Evaluation
from domain.grants import Cart
from domain.money import BASIS_POINTS, ZERO, Money, Rate
from domain.pricing import CartLine, NextStep
from domain.promotion_rules import (
    BasketPercent,
    Bonus,
    Measure,
    MixPercent,
    OrderTier,
    Over,
    PromotionStep,
    Stage,
    Tier,
    TierMode,
)
from domain.promotions import Promotion

MOST_CLIFFS = 3
"""For so many cliffs the order is priced again, the steepest first."""
Again = Callable[[Mapping[int, CartLine], Cart], Evaluation]


def next_steps(live: Iterable[Promotion], evaluation: Evaluation, again: Again) -> tuple[NextStep, ...]:
    """First what costs less than now, then what is nearest."""
    view = _View(evaluation, live)
    steps: list[NextStep] = []
    cliffs: list[tuple[int, int, NextStep, dict[int, int]]] = []
    for promotion in view.promotions:
        left = view.cart.left(promotion)
        if 0 in (left.rials, left.units, left.orders) or view.is_beaten(promotion):
            continue
        for step in _steps(promotion, view):
            steep, more = _cliff(promotion, step, view)
            if steep > 0:
                cliffs.append((-steep, len(cliffs), step, more))
            else:
                steps.append(step)
    for number, (_steep, _order, step, more) in enumerate(sorted(cliffs)):
        steps.append(_saving(step, more, evaluation, again) if number < MOST_CLIFFS else step)
    return tuple(sorted(steps, key=_nearest))


def _nearest(step: NextStep) -> tuple[int, int, int, tuple[int, ...]]:
    saves = step.saves_payable.rials if step.saves_payable else 0
    return -saves, step.distance.basis_points, step.promotion_id, step.product_ids


class _View:
    """What was priced, as far as next steps ask: who won, and which products are closed to whom."""

    def __init__(self, evaluation: Evaluation, live: Iterable[Promotion]) -> None:
        self.cart, self.before = evaluation.cart, evaluation.before
        self.promotions = list(live)
        by_id = {each.id: each for each in self.promotions}
        self._winners: dict[tuple[Stage, str], set[int]] = {}
        self._closed: dict[tuple[Stage, int], int] = {}
        given = [(by_id[each.promotion_id], each.for_products) for each in evaluation.bonus]
        given += [
            (grant.promotion, tuple(grant.parts))
            for grant in evaluation.grants
            if grant.promotion is not None
        ]
        for promotion, product_ids in given:
            if promotion.exclusivity_group:
                key = promotion.stage, promotion.exclusivity_group
                self._winners.setdefault(key, set()).add(promotion.id)
            if not promotion.is_stackable:
                self._closed.update({(promotion.stage, each): promotion.id for each in product_ids})

    def is_beaten(self, promotion: Promotion) -> bool:
        """Another one of its exclusivity group was better."""
        if promotion.exclusivity_group is None:
            return False
        winners = self._winners.get((promotion.stage, promotion.exclusivity_group), {promotion.id})
        return promotion.id not in winners

    def open(self, promotion: Promotion) -> list[CartLine]:
        """The lines of its scope that no other promotion has closed to it."""
        lines, covered = self.cart.lines, self.cart.covered(promotion.scope)
        if not self._closed:
            return [lines[key] for key in covered]
        return [
            lines[key]
            for key in covered
            if self._closed.get((promotion.stage, key), promotion.id) == promotion.id
        ]

    def amount(self, stage: Stage, lines: Iterable[CartLine]) -> int:
        return sum(self.before[stage][line.product_id] for line in lines)


def _steps(promotion: Promotion, view: _View) -> Iterator[NextStep]:
    rule, lines = promotion.rule, view.open(promotion)
    if not lines:
        return
    if isinstance(rule, Tier | Bonus) and rule.over is Over.LINE:
        several = [[line] for line in lines]
    else:
        several = [lines]
    for each in several:
        if isinstance(rule, Tier):
            step = _tier_step(promotion, rule, each, view)
        elif isinstance(rule, Bonus):
            step = _bonus_step(promotion, rule, each)
        elif isinstance(rule, OrderTier):
            amount = view.amount(Stage.ORDER, each)
            step = _reaching(promotion, each, _above(rule.steps, amount), amount=amount)
        elif isinstance(rule, BasketPercent):
            step = _basket_step(promotion, rule, each, view)
        elif isinstance(rule, MixPercent):
            step = _mix_step(promotion, rule, each, view.cart)
        else:
            step = None
        if step is not None:
            yield step


def _above(steps: Iterable[PromotionStep], measured: int) -> PromotionStep | None:
    return min((step for step in steps if step.at > measured), key=lambda step: step.at, default=None)


def _reaching(
    promotion: Promotion,
    lines: Sequence[CartLine],
    step: PromotionStep | None,
    *,
    units: int | None = None,
    amount: int | None = None,
    products: int = 0,
) -> NextStep | None:
    """What is missing to that step, when so many units, or that amount, are there."""
    if step is None:
        return None
    there = units if units is not None else amount or 0
    missing = step.at - there
    multiple = lines[0].multiple if len(lines) == 1 else 1
    return NextStep(
        promotion_id=promotion.id,
        name=promotion.name,
        kind=promotion.kind,
        product_ids=tuple(line.product_id for line in lines),
        units=0 if units is None else -(-missing // multiple) * multiple,
        amount=Money(missing) if units is None else ZERO,
        products=products,
        rate=None if step.free else step.rate,
        free=step.free,
        distance=Rate(missing * BASIS_POINTS // max(there, 1)),
    )


def _tier_step(promotion: Promotion, rule: Tier, lines: Sequence[CartLine], view: _View) -> NextStep | None:
    if rule.measure is Measure.QUANTITY:
        units = sum(line.quantity for line in lines)
        return _reaching(promotion, lines, _above(rule.steps, units), units=units)
    amount = view.amount(Stage.LINE, lines)
    return _reaching(promotion, lines, _above(rule.steps, amount), amount=amount)


def _bonus_step(promotion: Promotion, rule: Bonus, lines: Sequence[CartLine]) -> NextStep | None:
    """The next bonus, when a part of what it needs is there already."""
    units = sum(line.quantity for line in lines)
    ahead = units_to_next(rule, units)
    if ahead is None or ahead[0] >= min(step.at for step in rule.steps):
        return None
    return _reaching(promotion, lines, PromotionStep(at=units + ahead[0], free=ahead[1]), units=units)


def _basket_step(
    promotion: Promotion, rule: BasketPercent, lines: Sequence[CartLine], view: _View
) -> NextStep | None:
    amount = view.amount(Stage.BASKET, lines)
    products = max(0, rule.least_products - len(lines))
    step = PromotionStep(at=max(rule.least_amount.rials, amount), rate=rule.rate)
    if not products and step.at <= amount:
        return None
    return _reaching(promotion, lines, step, amount=amount, products=products)


def _mix_step(
    promotion: Promotion, rule: MixPercent, lines: Sequence[CartLine], cart: Cart
) -> NextStep | None:
    """The side of which units are missing, when the other one is there."""
    others = [cart.lines[key] for key in cart.covered(rule.other)]
    units, other_units = (sum(line.quantity for line in side) for side in (lines, others))
    is_here, is_there = units >= rule.least_units, other_units >= rule.least_other_units
    if is_here == is_there:
        return None
    if is_here:
        step = PromotionStep(at=rule.least_other_units, rate=rule.rate)
        return _reaching(promotion, others, step, units=other_units)
    return _reaching(promotion, lines, PromotionStep(at=rule.least_units, rate=rule.rate), units=units)


def _cliff(promotion: Promotion, step: NextStep, view: _View) -> tuple[int, dict[int, int]]:
    """By how much the goods would get cheaper with the missing units, and of which product these are."""
    rule = promotion.rule
    if not isinstance(rule, Tier) or rule.mode is not TierMode.ALL_UNITS or not step.units or not step.rate:
        return 0, {}
    lines = [view.cart.lines[key] for key in step.product_ids]
    cheapest = min(lines, key=lambda line: (line.unit_price, line.product_id))
    there = sum(line.quantity for line in lines)
    reached = [each for each in rule.steps if each.at <= there]
    now = max(reached, key=lambda each: each.at).rate.basis_points if reached else 0
    amount = sum(line.gross.rials for line in lines)
    more = amount + cheapest.unit_price.rials * step.units
    less = amount * (BASIS_POINTS - now) - more * (BASIS_POINTS - step.rate.basis_points)
    return less, {cheapest.product_id: step.units}


def _saving(step: NextStep, more: Mapping[int, int], now: Evaluation, again: Again) -> NextStep:
    """The step with what it saves when the whole order is priced with those units."""
    then = again(
        {
            key: replace(line, quantity=line.quantity + more[key]) if key in more else line
            for key, line in now.cart.lines.items()
        },
        now.cart,
    )
    saves, payable = now.net - then.net, now.payable - then.payable
    if saves.rials <= 0 or payable.rials <= 0:
        return step
    return replace(step, saves=saves, saves_payable=payable)
