"""What a customer reads about invoices that are due (S6.1 to S6.3, S6.5, S6.9 to S6.11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.money import Money, total
from domain.reminder_tones import Tone
from domain.reminding import ToldInvoice
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.receipts import StartReceipt, StartReceiptOf
from screens.callbacks.reminders import (
    AskCoordination,
    AskObjection,
    AskPromise,
    AskWhichPromise,
    CallMe,
    OpenBankAccounts,
)
from screens.home import home_button
from screens.language import Day, Language, Words
from screens.screen import Button, Screen


def reminder(
    tone: Tone, customer: str, items: Sequence[ToldInvoice], today: date, caller: str | None, _: Language
) -> Screen:
    """One invoice is told in the words of its level, several as a list (S6.11)."""
    if len(items) > 1:
        return _several(tone, items, today, _)
    item = items[0]
    match tone:
        case Tone.FRIENDLY:
            return Screen(_friendly(item, _), _four(item, _))
        case Tone.DUE_TODAY:
            return Screen(_due(item, today, _), ((_paid(item, _), _when(item, _), _accounts(_)), _home(_)))
        case Tone.POLITE:
            return Screen(_polite(customer, item, today, _), _asking(item, _))
        case Tone.FIRM:
            return Screen(_firm(customer, item, today, _), _asking(item, _))
    rows = ((_paid(item, _), _when(item, _)), (_call(_),), _home(_))
    return Screen(_warning(customer, item, today, caller, _), rows)


def _friendly(item: ToldInvoice, _: Language) -> Words:
    return _(
        "A friendly reminder 🌿\nInvoice {number} — {amount} toman\nDue: {day}",
        number=item.number,
        amount=item.amount,
        day=item.due_on,
    )


def _due(item: ToldInvoice, today: date, _: Language) -> Words:
    if item.due_on == today:
        text = _("Invoice {number} is due today: {amount} toman.", number=item.number, amount=item.amount)
    else:
        text = _(
            "Invoice {number} was due on {day}: {amount} toman.",
            number=item.number,
            day=item.due_on,
            amount=item.amount,
        )
    asked = _("If you have paid, please send the receipt right here.")
    return Words(f"{text}\n{asked}")


def _since(customer: str, item: ToldInvoice, today: date, _: Language) -> Words:
    return _(
        "Dear {customer}, {days} have passed since invoice {number} was due ({amount} toman).",
        customer=customer,
        days=days_words(item.overdue_days(today), _),
        number=item.number,
        amount=item.amount,
    )


def _polite(customer: str, item: ToldInvoice, today: date, _: Language) -> Words:
    more = _("Please tell us when you will pay, so that we can plan with it.")
    return Words(f"{_since(customer, item, today, _)}\n{more}")


def _firm(customer: str, item: ToldInvoice, today: date, _: Language) -> Words:
    more = _("It is still open. If you need time, please name the day of the payment today; we will wait.")
    return Words(f"{_since(customer, item, today, _)}\n{more}")


def _warning(customer: str, item: ToldInvoice, today: date, caller: str | None, _: Language) -> Words:
    more = _("{who} Until it is settled, orders on credit may need approval.", who=calling(caller, _))
    return Words(f"{_since(customer, item, today, _)}\n{more}")


def calling(caller: str | None, _: Language) -> Words:
    """Who calls today; not every customer has somebody of their own."""
    if caller:
        return _("Our colleague {name} calls you today.", name=caller)
    return _("A colleague of ours calls you today.")


def stopped(amount: Money, days: int, _: Language) -> Screen:
    """S6.10."""
    text = _(
        "Your purchases on credit are paused for now (overdue: {amount} toman, {days} days). "
        "You can go on buying in cash. Once it is settled, your credit is back the same day.",
        amount=amount,
        days=days,
    )
    coordinate = Button(_.label("🤝 Instalments / arrange"), AskCoordination())
    cash = Button(_.label("🛒 Buy in cash"), OpenCatalogue())
    paid = Button(_.label("💸 I have paid"), StartReceipt())
    return Screen(text, ((paid, coordinate), (cash,), _home(_)))


def broken(amount: Money, on: date, items: Sequence[ToldInvoice], caller: str | None, _: Language) -> Screen:
    """S6.9."""
    text = _(
        "The payment agreed for {day} has not come ({amount} toman). {who} "
        "Until it is settled, orders on credit may need approval.",
        day=on,
        amount=amount,
        who=calling(caller, _),
    )
    paid = _paid(items[0], _) if len(items) == 1 else Button(_.label("💸 I have paid"), StartReceipt())
    return Screen(text, ((paid, _call(_)), _home(_)))


def promised_today(items: Sequence[ToldInvoice], _: Language) -> Screen:
    """S6.5: the one note of that time."""
    amount = total(each.amount for each in items)
    if len(items) == 1:
        text = _(
            "Hello, as agreed {amount} toman of invoice {number} today. "
            "Please send the receipt, so that we can record it.",
            amount=amount,
            number=items[0].number,
        )
        paid = _paid(items[0], _)
    else:
        text = _(
            "Hello, as agreed {amount} toman today, of the invoices {numbers}. "
            "Please send the receipt, so that we can record it.",
            amount=amount,
            numbers=_.listed([each.number for each in items]),
        )
        paid = Button(_.label("💸 I have paid"), StartReceipt())
    return Screen(text, ((paid, _accounts(_)), _home(_)))


def credit_back(_: Language) -> Screen:
    """What S6.10 has promised."""
    text = _("Your account is settled ✅ You can buy on credit again. Thank you 🌿")
    shop = Button(_.label("🛒 New order"), OpenCatalogue())
    return Screen(text, ((shop, home_button(_)),))


def _several(tone: Tone, items: Sequence[ToldInvoice], today: date, _: Language) -> Screen:
    lines = [_("Your due dates:"), *(_line(each, today, _) for each in items)]
    late = total(each.amount for each in items if each.overdue_days(today) > 0)
    if late:
        lines.append(_("Overdue altogether: {amount} toman", amount=late))
    if tone is Tone.WARNING:
        lines.append(_("Until it is settled, orders on credit may need approval."))
    paid = Button(_.label("💸 I have paid"), StartReceipt())
    when = Button(_.label("🤝 Time of payment"), AskWhichPromise())
    return Screen("\n".join(lines), ((paid, when), _home(_)))


def _line(item: ToldInvoice, today: date, _: Language) -> Words:
    days = item.overdue_days(today)
    if days > 0:
        when = _("{days} days overdue", days=days)
    elif days == 0:
        when = _("today")
    else:
        when = _.say(Day(item.due_on))
    return _("• {number} — {amount} ({when})", number=item.number, amount=item.amount, when=when)


def days_words(days: int, _: Language) -> Words:
    """Few days are said in words: «سه روز»."""
    spelled = (
        _("one day"), _("two days"), _("three days"), _("four days"), _("five days"), _("six days"),
        _("seven days"), _("eight days"), _("nine days"), _("ten days"),
    )  # fmt: skip
    return spelled[days - 1] if 1 <= days <= len(spelled) else _("{days} days", days=days)


def _four(item: ToldInvoice, _: Language) -> tuple[tuple[Button, ...], ...]:
    """Four do not fit side by side on a phone."""
    return (_paid(item, _), _when(item, _)), (_objection(item, _), _accounts(_)), _home(_)


def _asking(item: ToldInvoice, _: Language) -> tuple[tuple[Button, ...], ...]:
    return (_paid(item, _), _when(item, _), _objection(item, _)), _home(_)


def _home(_: Language) -> tuple[Button, ...]:
    return (home_button(_),)


def _paid(item: ToldInvoice, _: Language) -> Button:
    return Button(_.label("💸 I have paid"), StartReceiptOf(invoice_id=item.invoice_id))


def _when(item: ToldInvoice, _: Language) -> Button:
    return Button(_.label("🤝 Time of payment"), AskPromise(invoice_id=item.invoice_id))


def _objection(item: ToldInvoice, _: Language) -> Button:
    return Button(_.label("❗️ I object"), AskObjection(invoice_id=item.invoice_id))


def _accounts(_: Language) -> Button:
    return Button(_.label("🏦 Account numbers"), OpenBankAccounts())


def _call(_: Language) -> Button:
    return Button(_.label("📞 Please call me now"), CallMe())
