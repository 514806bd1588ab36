"""«مغایرت دارم» (S3.8): which row, the customer's words, finance's answer; and colleagues' tasks."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData

from domain.disputes import Dispute, DisputeState
from domain.ledger import Statement
from domain.money import Money
from domain.periods import Period
from domain.tasks import Task
from screens.callbacks.instruments import OpenChequeCard
from screens.callbacks.ledger import (
    AnswerDispute,
    DisputeOther,
    DisputeRow,
    FinishTask,
    OpenBooks,
    OpenDispute,
    OpenDisputePhoto,
    OpenDisputes,
    OpenStatement,
    OpenTasks,
)
from screens.callbacks.sent_lists import OpenPaperList
from screens.home import home_button
from screens.language import Copyable, Day, Language, Words
from screens.ledger import PER_PAGE
from screens.ledger_words import entry_label, entry_words
from screens.pages import cut, in_rows
from screens.promises import subject_label
from screens.screen import ALONE, SHARING, Button, Screen, shortened

PER_ROW = 2
PER_PAGE_OF_TASKS = 8
"""As services/tasks.py reads them."""


def row_question(found: Statement, page: int, _: Language) -> Screen:
    """Which row of that page of the statement?"""
    period = Period(found.from_day, found.until_day)
    shown, page, _pages = cut(found.lines, page, PER_PAGE)
    entries = {(line.entry.voucher, line.entry.voucher_id): line.entry for line in reversed(shown)}
    buttons = [
        Button(
            shortened(entry_label(entry, _), SHARING),
            DisputeRow(voucher=entry.voucher, voucher_id=entry.voucher_id),
        )
        for entry in reversed(entries.values())
    ]
    back = OpenStatement(
        customer_id=found.customer_id,
        from_day=period.first.toordinal(),
        until_day=period.last.toordinal(),
        page=page,
    )
    rows = (
        *in_rows(buttons, PER_ROW),
        (Button(_.label("Something else"), DisputeOther()),),
        (Button(_.label("⬅️ Back"), back), home_button(_)),
    )
    return Screen(_("Which row?"), rows)


def dispute_opened(dispute: Dispute, _: Language) -> Screen:
    """The ticket stands; words or a photo are asked for."""
    text = _(
        "Please explain it or send the receipt; finance answers within 8 working hours. "
        "Until then no reminders of this amount are sent. (Ticket {number})",
        number=dispute.number,
    )
    return Screen(text, ((home_button(_),),))


def dispute_explained(dispute: Dispute, _: Language) -> Screen:
    text = _("Passed on to finance ✅ (Ticket {number}) The answer comes right here.", number=dispute.number)
    return Screen(text, ((home_button(_),),))


def disputes(found: Sequence[Dispute], page: int, _: Language, *, has_more: bool) -> Screen:
    """Finance's list."""
    if not found:
        return Screen(_("No dispute waits for an answer ✅"), ((home_button(_),),))
    buttons = tuple(
        (
            Button(
                shortened(
                    _.label("{number} — {customer}", number=each.number, customer=each.customer_name), ALONE
                ),
                OpenDispute(dispute_id=each.id),
            ),
        )
        for each in found
    )
    turns = _turns(page, _, has_more=has_more)
    rows = (*buttons, *((turns,) if turns else ()), (home_button(_),))
    return Screen(_("❗️ Disputes that wait for an answer:"), rows)


def _turns(page: int, _: Language, *, has_more: bool) -> tuple[Button, ...]:
    before = (Button(_.label("▶️ Previous"), OpenDisputes(page=page - 1)),) if page > 1 else ()
    after = (Button(_.label("◀️ Next"), OpenDisputes(page=page + 1)),) if has_more else ()
    return before + after


def dispute_card(dispute: Dispute, _: Language) -> Screen:
    """One of them as finance sees it."""
    lines = [_("❗️ Ticket {number} — {customer}", number=dispute.number, customer=dispute.customer_name)]
    lines.append(_about(dispute, _))
    if dispute.subject is not None:
        lines.append(_("Chosen: {subject}", subject=Words(subject_label(dispute.subject, _))))
    if dispute.text:
        lines.append(_("“{text}”", text=dispute.text))
    elif dispute.photo_id is None and dispute.subject is None:
        lines.append(_("Nothing was explained yet."))
    if dispute.answer:
        lines.append(_("Answered: {answer}", answer=dispute.answer))
    photo = Button(_.label("🖼 Photo"), OpenDisputePhoto(dispute_id=dispute.id))
    first: list[Button] = [photo] if dispute.photo_id is not None else []
    if dispute.state is DisputeState.OPEN:
        first.append(Button(_.label("💬 Answer"), AnswerDispute(dispute_id=dispute.id)))
    rows = (
        *((tuple(first),) if first else ()),
        (Button(_.label("💳 The customer's account"), OpenBooks(customer_id=dispute.customer_id)),),
        (Button(_.label("⬅️ Back"), OpenDisputes(page=1)), home_button(_)),
    )
    return Screen("\n".join(lines), rows)


def _about(dispute: Dispute, _: Language) -> Words:
    entry = dispute.entry
    if entry is None:
        return _("About something that stands in no row.")
    amount = entry.amount if entry.amount.rials > 0 else -entry.amount
    return _(
        "About: {day} · {what} · {amount} toman",
        day=Day(entry.day),
        what=entry_words(entry, _),
        amount=amount,
    )


def dispute_photo(dispute_id: int, file_id: int, number: int, _: Language) -> Screen:
    back = Button(_.label("⬅️ Back"), OpenDispute(dispute_id=dispute_id))
    return Screen(_("Ticket {number}", number=number), ((back, home_button(_)),), photo=file_id)


def answer_question(dispute: Dispute, _: Language) -> Screen:
    text = _(
        "{about}\n\nPlease write your answer to {customer}.",
        about=_about(dispute, _),
        customer=dispute.customer_name,
    )
    back = Button(_.label("⬅️ Back"), OpenDispute(dispute_id=dispute.id))
    return Screen(text, ((back, home_button(_)),))


def answer_sent(dispute: Dispute, _: Language) -> Screen:
    text = _("Ticket {number} is answered and closed ✅", number=dispute.number)
    return Screen(text, ((Button(_.label("⬅️ Back"), OpenDisputes(page=1)), home_button(_)),))


def tasks(found: Sequence[Task], page: int, _: Language, *, has_more: bool) -> Screen:
    """What is one's own to do: a tap leads to what it is about, or says that it is done."""
    if not found:
        return Screen(_("Nothing waits for you ✅"), ((home_button(_),),))
    first = (page - 1) * PER_PAGE_OF_TASKS + 1
    lines = [_("📌 Your tasks:")]
    lines += [_task_line(at, each, _) for at, each in enumerate(found, start=first)]
    rows = [_task_row(at, each, page, _) for at, each in enumerate(found, start=first)]
    before = (Button(_.label("▶️ Previous"), OpenTasks(page=page - 1)),) if page > 1 else ()
    after = (Button(_.label("◀️ Next"), OpenTasks(page=page + 1)),) if has_more else ()
    turns = before + after
    return Screen("\n".join(lines), (*rows, *((turns,) if turns else ()), (home_button(_),)))


def _task_row(at: int, task: Task, page: int, _: Language) -> tuple[Button, ...]:
    done = Button(_.label("✅ {at} done", at=at), FinishTask(task_id=task.id or 0, page=page))
    about = _screen_of(task)
    return (Button(_.label("👁 {at} look", at=at), about), done) if about else (done,)


def _screen_of(task: Task) -> CallbackData | None:
    """The screen of what has to be done something about."""
    if task.kind == "dispute":
        return OpenDispute(dispute_id=task.subject_id)
    if task.kind in _CALLS and task.staff_id is None:
        return OpenBooks(customer_id=task.subject_id)
    if task.kind == "paper_list":
        return OpenPaperList(list_id=task.subject_id, page=1)
    if task.kind.startswith("cheque_"):
        return OpenChequeCard(cheque_id=task.subject_id)
    return None


def _task_line(at: int, task: Task, _: Language) -> Words:
    what = _task_words(task, _)
    if task.due_on is not None:
        return _(
            "{at}. {what} — {customer} (until {day})",
            at=at,
            what=what,
            customer=task.customer_name,
            day=Day(task.due_on),
        )
    return _("{at}. {what} — {customer}", at=at, what=what, customer=task.customer_name)


def _task_words(task: Task, _: Language) -> Words:
    match task.kind:
        case "dispute":
            return _("Answer ticket {number}", number=task.facts["number"])
        case kind if kind in _CALLS:
            return _call_words(task, _)
        case "paper_list":
            return _("Type a list on paper")
        case "cheque_bounced":
            return _("Follow a bounced cheque")
        case "cheque_announced":
            return _("Take an announced cheque")
        case "cheque_talk":
            return _("Talk about a cheque that falls due")
        case "campaign_visit":
            return _("Visit who looked at “{campaign}” and did not buy", campaign=task.facts["campaign"])
    return _("Something is to be done")


_CALLS = frozenset({"reminder_call", "nobody_reminded", "call_wanted", "instalments_wanted"})


def _call_words(task: Task, _: Language) -> Words:
    """Somebody is to be called about what they owe."""
    amount = Money(int(task.facts["amount_rials"]))
    match task.kind:
        case "reminder_call":
            text = _("Call about an overdue debt, {amount} toman", amount=amount)
        case "nobody_reminded":
            text = _("Nobody there could be reminded of {amount} toman", amount=amount)
        case "call_wanted":
            text = _("Call now: the customer asks for it ({amount} toman)", amount=amount)
        case _kind:
            text = _("Agree on another way to pay {amount} toman", amount=amount)
    mobile = task.facts.get("mobile")
    return _("{text}, {mobile}", text=text, mobile=Copyable(str(mobile))) if mobile else text
