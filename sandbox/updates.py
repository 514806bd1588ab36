"""The updates that wait for the bot."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.people import Wire

REMEMBERED = 10_000
# Lines of taps are numbered from here on, lines of chats below.
CALLBACK_QUEUES = 3 << 33
MESSAGE_TTL = 24 * 3600.0
CALLBACK_TTL = 150.0

DEFAULT_KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "callback_query",
        "inline_query",
        "chosen_inline_result",
        "shipping_query",
        "pre_checkout_query",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_join_request",
    ]
)
SHORT_LIVED = {"callback_query": CALLBACK_TTL, "pre_checkout_query": CALLBACK_TTL, "inline_query": 30.0}


@dataclass(slots=True)
class Waiting:
    """An update not yet confirmed; `queue` is the line it stands in when a webhook is served."""

    update: Wire
    expires: float
    queue: int


def kind_of(update: Wire) -> str:
    return next(key for key in update if key != "update_id")


def queue_of(update: Wire) -> int:
    """Name the line of an update: taps stand in another one than messages, as on the real server.

    Updates made up by a test may be of any shape; those that name nobody share one line.
    """
    payload = update[kind_of(update)]
    if not isinstance(payload, dict):
        return 0
    chat, sender = payload.get("chat"), payload.get("from")
    if isinstance(chat, dict) and isinstance(chat.get("id"), int):
        return int(chat["id"])
    if isinstance(sender, dict) and isinstance(sender.get("id"), int):
        return int(sender["id"]) + CALLBACK_QUEUES
    return 0


class Updates:
    """Ids grow by one and go on growing whatever is cleared; what is unconfirmed is delivered again."""

    def __init__(self, clock: Clock, first_id: int) -> None:
        self.last_id = first_id - 1
        self.allowed: frozenset[str] = DEFAULT_KINDS
        self.waiting: OrderedDict[int, Waiting] = OrderedDict()
        self.again: deque[Wire] = deque()
        # What was asked the last time and when (by the real clock), to see a bot that spins.
        self.polled_offset = 0
        self.polled_at = float("-inf")
        self.on_push: Callable[[Waiting], None] | None = None
        self._clock = clock
        self._remembered: OrderedDict[int, Wire] = OrderedDict()
        self._queries: set[tuple[str, str]] = set()
        self._arrived: asyncio.Future[None] | None = None

    def allow(self, kinds: Iterable[str]) -> None:
        """Deliver only these kinds from now on; an empty choice means the usual ones."""
        self.allowed = frozenset(kinds) or DEFAULT_KINDS

    def push(self, update: Wire, update_id: int | None = None) -> int | None:
        """Queue an update under the next id; None when the bot does not want this kind."""
        kind = kind_of(update)
        if kind not in self.allowed and update_id is None:
            return None
        if update_id is None:
            update_id = self.last_id + 1
        self.last_id = max(self.last_id, update_id)
        whole = {"update_id": update_id, **{k: v for k, v in update.items() if k != "update_id"}}
        expires = self._clock.seconds() + SHORT_LIVED.get(kind, MESSAGE_TTL)
        entry = Waiting(whole, expires, queue_of(whole))
        self._remember(whole)
        if kind in ("pre_checkout_query", "inline_query") and isinstance(update[kind], dict):
            self._queries.add((kind, str(update[kind].get("id"))))
        out_of_order = bool(self.waiting) and update_id < next(reversed(self.waiting))
        self.waiting[update_id] = entry
        if out_of_order:
            self.waiting = OrderedDict(sorted(self.waiting.items()))
        self._announce(entry)
        return update_id

    def redeliver(self, update_id: int, as_update_id: int | None, times: int) -> bool:
        """Deliver an update once more (`times` times), whether or not it was confirmed."""
        update = self._remembered.get(update_id)
        if update is None:
            return False
        if as_update_id is not None:
            update = {**update, "update_id": as_update_id}
            self.last_id = max(self.last_id, as_update_id)
            self._remember(update)
        for _ in range(times):
            if self.on_push is None:
                self.again.append(update)
            self._announce(Waiting(update, self._clock.seconds() + MESSAGE_TTL, queue_of(update)))
        return True

    def confirm(self, offset: int) -> None:
        """Forget everything below `offset`; a negative one keeps only that many of the newest."""
        if offset < 0:
            for update_id in list(self.waiting)[:offset]:
                del self.waiting[update_id]
            return
        while self.waiting and (first := next(iter(self.waiting))) < offset:
            del self.waiting[first]

    def take(self, limit: int) -> list[Wire]:
        """Return what is to be delivered now, dropping what has expired."""
        found: list[Wire] = []
        while self.again and len(found) < limit:
            found.append(self.again.popleft())
        now = self._clock.seconds()
        expired: list[int] = []
        for update_id, entry in self.waiting.items():
            if len(found) >= limit:
                break
            if entry.expires <= now:
                expired.append(update_id)
            else:
                found.append(entry.update)
        for update_id in expired:
            del self.waiting[update_id]
        return found

    def pending(self) -> int:
        """Count what the bot has not confirmed yet and what has not expired."""
        now = self._clock.seconds()
        return sum(1 for entry in self.waiting.values() if entry.expires > now)

    async def arrival(self, timeout: float) -> None:
        """Wait until something is pushed; raises what `interrupt` was given."""
        arrived: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrived = arrived
        try:
            async with asyncio.timeout(timeout):
                await arrived
        except TimeoutError:
            return
        finally:
            if self._arrived is arrived:
                self._arrived = None

    def interrupt(self, error: Exception) -> None:
        """End a request that is waiting for updates with this error."""
        if self._arrived is not None and not self._arrived.done():
            self._arrived.set_exception(error)
            self._arrived = None

    def take_query(self, kind: str, query_id: str) -> bool:
        """Say whether a query with this id was delivered and not answered yet, and count it as answered."""
        if (kind, query_id) not in self._queries:
            return False
        self._queries.discard((kind, query_id))
        return True

    def clear(self) -> None:
        self._queries.clear()
        self.waiting.clear()
        self.again.clear()
        self._remembered.clear()

    def _remember(self, update: Wire) -> None:
        self._remembered[update["update_id"]] = update
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)

    def _announce(self, entry: Waiting) -> None:
        if self.on_push is not None:
            self.on_push(entry)
        elif self._arrived is not None and not self._arrived.done():
            self._arrived.set_result(None)
