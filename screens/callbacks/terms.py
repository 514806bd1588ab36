"""Buttons of the payment terms of a customer, for finance (CUS-05)."""

from aiogram.filters.callback_data import CallbackData

from domain.terms import TermKind
from screens.callbacks.base import Count, Id


class OpenTerms(CallbackData, prefix="terms"):
    """On which terms that customer may pay."""

    customer_id: Id


class AskTerm(CallbackData, prefix="terms.ask"):
    """Which term is added: it is chosen, or typed."""

    customer_id: Id


class AddTerm(CallbackData, prefix="terms.add"):
    """One of the usual terms is added."""

    customer_id: Id
    kind: TermKind
    days: Count


class RemoveTerm(CallbackData, prefix="terms.cut"):
    """That customer does not pay so any more."""

    customer_id: Id
    term_id: Id


class DropOwnTerms(CallbackData, prefix="terms.all"):
    """Nothing of their own: what holds for the group or the company."""

    customer_id: Id
