"""Buttons of the company's letterhead."""

from aiogram.filters.callback_data import CallbackData

from domain.company import CompanyPart


class OpenCompany(CallbackData, prefix="firm"):
    """What stands at the top of our documents."""


class AskCompanyPart(CallbackData, prefix="firm.ask"):
    """That part is to be typed anew."""

    part: CompanyPart


class ClearCompanyPart(CallbackData, prefix="firm.none"):
    """That part is not printed any more."""

    part: CompanyPart
