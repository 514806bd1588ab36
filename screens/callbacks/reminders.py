"""Buttons under reminders: promises, objections, calls, accounts to pay to; and the desk of reminders."""

from aiogram.filters.callback_data import CallbackData

from domain.balances import PromiseState
from domain.disputes import DisputeSubject
from screens.callbacks.base import Count, DayNumber, Id


class AskPromise(CallbackData, prefix="pay.on"):
    """«زمان پرداخت»: on which day will that invoice be paid? (S6.4)"""

    invoice_id: Id


class AskWhichPromise(CallbackData, prefix="pay.which"):
    """The same, where a reminder was about several invoices."""


class PromiseDay(CallbackData, prefix="pay.day"):
    invoice_id: Id
    day: DayNumber


class OtherPromiseDay(CallbackData, prefix="pay.day?"):
    """Another day; it is typed next."""

    invoice_id: Id


class PromiseWhole(CallbackData, prefix="pay.all"):
    """All that is open will be paid on that day."""

    invoice_id: Id
    day: DayNumber


class PromisePart(CallbackData, prefix="pay.part"):
    """A part of it; the amount is typed next."""

    invoice_id: Id
    day: DayNumber


class MeantPromise(CallbackData, prefix="pay.yes"):
    """Yes, that amount was meant; it is kept with the question."""


class AskObjection(CallbackData, prefix="obj"):
    """«اعتراض دارم»: what is wrong with that invoice? (S6.12)"""

    invoice_id: Id


class Object(CallbackData, prefix="obj.it"):
    invoice_id: Id
    subject: DisputeSubject


class CallMe(CallbackData, prefix="callme"):
    """«الان تماس بگیرید»"""


class AskCoordination(CallbackData, prefix="coord"):
    """«تقسیط / هماهنگی»"""


class OpenBankAccounts(CallbackData, prefix="bank"):
    """«شماره حساب‌ها»"""


class AddBankAccount(CallbackData, prefix="bank.add"):
    """Finance types the SHEBA of one more account."""


class NoBankCard(CallbackData, prefix="bank.none"):
    """That account has no card."""


class AskDropBankAccount(CallbackData, prefix="bank.cut?"):
    account_id: Id


class DropBankAccount(CallbackData, prefix="bank.cut"):
    account_id: Id


class OpenReminderLevels(CallbackData, prefix="rem"):
    """The levels of reminders with their days."""


class AskLevelDays(CallbackData, prefix="rem.day"):
    """Another day for that level; it is typed next."""

    level: Count


class SwitchLevel(CallbackData, prefix="rem.on"):
    level: Count
    on: Count


class OpenPromises(CallbackData, prefix="rem.kept"):
    """Promises that are open, were kept or were broken."""

    state: PromiseState
    page: Count
