"""The bot's own address, as a test wants it to behave."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.patience import PATIENCE

SECRET = "aB3_-x"


@dataclass
class Receiver:
    """Takes updates, answers as `answers` says (200 when it is used up), and lets a test wait."""

    answers: deque[web.Response | int] = field(default_factory=deque)
    # Chats whose updates are refused with 500 for as long as they are in here.
    failing: set[int] = field(default_factory=set)
    got: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        async with self._arrived:
            self.got.append(update)
            self.headers.append(dict(request.headers))
            self._arrived.notify_all()
        message = update.get("message")
        if message is not None and message["chat"]["id"] in self.failing:
            return web.Response(status=500)
        answer = self.answers.popleft() if self.answers else 200
        return web.Response(status=answer) if isinstance(answer, int) else answer

    async def until(self, number: int) -> list[dict[str, Any]]:
        """Wait until that many updates have come."""
        async with asyncio.timeout(PATIENCE), self._arrived:
            await self._arrived.wait_for(lambda: len(self.got) >= number)
        return self.got

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got if "message" in update]


async def serve_receiver(receiver: Receiver) -> TestServer:
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    server = TestServer(app)
    await server.start_server()
    return server
