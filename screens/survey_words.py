"""Why a score was given, in words."""

from __future__ import annotations

from domain.surveys import SurveyReason
from screens.language import Language


def reason_word(reason: SurveyReason, _: Language) -> str:  # noqa: C901 - one arm a reason
    match reason:
        case SurveyReason.ON_TIME:
            return _.label("Delivery on time")
        case SurveyReason.OFFERS:
            return _.label("Prices and offers")
        case SurveyReason.PEOPLE:
            return _.label("Your people's manner")
        case SurveyReason.EASY:
            return _.label("Easy ordering")
        case SurveyReason.TIMING:
            return _.label("Time of delivery")
        case SurveyReason.STOCK:
            return _.label("Goods in stock")
        case SurveyReason.PRICE:
            return _.label("Price")
        case SurveyReason.PACKING:
            return _.label("Packing")
        case SurveyReason.LATE:
            return _.label("It came late")
        case SurveyReason.SHORT:
            return _.label("Something was missing")
        case SurveyReason.DAMAGED:
            return _.label("Damaged goods")
        case SurveyReason.INVOICE:
            return _.label("Wrong invoice")
        case SurveyReason.RUDE:
            return _.label("Improper manner")
        case SurveyReason.OTHER:
            return _.label("In own words")
        case SurveyReason.NONE:
            return _.label("Without a reason")
