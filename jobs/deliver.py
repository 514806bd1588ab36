"""Tells people what is in the outbox. No network call ever happens inside a unit of work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol

import structlog

from domain.calendar import today_in_tehran
from domain.notifications import MessageClass, Notification, Outcome
from jobs.conveyor import AT_ONCE, Conveyor
from screens.language import Language
from screens.notices import told
from screens.screen import Screen
from services.notifications import conclude, is_plain, why_not
from storage.tellings import Telling
from storage.unit_of_work import Store, UnitOfWork

__all__ = ["AT_ONCE", "Courier", "May", "Messenger", "Told", "note_pause", "paused"]

log = structlog.get_logger("jobs.deliver")

TIDY_EVERY = 5.0
IN_LINE = 5.0
"""Through a shorter pause notices stand in line: else campaigns, which do, would be first when it is over."""


@dataclass(frozen=True, slots=True)
class Told:
    """How one attempt ended. ``is_counted`` is False when the messenger only asked us to wait."""

    outcome: Outcome
    message_id: int | None = None
    error: str | None = None
    is_counted: bool = True
    wait: float = 0.0
    """Try again no sooner than in so many seconds."""
    is_pause: bool = False
    """The whole platform is to be silent for that long, in all processes."""
    moved_to: int | None = None
    """The chat has another id from now on."""


May = Callable[[], Awaitable[Told | None]]
"""Asked when a message has its turn: None lets it go out, anything else is how it ends instead."""


class Messenger(Protocol):
    """One platform. ``send`` and ``edit`` wait for their turn, by class."""

    async def send(
        self,
        chat_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told: ...

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told: ...

    def pause(self, seconds: float) -> None:
        """Another process was asked for silence."""
        ...

    def waits(self) -> float:
        """Seconds for which nothing may be sent; infinite when the platform refuses us."""
        ...

    def close(self) -> None:
        """Give no more turns: what waits for one is given back."""
        ...


async def paused(
    uow: UnitOfWork, messengers: Mapping[str, Messenger], now: datetime, longer_than: float = 0.0
) -> bool:
    """Whether no messenger may send for that long, also because another process was told so."""
    if await uow.frozen.is_frozen():
        # After a restore nobody knows what was told: a manager looks first.
        return True
    for platform, until in (await uow.pauses.list_now(now)).items():
        if platform in messengers:
            messengers[platform].pause((until - now).total_seconds())
    return all(each.waits() > longer_than for each in messengers.values())


async def note_pause(uow: UnitOfWork, platform: str, bot_id: int, result: Told, now: datetime) -> None:
    if result.is_pause:
        await uow.pauses.put(platform, bot_id, now + timedelta(seconds=result.wait))


class Courier:
    """Empties the outbox of one platform."""

    def __init__(
        self,
        store: Store,
        messengers: Mapping[str, Messenger],
        languages: Mapping[str, Language],
        clock: Callable[[], datetime],
        per_second: float = 0,
    ) -> None:
        self._store, self._messengers = store, messengers
        self._languages, self._clock = languages, clock
        self._conveyor: Conveyor[Telling, Told] = Conveyor(self._claim, self._attempt, self._keep, per_second)
        self._tidied_at: float | None = None

    def stop(self) -> None:
        """Begin no new telling; what has no turn yet is given back."""
        self._conveyor.stop()
        for each in self._messengers.values():
            each.close()

    async def begin(self) -> None:
        """No other sender is at work: what a dead one was telling is free at once."""
        async with self._store.unit_of_work() as uow:
            await uow.outbox.free_leases(self._clock())

    async def sweep(self) -> int:
        """Tell what is due, until nothing is; how many that were."""
        return await self._conveyor.run()

    async def _claim(self, limit: int) -> Sequence[Telling]:
        now = self._clock()
        async with self._store.unit_of_work() as uow:
            await self._tidy(uow, now)
            if await paused(uow, self._messengers, now, IN_LINE):
                return ()
            return await uow.outbox.claim(now, limit)

    async def _tidy(self, uow: UnitOfWork, now: datetime) -> None:
        """What died with its sender or has lost its point is told to nobody."""
        if self._tidied_at is None or monotonic() - self._tidied_at > TIDY_EVERY:
            await uow.outbox.park_lost(now)
            await uow.outbox.expire(now)
            self._tidied_at = monotonic()

    async def _keep(self, ended: Sequence[tuple[Telling, Told]]) -> None:
        now = self._clock()
        async with self._store.unit_of_work() as uow:
            for telling, result in ended:
                if telling.platform is not None and telling.bot_id is not None:
                    await note_pause(uow, telling.platform, telling.bot_id, result, now)
                    if result.moved_to is not None and telling.chat_id is not None:
                        place = (telling.platform, telling.bot_id, telling.chat_id)
                        await uow.customers.move_reach(*place, result.moved_to)
            await conclude(uow, ended, now)

    async def _why_not(self, telling: Telling) -> Outcome | None:
        now = self._clock()
        if is_plain(telling.notification):
            return Outcome.EXPIRED if telling.notification.is_stale(now) else None
        async with self._store.reading() as uow:
            return await why_not(uow, telling, now)

    def _dated(self, notification: Notification) -> Notification:
        return replace(notification, told_on=today_in_tehran(self._clock()))

    async def _attempt(self, telling: Telling) -> Told:
        messenger = self._messengers.get(telling.platform or "")
        if messenger is None or telling.chat_id is None:
            return Told(Outcome.BLOCKED, error="nowhere to write to")
        language = self._languages.get(telling.language, self._languages["fa"])
        try:
            untold = await self._why_not(telling)
        except Exception as fault:
            log.exception("nobody knows whether it is still true", kind=telling.notification.kind)
            return Told(Outcome.RETRY, error=f"cannot be checked: {type(fault).__name__}")
        if untold is not None:
            return Told(untold)
        try:
            screen = told(self._dated(telling.notification), language)
        except Exception as fault:
            return Told(Outcome.FAILED, error=f"cannot be said: {type(fault).__name__}")

        async def may() -> Told | None:
            # A process that stood still for longer than its lease lasts: others tell this by now.
            is_ours = self._clock() < telling.leased_until
            return None if is_ours else Told(Outcome.RETRY, error="too late", is_counted=False)

        return await messenger.send(telling.chat_id, screen, telling.notification.message_class, may)
