"""What is told about an order while it is on its way (S1.20), and to colleagues and support."""

from __future__ import annotations

from datetime import date

from domain.money import Money
from domain.notifications import Notification
from screens.callbacks.orders import GiveFeedback, OpenJob, OpenOrder, RepeatThis, Verdict
from screens.callbacks.support import AskSupport
from screens.fulfilment import our_reason_word
from screens.home import home_button
from screens.language import Day, Language, Weekday, Words
from screens.notices import notice
from screens.screen import Button, Screen


def _int(notification: Notification, name: str) -> int:
    value = notification.facts[name]
    assert isinstance(value, int)
    return value


def _day(notification: Notification) -> date | None:
    value = notification.facts.get("deliver_on")
    return date.fromisoformat(value) if isinstance(value, str) else None


def _about(text: Words, notification: Notification, _: Language) -> Screen:
    follow = Button(_.label("📦 Follow"), OpenOrder(order_id=notification.subject_id))
    return Screen(text, ((follow, home_button(_)),))


@notice("order_picking")
def order_picking(notification: Notification, _: Language) -> Screen:
    text = _("Order {number} is being prepared.", number=_int(notification, "number"))
    return _about(text, notification, _)


@notice("order_loaded")
def order_loaded(notification: Notification, _: Language) -> Screen:
    number, day = _int(notification, "number"), _day(notification)
    text = _("Order {number} was loaded.", number=number)
    if day is not None:
        text = _(
            "Order {number} was loaded. Delivery: {weekday} between {first} and {last}.",
            number=number,
            weekday=Weekday(day),
            first=_int(notification, "from_hour"),
            last=_int(notification, "until_hour"),
        )
    return _about(text, notification, _)


@notice("order_delivered")
def order_delivered(notification: Notification, _: Language) -> Screen:
    text = _("Order {number} was delivered.", number=_int(notification, "number"))
    return _was_it_right(_with_cheque(text, notification, _), notification, _)


@notice("order_part_delivered")
def order_part_delivered(notification: Notification, _: Language) -> Screen:
    text = _(
        "Order {number} was delivered; the rest comes with the next delivery.",
        number=_int(notification, "number"),
    )
    return _was_it_right(_with_cheque(text, notification, _), notification, _)


def _with_cheque(text: Words, notification: Notification, _: Language) -> Words:
    """«چک ۱۰٬۵۸۵٬۸۴۰ تومانی دریافت شد (سررسید ۱۷ دی).», where one was taken for the order."""
    due_on = notification.facts.get("cheque_due_on")
    if not isinstance(due_on, str):
        return text
    cheque = _(
        "A cheque of {amount} toman was received (due {day}).",
        amount=Money(_int(notification, "cheque_rials")),
        day=Day(date.fromisoformat(due_on)),
    )
    return Words(f"{text} {cheque}")


def _was_it_right(text: Words, notification: Notification, _: Language) -> Screen:
    def button(label: str, verdict: Verdict) -> Button:
        return Button(label, GiveFeedback(order_id=notification.subject_id, verdict=verdict))

    question = _("Was everything right?")
    return Screen(
        f"{text}\n{question}",
        (
            (
                button(_.label("👍 All there"), Verdict.COMPLETE),
                button(_.label("➖ Something missing"), Verdict.SHORT),
                button(_.label("💥 Damaged"), Verdict.DAMAGED),
            ),
            (home_button(_),),
        ),
    )


@notice("order_placed")
def order_placed(notification: Notification, _: Language) -> Screen:
    text = _(
        "{person} placed order {number}: {payable} toman.",
        person=str(notification.facts["by"]),
        number=_int(notification, "number"),
        payable=Money(_int(notification, "payable_rials")),
    )
    day = _day(notification)
    if day is not None:
        delivery = _("Delivery: {day}", day=day)
        text = Words(f"{text}\n{delivery}")
    return _about(text, notification, _)


@notice("order_changed")
def order_changed(notification: Notification, _: Language) -> Screen:
    text = _(
        "{person} changed order {number}; it is now {payable} toman.",
        person=str(notification.facts["by"]),
        number=_int(notification, "number"),
        payable=Money(_int(notification, "payable_rials")),
    )
    return _about(text, notification, _)


@notice("order_cancelled")
def order_cancelled(notification: Notification, _: Language) -> Screen:
    text = _(
        "{person} cancelled order {number}.",
        person=str(notification.facts["by"]),
        number=_int(notification, "number"),
    )
    return _about(text, notification, _)


@notice("order_cancelled_by_us")
def order_cancelled_by_us(notification: Notification, _: Language) -> Screen:
    reason = our_reason_word(str(notification.facts["reason"]), _)
    text = _(
        "We had to cancel order {number}. Reason: {reason}. We apologise.",
        number=_int(notification, "number"),
        reason=reason,
    )
    again = Button(_.label("🔁 Order this again"), RepeatThis(order_id=notification.subject_id))
    support = Button(_.label("💬 Support"), AskSupport())
    return Screen(text, ((again, support), (home_button(_),)))


@notice("order_trouble")
def order_trouble(notification: Notification, _: Language) -> Screen:
    """For support: a delivery was not right."""
    number, customer = _int(notification, "number"), str(notification.facts["customer"])
    if notification.facts["verdict"] == Verdict.DAMAGED:
        text = _("💥 {customer}: something of order {number} was damaged.", customer=customer, number=number)
    else:
        text = _("➖ {customer}: something of order {number} is missing.", customer=customer, number=number)
    look = Button(_.label("📋 Look at the order"), OpenJob(order_id=notification.subject_id))
    return Screen(text, ((look, home_button(_)),))
