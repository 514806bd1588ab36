"""Buttons of an account: statements, invoices, what is disputed, and tasks."""

from aiogram.filters.callback_data import CallbackData

from domain.ledger import Voucher
from screens.callbacks.base import Count, DayNumber, Id
from screens.paper import Form


class OpenBooks(CallbackData, prefix="books"):
    """A customer's account, for our people."""

    customer_id: Id


class AskPeriod(CallbackData, prefix="led"):
    """For which days is the statement wanted? (S3.3)"""

    customer_id: Id


class OpenStatement(CallbackData, prefix="led.of"):
    customer_id: Id
    from_day: DayNumber
    until_day: DayNumber
    page: Count


class AskRange(CallbackData, prefix="led.span"):
    """Other days; they are typed."""

    customer_id: Id


class SendStatement(CallbackData, prefix="led.file"):
    customer_id: Id
    from_day: DayNumber
    until_day: DayNumber
    form: Form


class OpenInvoices(CallbackData, prefix="inv.open"):
    """The invoices of which something is owed."""

    customer_id: Id
    page: Count


class OpenInvoiceCard(CallbackData, prefix="inv"):
    invoice_id: Id


class OpenSettling(CallbackData, prefix="inv.by"):
    """«این فاکتور با چه تسویه شد؟»"""

    invoice_id: Id


class SendInvoice(CallbackData, prefix="inv.file"):
    invoice_id: Id
    form: Form


class AskDispute(CallbackData, prefix="disp"):
    """Which row of that page of the statement is not right? (S3.8)"""

    customer_id: Id
    from_day: DayNumber
    until_day: DayNumber
    page: Count


class DisputeRow(CallbackData, prefix="disp.row"):
    """That paper of one's own account is not right."""

    voucher: Voucher
    voucher_id: Id


class DisputeOther(CallbackData, prefix="disp.else"):
    """Something that stands in no row is missing or wrong."""


class OpenDisputes(CallbackData, prefix="disp.list"):
    """What waits for finance's answer."""

    page: Count


class OpenDispute(CallbackData, prefix="disp.one"):
    dispute_id: Id


class OpenDisputePhoto(CallbackData, prefix="disp.pic"):
    dispute_id: Id


class AnswerDispute(CallbackData, prefix="disp.say"):
    """Finance types the answer next."""

    dispute_id: Id


class OpenTasks(CallbackData, prefix="tasks"):
    """What is one's own to do."""

    page: Count


class FinishTask(CallbackData, prefix="task.done"):
    task_id: Id
    page: Count
