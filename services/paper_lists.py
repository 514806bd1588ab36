"""A photo of a list on paper: a colleague types it, and whoever sent it confirms the draft (S2.8)."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.errors import NotFound, TextRefused
from domain.notifications import Notification, Recipient
from domain.sent_lists import MOST_PAGES, MOST_TYPED, ListKind, SentList
from domain.staff import Role, Staff
from domain.tasks import Task
from domain.written_drafts import Answered
from services.written_drafts import begin, pending
from services.written_orders import understand
from storage.unit_of_work import UnitOfWork

ENTERING = (Role.SUPPORT, Role.VISITOR, Role.MANAGER)
"""Who types what customers have written by hand."""


async def keep_page(uow: UnitOfWork, name: str, mime_type: str, content: bytes, now: datetime) -> int:
    return await uow.files.put(name, mime_type, content, now)


async def send(uow: UnitOfWork, actor: Actor, file_id: int, album: str | None, now: datetime) -> bool:
    """Put the photo before a colleague. False where it is a further page of what was sent before."""
    customer_id, contact_id = actor.require_buyer()
    assert actor.identity.id is not None
    if album is not None:
        list_id = await uow.sent_lists.of_album(actor.identity.id, album)
        if list_id is not None:
            await _add(uow, list_id, file_id)
            return False
    elif await uow.sent_lists.waits_with(contact_id, file_id):
        # The same photo once more is not another list.
        return True
    who = (actor.identity.id, customer_id, contact_id)
    list_id = await uow.sent_lists.put(ListKind.PHOTO, who, now, album=album)
    await uow.sent_lists.add_page(list_id, file_id)
    await _ask_colleagues(uow, actor, list_id, now)
    await uow.audit.write(actor, "list.sent", "sent_list", list_id, now)
    return True


async def _add(uow: UnitOfWork, list_id: int, file_id: int) -> None:
    if await uow.sent_lists.count_pages(list_id) < MOST_PAGES:
        await uow.sent_lists.add_page(list_id, file_id)


async def _ask_colleagues(uow: UnitOfWork, actor: Actor, list_id: int, now: datetime) -> None:
    """Whoever looks after the customer, else the support staff, else the managers."""
    customer = actor.require_customer()
    own = await uow.account_managers.find(customer.id)
    if own is not None:
        desk: list[Staff] = [own]
    else:
        people = await uow.staff.list_active(Role.SUPPORT, Role.MANAGER)
        desk = [each for each in people if each.role is Role.SUPPORT] or list(people)
    task = Task(
        key=f"paper_list:{list_id}",
        kind="paper_list",
        role=own.role if own else Role.SUPPORT,
        staff_id=own.id if own else None,
        customer_id=customer.id,
        subject_id=list_id,
    )
    await uow.tasks.put(task, now=now)
    await uow.outbox.put(
        *(
            Notification(
                key=f"paper_list_sent:{list_id}:{each.id}",
                kind="paper_list_sent",
                to=Recipient(staff_id=each.id),
                subject_id=list_id,
                due_at=now,
                facts={"customer": customer.name, "person": actor.identity.name},
            )
            for each in desk
        )
    )


async def open_list(uow: UnitOfWork, actor: Actor, list_id: int) -> SentList:
    """For a colleague: the photos, and whether somebody has typed them already."""
    actor.require_staff(*ENTERING)
    found = await uow.sent_lists.get(list_id)
    if found.kind is not ListKind.PHOTO:
        raise NotFound
    return found


async def page_of(uow: UnitOfWork, actor: Actor, list_id: int, page: int) -> tuple[SentList, int, bool]:
    """One photo, counted from 1: the list, the file, and whether it is a picture."""
    found = await open_list(uow, actor, list_id)
    if not 1 <= page <= len(found.pages):
        raise NotFound
    file = await uow.files.get(found.pages[page - 1])
    return found, file.id, not file.content.startswith(b"%PDF-")


async def enter(
    uow: UnitOfWork, actor: Actor, list_id: int, text: str, now: datetime
) -> tuple[SentList, int, tuple[str, ...]]:
    """What a colleague has typed goes to whoever sent the photo; the first who types it counts.

    With how many of its lines are clear, and those about which the customer will be asked.
    """
    staff = actor.require_staff(*ENTERING)
    found = await open_list(uow, actor, list_id)
    if not text.strip() or len(text) > MOST_TYPED:
        raise TextRefused(MOST_TYPED)
    await uow.sent_lists.enter(list_id, text, staff.id, now)
    await uow.tasks.finish(f"paper_list:{list_id}", now, by=staff.id)
    reading = await understand(uow, text, now, found.customer_id)
    await uow.outbox.put(
        Notification(
            key=f"paper_list_entered:{list_id}",
            kind="paper_list_entered",
            to=Recipient(contact_id=found.contact_id),
            subject_id=list_id,
            due_at=now,
            facts={"lines": [each.line.raw for each in reading.lines] or [text[:MOST_TYPED]]},
        )
    )
    await uow.audit.write(actor, "list.entered", "sent_list", list_id, now, {"lines": len(reading.lines)})
    asked = tuple(each.line.raw for each in reading.lines if each.question is not None)
    return found, len(reading.lines) - len(asked), asked


async def open_draft(uow: UnitOfWork, actor: Actor, list_id: int, now: datetime) -> Answered | None:
    """The draft of what a colleague has typed, for whoever sent the photo; at today's prices.

    It goes into the basket once. None where it has been there before, and nothing is asked about it any more.
    """
    customer_id, _contact_id = actor.require_buyer()
    found = await uow.sent_lists.get(list_id)
    if found.customer_id != customer_id or found.text is None:
        raise NotFound
    if not await uow.sent_lists.draft_once(list_id, now):
        asked = await pending(uow, actor, now)
        return Answered(next=asked) if asked else None
    customer = actor.require_customer()
    reading = await understand(uow, found.text, now, customer.id, customer.group_id)
    return await begin(uow, actor, reading, now)
