"""Telling people: whether it is still to be told, what becomes of an attempt, and our own faults."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from domain.notifications import (
    MOST_TELLINGS,
    MessageClass,
    Notification,
    Outcome,
    Recipient,
    next_try,
)
from storage.tellings import Ended, Telling
from storage.unit_of_work import UnitOfWork

SOON = timedelta(seconds=1)
"""What was put off waits so long; after a pause it is due that much sooner, to stand in line when it ends."""

PASSING = frozenset({"order_approved", "order_picking", "order_loaded"})
"""Where an order stands on its way: of several that wait after an outage only the newest is worth telling."""
NEWER = PASSING | {
    "order_delivered", "order_part_delivered", "order_cancelled", "order_cancelled_by_us", "order_delayed",
}  # fmt: skip
"""What makes such a word old: a later status, a new day, or that the order will not come at all."""

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


def is_plain(told: Notification) -> bool:
    """Whether only the time can make it untrue, so that nobody has to be asked."""
    return told.message_class <= MessageClass.NOTICE and told.kind not in _CHECKERS.keys() | PASSING


async def why_not(uow: UnitOfWork, telling: Telling, now: datetime) -> Outcome | None:
    """None when it is to be told now; else how it ends untold."""
    told = telling.notification
    if told.is_stale(now):
        return Outcome.EXPIRED
    if not await wanted(uow, told.to.contact_id, told.message_class):
        return Outcome.WITHDRAWN
    checker = _CHECKERS.get(told.kind)
    if checker is not None and not await checker(uow, told, now):
        return Outcome.WITHDRAWN
    if told.kind in PASSING and await uow.outbox.has_newer(telling, NEWER):
        return Outcome.WITHDRAWN
    return None


class Result(Protocol):
    """What the messenger made of an attempt (``jobs.deliver.Told``)."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def message_id(self) -> int | None: ...
    @property
    def error(self) -> str | None: ...
    @property
    def is_counted(self) -> bool: ...
    @property
    def wait(self) -> float: ...


async def conclude(uow: UnitOfWork, ended: Sequence[tuple[Telling, Result]], now: datetime) -> None:
    """Write down how they ended; put back what may and should be told again."""
    for telling, result in ended:
        if result.outcome is Outcome.BLOCKED and telling.chat_id is not None:
            assert telling.platform is not None
            assert telling.bot_id is not None
            await uow.customers.mark_blocked(telling.platform, telling.bot_id, telling.chat_id, now)
    await uow.outbox.conclude([_ended(telling, result, now) for telling, result in ended], now)


def _ended(telling: Telling, result: Result, now: datetime) -> Ended:
    again_at, outcome = None, result.outcome
    is_notice = telling.notification.message_class <= MessageClass.NOTICE
    if outcome is Outcome.RETRY or (outcome is Outcome.UNCERTAIN and is_notice):
        again_at = next_try(telling.attempts, now) if result.is_counted else now + SOON
    if again_at is not None and result.wait:
        pause = timedelta(seconds=result.wait)
        again_at = max(again_at, now + pause) if result.is_counted else now + max(timedelta(), pause - SOON)
    if telling.attempts >= MOST_TELLINGS:
        again_at = None
    if outcome is Outcome.RETRY and again_at is None:
        outcome = Outcome.FAILED
    return Ended(
        telling=telling,
        outcome=outcome,
        again_at=again_at,
        is_counted=result.is_counted,
        message_id=result.message_id,
        error=result.error,
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
