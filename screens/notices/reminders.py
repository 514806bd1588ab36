"""What is told unasked of invoices that are due: to the customer (S6), and to our people."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.money import Money, total
from domain.notifications import Notification
from domain.reminder_tones import Tone
from domain.reminding import told_of
from screens import reminders
from screens.callbacks.ledger import OpenBooks
from screens.callbacks.reminders import OpenBankAccounts
from screens.home import home_button
from screens.language import Copyable, Language, Words
from screens.notices import notice
from screens.screen import Button, Screen


@notice("payment_reminder")
def payment_reminder(notification: Notification, _: Language) -> Screen:
    """S6.1 to S6.3, S6.10 and S6.11: the words of the gravest level."""
    facts: dict[str, Any] = dict(notification.facts)
    tone = Tone(facts["tone"])
    if tone is Tone.STOPPED:
        return reminders.stopped(Money(facts["overdue_rials"]), facts["overdue_days"], _)
    today = date.fromisoformat(facts["day"])
    return reminders.reminder(tone, facts["customer"], told_of(facts), today, facts["caller"], _)


@notice("promise_today")
def promise_today(notification: Notification, _: Language) -> Screen:
    """S6.5."""
    return reminders.promised_today(told_of(notification.facts), _)


@notice("promise_broken")
def promise_broken(notification: Notification, _: Language) -> Screen:
    """S6.9."""
    facts: dict[str, Any] = dict(notification.facts)
    on = date.fromisoformat(facts["promised_on"])
    return reminders.broken(Money(facts["promised_rials"]), on, told_of(facts), facts["caller"], _)


@notice("credit_back")
def credit_back(_notification: Notification, _: Language) -> Screen:
    return reminders.credit_back(_)


@notice("debt_followed")
def debt_followed(notification: Notification, _: Language) -> Screen:
    """For the visitor."""
    return _of_ours(
        _("📌 {customer} was asked for a payment today:", customer=_name(notification)), notification, _
    )


@notice("debt_warned")
def debt_warned(notification: Notification, _: Language) -> Screen:
    """For the sales manager."""
    return _of_ours(
        _("⚠️ {customer} was told today that credit may be limited:", customer=_name(notification)),
        notification,
        _,
    )


@notice("credit_stopped")
def credit_stopped(notification: Notification, _: Language) -> Screen:
    """For finance and managers."""
    return _of_ours(
        _("⛔️ Sales on credit to {customer} have stopped:", customer=_name(notification)), notification, _
    )


@notice("promise_broken_alert")
def promise_broken_alert(notification: Notification, _: Language) -> Screen:
    """For finance and the visitor."""
    facts: dict[str, Any] = dict(notification.facts)
    text = _(
        "🔴 {customer} has not paid as promised: {amount} toman, {day}.",
        customer=facts["customer"],
        amount=Money(facts["amount_rials"]),
        day=date.fromisoformat(facts["promised_on"]),
    )
    return Screen(text, ((_account(notification, _), home_button(_)),))


@notice("call_wanted")
def call_wanted(notification: Notification, _: Language) -> Screen:
    return _wish(_("📞 {customer} asks to be called now.", customer=_name(notification)), notification, _)


@notice("instalments_wanted")
def instalments_wanted(notification: Notification, _: Language) -> Screen:
    text = _("🤝 {customer} wants to arrange another way to pay.", customer=_name(notification))
    return _wish(text, notification, _)


@notice("bank_accounts_changed")
def bank_accounts_changed(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    if facts["is_added"]:
        text = _(
            "🏦 {who} has added an account to pay to: {sheba}",
            who=facts["who"],
            sheba=Copyable(facts["sheba"]),
        )
    else:
        text = _(
            "🏦 {who} has taken an account away: {sheba}", who=facts["who"], sheba=Copyable(facts["sheba"])
        )
    look = Button(_.label("🏦 Account numbers"), OpenBankAccounts())
    return Screen(text, ((look, home_button(_)),))


def _name(notification: Notification) -> str:
    return str(notification.facts["customer"])


def _account(notification: Notification, _: Language) -> Button:
    return Button(_.label("💳 The customer's account"), OpenBooks(customer_id=notification.subject_id))


def _of_ours(title: Words, notification: Notification, _: Language) -> Screen:
    day = date.fromisoformat(str(notification.facts["day"]))
    items = told_of(notification.facts)
    lines = [title]
    lines += [
        _(
            "• invoice {number}: {amount} toman, {days} days overdue",
            number=each.number,
            amount=each.amount,
            days=max(each.overdue_days(day), 0),
        )
        for each in items
    ]
    if len(items) > 1:
        lines.append(_("Altogether: {amount} toman", amount=total(each.amount for each in items)))
    return Screen("\n".join(lines), ((_account(notification, _), home_button(_)),))


def _wish(text: Words, notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    lines = [text, _("Balance: {amount} toman", amount=Money(facts["amount_rials"]))]
    if facts["mobile"]:
        lines.append(_("Mobile: {mobile}", mobile=Copyable(facts["mobile"])))
    return Screen("\n".join(lines), ((_account(notification, _), home_button(_)),))
