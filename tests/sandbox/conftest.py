from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from sandbox.client import SandboxClient
from sandbox.clock import Clock
from sandbox.server import Served, serve
from sandbox.state import Sandbox
from tests.sandbox.receiver import SECRET, Receiver, serve_receiver
from tests.sandbox.support import Api

STORY = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


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
