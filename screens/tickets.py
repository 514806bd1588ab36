"""The desk of tickets: the list by deadline, one ticket, whom to call, to whom it is given, its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.calendar import TEHRAN
from domain.order_views import Job
from domain.staff import Staff
from domain.surveys import SurveyReason
from domain.tickets import UNSAID, Ticket, TicketHistory, TicketNote, TicketState
from screens.callbacks.tickets import (
    AskOwner,
    AssignTicket,
    CallCustomer,
    NoteTicket,
    OpenTicket,
    OpenTicketHistory,
    OpenTicketOrder,
    OpenTicketPhoto,
    OpenTickets,
    SolveTicket,
)
from screens.fulfilment import job
from screens.home import home_button
from screens.language import Copyable, Hour, Language, Words
from screens.pages import turning
from screens.screen import ALONE, Button, Screen, around, shortened
from screens.staff import role_word
from screens.survey_words import reason_word


def tickets(found: Sequence[Ticket], page: int, now: datetime, _: Language, *, has_more: bool) -> Screen:
    """What is open, the first deadline first; what is late is marked."""
    if not found:
        return Screen(_("No ticket is open ✅"), ((home_button(_),),))
    lines = [_("🎫 Open tickets, by deadline:"), *(_line(each, now, _) for each in found)]
    rows = [(_button(each, now, _),) for each in found]
    turns = turning(page, page + 1 if has_more else page, lambda to: OpenTickets(page=to), _)
    return Screen("\n".join(lines), (*rows, *((turns,) if turns else ()), (home_button(_),)))


def _line(ticket: Ticket, now: datetime, _: Language) -> Words:
    line = _(
        "{number} · {subject} · until {due}",
        number=ticket.number,
        subject=subject_words(ticket.subject, _),
        due=due_words(ticket.due_at, _),
    )
    if ticket.is_overdue(now):
        return _("⏰ {ticket} (late)", ticket=line)
    return _("❗️ {ticket}", ticket=line) if ticket.is_urgent else line


def _button(ticket: Ticket, now: datetime, _: Language) -> Button:
    def label(name: str) -> str:
        if ticket.is_overdue(now):
            return _.label("⏰ {number} — {customer}", number=ticket.number, customer=name)
        return _.label("{number} — {customer}", number=ticket.number, customer=name)

    return Button(around(ticket.customer_name, ALONE, label), OpenTicket(ticket_id=ticket.id))


def subject_words(subject: str, _: Language) -> Words:
    if subject == UNSAID:
        return _("no reason given yet")
    return Words(reason_word(SurveyReason(subject), _))


def due_words(at: datetime, _: Language) -> Words:
    """«پنج‌شنبه ۵ آذر ۱۱:۰۰»."""
    return _("{day} {hour}", day=at.astimezone(TEHRAN).date(), hour=Hour(at))


def ticket(found: Ticket, now: datetime, _: Language) -> Screen:
    """All that is known of one, and what can be done."""
    return Screen("\n".join(_facts(found, now, _)), (*_actions(found, _), _back(_)))


def _facts(found: Ticket, now: datetime, _: Language) -> list[Words]:
    lines = [_("🎫 Ticket {number} — {customer}", number=found.number, customer=found.customer_name)]
    if found.score is not None:
        lines.append(_("NPS {score} · {subject}", score=found.score, subject=subject_words(found.subject, _)))
    if found.order_number is not None:
        lines.append(_("Order {number} · {person}", number=found.order_number, person=found.contact_name))
    if found.text:
        lines.append(_("“{text}”", text=found.text))
    if found.is_urgent:
        lines.append(_("❗️ The customer wants to be called sooner."))
    lines.append(_state(found, now, _))
    if found.owner_name:
        lines.append(_("Looked after by {owner}", owner=found.owner_name))
    return lines


def _state(found: Ticket, now: datetime, _: Language) -> Words:
    match found.state:
        case TicketState.SOLVED:
            return _("✅ Solved: {outcome}", outcome=found.outcome or "")
        case TicketState.CLOSED:
            return _("☑️ Closed: {outcome}", outcome=found.outcome or "")
    due = due_words(found.due_at, _)
    return _("⏰ Late: it was due {due}", due=due) if found.is_overdue(now) else _("Deadline: {due}", due=due)


def _actions(found: Ticket, _: Language) -> tuple[tuple[Button, ...], ...]:
    to = found.id
    note = Button(_.label("📝 Note"), NoteTicket(ticket_id=to))
    photo = Button(_.label("🖼 Photo"), OpenTicketPhoto(ticket_id=to))
    rows = [*alert_rows(to, _, is_open=found.state is TicketState.OPEN)]
    rows.append((note, photo) if found.photo_id is not None else (note,))
    if found.state is TicketState.OPEN:
        rows.append((Button(_.label("✅ It is solved"), SolveTicket(ticket_id=to)),))
    return tuple(rows)


def alert_rows(ticket_id: int, _: Language, *, is_open: bool = True) -> tuple[tuple[Button, ...], ...]:
    """What an alert offers (S7.5)."""
    call = Button(_.label("📞 Call"), CallCustomer(ticket_id=ticket_id))
    give = Button(_.label("👤 Hand over"), AskOwner(ticket_id=ticket_id, page=1))
    order = Button(_.label("🧾 Order"), OpenTicketOrder(ticket_id=ticket_id))
    history = Button(_.label("🕓 History"), OpenTicketHistory(ticket_id=ticket_id))
    return ((call, give) if is_open else (call,)), (order, history)


def _back(_: Language) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), OpenTickets(page=1)), home_button(_))


def _to_ticket(ticket_id: int, _: Language) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), OpenTicket(ticket_id=ticket_id)), home_button(_))


def whom_to_call(found: Ticket, _: Language) -> Screen:
    name = found.contact_name or found.customer_name
    if found.mobile:
        text = _("📞 {name}, {customer}: {mobile}", name=name, customer=found.customer_name,
                 mobile=Copyable(found.mobile))  # fmt: skip
    else:
        text = _("📞 {name}, {customer}: no number is known.", name=name, customer=found.customer_name)
    note = Button(_.label("📝 Note"), NoteTicket(ticket_id=found.id))
    return Screen(text, ((note,), _to_ticket(found.id, _)))


def owner_question(
    found: Ticket, people: Sequence[Staff], page: int, _: Language, *, has_more: bool
) -> Screen:
    text = _("To whom is ticket {number} given?", number=found.number)
    rows = []
    for each in people:
        role = role_word(each.role, _)
        label = _.label("{name} ({role})", name=each.name, role=Words(role))
        tap = AssignTicket(ticket_id=found.id, staff_id=each.id)
        rows.append((Button(shortened(label, ALONE), tap),))
    turns = turning(page, page + 1 if has_more else page, lambda to: AskOwner(ticket_id=found.id, page=to), _)
    return Screen(text, (*rows, *((turns,) if turns else ()), _to_ticket(found.id, _)))


def order(ticket_id: int, of: Job, _: Language) -> Screen:
    """The order that it is about; nothing is moved from here."""
    return Screen(job(of, _).text, (_to_ticket(ticket_id, _),))


def note_question(found: Ticket, _: Language) -> Screen:
    text = _("Please write the note for ticket {number}.", number=found.number)
    return Screen(text, (_to_ticket(found.id, _),))


def outcome_question(found: Ticket, _: Language) -> Screen:
    text = _(
        "What was done for {customer}? Please write it as they shall read it (ticket {number}):\n"
        "“…, about order {order}: <i>your words</i>. What do you think now?”",
        customer=found.customer_name,
        number=found.number,
        order=found.order_number or 0,
    )
    return Screen(text, (_to_ticket(found.id, _),))


def solved(found: Ticket, _: Language) -> Screen:
    text = _(
        "Ticket {number} is solved ✅ {customer} hears it in allowed hours.",
        number=found.number,
        customer=found.customer_name,
    )
    return Screen(text, (_back(_),))


def photo(found: Ticket, _: Language) -> Screen:
    return Screen(_("Ticket {number}", number=found.number), (_to_ticket(found.id, _),), photo=found.photo_id)


def history(found: TicketHistory, _: Language) -> Screen:
    """What was done, and what this customer has said before."""
    lines = [_("🕓 History of ticket {number}", number=found.ticket.number)]
    lines += [_note(each, _) for each in found.notes] or [_("Nothing was done yet.")]
    if found.answers:
        lines.append(_("Earlier answers of {customer}:", customer=found.ticket.customer_name))
        lines += [
            _("{at} · order {number}: {score}", at=each.at, number=each.order_number, score=each.score)
            for each in found.answers
        ]
    if found.others:
        lines.append(_("Other tickets:"))
        lines += [_other(each, _) for each in found.others]
    return Screen("\n".join(lines), (_to_ticket(found.ticket.id, _),))


def _other(each: Ticket, _: Language) -> Words:
    about = subject_words(each.subject, _)
    if each.state is TicketState.OPEN:
        return _("{number} · {subject} · open", number=each.number, subject=about)
    return _("{number} · {subject} · solved", number=each.number, subject=about)


def _note(each: TicketNote, _: Language) -> Words:
    done = _("{at} · {who}: {what}", at=each.at, who=each.who, what=_step(each, _))
    return Words(f"{done}\n{_('“{text}”', text=each.text)}") if each.text else done


def _step(each: TicketNote, _: Language) -> Words:
    facts = each.facts
    match facts.get("step"):
        case "said":
            return _("said why: {subject}", subject=subject_words(str(facts["subject"]), _))
        case "rescored":
            return _("gave {score} instead of {was}", score=facts["score"], was=facts["was"])
        case "photo":
            return _("sent a photo")
        case "hurried":
            return _("wants to be called sooner")
        case "assigned":
            return _("handed it over")
        case "solved":
            return _("solved it")
        case "reopened":
            return _("is not content yet")
        case "closed":
            return _("has judged it")
    return _("noted")
