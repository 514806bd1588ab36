"""What is told about cheques: to their drawers (S3.7, S11.6), to finance, managers and visitors."""

from __future__ import annotations

from datetime import date

from aiogram.filters.callback_data import CallbackData

from domain.cheque_lists import DeskPart
from domain.drawers import DrawerColour
from domain.instruments import BounceReason, ChequeState
from domain.money import Money
from domain.notifications import Notification
from screens.callbacks.instruments import (
    AnnounceCheque,
    OpenCheque,
    OpenChequeCard,
    OpenChequeDesk,
    OpenDeskPart,
)
from screens.callbacks.ledger import AskPeriod, OpenBooks
from screens.callbacks.receipts import StartReceipt
from screens.callbacks.support import AskSupport
from screens.cheque_desk import part_word
from screens.cheque_words import colour_label, reason_label, step_word
from screens.home import home_button
from screens.instruments import reminder_buttons
from screens.language import Day, Language, Words
from screens.notices import notice
from screens.screen import Button, Screen


def _amount(told: Notification) -> Money:
    rials = told.facts["amount_rials"]
    assert isinstance(rials, int)
    return Money(rials)


def _day(told: Notification, name: str = "due_on") -> date:
    return date.fromisoformat(str(told.facts[name]))


def _customer(told: Notification) -> str:
    return str(told.facts["customer"])


def _to_customer(text: str, told: Notification, _: Language) -> Screen:
    look = Button(_.label("📝 Look at the cheque"), OpenCheque(cheque_id=told.subject_id))
    return Screen(text, ((look, home_button(_)),))


def _to_desk(text: str, told: Notification, _: Language) -> Screen:
    look = Button(_.label("📝 Look at the cheque"), OpenChequeCard(cheque_id=told.subject_id))
    return Screen(text, ((look, home_button(_)),))


@notice("cheque_due")
def cheque_due(told: Notification, _: Language) -> Screen:
    """S3.7."""
    due, paid_on = _day(told), _day(told, "effective_due")
    text = _(
        "Reminder: your cheque over {amount} toman is due on {day}. Please see to it that the account holds "
        "the amount 🙏",
        amount=_amount(told),
        day=due,
    )
    if paid_on != due:
        text = _(
            "Reminder: your cheque over {amount} toman is due on {day} and paid on {bank_day}. Please see to "
            "it that the account holds the amount 🙏",
            amount=_amount(told),
            day=due,
            bank_day=paid_on,
        )
    return Screen(text, (reminder_buttons(told.subject_id, _), (home_button(_),)))


@notice("cheque_received")
def cheque_received(told: Notification, _: Language) -> Screen:
    text = _(
        "Your cheque over {amount} toman (due {day}) was received and taken off your balance.",
        amount=_amount(told),
        day=Day(_day(told)),
    )
    return _to_customer(text, told, _)


@notice("cheque_cleared")
def cheque_cleared(told: Notification, _: Language) -> Screen:
    text = _(
        "Your cheque over {amount} toman was cleared, and as much of your credit is free again. Thank you 🙏",
        amount=_amount(told),
    )
    return _to_customer(text, told, _)


@notice("cheque_bounced")
def cheque_bounced(told: Notification, _: Language) -> Screen:
    """S11.6, to the customer."""
    text = _(
        "The cheque over {amount} toman, due {day}, was sent back by the bank. Please get in touch today. "
        "Until it is settled, buying on credit is stopped and buying for cash is open.",
        amount=_amount(told),
        day=Day(_day(told)),
    )
    rows = (
        (
            Button(_.label("💸 I pay it in"), StartReceipt()),
            Button(_.label("📝 Another cheque instead"), AnnounceCheque()),
            Button(_.label("📞 Call"), AskSupport()),
        ),
        (home_button(_),),
    )
    return Screen(text, rows)


@notice("cheque_settled")
def cheque_settled(told: Notification, _: Language) -> Screen:
    text = _(
        "The bounced cheque over {amount} toman is settled. Please have its record removed at your bank; "
        "finance opens your buying on credit again.",
        amount=_amount(told),
    )
    return _to_customer(text, told, _)


@notice("cheque_handed_back")
def cheque_handed_back(told: Notification, _: Language) -> Screen:
    text = _(
        "The cheque over {amount} toman (due {day}) was handed back to you.",
        amount=_amount(told),
        day=Day(_day(told)),
    )
    return _to_customer(text, told, _)


@notice("cheque_void")
def cheque_void(told: Notification, _: Language) -> Screen:
    text = _(
        "The announcement of the cheque over {amount} toman (due {day}) was declared void.",
        amount=_amount(told),
        day=Day(_day(told)),
    )
    return _to_customer(text, told, _)


@notice("cheque_rejected")
def cheque_rejected(told: Notification, _: Language) -> Screen:
    text = _(
        "The cheque over {amount} toman was rejected in Sayad: {reason}",
        amount=_amount(told),
        reason=str(told.facts["why"]),
    )
    return _to_customer(text, told, _)


@notice("cheque_corrected")
def cheque_corrected(told: Notification, _: Language) -> Screen:
    text = _(
        "A correction about your cheque over {amount} toman: “{step}” was recorded by mistake and is taken "
        "back.",
        amount=_amount(told),
        step=step_word(ChequeState(str(told.facts["undone"])), _),
    )
    return _to_customer(text, told, _)


@notice("cheque_announced")
def cheque_announced(told: Notification, _: Language) -> Screen:
    text = _(
        "📝 {customer} announced a cheque: {amount} toman, due {day}.",
        customer=_customer(told),
        amount=_amount(told),
        day=Day(_day(told)),
    )
    return _to_desk(text, told, _)


@notice("cheque_talk")
def cheque_talk(told: Notification, _: Language) -> Screen:
    text = _(
        "📞 {customer} wants to talk about the cheque over {amount} toman, due {day}.",
        customer=_customer(told),
        amount=_amount(told),
        day=Day(_day(told)),
    )
    return _to_desk(text, told, _)


@notice("cheque_waits")
def cheque_waits(told: Notification, _: Language) -> Screen:
    text = _(
        "⏳ A cheque of {customer} over {amount} toman waits for you: the drawer's colour is {colour}.",
        customer=_customer(told),
        amount=_amount(told),
        colour=Words(colour_label(DrawerColour(str(told.facts["colour"])), _)),
    )
    return _to_desk(text, told, _)


@notice("cheque_alert")
def cheque_alert(told: Notification, _: Language) -> Screen:
    text = _(
        "⛔️ {customer} announced a cheque over {amount} toman whose drawer is {colour}: it is not taken.",
        customer=_customer(told),
        amount=_amount(told),
        colour=Words(colour_label(DrawerColour(str(told.facts["colour"])), _)),
    )
    return _to_desk(text, told, _)


@notice("cheque_bounce_alert")
def cheque_bounce_alert(told: Notification, _: Language) -> Screen:
    """S11.6, to manager, finance and visitor."""
    text = _(
        "🔴 Bounced cheque — {customer} · {amount} · {reason} · selling on credit was stopped automatically.",
        customer=_customer(told),
        amount=_amount(told),
        reason=Words(reason_label(BounceReason(str(told.facts["reason"])), _)),
    )
    customer_id = told.facts["customer_id"]
    assert isinstance(customer_id, int)
    card: CallbackData = OpenChequeCard(cheque_id=told.subject_id)
    if told.facts.get("is_visitor"):
        card = OpenBooks(customer_id=customer_id)
    follow = Button(_.label("👤 Follow up"), card)
    statement = Button(_.label("Statement"), AskPeriod(customer_id=customer_id))
    return Screen(text, ((follow, statement), (home_button(_),)))


@notice("cheque_digest")
def cheque_digest(told: Notification, _: Language) -> Screen:
    """For finance each morning: what is due, what waits."""
    lines: list[str] = [_("📝 Cheques of {day}", day=_day(told, "day"))]
    rows = []
    for part in DeskPart:
        found = told.facts.get(part.value)
        if isinstance(found, list) and found[0]:
            count, rials = found
            word = part_word(part, _)
            lines.append(_("{part}: {count} · {amount}", part=word, count=count, amount=Money(rials)))
            label = _.label("{part} ({count})", part=word, count=count)
            rows.append((Button(label, OpenDeskPart(part=part, page=1)),))
    desk = Button(_.label("📝 Cheque desk"), OpenChequeDesk())
    return Screen("\n".join(lines), (*rows, (desk, home_button(_))))
