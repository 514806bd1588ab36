"""A messenger that holds updates until they are confirmed, and misbehaves in ways the sandbox cannot."""

from __future__ import annotations

import asyncio
import copy
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.intake import PollRefused

Raw = dict[str, Any]
MOST = 100
AS_IT_IS = object()


@dataclass(slots=True)
class Held:
    """One update: the id the messenger means, and what it says."""

    update_id: int
    raw: object


class FakeMessenger:
    """getUpdates as a Poller: an offset confirms all below it, and everything else comes again."""

    def __init__(self) -> None:
        self.waiting: list[Held] = []
        self.offsets: list[int | None] = []
        self.faults: list[Exception] = []
        self.refuses: int | None = None

    def push(self, raw: Raw, says: object = AS_IT_IS) -> None:
        """An update of that id, which may say something else than it should."""
        self.waiting.append(Held(int(raw["update_id"]), raw if says is AS_IT_IS else says))

    async def updates(self, offset: int | None) -> Sequence[object]:
        await asyncio.sleep(0)
        if self.faults:
            raise self.faults.pop()
        self.offsets.append(offset)
        if offset is not None and offset == self.refuses:
            raise PollRefused(400, "Bad Request: no such offset")
        if offset is not None:
            self.waiting = [each for each in self.waiting if each.update_id >= offset]
        if not self.waiting:
            # A long poll that found nothing: a moment of it is enough here.
            await asyncio.sleep(0.002)
        return [each.raw for each in self.waiting[:MOST]]


def _without(*path: str) -> Callable[[Raw], object]:
    def spoil(raw: Raw) -> object:
        inner: Any = raw
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]
        return raw

    return spoil


def _with(value: object, *path: str) -> Callable[[Raw], object]:
    def spoil(raw: Raw) -> object:
        inner: Any = raw
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value
        return raw

    return spoil


def _instead(value: object) -> Callable[[Raw], object]:
    return lambda _raw: value


SPOILT: dict[str, Callable[[Raw], object]] = {
    "no chat": _without("message", "chat"),
    "a sender without is_bot": _without("message", "from", "is_bot"),
    "no date": _without("message", "date"),
    "a message that is a list": _with([], "message"),
    "a text that is a number": _with(7, "message", "text"),
    "a chat id that is a word": _with("seven", "message", "chat", "id"),
    "a chat id that is too large": _with(2**70, "message", "from", "id"),
    "a date beyond all calendars": _with(2**80, "message", "date"),
    "a payment without its charge ids": _with({"currency": "IRR"}, "message", "successful_payment"),
    "an update id that is a word": _with("x", "update_id"),
    "an update id that is true": _with(True, "update_id"),
    "an update id beyond 64 bits": _with(2**64, "update_id"),
    "a negative update id": _with(-(2**63), "update_id"),
    "an update id of null": _with(None, "update_id"),
    "no update id": _without("update_id"),
    "null": _instead(None),
    "a number": _instead(0),
    "a word": _instead("update"),
    "a list": _instead([[]]),
}


def spoilt(raw: Raw, chance: random.Random) -> tuple[object, str]:
    """The update with something wrong with it, and what that is."""
    name = chance.choice(sorted(SPOILT))
    return SPOILT[name](copy.deepcopy(raw)), name
