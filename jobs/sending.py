"""Sends campaigns that run, recipient by recipient (rule R21), and corrects what went out with a wrong text.

A recipient is marked before the message goes out and never told twice: whatever nobody knows the end of stays
uncertain. Stopping a campaign only means that nobody is marked any more.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

import structlog

from domain.campaigns import CampaignMessage, RecipientState, Untold
from domain.notifications import MessageClass, Outcome
from jobs.campaign_pace import Day, Pace, the_day
from jobs.conveyor import FAST, Conveyor
from jobs.correcting import Corrector
from jobs.deliver import TIDY_EVERY, Messenger, Told, note_pause, paused
from jobs.stopping import Stopping
from screens.campaign_message import campaign_message
from screens.language import Language
from services.campaigns import messages_and_reasons
from storage.recipients import LEASE, Concluded, Leased
from storage.unit_of_work import Store

log = structlog.get_logger("jobs.sending")

LEASED = 300
"""So many are kept ready; far fewer are marked as being sent at any time."""
AGAIN = timedelta(seconds=5)
"""What surely did not go out waits so long before it is tried again."""
_ENDS = {
    Outcome.DELIVERED: RecipientState.SENT,
    Outcome.BLOCKED: RecipientState.BLOCKED,
    Outcome.FAILED: RecipientState.FAILED,
    Outcome.UNCERTAIN: RecipientState.UNCERTAIN,
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A recipient whose message goes out now, unless the lease has ended when its turn comes."""

    to: Leased
    message: CampaignMessage
    until: datetime


class CampaignSender:
    """Sends what campaigns have to say, on all platforms, below everything else."""

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
        self._asks_each = per_second <= FAST
        self._stopping = Stopping(store)
        self._ready: deque[tuple[int, str]] = deque()
        self._pace = Pace()
        self._tidied_at: float | None = None
        self._conveyor: Conveyor[Marked, Told] = Conveyor(self._mark, self._send, self._keep, per_second)
        self._corrector = Corrector(store, messengers, languages, clock, per_second)

    def stop(self) -> None:
        """Mark nobody any more; what is under way is ended and written down."""
        self._conveyor.stop()
        self._corrector.stop()

    async def begin(self) -> None:
        """No other sender is at work: what a dead one had leased is free, what it was sending uncertain."""
        async with self._store.unit_of_work() as uow:
            await uow.recipients.park_lost(self._clock() + LEASE + AGAIN)

    async def sweep(self) -> int:
        """Until nobody is left whose turn has come; how many were written to or corrected."""
        ended = await asyncio.gather(self._conveyor.run(), self._corrector.sweep(), return_exceptions=True)
        # Both to their end: what went on alone would run beside itself at the next sweep.
        for each in ended:
            if isinstance(each, BaseException):
                raise each
        return sum(each for each in ended if isinstance(each, int))

    async def _mark(self, room: int) -> Sequence[Marked]:
        """The next ones, marked and committed, with what they are told."""
        while True:
            now = self._clock()
            if not self._ready:
                await self._lease(now)
            if not self._ready:
                return ()
            marked = await self._marked(room, now)
            if marked is None or marked:
                return marked or ()

    async def _marked(self, room: int, now: datetime) -> list[Marked] | None:
        """None while nothing may be sent; nobody when none of the next ones is to be written to."""
        async with self._store.reading() as uow:
            if await paused(uow, self._messengers, now):
                return None
            tokens = dict(self._ready.popleft() for _each in range(min(room, len(self._ready))))
            day = await the_day(uow, now)
            found = await uow.recipients.details(tokens.keys())
            ours = [each for each in found if each.lease == tokens[each.id]]
            wanted, untold = _sorted(ours, day, now)
            messages, why = await messages_and_reasons(uow, [each.id for each in wanted], now)
        untold += [
            _skipped(each, why.get(each.id, Untold.CANNOT_BUY)) for each in wanted if each.id not in messages
        ]
        going = [each for each in wanted if each.id in messages]
        marked: set[int] = set()
        async with self._store.unit_of_work() as uow:
            await uow.recipients.conclude(untold)
            for token in {each.lease for each in going}:
                ids = [each.id for each in going if each.lease == token]
                marked |= await uow.recipients.mark_sending(ids, token, now)
        return [Marked(each, messages[each.id], now + LEASE) for each in going if each.id in marked]

    async def _lease(self, now: datetime) -> None:
        async with self._store.reading() as uow:
            going = await uow.recipients.list_going()
            is_quiet = not going or (await the_day(uow, now)).is_quiet(now)
        is_tidy = self._tidied_at is not None and monotonic() - self._tidied_at < TIDY_EVERY
        if is_quiet and is_tidy:
            return
        async with self._store.unit_of_work() as uow:
            if not is_tidy:
                await uow.recipients.park_lost(now)
                self._tidied_at = monotonic()
            if is_quiet or await paused(uow, self._messengers, now):
                return
            for campaign in going:
                limit = min(self._pace.room(campaign, now), max(1, LEASED // len(going)))
                if limit > 0:
                    token, ids = await uow.recipients.lease(campaign.id, now, limit)
                    self._pace.note(campaign, len(ids), now)
                    self._ready.extend((each, token) for each in ids)

    async def _send(self, marked: Marked) -> Told:
        to = marked.to
        messenger = self._messengers.get(to.platform or "")
        if messenger is None or to.chat_id is None:
            return Told(Outcome.BLOCKED, error="unreachable")
        language = self._languages.get(to.language, self._languages["fa"])
        try:
            screen = campaign_message(marked.message, language)
        except Exception as fault:
            log.exception("a campaign's message cannot be worded", campaign=to.campaign_id)
            return Told(Outcome.FAILED, error=f"cannot be said: {type(fault).__name__}")

        async def may() -> Told | None:
            return None if await self._may_go(marked) else Told(Outcome.RETRY, error="not any more")

        self._stopping.begin(to.id, marked.message.campaign.text_version)
        try:
            return await messenger.send(to.chat_id, screen, MessageClass.PROMOTION, may)
        finally:
            self._stopping.end(to.id)

    async def _may_go(self, marked: Marked) -> bool:
        """Asked when its turn has come: what was decided since it was marked counts too.

        At high rates one question is asked for all that are under way.
        """
        if self._clock() >= marked.until:
            return False
        if not self._asks_each:
            return await self._stopping.may_go(marked.to.id)
        async with self._store.reading() as uow:
            version = marked.message.campaign.text_version
            return await uow.recipients.may_go(marked.to.id, marked.to.lease, version)

    async def _keep(self, ended: Sequence[tuple[Marked, Told]]) -> None:
        now = self._clock()
        async with self._store.unit_of_work() as uow:
            for marked, told in ended:
                to = marked.to
                if to.platform is None or to.bot_id is None or to.chat_id is None:
                    continue
                await note_pause(uow, to.platform, to.bot_id, told, now)
                if told.outcome is Outcome.BLOCKED:
                    await uow.customers.mark_blocked(to.platform, to.bot_id, to.chat_id, now)
            await uow.recipients.conclude([_concluded(marked, told, now) for marked, told in ended])


def _sorted(found: Sequence[Leased], day: Day, now: datetime) -> tuple[list[Leased], list[Concluded]]:
    """Who is written to now, and what becomes of the others."""
    wanted, untold = [], []
    for each in found:
        if each.is_holdout:
            untold.append(Concluded(id=each.id, lease=each.lease, state=RecipientState.HELD, sent_at=now))
        elif not each.promotions:
            untold.append(_skipped(each, Untold.OPTED_OUT))
        elif each.chat_id is None:
            untold.append(_skipped(each, Untold.UNREACHABLE))
        elif (opens := day.opens_for(each, now)) > now:
            untold.append(
                Concluded(id=each.id, lease=each.lease, state=RecipientState.LEASED, leased_until=opens)
            )
        else:
            wanted.append(each)
    return wanted, untold


def _skipped(each: Leased, reason: Untold) -> Concluded:
    return Concluded(id=each.id, lease=each.lease, state=RecipientState.SKIPPED, reason=reason.value)


def _concluded(marked: Marked, told: Told, now: datetime) -> Concluded:
    to = marked.to
    if told.outcome is Outcome.RETRY:
        # Surely not sent: it waits a little, or until the pause is over, and then it is anybody's.
        until = now + max(AGAIN, timedelta(seconds=told.wait))
        return Concluded(id=to.id, lease=to.lease, state=RecipientState.LEASED, leased_until=until)
    is_sent = told.outcome is Outcome.DELIVERED
    return Concluded(
        id=to.id,
        lease=to.lease,
        state=_ENDS[told.outcome],
        reason=told.error,
        platform=to.platform,
        bot_id=to.bot_id,
        chat_id=to.chat_id,
        message_id=told.message_id,
        text_version=marked.message.campaign.text_version,
        sent_at=now if is_sent else None,
    )
