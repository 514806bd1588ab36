"""Buttons of cheques: a customer's own, and finance's desk."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from domain.cheque_details import ChequeDetail
from domain.cheque_lists import DeskPart
from domain.drawers import DrawerColour, DrawerDecision
from domain.instruments import BounceReason, ChequeState
from domain.sayad import SayadState
from screens.callbacks.base import Count, Id, Version


class OpenCheques(CallbackData, prefix="q"):
    """The own cheques that are under way (S3.4)."""


class OpenCheque(CallbackData, prefix="q.one"):
    """One of the own cheques (S3.5)."""

    cheque_id: Id


class SwitchChequeReminders(CallbackData, prefix="q.bell"):
    on: Count


class AnnounceCheque(CallbackData, prefix="q.new"):
    """Tell us of a new cheque (S3.6)."""


class ConfirmCheque(CallbackData, prefix="q.yes"):
    """Amount and day were understood rightly: what counts is what was typed, not the button."""


class AmendCheque(CallbackData, prefix="q.fix"):
    """Ask for amount and day once more."""


class TakeMeantAmount(CallbackData, prefix="q.meant"):
    """Yes, the larger amount was meant that was asked back."""


class ReadyAnswer(StrEnum):
    READY = "ready"
    TALK = "talk"


class AnswerReminder(CallbackData, prefix="q.ready"):
    """What the drawer says to a reminder (S3.7)."""

    cheque_id: Id
    answer: ReadyAnswer


class OpenChequeDesk(CallbackData, prefix="f.q"):
    """Finance's desk of cheques."""


class OpenDeskPart(CallbackData, prefix="f.q.in"):
    part: DeskPart
    page: Count


class OpenChequeCard(CallbackData, prefix="f.q.one"):
    """One cheque as finance sees it."""

    cheque_id: Id


class OpenChequePhoto(CallbackData, prefix="f.q.pic"):
    cheque_id: Id


class AskReceive(CallbackData, prefix="f.q.take?"):
    """For which invoice is it taken?"""

    cheque_id: Id


class ReceiveCheque(CallbackData, prefix="f.q.take"):
    """Take it for the oldest due first."""

    cheque_id: Id
    version: Version


class ReceiveChequeFor(CallbackData, prefix="f.q.for"):
    """Take it for one invoice."""

    cheque_id: Id
    invoice_id: Id
    version: Version


class MoveCheque(CallbackData, prefix="f.q.to"):
    cheque_id: Id
    to: ChequeState
    version: Version


class AskBounce(CallbackData, prefix="f.q.back?"):
    """For what reason did the bank send it back?"""

    cheque_id: Id


class BounceCheque(CallbackData, prefix="f.q.back"):
    cheque_id: Id
    reason: BounceReason
    version: Version


class SettledBy(StrEnum):
    MONEY = "money"
    CHEQUE = "cheque"


class SettleCheque(CallbackData, prefix="f.q.paid"):
    cheque_id: Id
    by: SettledBy
    version: Version


class RecordSayad(CallbackData, prefix="f.q.sayad"):
    cheque_id: Id
    to: SayadState
    version: Version


class AskSayadReason(CallbackData, prefix="f.q.no?"):
    """Why was it rejected in the register? The answer is typed."""

    cheque_id: Id
    version: Version


class AskColour(CallbackData, prefix="f.q.col?"):
    cheque_id: Id


class RecordColour(CallbackData, prefix="f.q.col"):
    cheque_id: Id
    colour: DrawerColour
    version: Version


class ApproveDrawer(CallbackData, prefix="f.q.agree"):
    """A manager agrees to a drawer of that colour."""

    cheque_id: Id
    version: Version


class AskUndo(CallbackData, prefix="f.q.undo?"):
    """Why shall the last move be taken back? The answer is typed."""

    cheque_id: Id
    version: Version


class AskChequeNumber(CallbackData, prefix="f.q.find"):
    """Find a cheque by its Sayad id, which is typed."""


class AskRas(CallbackData, prefix="f.q.ras"):
    """The average due day of what is typed next."""


class OpenChequeDetails(CallbackData, prefix="f.q.all"):
    """What is printed on it."""

    cheque_id: Id


class AskChequeDetail(CallbackData, prefix="f.q.tell"):
    """Type one of these anew."""

    cheque_id: Id
    detail: ChequeDetail
    version: Version


class OpenColourPolicy(CallbackData, prefix="f.q.rule"):
    """Which drawers' cheques the company takes, by their colour."""


class AskColourRule(CallbackData, prefix="f.q.rule?"):
    colour: DrawerColour


class SetColourRule(CallbackData, prefix="f.q.rules"):
    colour: DrawerColour
    decision: DrawerDecision
