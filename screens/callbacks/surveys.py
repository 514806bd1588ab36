"""Buttons of the question after a delivery (S7), and of what customers add to its ticket."""

from aiogram.filters.callback_data import CallbackData

from domain.surveys import Again, SurveyReason
from screens.callbacks.base import Count, Id


class OpenSurvey(CallbackData, prefix="nps"):
    """The question with its scores, once more."""

    survey_id: Id


class Rate(CallbackData, prefix="nps.n"):
    """A score from 0 to 10, given or given anew."""

    survey_id: Id
    score: Count


class NotNow(CallbackData, prefix="nps.no"):
    """The question is left for later."""

    survey_id: Id


class GiveReason(CallbackData, prefix="nps.why"):
    survey_id: Id
    reason: SurveyReason


class WriteReason(CallbackData, prefix="nps.say"):
    """The reason is typed."""

    survey_id: Id


class JudgeAgain(CallbackData, prefix="nps.now"):
    """What the customer thinks now that it was settled (S7.6)."""

    survey_id: Id
    again: Again


class NoMoreSurveys(CallbackData, prefix="nps.off"):
    """Never asked again, until it is switched on among the settings."""


class AddPhoto(CallbackData, prefix="tk.add"):
    """The customer shows what is wrong."""

    ticket_id: Id


class HurryTicket(CallbackData, prefix="tk.soon"):
    """The customer wants to be called sooner."""

    ticket_id: Id
