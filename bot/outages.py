"""Notices that the messenger was out of reach, and sees to what is lost by that (row A-12).

A tap lives 150 seconds at the messenger and a message a day. When we last heard of it is kept, so that an
outage is also noticed by the process that comes after it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

import structlog

from bot import metrics
from domain.outages import HEARD_EVERY, MOST_KEPT, TAPS_LIVE, Outage
from services.outages import tell_interrupted
from storage.unit_of_work import Store

log = structlog.get_logger("bot.outages")

WHOLE_BATCH = 100
BALE = "bale"


class Outages:
    """Told of each answer of one platform's messenger. Real seconds count: the clock may be turned."""

    def __init__(
        self,
        store: Store,
        platform: str,
        bot_id: int,
        clock: Callable[[], datetime],
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        self._store, self._platform, self._bot_id = store, platform, bot_id
        self._clock, self._ticks = clock, ticks
        self._heard: tuple[float, datetime] | None = None
        self._kept: float | None = None
        self._backlog: int | None = None

    @property
    def _counter(self) -> str:
        return f"polled:{self._platform}:{self._bot_id}"

    async def heard(self, count: int, fresh: int) -> None:
        """The messenger answered with so many updates, so many of them new, and they are kept."""
        tick, now = self._ticks(), self._clock()
        outage = await self._outage(tick, now)
        self._heard = tick, now
        if outage is not None:
            await self._over(outage)
        if self._kept is None or tick - self._kept >= HEARD_EVERY.total_seconds():
            async with self._store.unit_of_work() as uow:
                await uow.audit.set_counter(self._counter, int(now.timestamp()))
            self._kept = tick
        self._drain(count, fresh)

    async def _outage(self, tick: float, now: datetime) -> Outage | None:
        if self._heard is not None:
            before, since = self._heard
            seconds = timedelta(seconds=tick - before)
            since = min(since, now - seconds) if since > now else since
        else:
            async with self._store.reading() as uow:
                kept = await uow.audit.counted(self._counter)
            if kept is None:
                return None
            since = datetime.fromtimestamp(kept, UTC)
            seconds = now - since
        if seconds <= TAPS_LIVE:
            return None
        return Outage(platform=self._platform, bot_id=self._bot_id, since=since, until=since + seconds)

    async def _over(self, outage: Outage) -> None:
        async with self._store.unit_of_work() as uow:
            told = await tell_interrupted(uow, outage)
        metrics.outages.labels(self._platform).inc()
        seconds = int(outage.length.total_seconds())
        log.warning("the messenger was out of reach", platform=self._platform, seconds=seconds, told=told)
        if outage.lost_messages:
            metrics.outages_with_loss.labels(self._platform).inc()
            log.error("updates older than a day are lost", platform=self._platform, seconds=seconds)
        self._backlog = 0

    def _drain(self, count: int, fresh: int) -> None:
        """What has waited comes in whole batches; as much of it as is kept at most may not be all."""
        if self._backlog is None:
            return
        was, self._backlog = self._backlog, self._backlog + fresh
        if self._platform == BALE and was < MOST_KEPT <= self._backlog:
            metrics.backlogs_full.labels(self._platform).inc()
            log.error("the messenger may have dropped updates", platform=self._platform, waited=self._backlog)
        if count < WHOLE_BATCH:
            self._backlog = None
