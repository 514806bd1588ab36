"""What is told of receipts: the card to finance, the decision to the customer (S6.7, S6.8)."""

from __future__ import annotations

from typing import Any

from domain.calendar import today_in_tehran
from domain.money import Money
from domain.notifications import Notification
from domain.receipt_facts import card_of
from domain.receipts import RejectReason
from screens.callbacks.receipts import StartReceipt
from screens.callbacks.settings import OpenAccount
from screens.callbacks.support import AskSupport
from screens.home import home_button
from screens.language import Language, Words
from screens.notices import notice
from screens.receipt_desk import reason_word, receipt_card
from screens.screen import Button, Screen


@notice("receipt_sent")
def receipt_sent(notification: Notification, _: Language) -> Screen:
    """S6.7 as it stood when the receipt came."""
    return _card(notification, _)


@notice("receipt_seconded")
def receipt_seconded(notification: Notification, _: Language) -> Screen:
    """A colleague has approved; the amount asks for one more."""
    return _card(notification, _)


@notice("receipt_approved")
def receipt_approved(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    text = _("{amount} toman received ✅", amount=Money(facts["amount_rials"]))
    numbers = facts["invoices"]
    if len(numbers) == 1:
        settled = _("Invoice {number} is settled.", number=numbers[0])
        text = _("{said} {more}", said=text, more=settled)
    elif numbers:
        settled = _("Invoices {numbers} are settled.", numbers=_.listed(numbers))
        text = _("{said} {more}", said=text, more=settled)
    if facts["left_rials"]:
        left = _("{amount} toman stay with us as your credit.", amount=Money(facts["left_rials"]))
        text = _("{said} {more}", said=text, more=left)
    if facts["promise_kept"]:
        text = _("{said} {more}", said=text, more=_("Thank you for keeping your word 🌿"))
    account = Button(_.label("💳 My account"), OpenAccount())
    return Screen(text, ((account, home_button(_)),))


@notice("receipt_rejected")
def receipt_rejected(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    text = _(
        "Receipt {number} was not approved: {reason}. Please send a clearer receipt or the SHEBA number.",
        number=facts["number"],
        reason=Words(reason_word(RejectReason(facts["reason"]), _)),
    )
    again = Button(_.label("📤 Send it again"), StartReceipt())
    talk = Button(_.label("💬 Talk to finance"), AskSupport())
    return Screen(text, ((again, talk), (home_button(_),)))


def _card(notification: Notification, _: Language) -> Screen:
    card = card_of(notification.subject_id, notification.facts)
    return receipt_card(card, today_in_tehran(notification.due_at), _)
