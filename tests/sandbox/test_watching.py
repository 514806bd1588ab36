from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from sandbox.client import SandboxClient
from sandbox.clock import Clock
from sandbox.events import KEPT_PER_CHAT, Events
from sandbox.server import Front, serve
from sandbox.state import TOKEN, Sandbox
from tests.patience import PATIENCE
from tests.sandbox.support import Api, inline, png


async def test_events_tell_everything_in_order(api: Api, client: SandboxClient, ali: int) -> None:
    start = (await client.state())["seq"]
    await client.message(ali, "سلام")
    sent = (await api("sendMessage", chat_id=ali, text="خوبی؟", reply_markup=inline([("بله", "y")]))).result
    query = (await client.tap(ali, label="بله"))["callback_query_ids"][0]
    await api("sendChatAction", chat_id=ali, action="typing")
    await api("editMessageText", chat_id=ali, message_id=sent["message_id"], text="خوب")
    await api("answerCallbackQuery", callback_query_id=query, text="باشه")
    await api("deleteMessage", chat_id=ali, message_id=sent["message_id"])
    await client.fault("error", "getMe")
    await client.set_clock(advance_s=1)
    await client.add_user(first_name="تازه")
    seen = []
    async with asyncio.timeout(PATIENCE):
        async for event in client.events(since=start):
            seen.append(event)
            if event["kind"] == "user":
                break
    assert [event["kind"] for event in seen if event["kind"] != "call"] == [
        "message",
        "message",
        "chat_action",
        "edited",
        "toast",
        "deleted",
        "fault",
        "clock",
        "user",
    ]
    assert [event["seq"] for event in seen] == list(range(start + 1, start + 1 + len(seen)))
    toast = next(event for event in seen if event["kind"] == "toast")
    assert (toast["text"], toast["alert"], toast["callback_query_id"]) == ("باشه", False, query)
    # What an event shows is how it was then, not how it is now.
    assert seen[1]["message"]["text"] == "خوبی؟"
    assert [event["call"]["method"] for event in seen if event["kind"] == "call"][:2] == [
        "sendMessage",
        "sendChatAction",
    ]


async def test_a_stream_goes_on_where_it_was_lost(api: Api, client: SandboxClient, ali: int) -> None:
    for text in ("یک", "دو", "سه"):
        await client.message(ali, text)
    last = (await client.state())["seq"]
    headers = {"Last-Event-ID": str(last - 1)}
    async with api.session.get(f"{api.url}/sim/events", headers=headers) as response:
        assert response.content_type == "text/event-stream"
        async with asyncio.timeout(PATIENCE):
            while not (line := await response.content.readline()).startswith(b"id:"):
                continue
    assert line == f"id: {last}\n".encode()


async def test_waiting_ends_with_the_bots_deed_not_with_the_persons(
    api: Api, client: SandboxClient, ali: int
) -> None:
    since = (await client.state())["seq"]
    waiting = asyncio.ensure_future(client.wait(ali, since=since, timeout=30))
    await client.message(ali, "سلام")
    assert not waiting.done()
    await api("sendMessage", chat_id=ali, text="خوبی؟")
    answer = await waiting
    assert [event["kind"] for event in answer["events"]][:2] == ["message", "message"]
    assert answer["seq"] == answer["events"][-1]["seq"]
    nothing = await client.wait(ali, since=answer["seq"] + 1, timeout=0.05)
    assert nothing == {"seq": answer["seq"] + 1, "events": []}


async def test_calls_are_logged_without_token_and_bytes_and_counted(
    api: Api, client: SandboxClient, ali: int
) -> None:
    await api("getMe")
    await api("SENDMESSAGE", chat_id=ali, text="x", reply_markup='{"inline_keyboard":[]}', nonsense=1)
    await api("sendPhoto", {"photo": ("ب.png", png())}, chat_id=str(ali))
    await api("sendMessage", chat_id=ali)
    rows = await client.calls(user_id=ali)
    assert [(row["method"], row["status"]) for row in rows] == [
        ("sendMessage", 200),
        ("sendPhoto", 200),
        ("sendMessage", 400),
    ]
    assert rows[0]["params"]["reply_markup"] == {"inline_keyboard": []}
    assert rows[0]["unknown_params"] == ["nonsense"]
    assert rows[1]["params"]["photo"]["file_name"] == "ب.png"
    assert rows[2]["response"] == "Bad Request: message text is empty"
    assert TOKEN not in str(await client.calls())
    assert await client.count_calls() == 4
    assert await client.count_calls("sendmessage") == 2
    assert await client.count_calls("sendMessage", since=rows[0]["seq"]) == 1
    assert len(await client.calls(since=rows[1]["seq"])) == 1


def test_a_chat_that_is_watched_by_nobody_does_not_grow_the_log_for_ever() -> None:
    events = Events(Clock())
    for number in range(KEPT_PER_CHAT * 2):
        events.add("chat_action", 5, action=str(number))
    assert len(events.since(0, 5)) == KEPT_PER_CHAT
    assert events.since(0)[-1]["action"] == str(KEPT_PER_CHAT * 2 - 1)


@pytest.fixture
async def page(tmp_path: Path, box: Sandbox) -> Front:
    (tmp_path / "page" / "js").mkdir(parents=True)
    (tmp_path / "page" / "index.html").write_text("<!doctype html>سلام")
    (tmp_path / "page" / "js" / "a.js").write_text("let a;")
    (tmp_path / "secret.txt").write_text("no")
    return Front(box, tmp_path / "page")


async def test_the_page_is_served_and_nothing_beside_it(page: Front, api: Api) -> None:
    server = web.Server(page.handle)
    runner = web.ServerRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]

    async def get(path: str) -> tuple[int, bytes]:
        """Ask without a client that would tidy the path up first."""
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
        await writer.wait_closed()
        return int(head.split()[1]), body

    assert await get("/") == (200, "<!doctype html>سلام".encode())
    assert await get("/page/js/a.js") == (200, b"let a;")
    for path in (
        "/page/../secret.txt",
        "/page/%2e%2e/secret.txt",
        "/page/js/..%2f..%2fsecret.txt",
        "/page//etc/passwd",
        "/page/%00",
        "/page/js",
        "/page/none.js",
    ):
        assert (await get(path))[0] == 404
    await runner.cleanup()


@pytest.mark.parametrize("header", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}])
async def test_strange_pages_in_the_same_browser_are_kept_out(api: Api, header: dict[str, str]) -> None:
    async with api.session.post(f"{api.url}/sim/reset", headers=header) as response:
        assert response.status == 403
    async with api.session.get(f"{api.url}/sim/state", headers={"Origin": api.url}) as response:
        assert response.status == 200


async def test_an_action_may_bring_the_reaction_along(api: Api, client: SandboxClient, ali: int) -> None:
    await api("sendMessage", chat_id=ali, text="x", reply_markup=inline([("a", "b")]))

    async def react() -> None:
        [update] = await api.updates(timeout=30)
        await api("sendMessage", chat_id=ali, text="پیش از پاسخ")
        await api("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="باشه")

    reacting = asyncio.ensure_future(react())
    done = await client.tap(ali, label="a", wait_s=PATIENCE)
    assert done["reacted"]
    assert [event["kind"] for event in done["events"]] == ["message", "toast"]
    await reacting
    nothing = await client.message(ali, "کسی هست؟", wait_s=0.05)
    assert not nothing["reacted"]
    assert [event["kind"] for event in nothing["events"]] == ["message"]


async def test_one_that_forgets_refuses_and_counts_as_ever(clock: Clock) -> None:
    box = Sandbox(clock, forgets=True)
    box.add_user(id=5, first_name="علی", started=True)
    async with serve(box) as served, aiohttp.ClientSession() as session:
        api = Api(served.url, session)
        assert (await api("sendMessage", chat_id=5, text="سلام")).result["message_id"] == 1
        assert (await api("sendMessage", chat_id=5, text="باز هم")).result["message_id"] == 2
        assert (await api("sendMessage", chat_id=6, text="سلام")).status == 400
        assert (await api("sendMessage", chat_id=5, text="<b>", parse_mode="HTML")).status == 400
    assert box.calls.count("sendMessage") == 4
    assert (box.calls.find(), box.events.since(0), box.chats[5].messages) == ([], [], {})
