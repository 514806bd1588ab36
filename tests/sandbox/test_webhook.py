from __future__ import annotations

import asyncio

from aiohttp import web

from sandbox.client import SandboxClient
from sandbox.clock import Clock
from sandbox.postman import HEADER
from sandbox.state import Sandbox
from tests.patience import PATIENCE
from tests.sandbox.receiver import SECRET, Receiver
from tests.sandbox.support import Api, inline


async def pending(client: SandboxClient, number: int) -> None:
    """Wait until that many updates are undelivered."""
    async with asyncio.timeout(PATIENCE):
        while (await client.state())["pending"] != number:
            continue


async def test_updates_are_pushed_with_the_secret_also_those_that_waited(
    api: Api, client: SandboxClient, receiver: Receiver, url: str, ali: int
) -> None:
    await client.message(ali, "پیش از وب‌هوک")
    await api("setWebhook", url=url, secret_token=SECRET)
    await client.message(ali, "پس از آن")
    await receiver.until(2)
    assert receiver.texts() == ["پیش از وب‌هوک", "پس از آن"]
    assert all(headers[HEADER] == SECRET for headers in receiver.headers)
    assert (await client.state())["mode"] == "webhook"
    await pending(client, 0)


async def test_a_failure_is_retried_at_once_and_then_ever_later(
    api: Api, client: SandboxClient, box: Sandbox, clock: Clock, receiver: Receiver, hook: str, ali: int
) -> None:
    clock.rate(0)
    receiver.answers.extend([500, 404, 302, 503])
    await client.message(ali, "سلام")
    await receiver.until(2)
    for number, delay in ((3, 2), (4, 4), (5, 8)):
        await sleeping(clock, client)
        clock.advance(delay - 0.1)
        await sleeping(clock, client)
        assert len(receiver.got) == number - 1
        clock.advance(0.2)
        await receiver.until(number)
    await pending(client, 0)
    info = (await api("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert info["url"] == hook
    assert (info["pending_update_count"], info["max_connections"]) == (0, 40)


async def sleeping(clock: Clock, client: SandboxClient) -> None:
    """Wait until something sleeps by this clock."""
    async with asyncio.timeout(PATIENCE):
        while not clock.sleepers:
            await client.state()


async def test_the_bot_may_say_when_to_try_again(
    client: SandboxClient, clock: Clock, receiver: Receiver, hook: str, ali: int
) -> None:
    clock.rate(0)
    receiver.answers.append(web.Response(status=429, headers={"Retry-After": "30"}))
    await client.message(ali, "سلام")
    await receiver.until(1)
    await sleeping(clock, client)
    clock.advance(29)
    await sleeping(clock, client)
    assert len(receiver.got) == 1
    clock.advance(2)
    await receiver.until(2)


async def test_a_failing_chat_stops_no_other_and_each_keeps_its_order(
    client: SandboxClient, clock: Clock, box: Sandbox, receiver: Receiver, hook: str, ali: int, sara: int
) -> None:
    clock.rate(0)
    receiver.failing.add(ali)
    await client.message(ali, "یک")
    await client.message(ali, "دو")
    await client.message(sara, "الف")
    await client.message(sara, "ب")
    await receiver.until(4)
    await sleeping(clock, client)
    assert sorted(receiver.texts()) == sorted(["یک", "یک", "الف", "ب"])
    assert [text for text in receiver.texts() if text in "الف ب"] == ["الف", "ب"]
    receiver.failing.clear()
    clock.advance(3)
    await receiver.until(6)
    assert receiver.texts()[-2:] == ["یک", "دو"]


async def test_taps_stand_in_another_line_than_messages(
    api: Api, client: SandboxClient, clock: Clock, receiver: Receiver, hook: str, ali: int
) -> None:
    clock.rate(0)
    await api("sendMessage", chat_id=ali, text="x", reply_markup=inline([("a", "b")]))
    receiver.failing.add(ali)
    await client.message(ali, "یک")
    await client.tap(ali, label="a")
    got = await receiver.until(3)
    assert sum("callback_query" in update for update in got) == 1


async def test_what_cannot_be_delivered_in_time_is_dropped(
    api: Api, client: SandboxClient, clock: Clock, receiver: Receiver, hook: str, ali: int
) -> None:
    clock.rate(0)
    receiver.answers.extend([500] * 3)
    await api("sendMessage", chat_id=ali, text="x", reply_markup=inline([("a", "b")]))
    await client.tap(ali, label="a")
    await receiver.until(2)
    await sleeping(clock, client)
    clock.advance(149)
    await receiver.until(3)
    await pending(client, 0)


async def test_a_webhook_that_says_it_is_gone_for_23_hours_is_closed(
    client: SandboxClient, clock: Clock, receiver: Receiver, hook: str, ali: int
) -> None:
    clock.rate(0)
    receiver.answers.extend([410] * 4)
    await client.message(ali, "سلام")
    await receiver.until(2)
    await sleeping(clock, client)
    clock.advance(23 * 3600)
    await receiver.until(3)
    async with asyncio.timeout(PATIENCE):
        while (state := await client.state())["mode"] == "webhook":
            continue
    assert state["pending"] == 1


async def test_the_answer_may_hold_a_call_but_not_any_call(
    client: SandboxClient, receiver: Receiver, hook: str, ali: int
) -> None:
    receiver.answers.append(web.json_response({"method": "getMe"}))
    receiver.answers.append(web.json_response({"method": "deleteWebhook"}))
    receiver.answers.append(web.json_response({"method": "sendMessage", "chat_id": ali, "text": "خوش آمدید"}))
    for text in ("یک", "دو", "سه"):
        await client.message(ali, text)
    await client.wait(ali, since=0, kinds="message")
    assert (await client.chat(ali))[-1]["text"] == "خوش آمدید"
    assert [call["method"] for call in await client.calls()] == ["setWebhook", "sendMessage"]


async def test_setting_it_again_changes_nothing_and_too_often_is_refused(
    api: Api, clock: Clock, hook: str
) -> None:
    clock.rate(0)
    again = await api("setWebhook", url=hook, secret_token=SECRET)
    assert again.body["description"] == "Webhook is already set"
    often = await api("setWebhook", url=hook + "?2")
    assert (often.status, often.description) == (429, "Too Many Requests: retry after 1")
    assert often.body["parameters"] == {"retry_after": 1}
    assert often.headers["Retry-After"] == "1"
    clock.advance(1.1)
    assert (await api("setWebhook", url=hook + "?2")).body["description"] == "Webhook was set"
    assert (await api("setWebhook", url="")).body["description"] == "Webhook was deleted"
    assert (await api("deleteWebhook")).body["description"] == "Webhook is already deleted"


async def test_nobody_listening_is_a_failure_like_any_other(
    api: Api, client: SandboxClient, clock: Clock, ali: int
) -> None:
    clock.rate(0)
    await api("setWebhook", url="http://127.0.0.1:9/")
    await client.message(ali, "سلام")
    await sleeping(clock, client)
    info = (await api("getWebhookInfo")).result
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Connection refused")
    await api("deleteWebhook", drop_pending_updates=True)
    assert (await client.state())["pending"] == 0
