"""How a statement, a button and a file name what has happened in an account."""

from __future__ import annotations

from datetime import date

from domain.invoices import CreditReason
from domain.ledger import EntryKind, LedgerEntry
from domain.money import ZERO, Money
from domain.periods import Period
from screens.language import Day, FullDay, Language, Words


def entry_words(entry: LedgerEntry, _: Language) -> Words:
    """«فاکتور ۲۱۰۴۵», «دریافت چک (سررسید ۵ آذر)», «واریز کارت»."""
    what = _what(entry, _)
    return _("Taken back: {what}", what=what) if entry.is_reversal else what


def _what(entry: LedgerEntry, _: Language) -> Words:  # noqa: C901 - one arm a kind
    facts = entry.facts
    match entry.kind:
        case EntryKind.INVOICE:
            return _("Invoice {number}", number=facts["number"])
        case EntryKind.PAYMENT:
            return _payment(str(facts.get("method", "")), _)
        case EntryKind.CREDIT_NOTE:
            return _note(facts["reason"], int(facts["number"]), facts.get("invoice"), _)
        case EntryKind.CHEQUE_RECEIVED:
            return _("Cheque received (due {day})", day=_due(entry))
        case EntryKind.CHEQUE_BOUNCED:
            return _("Cheque bounced (due {day})", day=_due(entry))
        case EntryKind.CHEQUE_AGAIN:
            return _("Cheque at the bank again (due {day})", day=_due(entry))
        case EntryKind.CHEQUE_SETTLED:
            return _("Bounced cheque settled (due {day})", day=_due(entry))
        case EntryKind.CHEQUE_HANDED_BACK:
            return _("Cheque handed back (due {day})", day=_due(entry))
        case EntryKind.OPENING:
            return _("Balance carried over")
        case EntryKind.ROUNDING:
            return _("Rounding")
        case EntryKind.CHEQUE_CLEARED:
            return _("Cheque cleared (due {day})", day=_due(entry))


def _payment(method: str, _: Language) -> Words:
    match method:
        case "card":
            return _("Paid by card")
        case "transfer":
            return _("Bank transfer")
        case "cash":
            return _("Paid in cash")
        case "opening":
            return _("Credit carried over")
    return _("Payment")


def _note(reason: str, number: int, invoice: int | None, _: Language) -> Words:
    match CreditReason(reason):
        case CreditReason.RETURN:
            return _("Return of goods {number}", number=number)
        case CreditReason.DAMAGE:
            return _("Credit for damaged goods {number}", number=number)
        case CreditReason.VOID if invoice is not None:
            return _("Invoice {number} void", number=invoice)
        case CreditReason.GIFT:
            return _("Gift credit {number}", number=number)
    return _("Correction {number}", number=number)


def _due(entry: LedgerEntry) -> Day:
    return Day(date.fromisoformat(entry.facts["due_on"]))


def entry_label(entry: LedgerEntry, _: Language) -> str:
    """On a button: «فاکتور ۲۱۰۴۵», «چک ۶ آبان», «واریز ۱۲ آبان»."""
    match entry.kind:
        case EntryKind.INVOICE:
            return _.label("Invoice {number}", number=entry.facts["number"])
        case EntryKind.PAYMENT:
            return _.label("Payment of {day}", day=Day(entry.day))
        case EntryKind.CREDIT_NOTE:
            return _.label("Credit of {day}", day=Day(entry.day))
        case EntryKind.OPENING | EntryKind.ROUNDING:
            return _.label("Entry of {day}", day=Day(entry.day))
    return _.label("Cheque of {day}", day=Day(entry.day))


def period_words(period: Period, _: Language) -> Words:
    """«آبان ۱۴۰۵» for a month, and both days for anything else."""
    if period.is_month:
        _day, month, year = _.plain(FullDay(period.first)).rsplit(" ", 2)
        return _("{month} {year}", month=month, year=year)
    return _("{first} to {last}", first=FullDay(period.first), last=FullDay(period.last))


def month_label(day: date, _: Language) -> str:
    """«آبان»."""
    return _.plain(Day(day)).split(" ", 1)[1]


def owed_words(balance: Money, _: Language) -> Words:
    """«۱۴٬۸۰۰٬۰۰۰ بدهکار»; who is in credit reads so, and nobody reads a sign."""
    if balance > ZERO:
        return _("{amount} owed", amount=balance)
    if balance < ZERO:
        return _("{amount} in credit", amount=-balance)
    return _("nothing owed")
