"""What is told when an order is late, and to the warehouse when its customer answers (S1.22)."""

from __future__ import annotations

from datetime import date

from domain.notifications import Notification
from domain.orders import OrderStatus
from screens.callbacks.delays import AcceptDelay, AskCancelLate, AskOtherDay
from screens.callbacks.orders import OpenJob
from screens.delays import delay_words
from screens.home import home_button
from screens.language import Language, Words
from screens.notices import notice
from screens.screen import Button, Screen


@notice("order_delayed")
def order_delayed(notification: Notification, _: Language) -> Screen:
    """S1.22; nothing but its three answers stands under it."""
    delay_id = notification.facts["delay_id"]
    assert isinstance(delay_id, int)
    buttons = (
        Button(_.label("All right"), AcceptDelay(delay_id=delay_id)),
        Button(_.label("Another day"), AskOtherDay(delay_id=delay_id)),
        Button(_.label("Cancel the order"), AskCancelLate(delay_id=delay_id)),
    )
    return Screen(delay_words(notification.facts, _, notification.told_on), (buttons,))


def _desk(notification: Notification, text: Words, _: Language) -> Screen:
    look = Button(_.label("📋 Look at the order"), OpenJob(order_id=notification.subject_id))
    return Screen(text, ((look, home_button(_)),))


@notice("order_other_day")
def order_other_day(notification: Notification, _: Language) -> Screen:
    facts = notification.facts
    text = _(
        "📅 {customer} wants order {number} on {day}.",
        customer=str(facts["customer"]),
        number=facts["number"],
        day=date.fromisoformat(str(facts["deliver_on"])),
    )
    return _desk(notification, text, _)


@notice("order_cancelled_late")
def order_cancelled_late(notification: Notification, _: Language) -> Screen:
    """What is on the lorry has to come down again."""
    facts = notification.facts
    values = {"customer": str(facts["customer"]), "number": facts["number"]}
    match facts["status"]:
        case OrderStatus.LOADED:
            text = _(
                "❌ {customer} cancelled order {number} because it is late. It was loaded: please take it "
                "off the lorry and put it back.",
                **values,
            )
        case OrderStatus.PICKING:
            text = _(
                "❌ {customer} cancelled order {number} because it is late. Please put back what was picked.",
                **values,
            )
        case _status:
            text = _("❌ {customer} cancelled order {number} because it is late.", **values)
    return _desk(notification, text, _)
