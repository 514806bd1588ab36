"""Talking to a person: a message goes to our support, the answer comes back to whoever asked."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from domain.actors import Actor
from domain.errors import AlreadyDecided, NotFound
from domain.notifications import Notification, Recipient
from domain.staff import Role
from domain.support import SupportMessage
from storage.unit_of_work import UnitOfWork

ANSWERING = (Role.SUPPORT, Role.MANAGER)


async def keep_photo(uow: UnitOfWork, name: str, mime_type: str, content: bytes, now: datetime) -> int:
    return await uow.files.put(name, mime_type, content, now)


class Sent(Protocol):
    """A photo that came with a message."""

    @property
    def name(self) -> str: ...

    @property
    def mime_type(self) -> str: ...

    @property
    def content(self) -> bytes: ...


async def goes_with(uow: UnitOfWork, by: Actor, album: str, file: Sent, now: datetime) -> bool:
    """Whether the first of these photos went to our support; then this one goes after it, with its words."""
    assert by.identity.id is not None
    first_id = await uow.support.album_message(by.identity.id, album)
    if first_id is None:
        return False
    photo_id = await keep_photo(uow, file.name, file.mime_type, file.content, now)
    text = (await uow.support.get(first_id)).text
    await ask_support(uow, by, text, now, photo_id)
    return True


async def ask_support(
    uow: UnitOfWork,
    by: Actor,
    text: str,
    now: datetime,
    photo_id: int | None = None,
    album: str | None = None,
) -> None:
    """Keep the message and put it before the support staff, or the managers where there is none.

    ``album`` is the messenger's name of several photos that were sent as one: the others follow.
    """
    assert by.identity.id is not None
    message_id = await uow.support.put(by.identity.id, by.customer_id, text, now, photo_id)
    if album is not None:
        await uow.support.put_album(by.identity.id, album, message_id)
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
