"""Promotions as the people see them for whom they are, or who have made them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.catalogue import Product
from domain.orders import OrderLine
from domain.promotion_rules import Bonus, Over, PromotionStep
from domain.promotions import NO_CAP, Cap, Promotion


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the things in a promotion are called, by their ids."""

    products: dict[int, str]
    categories: dict[int, str]
    brands: dict[int, str]
    groups: dict[int, str]
    customers: dict[int, str]


NO_NAMES = Names(products={}, categories={}, brands={}, groups={}, customers={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A promotion with what is left of it for whoever looks, and the names of what it is about."""

    promotion: Promotion
    left: Cap = NO_CAP
    names: Names = NO_NAMES

    @property
    def goods(self) -> tuple[str, ...]:
        """What it is on; nothing when it is on everything."""
        scope, names = self.promotion.scope, self.names
        return (
            *(names.products[each] for each in sorted(scope.product_ids) if each in names.products),
            *(names.categories[each] for each in sorted(scope.category_ids) if each in names.categories),
            *(names.brands[each] for each in sorted(scope.brand_ids) if each in names.brands),
            *sorted(scope.families),
        )

    def is_on(self, product: Product) -> bool:
        """It is about some products, and this is one of them."""
        return not self.promotion.scope.is_everything and self.promotion.scope.covers(
            product.id, product.category_id, product.brand_id, product.family
        )


def bonuses_on(
    lines: Sequence[OrderLine], products: Mapping[int, Product], promotions: Iterable[Promotion]
) -> dict[int, PromotionStep]:
    """By product, the bonus that today comes with as much as these lines hold.

    One that is earned by several products together is said once, with the last of them.
    """
    found: dict[int, PromotionStep] = {}
    for each in promotions:
        if not isinstance(each.rule, Bonus):
            continue
        deal = Deal(promotion=each)
        about = [
            line for line in lines if line.product_id in products and deal.is_on(products[line.product_id])
        ]
        groups = [about] if each.rule.over is Over.GROUP else [[line] for line in about]
        for group in filter(None, groups):
            bought = sum(line.quantity for line in group)
            if reached := [step for step in each.rule.steps if step.at <= bought]:
                found.setdefault(group[-1].product_id, max(reached, key=lambda step: step.at))
    return found
