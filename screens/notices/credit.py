"""What is told about credit: to whoever decides, and to whoever asked."""

from __future__ import annotations

from datetime import date

from domain.approval_facts import card_of
from domain.money import Money
from domain.notifications import Notification
from domain.staff import Role
from screens import approvals
from screens.callbacks.credit import OpenApproval, OpenCreditCard
from screens.callbacks.orders import OpenOrder, RepeatThis
from screens.callbacks.support import AskSupport
from screens.home import home_button
from screens.language import Language, Words
from screens.notices import notice
from screens.screen import Button, Screen


def _int(notification: Notification, name: str) -> int:
    value = notification.facts[name]
    assert isinstance(value, int)
    return value


@notice("credit_approval")
def credit_approval(notification: Notification, _: Language) -> Screen:
    """S1.24, as everything was when it was asked."""
    card = card_of(notification.subject_id, notification.facts)
    return approvals.card(card, Role(str(notification.facts["role"])), _)


@notice("credit_passed")
def credit_passed(notification: Notification, _: Language) -> Screen:
    """Row 6: a good customer was let pass a little above the limit."""
    text = _(
        "{customer}: order {number} was approved at {percent}% of the limit, {over} toman above it.",
        customer=str(notification.facts["customer"]),
        number=_int(notification, "number"),
        percent=_int(notification, "percent"),
        over=Money(_int(notification, "over_rials")),
    )
    look = Button(_.label("📋 Look at the order"), OpenApproval(order_id=notification.subject_id))
    return Screen(text, ((look, home_button(_)),))


@notice("credit_refused")
def credit_refused(notification: Notification, _: Language) -> Screen:
    """Row 1: for finance, a blocked customer has tried to order."""
    text = _(
        "⛔️ {customer} is blocked and wanted to order for {amount} toman.",
        customer=str(notification.facts["customer"]),
        amount=Money(_int(notification, "amount_rials")),
    )
    look = Button(_.label("💳 The customer's credit"), OpenCreditCard(customer_id=notification.subject_id))
    return Screen(text, ((look, home_button(_)),))


@notice("approval_given")
def approval_given(notification: Notification, _: Language) -> Screen:
    down, number = _int(notification, "down_rials"), _int(notification, "number")
    if down:
        text = _(
            "Order {number} was approved ✅ Please pay {amount} toman before it is sent.",
            number=number,
            amount=Money(down),
        )
    else:
        text = _("Order {number} was approved ✅", number=number)
    day = notification.facts["deliver_on"]
    if isinstance(day, str):
        delivery = _("Delivery: {day}", day=date.fromisoformat(day))
        text = Words(f"{text}\n{delivery}")
    return _following(text, notification, _)


@notice("approval_refused")
def approval_refused(notification: Notification, _: Language) -> Screen:
    text = _("Order {number} was not approved.", number=_int(notification, "number"))
    reason = str(notification.facts["reason"])
    if reason:
        said = _("Our word to you: {reason}", reason=reason)
        text = Words(f"{text}\n{said}")
    return _again(text, notification, _)


@notice("approval_expired")
def approval_expired(notification: Notification, _: Language) -> Screen:
    text = _(
        "Nobody could decide on order {number} in time. We are sorry; its goods are free again.\n"
        "You can order the same with another payment, or talk to our support.",
        number=_int(notification, "number"),
    )
    return _again(text, notification, _)


@notice("approval_message")
def approval_message(notification: Notification, _: Language) -> Screen:
    text = _(
        "About order {number}:\n{text}",
        number=_int(notification, "number"),
        text=str(notification.facts["text"]),
    )
    return _following(text, notification, _)


def _following(text: Words, notification: Notification, _: Language) -> Screen:
    follow = Button(_.label("📦 Follow"), OpenOrder(order_id=notification.subject_id))
    support = Button(_.label("💬 Talk to support"), AskSupport())
    return Screen(text, ((follow, support), (home_button(_),)))


def _again(text: Words, notification: Notification, _: Language) -> Screen:
    again = Button(_.label("🔁 Order this again"), RepeatThis(order_id=notification.subject_id))
    support = Button(_.label("💬 Talk to support"), AskSupport())
    return Screen(text, ((again, support), (home_button(_),)))
