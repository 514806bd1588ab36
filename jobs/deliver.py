"""Tells people what is in the outbox. No network call ever happens inside a unit of work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.notifications import Outcome
from screens.language import Language
from screens.notices import told
from screens.screen import Screen
from services.notifications import conclude, why_not
from storage.tellings import Telling
from storage.unit_of_work import Store

AT_ONCE = 30
"""So many are marked as being sent before they go out, and the next ones only when these are written down."""
WRITE_DOWN_AGAIN = (0.2, 1.0, 5.0, 20.0)


@dataclass(frozen=True, slots=True)
class Told:
    """How one attempt ended. ``is_counted`` is False when the messenger only asked us to wait."""

    outcome: Outcome
    message_id: int | None = None
    error: str | None = None
    is_counted: bool = True


class Messenger(Protocol):
    async def send(self, chat_id: int, screen: Screen) -> Told: ...


class Courier:
    """Empties the outbox of one platform."""

    def __init__(
        self,
        store: Store,
        messengers: Mapping[str, Messenger],
        languages: Mapping[str, Language],
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._messengers = store, messengers
        self._languages, self._clock = languages, clock
        self._stopping = False

    def stop(self) -> None:
        """Begin no new telling; what was claimed and not told yet is free again at the next start."""
        self._stopping = True

    async def sweep(self, limit: int = AT_ONCE) -> int:
        """Tell what is due; how many that were."""
        if self._stopping:
            return 0
        async with self._store.unit_of_work() as uow:
            claimed = await uow.outbox.claim(self._clock(), limit)
        ended = await asyncio.gather(*(self._tell(each) for each in claimed), return_exceptions=True)
        for fault in ended:
            if isinstance(fault, BaseException):
                raise fault
        return len(claimed)

    async def _tell(self, telling: Telling) -> None:
        if self._stopping:
            return
        result = await self._attempt(telling)
        tries = 0
        while True:
            try:
                async with self._store.unit_of_work() as uow:
                    await conclude(
                        uow,
                        telling,
                        result.outcome,
                        self._clock(),
                        is_counted=result.is_counted,
                        message_id=result.message_id,
                        error=result.error,
                    )
            except Exception:
                # It was told and that must be known: else it would be told once more.
                tries += 1
                if tries > len(WRITE_DOWN_AGAIN):
                    raise
                await asyncio.sleep(WRITE_DOWN_AGAIN[tries - 1])
            else:
                return

    async def _attempt(self, telling: Telling) -> Told:
        messenger = self._messengers.get(telling.platform or "")
        if messenger is None or telling.chat_id is None:
            return Told(Outcome.BLOCKED, error="nowhere to write to")
        async with self._store.reading() as uow:
            untold = await why_not(uow, telling.notification, self._clock())
        if untold is not None:
            return Told(untold)
        language = self._languages.get(telling.language, self._languages["fa"])
        try:
            screen = told(telling.notification, language)
        except Exception as fault:
            return Told(Outcome.FAILED, error=f"cannot be said: {type(fault).__name__}")
        return await messenger.send(telling.chat_id, screen)
