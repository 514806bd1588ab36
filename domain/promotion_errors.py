"""Refusals about promotions, as managers make them."""

from __future__ import annotations

from domain.promotion_facts import PromotionFault
from domain.promotion_rules import PromotionKind
from domain.refusal import Refusal


class StepsNotUnderstood(Refusal):
    """What was typed are no steps of such a promotion."""

    def __init__(self, kind: PromotionKind) -> None:
        super().__init__(kind)
        self.kind = kind


class RateNotUnderstood(Refusal):
    """What was typed is no percentage below a hundred."""


class BudgetNotUnderstood(Refusal):
    """What was typed is neither an amount nor a number of units."""


class PromotionRefused(Refusal):
    """A promotion that cannot hold."""

    def __init__(self, fault: PromotionFault) -> None:
        super().__init__(fault)
        self.fault = fault


class NothingSoNamed(Refusal):
    """No goods, or no customers, are called so."""
