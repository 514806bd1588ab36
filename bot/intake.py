"""Updates in: poll raw JSON, write the whole batch to the inbox, commit, and only then confirm.

aiogram's own polling confirms an update before its handler has finished, and one malformed update stops it
for ever; here each update is parsed by itself, and what cannot be parsed is kept as dead.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from time import time
from typing import Any, Protocol

import aiohttp
import structlog
from aiogram import Bot
from aiogram.types.update import Update, UpdateTypeLookupError
from pydantic import ValidationError

from bot import metrics
from bot.outages import Outages
from bot.updates import as_update, update_of
from storage.inbox import Arrived, Waiting
from storage.unit_of_work import Store

log = structlog.get_logger("bot.intake")

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
LARGEST_ID = 2**63 - 1
MOST_DIGITS = 25
POLL_SECONDS = 30
AFTER_A_FAULT = (0.2, 0.5, 1.0, 2.0, 5.0)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
_PEOPLE = (
    "message", "edited_message", "callback_query", "my_chat_member", "inline_query", "pre_checkout_query",
)  # fmt: skip


class Poller(Protocol):
    async def updates(self, offset: int | None) -> Sequence[object]:
        """The waiting updates, raw. An offset confirms everything below it."""
        ...


class RawPoller:
    """getUpdates over plain HTTP; what comes back is not looked into."""

    def __init__(
        self, session: aiohttp.ClientSession, api: str, token: str, poll_seconds: int = POLL_SECONDS
    ) -> None:
        self._session, self._url, self._poll_seconds = session, f"{api}/bot{token}/getUpdates", poll_seconds

    async def updates(self, offset: int | None) -> Sequence[object]:
        asked: dict[str, Any] = {"timeout": self._poll_seconds, "limit": 100, "allowed_updates": ALLOWED}
        if offset is not None:
            asked["offset"] = offset
        limit = aiohttp.ClientTimeout(total=self._poll_seconds + 15)
        async with self._session.post(
            self._url, json=asked, timeout=limit, allow_redirects=False
        ) as response:
            body = json.loads(await response.text("utf-8", "replace"), parse_int=_integer)
        if not isinstance(body, dict) or not body.get("ok") or not isinstance(body.get("result"), list):
            raise PollRefused(response.status, _description(body))
        found: list[object] = body["result"]
        return found


class PollRefused(Exception):
    """The messenger answered, but not with updates. Its words may be logged: they hold no token."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(f"{status} {description}")
        self.status = status


class Intake:
    """Polls until it is stopped, and hands over what it has kept."""

    def __init__(
        self,
        poller: Poller,
        store: Store,
        *,
        platform: str,
        bot_id: int,
        bot: Bot | None = None,
        clock: Callable[[], datetime],
        hand_over: Callable[[Sequence[Waiting]], None],
        outages: Outages | None = None,
    ) -> None:
        self._poller, self._store = poller, store
        self._outages = outages
        self._platform, self._bot_id, self._bot = platform, bot_id, bot
        self._clock, self._hand_over = clock, hand_over

    async def run(self) -> None:
        """For ever. A fault of the messenger or the database delays, it never ends this."""
        confirm: int | None = None
        faults = 0
        while True:
            try:
                raw = await self._poller.updates(confirm)
                metrics.last_poll.labels(self._platform).set(time())
                fresh = await self.keep(raw)
                if self._outages is not None:
                    await self._outages.heard(len(raw), fresh)
            except Exception as fault:
                log.warning(
                    "poll failed", platform=self._platform, fault=type(fault).__name__, said=str(fault)
                )
                # An offset is never said again after a fault: it may be what was refused, or it was heard
                # and ids have started again since. What is not confirmed only comes again.
                confirm = None
                await asyncio.sleep(AFTER_A_FAULT[min(faults, len(AFTER_A_FAULT) - 1)])
                faults += 1
                continue
            faults = 0
            # The offset is said once and then left out: ids may start again anywhere, and are asked for all.
            confirm = _confirming(raw)
            if raw and not fresh:
                # Nothing but what we have already: a messenger that repeats itself is not polled in a circle.
                await asyncio.sleep(0.2)

    async def keep(self, raw: Sequence[object]) -> int:
        """Write one batch to the inbox and hand over what is new; how many that were."""
        if not raw:
            return 0
        arrived = [read_update(each, self._bot) for each in raw]
        async with self._store.unit_of_work() as uow:
            fresh = await uow.inbox.put(self._platform, self._bot_id, arrived, self._clock())
        metrics.updates_in.labels(self._platform).inc(len(arrived))
        for dead in (each for each in arrived if each.error):
            metrics.updates_dead.labels(self._platform).inc()
            log.error("update cannot be read", update_id=dead.update_id, why=dead.error)
        self._hand_over(fresh)
        return len(fresh)


def read_update(raw: object, bot: Bot | None = None) -> Arrived:
    """One raw update as an inbox row; whatever is wrong with it is said in ``error``."""
    said = _encode(raw)
    payload = _storable(said)
    update_id = raw.get("update_id") if isinstance(raw, dict) else None
    if not _is_id(update_id):
        return Arrived(update_id=-1, person=0, payload=payload, error="no usable update_id")
    assert isinstance(update_id, int)
    assert isinstance(raw, dict)
    try:
        # Read from what is kept, for that is what will be worked on.
        update = update_of(raw, bot) if payload == said else as_update(payload, bot)
    except ValidationError as wrong:
        where = ".".join(str(part) for part in wrong.errors(include_input=False)[0]["loc"])
        return Arrived(update_id=update_id, person=0, payload=payload, error=f"malformed at {where}"[:200])
    person = _person(raw)
    error = None if person is not None else "from nobody"
    if person == 0 and not _is_of_a_known_kind(update):
        error = "of no known kind"
    return Arrived(update_id=update_id, person=person or 0, payload=payload, error=error, parsed=update)


def _is_of_a_known_kind(update: Update) -> bool:
    """What the messenger has only begun to send, nothing here can be asked to work on."""
    try:
        return bool(update.event_type)
    except UpdateTypeLookupError:
        return False


def _storable(payload: str) -> str:
    """Without what no database can store: lone surrogates, and the escaped NUL (not an escaped backslash)."""
    payload = payload.encode("utf-8", "replace").decode("utf-8")
    return _NUL.sub(r"\1", payload) if "\\u0000" in payload else payload


def _person(raw: dict[str, Any]) -> int | None:
    """Whose update it is: the sender, or the chat when there is no sender. None when no id can be kept."""
    for kind in _PEOPLE:
        inner = raw.get(kind)
        if isinstance(inner, dict):
            sender = inner.get("from") or inner.get("chat") or {}
            found = sender.get("id")
            return found if _is_id(found) else None
    return 0


def _integer(digits: str) -> int | str:
    """A number longer than any id stays text: to read it may be refused, and the batch with it."""
    return int(digits) if len(digits) <= MOST_DIGITS else digits


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -LARGEST_ID <= value <= LARGEST_ID


def _confirming(raw: Sequence[object]) -> int | None:
    """The offset that confirms this batch: the updates come in order, so the last usable id counts.

    A negative offset would throw away what waits, so there is never one.
    """
    ids = [each["update_id"] for each in raw if isinstance(each, dict) and _is_id(each.get("update_id"))]
    usable = [each for each in ids if 0 <= each < LARGEST_ID]
    return usable[-1] + 1 if usable else None


def _description(body: object) -> str:
    return str(body.get("description", ""))[:200] if isinstance(body, dict) else "no JSON object"
