"""Why a promotion, or what was typed for it, cannot be taken, in words."""

from __future__ import annotations

from domain import errors, promotion_errors
from domain.promotion_rules import PromotionKind
from screens.language import Language
from screens.promotion_maker import fault_words


def promotion_refusal(error: errors.Refusal, _: Language) -> str | None:
    """The words, if the refusal is about a promotion."""
    match error:
        case promotion_errors.StepsNotUnderstood(kind=kind):
            return _steps(kind, _)
        case promotion_errors.RateNotUnderstood():
            return _.label("Please write a percentage above 0 and below 100, like 15%.")
        case promotion_errors.BudgetNotUnderstood():
            return _.label("Please write an amount or a number of pieces, like “50 million” or “200 pieces”.")
        case promotion_errors.PromotionRefused(fault=fault):
            return _.label("This promotion cannot hold: {why}.", why=fault_words(fault, _))
        case promotion_errors.NothingSoNamed():
            return _.label("I found nothing of that name. Please write it in another way.")
    return None


def _steps(kind: PromotionKind, _: Language) -> str:
    match kind:
        case PromotionKind.BONUS:
            return _.label("I did not understand these steps. Write them like “10+1, 24+3”.")
        case PromotionKind.BASKET:
            return _.label("I did not understand this. Write it like “2 items, 10 million, 4%”.")
        case PromotionKind.ORDER:
            return _.label(
                "I did not understand these steps. Write them like “10 million 2%, 50 million 3%”."
            )
        case PromotionKind.LINE:
            return _.label("Please write a percentage, like 5%.")
    return _.label("I did not understand these steps. Write them like “24 pieces 5%, 48 pieces 8%”.")
