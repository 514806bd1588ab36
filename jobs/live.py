"""Messages that show what goes on, kept up to date in their place (S5.8).

Where they stand and what they showed last is in the database, so a restart goes on with them. A message that
is gone is left alone for good; one that says so already was shown by somebody else, which is as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from domain.campaigns import Progress
from domain.errors import NotFound
from domain.live import Live, LiveMessage
from domain.notifications import MessageClass, Outcome
from jobs.deliver import Messenger, Told
from screens.campaign_progress import progress
from screens.language import Language
from services.campaign_progress import ENDED, progress_of
from storage.unit_of_work import Store

log = structlog.get_logger("jobs.live")

LOOK_EVERY = 3.0
MANY = 5_000
"""Of so many recipients the orders are counted less often: that reads a row for each of them."""
SLOW_EVERY = timedelta(seconds=10)
KEPT = timedelta(days=2)
Clock = Callable[[], datetime]


async def keep_live(
    store: Store, messengers: Mapping[str, Messenger], languages: Mapping[str, Language], now: datetime
) -> int:
    """Show what has changed since it was shown last; how many messages were changed."""
    async with store.reading() as uow:
        subjects = await uow.live.subjects()
    changed = 0
    for live in subjects:
        try:
            changed += await _keep(store, messengers, languages, live, now)
        except NotFound:
            await _end_all(store, live, now)
    return changed


async def _keep(
    store: Store,
    messengers: Mapping[str, Messenger],
    languages: Mapping[str, Language],
    live: Live,
    now: datetime,
) -> int:
    async with store.reading() as uow:
        messages = await uow.live.list_of(live)
        found = await progress_of(uow, live.subject_id)
    changed = 0
    for message in messages:
        if not _is_due(message, found, now):
            continue
        messenger = messengers.get(message.platform)
        if messenger is not None:
            language = languages.get(message.language, languages["fa"])
            changed += await _show(store, messenger, language, message, found, now)
    return changed


def _is_due(message: LiveMessage, found: Progress, now: datetime) -> bool:
    if found.total <= MANY or found.campaign.state in ENDED or not message.shown:
        return True
    return now >= message.updated_at + SLOW_EVERY


async def _show(
    store: Store,
    messenger: Messenger,
    language: Language,
    message: LiveMessage,
    found: Progress,
    now: datetime,
) -> int:
    """Nothing is said to the messenger where the screen looks as it did."""
    screen = progress(found, language)
    is_last = found.campaign.state in ENDED
    if screen.mark == message.shown and not is_last:
        return 0
    async with store.unit_of_work() as uow:
        if not await uow.live.claim(message, screen.mark, now, is_last=is_last):
            return 0
    if screen.mark == message.shown:
        return 0

    async def may() -> Told | None:
        # It waited for its turn: meanwhile somebody may have tapped, and reads something else there.
        async with store.reading() as uow:
            stands = await uow.live.still_shows(message.id, screen.mark)
        return None if stands else Told(Outcome.FAILED, error="left meanwhile")

    told = await messenger.edit(message.chat_id, message.message_id, screen, MessageClass.PROMOTION, may)
    await _conclude(store, message, screen.mark, told, now)
    return int(told.outcome is Outcome.DELIVERED)


async def _conclude(store: Store, message: LiveMessage, shown: str, told: Told, now: datetime) -> None:
    if told.outcome is Outcome.DELIVERED:
        return
    async with store.unit_of_work() as uow:
        if told.outcome in (Outcome.RETRY, Outcome.UNCERTAIN):
            await uow.live.forget(message.id, shown)
        else:
            await uow.live.end(message.id, now)


async def _end_all(store: Store, live: Live, now: datetime) -> None:
    async with store.unit_of_work() as uow:
        for message in await uow.live.list_of(live):
            await uow.live.end(message.id, now)


class Keeper:
    """Looks again and again, beside what tells notifications."""

    def __init__(
        self,
        store: Store,
        messengers: Mapping[str, Messenger],
        languages: Mapping[str, Language],
        clock: Clock,
        every: float = LOOK_EVERY,
    ) -> None:
        self._store, self._messengers, self._languages = store, messengers, languages
        self._clock, self._every = clock, every

    async def look(self) -> int:
        """Once; how many messages were changed."""
        return await keep_live(self._store, self._messengers, self._languages, self._clock())

    async def run(self) -> None:
        """For ever; a fault is logged, and comes again or does not."""
        while True:
            try:
                await self.look()
            except Exception as fault:
                log.exception("what goes on cannot be shown", fault=type(fault).__name__)
            await asyncio.sleep(self._every)


async def prune_live(store: Store, now: datetime) -> int:
    """Messages that have shown their last; how many went."""
    async with store.unit_of_work() as uow:
        return await uow.live.prune(now - KEPT)
