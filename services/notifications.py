"""Telling people: whether it is still to be told, what becomes of an attempt, and our own faults."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from domain.notifications import MessageClass, Notification, Outcome, Recipient, next_try
from storage.tellings import Telling
from storage.unit_of_work import UnitOfWork

SOON = timedelta(seconds=1)
MOST_TELLINGS = 20
"""A notice that stays uncertain is repeated a bounded number of times, never for ever."""

Checker = Callable[[UnitOfWork, Notification, datetime], Awaitable[bool]]
_CHECKERS: dict[str, Checker] = {}


def still_true(kind: str) -> Callable[[Checker], Checker]:
    """Register who says, just before it is told, whether a notification of that kind still holds."""

    def register(checker: Checker) -> Checker:
        if kind in _CHECKERS:
            raise ValueError(f"two checkers for {kind}")
        _CHECKERS[kind] = checker
        return checker

    return register


async def wanted(uow: UnitOfWork, contact_id: int | None, message_class: MessageClass) -> bool:
    """Whether this contact hears such messages (S0.6). Order and money notices always pass.

    A survey's own checker decides about surveys: some contacts want one each time, others one a week.
    """
    if contact_id is None or message_class not in (MessageClass.REMINDER, MessageClass.PROMOTION):
        return True
    theirs = await uow.settings.preferences(contact_id)
    return theirs.reminders if message_class is MessageClass.REMINDER else theirs.promotions


async def why_not(uow: UnitOfWork, told: Notification, now: datetime) -> Outcome | None:
    """None when it is to be told now; else how it ends untold."""
    if told.is_stale(now):
        return Outcome.EXPIRED
    if not await wanted(uow, told.to.contact_id, told.message_class):
        return Outcome.WITHDRAWN
    checker = _CHECKERS.get(told.kind)
    if checker is not None and not await checker(uow, told, now):
        return Outcome.WITHDRAWN
    return None


async def conclude(
    uow: UnitOfWork,
    telling: Telling,
    outcome: Outcome,
    now: datetime,
    *,
    is_counted: bool = True,
    message_id: int | None = None,
    error: str | None = None,
) -> None:
    """Write down how it ended; put it back when it may and should be told again."""
    again_at = None
    is_notice = telling.notification.message_class <= MessageClass.NOTICE
    if outcome is Outcome.RETRY or (outcome is Outcome.UNCERTAIN and is_notice):
        again_at = next_try(telling.attempts, now) if is_counted else now + SOON
    if telling.attempts >= MOST_TELLINGS:
        again_at = None
    if outcome is Outcome.RETRY and again_at is None:
        outcome = Outcome.FAILED
    if outcome is Outcome.BLOCKED and telling.chat_id is not None:
        assert telling.platform is not None
        assert telling.bot_id is not None
        await uow.customers.mark_blocked(telling.platform, telling.bot_id, telling.chat_id, now)
    await uow.outbox.conclude(
        telling,
        outcome,
        now,
        again_at=again_at,
        is_counted=is_counted,
        message_id=message_id,
        error=error,
    )


async def tell_fault(uow: UnitOfWork, platform: str, user_id: int, inbox_id: int, now: datetime) -> None:
    """An update of this person is dead (S0.4); told once, and only to somebody whom we know."""
    identity_id = await uow.customers.identity_id(platform, user_id)
    if identity_id is None:
        return
    await uow.outbox.put(
        Notification(
            key=f"fault:{inbox_id}",
            kind="fault",
            to=Recipient(identity_id=identity_id),
            subject_id=inbox_id,
            due_at=now,
        )
    )
