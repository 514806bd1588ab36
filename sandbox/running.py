"""The sandbox and the bot together in one process and one event loop, for `make run` and for tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.app import App
from bot.config import Settings
from sandbox.client import SandboxClient
from sandbox.clock import Clock
from sandbox.server import serve
from sandbox.state import TOKEN, Sandbox
from sandbox.window import ChatWindow
from storage.unit_of_work import Store, open_store

POLL_SECONDS = 2
"""Short, so that a poll that is under way never holds up the end."""


@dataclass(slots=True)
class World:
    """A running town: the messenger, the bot behind it, and what a test or a script needs of both."""

    url: str
    client: SandboxClient
    sandbox: Sandbox
    store: Store
    clock: Clock
    app: App
    stopped: asyncio.Task[None]
    """Ends when the bot has ended; it fails when the bot has failed."""
    _windows: dict[int, ChatWindow] = field(default_factory=dict)

    def user_id(self, name: str) -> int:
        """The id of the person with that first name, or with that first and last name."""
        for person in self.sandbox.people.values():
            if name in (person.first_name, f"{person.first_name} {person.last_name}"):
                return person.id
        raise KeyError(f"nobody here is called {name}")

    def chat(self, who: int | str) -> ChatWindow:
        """The chat window of a person, by id or by name; the same one each time."""
        user_id = self.user_id(who) if isinstance(who, str) else who
        if user_id not in self._windows:
            self._windows[user_id] = ChatWindow(self.client, user_id)
        return self._windows[user_id]


@asynccontextmanager
async def running(
    *,
    database_url: str,
    clock: Clock | None = None,
    people: Iterable[Mapping[str, Any]] = (),
    port: int = 0,
    settings: Settings | None = None,
    **overrides: Any,
) -> AsyncIterator[World]:
    """Sandbox and bot on a migrated database, until the block ends; then the bot finishes what it has begun.

    ``overrides`` are settings by name (``people_at_once=4``). Without ``settings`` neither the environment's
    ``.env`` file is read nor anything held back: the sandbox's own limits are what tests switch on.
    """
    clock = clock or Clock()
    async with AsyncExitStack() as stack:
        box = Sandbox(clock)
        for person in people:
            box.add_user(**person)
        served = await stack.enter_async_context(serve(box, port=port))
        client = await stack.enter_async_context(SandboxClient(served.url))
        store = open_store(database_url)
        stack.push_async_callback(store.close)
        told = {"telegram_api": served.url, "telegram_token": TOKEN, "database_url": database_url}
        app = App(_settings(settings, {**told, **overrides}), store, clock=clock, poll_seconds=POLL_SECONDS)
        stop = asyncio.Event()
        stopped = asyncio.create_task(app.run(stop))
        try:
            yield World(served.url, client, box, store, clock, app, stopped)
        finally:
            stop.set()
            await stopped


def _settings(given: Settings | None, values: dict[str, Any]) -> Settings:
    if given is not None:
        values = {**given.model_dump(), **values}
    else:
        values = {"send_per_second": 0, "send_per_chat": 0, **values}
    return Settings(_env_file=None, **values)
