"""What a customer has said about the bonus goods of an order: which they are, and what if they are short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.catalogue import Offer, Unit


class ShortWish(StrEnum):
    """What to do with bonus units that are not there (rule R5.3)."""

    LATER = "later"
    SIMILAR = "similar"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenGoods:
    """So many units of that product, of a bonus where the customer chooses."""

    promotion_id: int
    product_id: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortGoods:
    """What is wanted instead of the missing units of that bonus product; ``other_id`` of a similar one."""

    product_id: int
    wish: ShortWish
    other_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusChoices:
    """All that was said about the bonus goods of one order."""

    chosen: tuple[ChosenGoods, ...] = ()
    short: tuple[ShortGoods, ...] = ()

    def wish(self, product_id: int) -> ShortGoods | None:
        return next((each for each in self.short if each.product_id == product_id), None)

    def with_wish(self, wish: ShortGoods) -> BonusChoices:
        others = (each for each in self.short if each.product_id != wish.product_id)
        return BonusChoices(chosen=self.chosen, short=(*others, wish))

    def with_chosen(self, promotion_id: int, product_id: int, units: int) -> BonusChoices:
        """So many units more of that product."""
        before = self.units(promotion_id).get(product_id, 0)
        others = (
            each for each in self.chosen if (each.promotion_id, each.product_id) != (promotion_id, product_id)
        )
        chosen = ChosenGoods(promotion_id=promotion_id, product_id=product_id, units=before + units)
        return BonusChoices(chosen=(*others, chosen), short=self.short)

    def without_chosen(self, promotion_id: int) -> BonusChoices:
        """Nothing is chosen of that promotion any more."""
        others = tuple(each for each in self.chosen if each.promotion_id != promotion_id)
        return BonusChoices(chosen=others, short=self.short)

    def units(self, promotion_id: int) -> Mapping[int, int]:
        return {each.product_id: each.units for each in self.chosen if each.promotion_id == promotion_id}

    @property
    def by_promotion(self) -> Mapping[int, Mapping[int, int]]:
        """The chosen units as a quote asks for them."""
        return {each.promotion_id: self.units(each.promotion_id) for each in self.chosen}

    @property
    def product_ids(self) -> frozenset[int]:
        """Every product that was named in it."""
        named = {each.product_id for each in self.chosen} | {each.product_id for each in self.short}
        return frozenset(named | {each.other_id for each in self.short if each.other_id is not None})

    def facts(self) -> dict[str, list[list[Any]]] | None:
        """As it is kept with the order; None when nothing was said."""
        if not self.chosen and not self.short:
            return None
        return {
            "chosen": [[each.promotion_id, each.product_id, each.units] for each in self.chosen],
            "short": [[each.product_id, each.wish.value, each.other_id] for each in self.short],
        }


NONE_SAID = BonusChoices()


def choices_of(facts: Mapping[str, Any] | None) -> BonusChoices:
    """What :meth:`BonusChoices.facts` has written."""
    if not facts:
        return NONE_SAID
    return BonusChoices(
        chosen=tuple(
            ChosenGoods(promotion_id=promotion, product_id=product, units=units)
            for promotion, product, units in facts["chosen"]
        ),
        short=tuple(
            ShortGoods(product_id=product, wish=ShortWish(wish), other_id=other)
            for product, wish, other in facts["short"]
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """Bonus goods as a basket names them; no ``product_id`` while it is still to be chosen."""

    promotion_id: int
    name: str
    product_id: int | None
    label: str = ""
    unit: Unit = Unit.PIECE
    quantity: int
    later: int = 0
    for_products: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortBonus:
    """Of these bonus goods ``missing`` units are not there: what is wanted instead? (rule R5.3)"""

    promotion_id: int
    name: str
    product_id: int
    label: str
    unit: Unit = Unit.PIECE
    quantity: int
    missing: int
    can_wait: bool = True
    """The product is still sold, so that it can be sent later."""
    substitute: Offer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBonus:
    """So many units are still to be chosen among these goods; ``chosen`` are labels with their units."""

    promotion_id: int
    name: str
    units: int
    options: tuple[Offer, ...]
    chosen: tuple[tuple[str, int], ...] = ()


BonusQuestion = ShortBonus | OpenBonus
