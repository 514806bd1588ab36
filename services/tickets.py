"""What has to be put right for a customer: opened, explained, closed, and told to whoever answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.actors import Actor
from domain.calendar import HORIZON, today_in_tehran
from domain.errors import AlreadyDecided, NotFound
from domain.notifications import Notification, Recipient
from domain.staff import Role, Staff
from domain.surveys import Survey
from domain.tickets import (
    FIRST_NUMBER,
    MARGIN_DAYS,
    SERIES,
    UNSAID,
    Ticket,
    TicketState,
    deadline,
    least_busy,
    monthly_margin,
)
from services.notifications import still_true
from storage.unit_of_work import UnitOfWork

DESK = (Role.SUPPORT, Role.MANAGER)
SAY_NOTHING_FOR = timedelta(minutes=10)
"""So long a reason is waited for before the desk hears of an unhappy customer without one."""


async def open_for(uow: UnitOfWork, by: Actor, survey: Survey, now: datetime) -> Ticket:
    """The ticket of an unhappy answer, one for each survey; whoever answers for it hears when it is said why.

    Where nothing more is said, they hear after a while all the same.
    """
    known = await uow.tickets.find_of_survey(survey.id)
    if known is not None:
        return known
    manager = await uow.tickets.account_manager(survey.customer_id)
    owner = manager or await _least_busy(uow)
    wanted = Ticket(
        id=0,
        number=await uow.audit.next_number(SERIES, FIRST_NUMBER),
        customer_id=survey.customer_id,
        contact_id=survey.contact_id,
        order_id=survey.order_id,
        survey_id=survey.id,
        owner_id=owner.id if owner else None,
        due_at=await _deadline(uow, now, is_key=manager is not None),
        created_at=now,
    )
    made = await uow.tickets.put(wanted)
    ticket = await uow.tickets.get(made.id)
    await uow.audit.write(by, "ticket.opened", "ticket", ticket.id, now, {"number": ticket.number})
    await _alert(uow, ticket, "survey_alert_unsaid", now, due_at=now + SAY_NOTHING_FOR)
    return ticket


async def explain(uow: UnitOfWork, ticket: Ticket, subject: str, words: str, now: datetime) -> Ticket:
    """Why the customer is unhappy: the desk hears it at once (S7.5), and whatever is said after that, too."""
    kind = "survey_alert" if ticket.subject == UNSAID else "ticket_said"
    await uow.tickets.name_reason(ticket.id, subject, words)
    await uow.tickets.put_note(
        ticket.id, words, now, contact_id=ticket.contact_id, facts={"step": "said", "subject": subject}
    )
    said = await uow.tickets.get(ticket.id)
    await _alert(uow, said, kind, now)
    return said


@still_true("survey_alert_unsaid")
async def is_still_unsaid(uow: UnitOfWork, told: Notification, _now: datetime) -> bool:
    ticket = await uow.tickets.get(told.subject_id)
    return ticket.state is TicketState.OPEN and ticket.subject == UNSAID


async def reopen(uow: UnitOfWork, by: Actor, survey: Survey, now: datetime) -> Ticket:
    """The customer is not content yet: it is open again, with a new deadline."""
    ticket = await uow.tickets.find_of_survey(survey.id)
    if ticket is None:
        raise NotFound
    is_key = await uow.tickets.account_manager(ticket.customer_id) is not None
    await uow.tickets.reopen(ticket.id, await _deadline(uow, now, is_key=is_key))
    await note(uow, ticket, "reopened", now, by=by)
    again = await uow.tickets.get(ticket.id)
    await _alert(uow, again, "ticket_reopened", now)
    return again


async def close(uow: UnitOfWork, by: Actor, survey: Survey, now: datetime) -> None:
    """The customer has said how it was settled, and nothing is left to do."""
    ticket = await uow.tickets.find_of_survey(survey.id)
    if ticket is None:
        raise NotFound
    await uow.tickets.close(ticket.id)
    await note(uow, ticket, "closed", now, by=by)


async def own(uow: UnitOfWork, by: Actor, ticket_id: int) -> Ticket:
    """A ticket of the contact who speaks."""
    by.require_customer()
    return await uow.tickets.get(ticket_id, of=by.contact_id or 0)


async def require_open(uow: UnitOfWork, by: Actor, ticket_id: int) -> Ticket:
    """The same, while something can be added to it."""
    ticket = await own(uow, by, ticket_id)
    if ticket.state is not TicketState.OPEN:
        raise AlreadyDecided
    return ticket


async def attach_photo(
    uow: UnitOfWork, by: Actor, ticket_id: int, photo: tuple[str, str, bytes], now: datetime
) -> Ticket:
    """A picture of what is wrong (name, mime type, content); the newest one is kept beside the ticket."""
    ticket = await require_open(uow, by, ticket_id)
    photo_id = await uow.files.put(*photo, now)
    await uow.tickets.attach(ticket.id, photo_id)
    await note(uow, ticket, "photo", now, by=by)
    ticket = await uow.tickets.get(ticket_id)
    await _alert(uow, ticket, "ticket_photo", now)
    return ticket


async def hurry(uow: UnitOfWork, by: Actor, ticket_id: int, now: datetime) -> Ticket:
    """The customer wants to be called sooner; the owner hears it once, however often it is tapped."""
    ticket = await require_open(uow, by, ticket_id)
    if await uow.tickets.hurry(ticket.id):
        await note(uow, ticket, "hurried", now, by=by)
        await _alert(uow, replace(ticket, is_urgent=True), "ticket_hurried", now)
    return ticket


async def _deadline(uow: UnitOfWork, now: datetime, *, is_key: bool) -> datetime:
    today = today_in_tehran(now)
    free = await uow.calendars.list_holidays(today, today + timedelta(days=HORIZON))
    return deadline(now, await uow.company.push_rules(), free, is_key=is_key)


async def _least_busy(uow: UnitOfWork) -> Staff | None:
    """Of support, or of the managers where there is none."""
    people = await uow.staff.list_active(*DESK)
    desk = [each for each in people if each.role is Role.SUPPORT] or people
    return least_busy(desk, await uow.tickets.open_by_owner())


async def note(
    uow: UnitOfWork,
    ticket: Ticket,
    step: str,
    now: datetime,
    *,
    by: Actor,
    words: str = "",
    facts: Mapping[str, object] | None = None,
) -> None:
    """What was done stands in the ticket's history, and who did it in the audit."""
    said = {"step": step, **(facts or {})}
    await uow.tickets.put_note(
        ticket.id, words, now, staff_id=by.staff_id, contact_id=by.contact_id, facts=said
    )
    await uow.audit.write(by, f"ticket.{step}", "ticket", ticket.id, now, {"number": ticket.number})


async def note_change(
    uow: UnitOfWork, by: Actor, survey_id: int, was: int, score: int, now: datetime
) -> None:
    """Another score was given: whoever works on the ticket sees it there; it stays as it is."""
    ticket = await uow.tickets.find_of_survey(survey_id)
    if ticket is not None:
        await note(uow, ticket, "rescored", now, by=by, facts={"was": was, "score": score})


async def _alert(
    uow: UnitOfWork, ticket: Ticket, kind: str, now: datetime, *, due_at: datetime | None = None
) -> None:
    """The owner and all managers hear it."""
    managers = [each.id for each in await uow.staff.list_active(Role.MANAGER)]
    people = dict.fromkeys((*((ticket.owner_id,) if ticket.owner_id else ()), *managers))
    await tell(uow, ticket, kind, people, due_at or now, await facts_of(uow, ticket, now))


async def tell(
    uow: UnitOfWork,
    ticket: Ticket,
    kind: str,
    people: Iterable[int],
    due_at: datetime,
    facts: Mapping[str, object],
) -> None:
    # The alert of an answer comes once; what follows it has a version of the ticket for each time.
    once = kind in ("survey_alert", "survey_alert_unsaid")
    which = f"{kind}:{ticket.id}" if once else f"{kind}:{ticket.id}:{ticket.version}"
    notices = (
        Notification(
            key=f"{which}:{each}",
            kind=kind,
            to=Recipient(staff_id=each),
            subject_id=ticket.id,
            due_at=due_at,
            facts=facts,
        )
        for each in people
    )
    await uow.outbox.put(*notices)


async def facts_of(uow: UnitOfWork, ticket: Ticket, now: datetime) -> dict[str, object]:
    earned = await uow.tickets.earned(ticket.customer_id, now - timedelta(days=MARGIN_DAYS))
    margin = monthly_margin(earned, now)
    return {
        "number": ticket.number,
        "customer": ticket.customer_name,
        "order": ticket.order_number,
        "score": ticket.score,
        "subject": ticket.subject,
        "text": ticket.text,
        "margin_rials": margin.rials if margin else None,
        "due_at": ticket.due_at.isoformat(),
        "has_photo": ticket.photo_id is not None,
    }
