from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from sandbox.client import SandboxClient, SandboxError
from sandbox.clock import Clock
from sandbox.state import Sandbox
from tests.patience import PATIENCE
from tests.sandbox.support import Api


async def send(api: Api, user_id: int, text: str = "سلام") -> Any:
    return await api("sendMessage", chat_id=user_id, text=text)


@pytest.mark.parametrize(
    ("wish", "status", "words", "retry_after"),
    [
        ({}, 500, "Internal Server Error", None),
        ({"code": 403}, 403, "Forbidden: bot was blocked by the user", None),
        ({"code": 418, "description": "I am a teapot"}, 418, "I am a teapot", None),
        ({"code": 429, "retry_after": 7}, 429, "Too Many Requests: retry after 7", 7),
        (
            {"code": 409},
            409,
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
            None,
        ),
    ],
)
async def test_a_call_is_refused_as_often_as_wished(
    api: Api,
    client: SandboxClient,
    ali: int,
    wish: dict[str, Any],
    status: int,
    words: str,
    retry_after: int | None,
) -> None:
    await client.fault("error", "sendMessage", times=1, **wish)
    answer = await send(api, ali)
    assert (answer.status, answer.description) == (status, words)
    assert answer.headers.get("Retry-After") == (None if retry_after is None else str(retry_after))
    assert answer.body.get("parameters") == (None if retry_after is None else {"retry_after": retry_after})
    assert (await send(api, ali)).status == 200
    assert await client.count_calls("sendMessage") == 2


async def test_a_fault_strikes_only_what_it_names(
    api: Api, client: SandboxClient, ali: int, box: Sandbox
) -> None:
    other = box.add_user(first_name="رضا", started=True)["id"]
    await client.fault("error", "sendMessage", user_id=ali, contains="سفارش")
    assert (await send(api, ali, "سفارش شما")).status == 500
    assert (await send(api, ali, "سلام")).status == 200
    assert (await send(api, other, "سفارش شما")).status == 200
    assert (await api("getMe")).status == 200
    [fault] = await client.faults()
    assert (fault["method"], fault["contains"]) == ("sendMessage", "سفارش")
    await client.clear_faults()
    assert (await send(api, ali, "سفارش شما")).status == 200


async def test_a_fault_may_strike_by_chance(api: Api, client: SandboxClient, ali: int) -> None:
    await client.fault("error", "sendMessage", probability=0.5)
    statuses = [(await send(api, ali)).status for _ in range(40)]
    assert 5 < statuses.count(500) < 35


async def test_a_proxy_answers_with_a_page(api: Api, client: SandboxClient, ali: int) -> None:
    await client.fault("html", code=502, times=1)
    async with api.session.post(f"{api.base}/sendMessage", json={"chat_id": ali, "text": "x"}) as response:
        assert (response.status, response.content_type) == (502, "text/html")
        assert "Bad Gateway" in await response.text()
    assert await client.chat(ali) == []


async def test_a_lost_answer_was_carried_out_and_a_reset_was_not(
    api: Api, client: SandboxClient, ali: int
) -> None:
    await client.fault("reset", "sendMessage", times=1)
    with pytest.raises(aiohttp.ClientError):
        await send(api, ali, "هرگز")
    await client.fault("lost_answer", "sendMessage", times=1)
    with pytest.raises(aiohttp.ClientError):
        await send(api, ali, "بی‌جواب")
    assert [message["text"] for message in await client.chat(ali)] == ["بی‌جواب"]
    statuses = [call["status"] for call in await client.calls("sendMessage")]
    assert statuses == [0, 200]


async def test_a_timeout_keeps_the_call_hanging_and_does_nothing(
    api: Api, client: SandboxClient, ali: int
) -> None:
    await client.fault("timeout", "sendMessage", times=1, seconds=0.2)
    with pytest.raises(aiohttp.ClientError):
        await send(api, ali)
    assert await client.chat(ali) == []


async def test_a_slow_answer_comes_in_the_end(api: Api, client: SandboxClient, ali: int) -> None:
    await client.fault("slow", "sendMessage", times=1, seconds=0.2)
    started = asyncio.get_running_loop().time()
    assert (await send(api, ali)).status == 200
    assert asyncio.get_running_loop().time() - started >= 0.2


async def test_an_answer_may_be_cut_short(api: Api, client: SandboxClient, ali: int) -> None:
    await client.fault("truncated", "sendMessage", times=1)
    async with api.session.post(f"{api.base}/sendMessage", json={"chat_id": ali, "text": "x"}) as response:
        assert response.status == 200
        body = await response.text()
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)
    assert len(await client.chat(ali)) == 1


async def test_an_outage_ends_by_itself(api: Api, client: SandboxClient) -> None:
    await client.fault("outage", "getUpdates", seconds=0.3)
    failures = 0
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await api("getUpdates", offset=failures)
            except aiohttp.ClientError:
                failures += 1
                assert (await api("getMe")).status == 200
            else:
                break
    assert failures > 0
    assert await client.faults() == []


async def test_a_wrong_wish_arms_nothing(client: SandboxClient) -> None:
    for wish in ({"kind": "earthquake"}, {"kind": "error", "nonsense": 1}):
        with pytest.raises(SandboxError) as refused:
            await client.post("faults", **wish)
        assert refused.value.status == 400
    assert await client.faults() == []


async def test_a_chat_takes_few_messages_a_second_and_edits_count(
    api: Api, client: SandboxClient, clock: Clock, ali: int
) -> None:
    clock.rate(0)
    await client.limits(per_chat_per_second=1)
    sent = [await send(api, ali) for _ in range(4)]
    assert [answer.status for answer in sent] == [200, 200, 200, 429]
    assert sent[3].description == "Too Many Requests: retry after 3"
    assert sent[3].body["parameters"] == {"retry_after": 3}
    assert sent[3].headers["Retry-After"] == "3"
    edited = {"chat_id": ali, "message_id": sent[0].result["message_id"], "text": "دیگر"}
    assert (await api("editMessageText", **edited)).status == 429
    assert (await api("sendChatAction", chat_id=ali, action="typing")).status == 200
    clock.advance(3)
    assert (await api("editMessageText", **edited)).status == 200
    await client.limits()
    assert [(await send(api, ali)).status for _ in range(9)] == [200] * 9


async def test_all_chats_together_and_groups_have_limits_too(
    api: Api, client: SandboxClient, clock: Clock, box: Sandbox, ali: int
) -> None:
    clock.rate(0)
    people = [box.add_user(first_name="x", started=True)["id"] for _ in range(6)]
    await client.limits(per_second=5)
    assert [(await send(api, one)).status for one in people] == [200] * 5 + [429]
    clock.advance(1)
    assert (await send(api, people[5])).status == 200

    await client.message(ali, "سلام", chat_id=-1001)
    await client.limits(per_group_per_minute=20)
    assert [(await send(api, -1001)).status for _ in range(21)] == [200] * 20 + [429]
    assert (await send(api, ali)).status == 200
    clock.advance(60)
    assert (await send(api, -1001)).status == 200


async def test_every_answer_may_take_longer(api: Api, client: SandboxClient) -> None:
    await client.limits(latency_ms=150)
    started = asyncio.get_running_loop().time()
    await api("getMe")
    assert asyncio.get_running_loop().time() - started >= 0.15


async def test_the_clock_is_set_moved_and_made_to_run_or_stand(
    api: Api, client: SandboxClient, clock: Clock, ali: int
) -> None:
    await client.set_clock(now="2026-11-21T09:00:00+03:30", rate=0)
    assert (await client.clock())["now"] == "2026-11-21T05:30:00+00:00"
    sent = (await send(api, ali)).result
    assert sent["date"] == clock.now().timestamp()
    await client.set_clock(advance_s=90)
    assert clock().isoformat() == "2026-11-21T05:31:30+00:00"
    await client.set_clock(rate=100_000)
    async with asyncio.timeout(PATIENCE):
        await clock.sleep(3600)
    with pytest.raises(SandboxError):
        await client.set_clock(rate=-1)
    with pytest.raises(SandboxError):
        await client.set_clock(now="2026-11-21T09:00:00")
    kinds = [event["kind"] for event in (await client.wait(since=0, timeout=0.01))["events"]]
    assert kinds.count("clock") == 4
