"""Buttons of becoming a customer, and of the manager who decides."""

from aiogram.filters.callback_data import CallbackData

from domain.customers import CustomerKind
from screens.callbacks.base import Id


class ConfirmMe(CallbackData, prefix="reg.yes"):
    """Yes, that known contact is me (S1.2)."""

    contact_id: Id


class OtherCentre(CallbackData, prefix="reg.other"):
    """No, my centre is another one: the questions begin."""


class ChooseKind(CallbackData, prefix="reg.kind"):
    kind: CustomerKind


class SkipQuestion(CallbackData, prefix="reg.skip"):
    """Leave the present question of the registration unanswered."""


class ContinueRegistration(CallbackData, prefix="reg.on"):
    """Go on where the registration was left."""


class StartOver(CallbackData, prefix="reg.anew"):
    """Forget what was answered and begin with the number again."""


class OpenRequests(CallbackData, prefix="req.all"):
    """A manager's list of requests that wait."""


class OpenRequest(CallbackData, prefix="req"):
    request_id: Id


class OpenLicence(CallbackData, prefix="req.pic"):
    """The photo of the licence."""

    request_id: Id


class ApproveRequest(CallbackData, prefix="req.ok"):
    request_id: Id


class AskRejection(CallbackData, prefix="req.no?"):
    """Ask for the reason of a rejection."""

    request_id: Id


class RejectRequest(CallbackData, prefix="req.no"):
    """Reject without a reason."""

    request_id: Id


class AskApplicant(CallbackData, prefix="req.ask"):
    """A manager asks the applicant something."""

    request_id: Id
