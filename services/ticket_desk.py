"""The desk of tickets: what is open by its deadline, one of them with all that helps, and how it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.actors import Actor
from domain.calendar import HORIZON, today_in_tehran
from domain.errors import AlreadyDecided, NotFound
from domain.notifications import Notification, Recipient
from domain.order_views import Job
from domain.quiet_hours import next_allowed, shared_hours
from domain.staff import Staff
from domain.tickets import Ticket, TicketHistory, TicketState
from services.calendar import delivery_plan
from services.tickets import DESK, facts_of, note, tell
from storage.unit_of_work import UnitOfWork

PER_PAGE = 8
PEOPLE_PER_PAGE = 8
MOST_SHOWN = 10


async def list_tickets(uow: UnitOfWork, by: Actor, page: int) -> tuple[tuple[Ticket, ...], bool]:
    """A page of what is open by its deadline, and whether there are more; for others only their own."""
    staff = by.require_staff()
    owner = None if staff.role in DESK else staff.id
    found = await uow.tickets.list_open(PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE, owner=owner)
    return found[:PER_PAGE], len(found) > PER_PAGE


async def read_ticket(uow: UnitOfWork, by: Actor, ticket_id: int) -> Ticket:
    """For support and managers; and for whoever owns it."""
    staff = by.require_staff()
    ticket = await uow.tickets.get(ticket_id)
    if staff.role not in DESK and ticket.owner_id != staff.id:
        raise NotFound
    return ticket


async def require_unsolved(uow: UnitOfWork, by: Actor, ticket_id: int) -> Ticket:
    ticket = await read_ticket(uow, by, ticket_id)
    if ticket.state is not TicketState.OPEN:
        raise AlreadyDecided
    return ticket


async def photo_of(uow: UnitOfWork, by: Actor, ticket_id: int) -> Ticket:
    ticket = await read_ticket(uow, by, ticket_id)
    if ticket.photo_id is None:
        raise NotFound
    return ticket


async def order_of(uow: UnitOfWork, by: Actor, ticket_id: int, now: datetime) -> Job:
    """The order that it is about, to be looked at."""
    ticket = await read_ticket(uow, by, ticket_id)
    if ticket.order_id is None:
        raise NotFound
    order = await uow.orders.get(ticket.order_id, of=ticket.customer_id)
    plan = await delivery_plan(uow, order.outlet_id, now)
    return Job(order=order, plan=plan, customer_name=ticket.customer_name, can_move=False)


async def history_of(uow: UnitOfWork, by: Actor, ticket_id: int) -> TicketHistory:
    """What was done about it, what this customer has said before, and their other tickets."""
    ticket = await read_ticket(uow, by, ticket_id)
    customer_id = ticket.customer_id
    return TicketHistory(
        ticket=ticket,
        notes=await uow.tickets.list_notes(ticket.id, MOST_SHOWN),
        answers=await uow.surveys.list_answers(customer_id, ticket.survey_id, MOST_SHOWN),
        others=await uow.tickets.list_of_customer(customer_id, ticket.id, MOST_SHOWN),
    )


async def list_people(
    uow: UnitOfWork, by: Actor, ticket_id: int, page: int
) -> tuple[Ticket, tuple[Staff, ...], bool]:
    """To whom it can be given: a page of our people, and whether there are more."""
    ticket = await require_unsolved(uow, by, ticket_id)
    people = [each for each in await uow.staff.list_active() if each.id != ticket.owner_id]
    first = (max(page, 1) - 1) * PEOPLE_PER_PAGE
    shown = tuple(people[first : first + PEOPLE_PER_PAGE])
    return ticket, shown, len(people) > first + PEOPLE_PER_PAGE


async def assign(uow: UnitOfWork, by: Actor, ticket_id: int, staff_id: int, now: datetime) -> Ticket:
    """Somebody else answers for it from now on, and hears so."""
    await require_unsolved(uow, by, ticket_id)
    to = next((each for each in await uow.staff.list_active() if each.id == staff_id), None)
    if to is None:
        raise NotFound
    await uow.tickets.assign(ticket_id, to.id)
    ticket = await uow.tickets.get(ticket_id)
    await note(uow, ticket, "assigned", now, by=by, words=to.name)
    if to.id != by.staff_id:
        await tell(uow, ticket, "ticket_assigned", [to.id], now, await facts_of(uow, ticket, now))
    return ticket


async def add_note(uow: UnitOfWork, by: Actor, ticket_id: int, words: str, now: datetime) -> Ticket:
    ticket = await read_ticket(uow, by, ticket_id)
    await note(uow, ticket, "note", now, by=by, words=words)
    return ticket


async def solve(uow: UnitOfWork, by: Actor, ticket_id: int, outcome: str, now: datetime) -> Ticket:
    """It is put right: the customer hears how, in allowed hours, and is asked once what they think now."""
    ticket = await require_unsolved(uow, by, ticket_id)
    await uow.tickets.solve(ticket_id, outcome, now)
    await note(uow, ticket, "solved", now, by=by, words=outcome)
    if ticket.contact_id is not None:
        asks = ticket.survey_id is not None and await uow.surveys.ask_again(ticket.survey_id, now)
        facts = {
            "who": ticket.contact_name,
            "number": ticket.order_number,
            "ticket": ticket.number,
            "outcome": outcome,
            "survey_id": ticket.survey_id,
            "asks": asks,
        }
        await uow.outbox.put(
            Notification(
                key=f"ticket_solved:{ticket.id}:{ticket.version}",
                kind="ticket_solved",
                to=Recipient(contact_id=ticket.contact_id),
                subject_id=ticket.id,
                due_at=await _allowed(uow, ticket.contact_id, now),
                facts=facts,
            )
        )
    return await uow.tickets.get(ticket_id)


async def _allowed(uow: UnitOfWork, contact_id: int, now: datetime) -> datetime:
    rules, wanted = await uow.company.push_rules(), await uow.settings.preferences(contact_id)
    today = today_in_tehran(now)
    free = await uow.calendars.list_holidays(today, today + timedelta(days=HORIZON))
    return next_allowed(now, shared_hours(rules.survey_hours, wanted.hours), free)
