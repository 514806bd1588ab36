"""Finance's desk of cheques: what is due, lists by pages, and the questions about one cheque."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.balances import OpenInvoice
from domain.cheque_lists import ChequePage, DeskPart, PartSum
from domain.drawers import DrawerColour
from domain.instruments import BounceReason, Cheque
from screens.callbacks.instruments import (
    AskChequeNumber,
    AskRas,
    BounceCheque,
    OpenChequeCard,
    OpenChequeDesk,
    OpenColourPolicy,
    OpenDeskPart,
    ReceiveCheque,
    ReceiveChequeFor,
    RecordColour,
)
from screens.cheque_words import colour_label, due_words, reason_label, state_word
from screens.home import home_button
from screens.language import Copyable, Day, Language, Words
from screens.pages import in_rows, titled, turning
from screens.screen import ALONE, Button, Screen, shortened

ALWAYS = (DeskPart.TODAY, DeskPart.WEEK, DeskPart.ANNOUNCED, DeskPart.RECEIVED, DeskPart.DEPOSITED)
"""The others are shown when they hold something."""


def part_word(part: DeskPart, _: Language) -> Words:
    return {
        DeskPart.LATE: _("Day passed, not decided"),
        DeskPart.TODAY: _("Due today"),
        DeskPart.WEEK: _("Due this week"),
        DeskPart.ANNOUNCED: _("Announced"),
        DeskPart.RECEIVED: _("In our safe"),
        DeskPart.DEPOSITED: _("At the bank"),
        DeskPart.ENDORSED: _("Handed on"),
        DeskPart.BOUNCED: _("Bounced"),
    }[part]


def desk(parts: Mapping[DeskPart, PartSum], _: Language) -> Screen:
    """All parts with their counts and sums."""
    shown = [part for part in DeskPart if part in ALWAYS or parts[part].count]
    lines: list[str] = [_("📝 Cheques")]
    lines += [
        _(
            "{part}: {count} · {amount}",
            part=part_word(part, _),
            count=parts[part].count,
            amount=parts[part].amount,
        )
        for part in shown
    ]
    buttons = [
        Button(
            shortened(_.label("{part} ({count})", part=part_word(part, _), count=parts[part].count), ALONE),
            OpenDeskPart(part=part, page=1),
        )
        for part in shown
        if parts[part].count
    ]
    find = Button(_.label("🔎 Find by Sayad id"), AskChequeNumber())
    rules = Button(_.label("🎨 Colours we take"), OpenColourPolicy())
    average = Button(_.label("🧮 Average due day"), AskRas())
    return Screen("\n".join(lines), (*in_rows(buttons, 1), (find, average), (rules, home_button(_))))


def part(shown: ChequePage, _: Language) -> Screen:
    """One page of a part, by the day on which banks pay."""
    title = titled(part_word(shown.part, _), shown.page, shown.pages, _)
    back = Button(_.label("⬅️ Back"), OpenChequeDesk())
    if not shown.cheques:
        return Screen(_("No cheque is here."), ((back, home_button(_)),))
    total = _("{count} cheques · {amount} toman", count=shown.total.count, amount=shown.total.amount)
    lines: list[str] = [title, total]
    lines += [
        _(
            "{customer} — {amount} — {due} — {state}",
            customer=shortened(each.customer_name, ALONE),
            amount=each.amount,
            due=due_words(each, _),
            state=state_word(each.state, _),
        )
        for each in shown.cheques
    ]
    rows = tuple((_cheque_button(each, _),) for each in shown.cheques)
    pages = turning(shown.page, shown.pages, lambda page: OpenDeskPart(part=shown.part, page=page), _)
    return Screen("\n".join(lines), (*rows, *((pages,) if pages else ()), (back, home_button(_))))


def _cheque_button(cheque: Cheque, _: Language) -> Button:
    label = _.label(
        "{amount} · {day} · {customer}",
        amount=cheque.amount,
        day=Day(cheque.due_on),
        customer=cheque.customer_name,
    )
    return Button(shortened(label, ALONE), OpenChequeCard(cheque_id=cheque.id))


def to_card(cheque_id: int, _: Language) -> Button:
    return Button(_.label("⬅️ Back"), OpenChequeCard(cheque_id=cheque_id))


def number_question(_: Language) -> Screen:
    """Which Sayad id?"""
    back = Button(_.label("⬅️ Back"), OpenChequeDesk())
    return Screen(_("Please send the 16 digits of the Sayad id."), ((back, home_button(_)),))


def colour_question(cheque: Cheque, _: Language) -> Screen:
    """What the bank has answered about the drawer."""
    text = _(
        "What is the drawer's colour?\nIt is answered by SMS to 701701: {code}",
        code=Copyable(f"1*1*{cheque.sayad_id}"),
    )
    buttons = [
        Button(
            colour_label(colour, _),
            RecordColour(cheque_id=cheque.id, colour=colour, version=cheque.version),
        )
        for colour in DrawerColour
    ]
    return Screen(text, (*in_rows(buttons, 3), (to_card(cheque.id, _), home_button(_))))


def bounce_question(cheque: Cheque, _: Language) -> Screen:
    """What the bank gives as its reason."""
    buttons = [
        Button(
            reason_label(reason, _),
            BounceCheque(cheque_id=cheque.id, reason=reason, version=cheque.version),
        )
        for reason in BounceReason
    ]
    text = _("Why did the bank send the cheque over {amount} toman back?", amount=cheque.amount)
    return Screen(text, (*in_rows(buttons, 1), (to_card(cheque.id, _), home_button(_))))


def taking_question(cheque: Cheque, invoices: Sequence[OpenInvoice], _: Language) -> Screen:
    """For which invoice is it taken?"""
    oldest = ReceiveCheque(cheque_id=cheque.id, version=cheque.version)
    rows = [(Button(_.label("The oldest due first"), oldest),)]
    for invoice in invoices:
        label = _.label("Invoice {number} · open {amount}", number=invoice.number, amount=invoice.open)
        to = ReceiveChequeFor(cheque_id=cheque.id, invoice_id=invoice.id, version=cheque.version)
        rows.append((Button(shortened(label, ALONE), to),))
    text = _("For what is the cheque over {amount} toman taken?", amount=cheque.amount)
    return Screen(text, (*rows, (to_card(cheque.id, _), home_button(_))))


def undo_question(cheque: Cheque, _: Language) -> Screen:
    """An undo needs its reason, which is typed."""
    text = _("Please write why the last step of this cheque is taken back.")
    return Screen(text, ((to_card(cheque.id, _), home_button(_)),))


def rejection_question(cheque: Cheque, _: Language) -> Screen:
    """So does a rejection in the register; the customer reads it."""
    text = _("Please write why it was rejected in Sayad; the customer reads it.")
    return Screen(text, ((to_card(cheque.id, _), home_button(_)),))


def photo(cheque_id: int, file_id: int, _: Language) -> Screen:
    """The photo that the customer has sent."""
    return Screen(_("The cheque"), ((to_card(cheque_id, _), home_button(_)),), photo=file_id)
