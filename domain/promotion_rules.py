"""The rules that promotions can have: tiers, percentages, baskets, order tiers, bonus goods (rule R5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import ClassVar

from domain.money import ZERO, Money, Rate


class PromotionKind(StrEnum):
    TIER = "tier"
    LINE = "line"
    BASKET = "basket"
    MIX = "mix"
    ORDER = "order"
    BONUS = "bonus"


class Stage(IntEnum):
    """When something is given (rule R5.1): the smaller number first."""

    BONUS = 2
    LINE = 3
    BASKET = 4
    ORDER = 5
    SETTLEMENT = 6


class Measure(StrEnum):
    """What the steps of a tier count: units, or rials."""

    QUANTITY = "quantity"
    AMOUNT = "amount"


class TierMode(StrEnum):
    """Whether the reached step holds for everything, or each slice has its own rate (rule R5.2)."""

    ALL_UNITS = "all_units"
    INCREMENTAL = "incremental"


class Over(StrEnum):
    """Whether something is measured on each product alone, or on all products of the scope together."""

    LINE = "line"
    GROUP = "group"


class BonusMode(StrEnum):
    """How often bonus goods are earned (rule R5.3); a ladder is climbed greedily from the top."""

    RECURSIVE = "recursive"
    ONCE = "once"
    LADDER = "ladder"


class BonusGoods(StrEnum):
    """What is given: the bought product, another one, what is chosen of a list, the cheapest bought."""

    SAME = "same"
    OTHER = "other"
    CHOOSE = "choose"
    CHEAPEST = "cheapest"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionStep:
    """From ``at`` on (units, or rials) there is a rate; or, with bonus goods, ``free`` units for ``at``."""

    at: int
    rate: Rate = Rate(0)
    free: int = 0

    @property
    def equivalent(self) -> Rate:
        """The discount to which bonus goods come: 1 free with 10 is 9.09 %, not 10 %."""
        return Rate((20_000 * self.free + self.at + self.free) // (2 * (self.at + self.free)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which products: those of any of these sets. All sets empty means everything."""

    product_ids: frozenset[int] = frozenset()
    category_ids: frozenset[int] = frozenset()
    brand_ids: frozenset[int] = frozenset()
    families: frozenset[str] = frozenset()
    excluded_ids: frozenset[int] = frozenset()

    @property
    def is_everything(self) -> bool:
        return not (self.product_ids or self.category_ids or self.brand_ids or self.families)

    def covers(
        self, product_id: int, category_id: int | None, brand_id: int | None, family: str | None
    ) -> bool:
        if product_id in self.excluded_ids:
            return False
        return (
            self.is_everything
            or product_id in self.product_ids
            or category_id in self.category_ids
            or brand_id in self.brand_ids
            or family in self.families
        )


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A rate that rises with what is bought (rule R5.2)."""

    kind: ClassVar[PromotionKind] = PromotionKind.TIER
    stage: ClassVar[Stage] = Stage.LINE
    steps: tuple[PromotionStep, ...]
    measure: Measure = Measure.QUANTITY
    mode: TierMode = TierMode.ALL_UNITS
    over: Over = Over.LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePercent:
    """A rate on each line of the scope, however little is bought."""

    kind: ClassVar[PromotionKind] = PromotionKind.LINE
    stage: ClassVar[Stage] = Stage.LINE
    rate: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketPercent:
    """Enough different products of the scope that come to enough money (rule R5.4)."""

    kind: ClassVar[PromotionKind] = PromotionKind.BASKET
    stage: ClassVar[Stage] = Stage.BASKET
    rate: Rate
    least_products: int = 1
    least_amount: Money = ZERO
    is_on_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MixPercent:
    """Enough units of the scope together with enough units of another one (rule R5.4)."""

    kind: ClassVar[PromotionKind] = PromotionKind.MIX
    stage: ClassVar[Stage] = Stage.BASKET
    rate: Rate
    least_units: int
    other: Scope
    least_other_units: int
    is_on_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTier:
    """A rate on the whole order that rises with the amount of the scope."""

    kind: ClassVar[PromotionKind] = PromotionKind.ORDER
    stage: ClassVar[Stage] = Stage.ORDER
    steps: tuple[PromotionStep, ...]
    mode: TierMode = TierMode.ALL_UNITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus:
    """Free units for bought ones (rule R5.3). ``product_ids``: the other product, or what to choose of.

    Nothing to choose of means: of what was bought of the scope.
    """

    kind: ClassVar[PromotionKind] = PromotionKind.BONUS
    stage: ClassVar[Stage] = Stage.BONUS
    steps: tuple[PromotionStep, ...]
    mode: BonusMode = BonusMode.RECURSIVE
    over: Over = Over.LINE
    goods: BonusGoods = BonusGoods.SAME
    product_ids: tuple[int, ...] = ()


Rule = Tier | LinePercent | BasketPercent | MixPercent | OrderTier | Bonus
