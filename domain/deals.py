"""Promotions as the people see them for whom they are, or who have made them."""

from __future__ import annotations

from dataclasses import dataclass

from domain.catalogue import Product
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
