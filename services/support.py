"""Talking to a person: a message goes to our support, the answer comes back to whoever asked."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.errors import AlreadyDecided, NotFound
from domain.notifications import Notification, Recipient
from domain.staff import Role
from domain.support import SupportMessage
from storage.unit_of_work import UnitOfWork

ANSWERING = (Role.SUPPORT, Role.MANAGER)


async def keep_photo(uow: UnitOfWork, name: str, mime_type: str, content: bytes, now: datetime) -> int:
    return await uow.files.put(name, mime_type, content, now)


async def ask_support(
    uow: UnitOfWork, by: Actor, text: str, now: datetime, photo_id: int | None = None
) -> None:
    """Keep the message and put it before the support staff, or the managers where there is none."""
    assert by.identity.id is not None
    message_id = await uow.support.put(by.identity.id, by.customer_id, text, now, photo_id)
    people = await uow.staff.list_active(*ANSWERING)
    desk = [each for each in people if each.role is Role.SUPPORT] or people
    facts = {
        "person": by.identity.name,
        "customer": by.customer.name if by.customer else None,
        "mobile": getattr(by.person, "mobile", None),
        "text": text,
        "has_photo": photo_id is not None,
    }
    await uow.outbox.put(
        *(
            Notification(
                key=f"support_asked:{message_id}:{each.id}",
                kind="support_asked",
                to=Recipient(staff_id=each.id),
                subject_id=message_id,
                due_at=now,
                facts=facts,
            )
            for each in desk
        )
    )
    await uow.audit.write(by, "support_asked", "support", message_id, now)


async def photo_of(uow: UnitOfWork, by: Actor, message_id: int) -> tuple[int, bool]:
    """The file that came with the message, and whether it is a picture; answered or not."""
    by.require_staff(*ANSWERING)
    message = await uow.support.get(message_id)
    if message.photo_id is None:
        raise NotFound
    file = await uow.files.get(message.photo_id)
    return file.id, not file.content.startswith(b"%PDF-")


async def open_message(uow: UnitOfWork, by: Actor, message_id: int) -> SupportMessage:
    """A message that nobody has answered yet, for a member of staff."""
    by.require_staff(*ANSWERING)
    message = await uow.support.get(message_id)
    if message.answered_at is not None:
        raise AlreadyDecided
    return message


async def answer_support(uow: UnitOfWork, by: Actor, message_id: int, text: str, now: datetime) -> None:
    """Send the answer to whoever asked. The first answer counts."""
    staff = by.require_staff(*ANSWERING)
    message = await uow.support.get(message_id)
    await uow.support.answer(message.id, text, staff.id, now)
    await uow.outbox.put(
        Notification(
            key=f"support_answered:{message.id}",
            kind="support_answered",
            to=Recipient(identity_id=message.identity_id),
            subject_id=message.id,
            due_at=now,
            facts={"question": message.text, "answer": text},
        )
    )
    await uow.audit.write(by, "support_answered", "support", message.id, now)
