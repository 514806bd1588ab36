"""«زمان پرداخت» (S6.4), «اعتراض دارم» (S6.12), and what is answered to a wish for a call or another plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.amounts import AskBack
from domain.balances import OpenInvoice, Promise
from domain.disputes import Dispute, DisputeSubject
from domain.promises import Promisable
from screens.amounts import did_you_mean
from screens.callbacks.receipts import StartReceiptOf
from screens.callbacks.reminders import (
    AskPromise,
    MeantPromise,
    Object,
    OpenBankAccounts,
    OtherPromiseDay,
    PromiseDay,
    PromisePart,
    PromiseWhole,
)
from screens.home import home_button
from screens.language import Language
from screens.pages import in_rows
from screens.reminders import calling
from screens.screen import Button, Screen

PER_ROW = 2


def which_question(invoices: Sequence[OpenInvoice], _: Language) -> Screen:
    """Which of several invoices is a day to be named for?"""
    if not invoices:
        return Screen(_("Nothing is open on your account ✅"), ((home_button(_),),))
    rows = [
        (
            Button(
                _.label("Invoice {number} · {amount}", number=each.number, amount=each.open),
                AskPromise(invoice_id=each.id),
            ),
        )
        for each in invoices
    ]
    return Screen(_("The payment of which invoice?"), (*rows, (home_button(_),)))


def day_question(found: Promisable, _: Language) -> Screen:
    invoice_id = found.invoice.id
    days = [
        Button(_.plain(day), PromiseDay(invoice_id=invoice_id, day=day.toordinal())) for day in found.days
    ]
    days.append(Button(_.label("Another day"), OtherPromiseDay(invoice_id=invoice_id)))
    text = _("Which day? (at most {days} days)", days=found.rules.most_promise_days)
    return Screen(text, (*in_rows(days, PER_ROW), (home_button(_),)))


def typed_day_question(found: Promisable, _: Language) -> Screen:
    text = _(
        "On which day will you pay? Please write it, for example “Tuesday”; at most {days} days from now.",
        days=found.rules.most_promise_days,
    )
    back = Button(_.label("⬅️ Back"), AskPromise(invoice_id=found.invoice.id))
    return Screen(text, ((back, home_button(_)),))


def amount_question(found: Promisable, day: date, _: Language) -> Screen:
    at = {"invoice_id": found.invoice.id, "day": day.toordinal()}
    whole = Button(_.label("All of {amount}", amount=found.invoice.open), PromiseWhole(**at))
    part = Button(_.label("A part of it"), PromisePart(**at))
    return Screen(_("The whole amount or a part?"), ((whole, part), (home_button(_),)))


def typed_amount_question(found: Promisable, _: Language) -> Screen:
    text = _("How much will you pay on that day? For example “5 million”.")
    back = Button(_.label("⬅️ Back"), AskPromise(invoice_id=found.invoice.id))
    return Screen(text, ((back, home_button(_)),))


def meant_question(asked: AskBack, _: Language) -> Screen:
    yes = Button(_.label("✅ Yes"), MeantPromise())
    return Screen(did_you_mean(asked, _), ((yes, home_button(_)),))


def recorded(promise: Promise, _: Language) -> Screen:
    text = _(
        "Recorded: {amount} toman, {day}. Until then we send no reminders. Thank you for arranging it 🙏",
        amount=promise.amount,
        day=promise.on,
    )
    accounts = Button(_.label("🏦 Account numbers"), OpenBankAccounts())
    return Screen(text, ((accounts, home_button(_)),))


def subject_question(invoice_id: int, _: Language) -> Screen:
    """S6.12."""
    rows = [
        (Button(subject_label(each, _), Object(invoice_id=invoice_id, subject=each)),)
        for each in DisputeSubject
    ]
    return Screen(_("What is it about?"), (*rows, (home_button(_),)))


def subject_label(subject: DisputeSubject, _: Language) -> str:
    match subject:
        case DisputeSubject.AMOUNT:
            return _.label("The invoice's amount is wrong")
        case DisputeSubject.RETURNED:
            return _.label("Goods were returned")
        case DisputeSubject.PAID:
            return _.label("I have paid already")
    return _.label("Something different")


def objected(dispute: Dispute, invoice_id: int, _: Language) -> Screen:
    text = _(
        "Ticket {number} was opened for finance. Until it is answered, reminders of this invoice stop.",
        number=dispute.number,
    )
    if dispute.subject is DisputeSubject.PAID:
        receipt = Button(_.label("📤 Send the receipt"), StartReceiptOf(invoice_id=invoice_id))
        return Screen(text, ((receipt, home_button(_)),))
    if dispute.subject is DisputeSubject.OTHER:
        more = _("Please explain it right here, in words or with a photo.")
        return Screen(f"{text}\n{more}", ((home_button(_),),))
    return Screen(text, ((home_button(_),),))


def call_promised(caller: str, _: Language) -> Screen:
    text = _("Your wish has arrived ✅ {who}", who=calling(caller, _))
    return Screen(text, ((home_button(_),),))


def coordination_asked(_: Language) -> Screen:
    text = _("Your wish has reached finance ✅ A colleague calls you today to find a way that suits you.")
    accounts = Button(_.label("🏦 Account numbers"), OpenBankAccounts())
    return Screen(text, ((accounts, home_button(_)),))
