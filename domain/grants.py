"""What is left of a cart's amounts while discounts are given on it, and the discounts themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.money import Rate
from domain.pricing import CartLine
from domain.promotion_rules import Scope, Stage
from domain.promotions import Cap, Promotion, Quotas
from domain.proration import prorated


@dataclass(slots=True, kw_only=True)
class Grant:
    """What a promotion (or the payment term) gives: a part for each product, in the order of their ids."""

    stage: Stage
    promotion: Promotion | None
    bases: dict[int, int]
    parts: dict[int, int]
    is_on_order: bool
    rates: dict[int, Rate] = field(default_factory=dict)
    """Of each product, where its part is a plain rate of its base."""

    @property
    def amount(self) -> int:
        return sum(self.parts.values())

    def rate(self) -> Rate | None:
        """The one rate of all its products."""
        rates = {self.rates.get(product_id) for product_id in self.parts}
        return rates.pop() if len(rates) == 1 else None


def lower(grant: Grant, by: int) -> None:
    """Cut the grant by that much, each part in its proportion."""
    if by <= 0:
        return
    cuts = prorated(by, list(grant.parts.values()))
    grant.parts = {key: part - cut for (key, part), cut in zip(grant.parts.items(), cuts, strict=True)}
    grant.rates = {}


class Cart:
    """The lines by product in the order of ids, and what is left of their amounts after each grant."""

    def __init__(self, lines: Mapping[int, CartLine], used: Quotas, like: Cart | None = None) -> None:
        """``like`` is a cart of the same products: which promotion covers what is known from it."""
        self.lines, self.used = lines, used
        self.gross: dict[int, int] = {
            key: line.unit_price.rials * line.quantity for key, line in lines.items()
        }
        self.nets = dict(self.gross)
        self._covered: dict[Scope, tuple[int, ...]] = like._covered if like else {}
        self._left: dict[int, Cap] = like._left if like else {}
        self._sets: dict[tuple[str, int | str | None], list[int]] = like._sets if like else self._all_sets()

    def _all_sets(self) -> dict[tuple[str, int | str | None], list[int]]:
        sets: dict[tuple[str, int | str | None], list[int]] = {}
        for key, line in self.lines.items():
            for member in (("category", line.category_id), ("brand", line.brand_id), ("family", line.family)):
                sets.setdefault(member, []).append(key)
        return sets

    def left(self, promotion: Promotion) -> Cap:
        """What this order may still get of it."""
        found = self._left.get(promotion.id)
        if found is None:
            found = self._left[promotion.id] = promotion.left(self.used.get(promotion.id))
        return found

    def covered(self, scope: Scope) -> tuple[int, ...]:
        """The products of that scope, in the order of their ids."""
        found = self._covered.get(scope)
        if found is None:
            keys = set(self.lines) if scope.is_everything else self._members(scope)
            found = self._covered[scope] = tuple(sorted(keys - scope.excluded_ids))
        return found

    def _members(self, scope: Scope) -> set[int]:
        keys = {product_id for product_id in scope.product_ids if product_id in self.lines}
        for category_id in scope.category_ids:
            keys.update(self._sets.get(("category", category_id), ()))
        for brand_id in scope.brand_ids:
            keys.update(self._sets.get(("brand", brand_id), ()))
        for family in scope.families:
            keys.update(self._sets.get(("family", family), ()))
        return keys

    def take(self, grant: Grant) -> None:
        for product_id, part in grant.parts.items():
            self.nets[product_id] -= part

    def units(self, product_ids: Iterable[int]) -> int:
        return sum(self.lines[product_id].quantity for product_id in product_ids)

    def amount(self, product_ids: Iterable[int]) -> int:
        return sum(self.nets[product_id] for product_id in product_ids)
