"""Messages of a campaign that went out with a wrong text are edited, below everything else that is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from time import monotonic

from domain.notifications import MessageClass, Outcome
from jobs.conveyor import Conveyor
from jobs.deliver import Messenger, Told, note_pause, paused
from screens.campaign_message import campaign_message
from screens.language import Language
from services.campaigns import messages_for
from storage.recipients import ToCorrect
from storage.unit_of_work import Store

LOOK_EVERY = 1.0
"""Seconds between looks when there was nothing to correct: a look reads through all that was sent."""


class Corrector:
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
        self._under_way: set[int] = set()
        self._looked_at: float | None = None
        self._conveyor: Conveyor[ToCorrect, Told] = Conveyor(
            self._next, self._correct, self._keep, per_second
        )

    def stop(self) -> None:
        self._conveyor.stop()

    async def sweep(self) -> int:
        return await self._conveyor.run()

    async def _next(self, room: int) -> Sequence[ToCorrect]:
        if self._looked_at is not None and monotonic() - self._looked_at < LOOK_EVERY:
            return ()
        async with self._store.reading() as uow:
            if await paused(uow, self._messengers, self._clock()):
                return ()
            found = await uow.recipients.list_to_correct(room, self._under_way)
        self._looked_at = None if found else monotonic()
        self._under_way.update(each.id for each in found)
        return found

    async def _correct(self, each: ToCorrect) -> Told:
        messenger = self._messengers.get(each.platform)
        if messenger is None:
            return Told(Outcome.FAILED, error="unreachable")
        async with self._store.reading() as uow:
            message = (await messages_for(uow, (each.id,), self._clock())).get(each.id)
        if message is None:
            # What it offered is sold out by now: there is nothing to say better.
            return Told(Outcome.FAILED, error="cannot_buy")
        language = self._languages.get(each.language, self._languages["fa"])
        screen = campaign_message(message, language)
        return await messenger.edit(each.chat_id, each.message_id, screen, MessageClass.PROMOTION)

    async def _keep(self, ended: Sequence[tuple[ToCorrect, Told]]) -> None:
        """A message that cannot be edited stays as it is; only what was put off is tried again."""
        now = self._clock()
        async with self._store.unit_of_work() as uow:
            for each, told in ended:
                await note_pause(uow, each.platform, each.bot_id, told, now)
            await uow.recipients.corrected(
                [(each.id, each.text_version) for each, told in ended if told.outcome is not Outcome.RETRY]
            )
        self._under_way.difference_update(each.id for each, _told in ended)
