"""A customer's own cheques: the list, one of them, a new one, and reminders (S3.4 to S3.7)."""

from __future__ import annotations

from datetime import date

from domain.amounts import AskBack
from domain.cheque_lists import ChequeList, ChequeView
from domain.instruments import Cheque, ChequeState
from domain.money import Money
from screens.amounts import did_you_mean
from screens.callbacks.instruments import (
    AmendCheque,
    AnnounceCheque,
    AnswerReminder,
    ConfirmCheque,
    OpenCheque,
    OpenCheques,
    ReadyAnswer,
    SwitchChequeReminders,
    TakeMeantAmount,
)
from screens.callbacks.settings import OpenAccount
from screens.cheque_words import bank_line, due_words, path_line, sayad_line, state_word, title
from screens.home import home_button
from screens.language import Day, FullDay, Language, Weekday, Words
from screens.pages import in_rows
from screens.screen import Button, Screen, Toast

PER_ROW = 5
MOST_SHOWN = 40
"""A message holds so many lines; whoever has more cheques under way sees the first ones due."""


def cheque_list(shown: ChequeList, _: Language) -> Screen:
    """S3.4."""
    lines: list[str] = []
    if shown.cheques:
        lines.append(_("📝 Cheques under way ({count})", count=len(shown.cheques)))
        lines += _numbered(shown.cheques, 1, _)
        lines.append(_sum_line(shown, _))
    else:
        lines.append(_("📝 No cheque of yours is under way."))
    first = len(shown.cheques) + 1
    if shown.announced:
        lines.append(_("Announced, not handed over yet:"))
        lines += _numbered(shown.announced, first, _)
    if shown.bounced:
        lines.append(_("🔴 Bounced, not settled yet:"))
        lines += _numbered(shown.bounced, first + len(shown.announced), _)
    lines.append(_record_line(shown, _))
    return Screen("\n".join(lines), _list_rows(shown, _))


def _numbered(cheques: tuple[Cheque, ...], first: int, _: Language) -> list[str]:
    return [
        _(
            "{number}. {amount} — {due} — {state}",
            number=number,
            amount=cheque.amount,
            due=due_words(cheque, _),
            state=state_word(cheque.state, _),
        )
        for number, cheque in enumerate(cheques, start=first)
        if number <= MOST_SHOWN
    ]


def _sum_line(shown: ChequeList, _: Language) -> Words:
    average = shown.ras
    assert average is not None
    return _(
        "Sum: {amount} · average due day: {day} ({days} days)",
        amount=shown.amount,
        day=Day(average.due_on),
        days=average.whole_days,
    )


def _record_line(shown: ChequeList, _: Language) -> Words:
    cleared = _("Cleared this year: {count}", count=shown.cleared_count)
    bounced = _("Bounced: none 👏")
    if shown.bounced_count:
        bounced = _("Bounced: {count}", count=shown.bounced_count)
    return Words(f"{cleared} · {bounced}")


def _list_rows(shown: ChequeList, _: Language) -> tuple[tuple[Button, ...], ...]:
    numbers = [
        Button(_.label("{number}", number=number), OpenCheque(cheque_id=cheque.id))
        for number, cheque in enumerate(shown.all[:MOST_SHOWN], start=1)
    ]
    bell = Button(_.label("🔔 Due reminders: off"), SwitchChequeReminders(on=1))
    if shown.has_reminders:
        bell = Button(_.label("🔔 Due reminders: on"), SwitchChequeReminders(on=0))
    return (
        *in_rows(numbers, PER_ROW),
        (bell,),
        (Button(_.label("➕ Announce a new cheque"), AnnounceCheque()),),
        (Button(_.label("💳 My account"), OpenAccount()), home_button(_)),
    )


def cheque(view: ChequeView, _: Language) -> Screen:
    """S3.5."""
    shown = view.cheque
    lines = [title(shown, _), bank_line(shown, _), sayad_line(shown, _), path_line(shown, _)]
    paid = _paid_line(view, _)
    if paid is not None:
        lines.append(paid)
    return Screen("\n".join(lines), ((_back(_), home_button(_)),))


def _paid_line(view: ChequeView, _: Language) -> Words | None:
    if view.cheque.note:
        return _("For: {what}", what=view.cheque.note)
    if view.is_for_earlier:
        return _("For the balance from before")
    if view.paid:
        return _("For invoice {numbers}", numbers=_.listed(each.number for each in view.paid))
    if view.cheque.state is ChequeState.ANNOUNCED:
        return _("It is deducted when finance has taken it.")
    return None


def photo_question(_: Language) -> Screen:
    """S3.6: first the photo."""
    return Screen(_("Please send a photo of the cheque."), ((_back(_), home_button(_)),))


def sayad_question(_: Language) -> Screen:
    return Screen(_("The 16 digits of its Sayad id?"), ((_back(_), home_button(_)),))


def amount_question(_: Language) -> Screen:
    text = _("Amount and due day? For example “12 million, 15 Dey”")
    return Screen(text, ((_back(_), home_button(_)),))


def meant_question(asked: AskBack, _: Language) -> Screen:
    """So small an amount is asked back (rule R1.3)."""
    rows = (
        (
            Button(_.label("✅ Yes"), TakeMeantAmount()),
            Button(_.label("✏️ Correct"), AmendCheque()),
        ),
        (_back(_), home_button(_)),
    )
    return Screen(did_you_mean(asked, _), rows)


def confirm_question(amount: Money, due_on: date, _: Language) -> Screen:
    """«۱۲٬۳۰۰٬۰۰۰ تومان، سه‌شنبه ۱۵ دی ۱۴۰۵. درست است؟»."""
    text = _(
        "{amount} toman, {weekday} {day}. Is that right?",
        amount=amount,
        weekday=Weekday(due_on),
        day=FullDay(due_on),
    )
    rows = (
        (Button(_.label("✅ Right"), ConfirmCheque()), Button(_.label("✏️ Correct"), AmendCheque())),
        (_back(_), home_button(_)),
    )
    return Screen(text, rows)


def cheque_announced(company: str, _: Language) -> Screen:
    text = _(
        "It is announced. Until the cheque is with our visitor and finance has confirmed it, it is not "
        "taken off your debt. Please register it in the Sayad system in the name of “{company}”.",
        company=company,
    )
    return Screen(text, ((_back(_), home_button(_)),))


def _back(_: Language) -> Button:
    return Button(_.label("📝 My cheques"), OpenCheques())


def reminder_answered(answer: ReadyAnswer, _: Language) -> Toast:
    """What follows from what the drawer says to a reminder."""
    if answer is ReadyAnswer.READY:
        return Toast(_.label("Thank you 🙏 It is noted."))
    return Toast(_.label("Finance was told and gets in touch with you."), alert=True)


def reminder_buttons(cheque_id: int, _: Language) -> tuple[Button, ...]:
    """Under a reminder (S3.7)."""
    return (
        Button(
            _.label("The account is ready"), AnswerReminder(cheque_id=cheque_id, answer=ReadyAnswer.READY)
        ),
        Button(_.label("We need to talk"), AnswerReminder(cheque_id=cheque_id, answer=ReadyAnswer.TALK)),
    )
