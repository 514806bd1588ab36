"""Receipts as the customer sends them (S6.6)."""

from __future__ import annotations

from datetime import date, timedelta

from domain.amounts import AskBack
from domain.receipts import Debts, Receipt
from screens.amounts import did_you_mean
from screens.callbacks.receipts import (
    BackInReceipt,
    ChoosePaidDay,
    MeantAmount,
    OtherAmount,
    OtherPaidDay,
    ReceiptStep,
    WholeInvoice,
)
from screens.home import home_button
from screens.language import Day, Language, Words
from screens.screen import Button, Screen

YESTERDAY = timedelta(days=1)


def proof_question(_: Language) -> Screen:
    """The first question: a photo, or the number of the transfer."""
    text = _("Please send a photo of the receipt (or write the tracking number).")
    return Screen(text, ((home_button(_),),))


def _last(step: ReceiptStep, _: Language) -> tuple[Button, ...]:
    """Back to an earlier question, and home."""
    return (Button(_.label("⬅️ Back"), BackInReceipt(step=step)), home_button(_))


def amount_question(debts: Debts, _: Language) -> Screen:
    rows: list[tuple[Button, ...]] = []
    if debts.first is not None:
        label = _.label("{amount} (the whole invoice)", amount=debts.first.open)
        rows.append((Button(label, WholeInvoice(invoice_id=debts.first.id)),))
        rows.append((Button(_.label("Another amount"), OtherAmount()),))
    return Screen(_("The amount?"), (*rows, _last(ReceiptStep.PROOF, _)))


def typed_amount_question(_: Language) -> Screen:
    text = _("How much did you pay? For example “12 million and 300 thousand toman”.")
    return Screen(text, (_last(ReceiptStep.AMOUNT, _),))


def meant_question(asked: AskBack, _: Language) -> Screen:
    yes = Button(_.label("✅ Yes"), MeantAmount())
    return Screen(
        did_you_mean(asked, _),
        ((yes, Button(_.label("✏️ No, another amount"), OtherAmount())), _last(ReceiptStep.AMOUNT, _)),
    )


def day_question(today: date, _: Language) -> Screen:
    return Screen(
        _("The day of the payment?"),
        (
            (
                Button(_.label("Today"), ChoosePaidDay(day=today.toordinal())),
                Button(_.label("Yesterday"), ChoosePaidDay(day=(today - YESTERDAY).toordinal())),
                Button(_.label("Another day"), OtherPaidDay()),
            ),
            _last(ReceiptStep.AMOUNT, _),
        ),
    )


def typed_day_question(_: Language) -> Screen:
    return Screen(_("On which day did you pay? For example “12 Aban”."), (_last(ReceiptStep.DAY, _),))


def number_question(_: Language) -> Screen:
    text = _("The last four digits of the card, or the tracking number?")
    return Screen(text, (_last(ReceiptStep.DAY, _),))


def recorded(receipt: Receipt, _: Language) -> Screen:
    text = _(
        "Your receipt is recorded (code {number}). It is taken off your debt when finance has approved it; "
        "usually within 4 working hours.",
        number=receipt.number,
    )
    return Screen(text, ((home_button(_),),))


def day_words(day: date, today: date, _: Language) -> Words:
    """«امروز», «دیروز», or the day."""
    if day == today:
        return _("today")
    if day == today - YESTERDAY:
        return _("yesterday")
    return _.say(Day(day))


def tracking_used(sent_on: date, _: Language) -> Screen:
    """S6.8: a transfer pays once."""
    text = _(
        "This tracking number was recorded before, on {day}. Do you have another receipt?", day=Day(sent_on)
    )
    return Screen(text, ((home_button(_),),))
