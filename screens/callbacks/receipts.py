"""Buttons of receipts: the customer says what was paid, finance decides."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from domain.receipts import RejectReason
from screens.callbacks.base import Count, DayNumber, Id, Version


class ReceiptStep(StrEnum):
    PROOF = "proof"
    AMOUNT = "amount"
    DAY = "day"


class BackInReceipt(CallbackData, prefix="r.back"):
    """An earlier question once more; what was said after it is asked again."""

    step: ReceiptStep


class StartReceipt(CallbackData, prefix="r.new"):
    """«پرداخت کردم»: the customer is about to say what was paid."""


class StartReceiptOf(CallbackData, prefix="r.of"):
    """The same, for one invoice."""

    invoice_id: Id


class WholeInvoice(CallbackData, prefix="r.all"):
    """All that is open of that invoice was paid."""

    invoice_id: Id


class OtherAmount(CallbackData, prefix="r.amt"):
    """Another amount was paid; it is typed next."""


class MeantAmount(CallbackData, prefix="r.yes"):
    """Yes, that amount was meant; it is kept with the question."""


class ChoosePaidDay(CallbackData, prefix="r.day"):
    day: DayNumber


class OtherPaidDay(CallbackData, prefix="r.day?"):
    """Another day; it is typed next."""


class OpenReceipts(CallbackData, prefix="r.list"):
    """Finance's list of receipts that wait, a page of it."""

    page: Count


class OpenReceipt(CallbackData, prefix="r"):
    """One receipt as finance sees it."""

    receipt_id: Id


class OpenReceiptPhoto(CallbackData, prefix="r.pic"):
    receipt_id: Id


class ApproveReceipt(CallbackData, prefix="r.ok"):
    """Book it; the version is the one that was shown."""

    receipt_id: Id
    version: Version


class AskReceiptAmount(CallbackData, prefix="r.amt?"):
    """Finance has found another amount, and types it next."""

    receipt_id: Id
    version: Version


class AskReceiptInvoice(CallbackData, prefix="r.inv?"):
    """Which invoice it is for."""

    receipt_id: Id
    version: Version


class ChooseReceiptInvoice(CallbackData, prefix="r.inv"):
    receipt_id: Id
    version: Version
    invoice_id: Id


class OldestFirst(CallbackData, prefix="r.old"):
    """For no named invoice: the oldest due first."""

    receipt_id: Id
    version: Version


class AskRejectReceipt(CallbackData, prefix="r.no?"):
    receipt_id: Id
    version: Version


class RejectReceipt(CallbackData, prefix="r.no"):
    receipt_id: Id
    version: Version
    reason: RejectReason
