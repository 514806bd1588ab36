from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import aiohttp
import pytest

from sandbox.client import SandboxClient
from sandbox.clock import Clock
from sandbox.server import Served, serve
from sandbox.state import Sandbox
from sandbox.town import fill
from storage.unit_of_work import Store, open_store
from tests.databases import copy_of, drop_postgres, lasting_folder, lasting_postgres, new_sqlite
from tests.sandbox.receiver import SECRET, Receiver, serve_receiver
from tests.sandbox.support import Api

STORY = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
STORY_DAY = date(2026, 11, 21)


_towns: dict[str, str] = {}
"""Where the town stands, without its pictures; it is laid down once, and each test gets a copy."""


async def _the_town(kind: str) -> str:
    if kind not in _towns:
        url = await new_sqlite(lasting_folder()) if kind == "sqlite" else await lasting_postgres()
        store = open_store(url)
        await fill(store, STORY_DAY, pictures=False)
        await store.close()
        _towns[kind] = url
    return _towns[kind]


@pytest.fixture
async def sqlite_town(database_folder: Path) -> AsyncIterator[Store]:
    """The town as it is on the story's day."""
    store = open_store(await copy_of(await _the_town("sqlite"), database_folder))
    yield store
    await store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def town(request: pytest.FixtureRequest, database_folder: Path) -> AsyncIterator[Store]:
    """The same, on each of the two databases."""
    url = await copy_of(await _the_town(request.param), database_folder)
    store = open_store(url)
    yield store
    await store.close()
    if store.dialect == "postgresql":
        await drop_postgres(url)


@pytest.fixture
def clock() -> Clock:
    return Clock(STORY)


@pytest.fixture
def box(clock: Clock) -> Sandbox:
    return Sandbox(clock)


@pytest.fixture
async def served(box: Sandbox) -> AsyncIterator[Served]:
    async with serve(box) as served:
        yield served


@pytest.fixture
async def client(served: Served) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(served.url) as client:
        yield client


@pytest.fixture
async def api(served: Served) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(served.url, session)


@pytest.fixture
def ali(box: Sandbox) -> int:
    """Somebody the bot may write to."""
    return int(box.add_user(first_name="علی", phone="+989121234567", username="ali_a", started=True)["id"])


@pytest.fixture
def sara(box: Sandbox) -> int:
    """Somebody who has never written to the bot."""
    return int(box.add_user(first_name="سارا", phone="+989351234567")["id"])


@pytest.fixture
async def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def url(receiver: Receiver) -> AsyncIterator[str]:
    server = await serve_receiver(receiver)
    yield str(server.make_url("/hook"))
    await server.close()


@pytest.fixture
async def hook(api: Api, url: str) -> str:
    answer = await api("setWebhook", url=url, secret_token=SECRET)
    assert answer.body == {"ok": True, "result": True, "description": "Webhook was set"}
    return url
