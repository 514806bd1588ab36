from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.client import SandboxClient, SandboxError
from sandbox.clock import Clock
from sandbox.server import serve
from sandbox.state import Sandbox
from sandbox.updates import Updates
from tests.patience import PATIENCE
from tests.sandbox.support import Api, inline


async def write(client: SandboxClient, user_id: int, *texts: str) -> list[int]:
    return [(await client.message(user_id, text))["update_id"] for text in texts]


def texts(updates: list[dict[str, object]]) -> list[str]:
    return [update["message"]["text"] for update in updates]  # type: ignore[index]


async def test_a_waiting_request_is_answered_as_soon_as_somebody_writes(
    api: Api, client: SandboxClient, box: Sandbox, ali: int
) -> None:
    assert not (await client.state())["ready"]
    waiting = asyncio.ensure_future(api.updates(timeout=30))
    await ready(client)
    [update_id] = await write(client, ali, "سلام")
    async with asyncio.timeout(PATIENCE):
        [update] = await waiting
    assert update["update_id"] == update_id
    assert update["message"]["from"]["id"] == ali


async def ready(client: SandboxClient) -> None:
    async with asyncio.timeout(PATIENCE):
        while not (await client.state())["ready"]:
            continue


async def test_what_is_not_confirmed_comes_again_and_an_offset_confirms(
    api: Api, client: SandboxClient, ali: int
) -> None:
    first, second, third = await write(client, ali, "یک", "دو", "سه")
    assert (second, third) == (first + 1, first + 2)
    assert texts(await api.updates()) == ["یک", "دو", "سه"]
    assert texts(await api.updates(limit=2)) == ["یک", "دو"]
    assert texts(await api.updates(second)) == ["دو", "سه"]
    assert texts(await api.updates()) == ["دو", "سه"]
    assert (await client.state())["pending"] == 2


async def test_a_negative_offset_keeps_only_the_newest(api: Api, client: SandboxClient, ali: int) -> None:
    await write(client, ali, "یک", "دو", "سه")
    assert texts(await api.updates(-1)) == ["سه"]
    assert texts(await api.updates()) == ["سه"]


async def test_a_second_request_ends_the_first_with_a_conflict(api: Api, client: SandboxClient) -> None:
    first = asyncio.ensure_future(api("getUpdates", timeout=30))
    await ready(client)
    second = asyncio.ensure_future(api("getUpdates", timeout=30, offset=1))
    answer = await first
    assert (answer.status, answer.description) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    await api("setWebhook", url="http://127.0.0.1:9/")
    answer = await second
    assert (answer.status, answer.description) == (409, "Conflict: terminated by setWebhook request")
    answer = await api("getUpdates")
    assert (answer.status, answer.description) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )
    assert (await api("deleteWebhook")).body["description"] == "Webhook was deleted"
    assert (await api("getUpdates")).status == 200


async def test_only_the_kinds_asked_for_are_made(api: Api, client: SandboxClient, ali: int) -> None:
    assert (await api("getUpdates", allowed_updates=["callback_query"])).result == []
    assert await write(client, ali, "سلام") == [None]
    await api("sendMessage", chat_id=ali, text="x", reply_markup=inline([("a", "b")]))
    await client.tap(ali, label="a")
    # The choice is remembered, also when a later request does not repeat it.
    [update] = await api.updates(1)
    assert update["callback_query"]["data"] == "b"
    # An empty choice means the usual kinds, and those leave chat_member out.
    await api("getUpdates", offset=2, allowed_updates="[]")
    assert await write(client, ali, "سلام") != [None]
    assert (await client.update({"chat_member": {"chat": {"id": 1}}}))["update_id"] is None


async def test_taps_expire_after_150_seconds_and_messages_after_a_day(
    api: Api, client: SandboxClient, clock: Clock, ali: int
) -> None:
    await api("sendMessage", chat_id=ali, text="x", reply_markup=inline([("a", "b")]))
    await write(client, ali, "سلام")
    await client.tap(ali, label="a")
    clock.advance(149)
    assert len(await api.updates()) == 2
    clock.advance(2)
    assert texts(await api.updates(1)) == ["سلام"]
    clock.advance(24 * 3600)
    assert (await client.state())["pending"] == 0
    await write(client, ali, "تازه")
    assert texts(await api.updates(2)) == ["تازه"]


async def test_asking_the_same_again_and_again_is_slowed_down(api: Api, client: SandboxClient) -> None:
    loop = asyncio.get_running_loop()
    await api("getUpdates", offset=5)
    started = loop.time()
    await api("getUpdates", offset=5)
    assert loop.time() - started > 2.5
    started = loop.time()
    await api("getUpdates", offset=6)
    assert loop.time() - started < 2.5


async def test_an_update_is_delivered_again_under_the_same_or_another_id(
    api: Api, client: SandboxClient, ali: int
) -> None:
    [update_id] = await write(client, ali, "سلام")
    [update] = await api.updates()
    await client.redeliver(update_id)
    await client.redeliver(update_id, as_update_id=update_id + 7, times=2)
    again = await api.updates(update_id + 1)
    assert [one["update_id"] for one in again] == [update_id, update_id + 7, update_id + 7]
    assert all(one["message"] == update["message"] for one in again)
    assert await write(client, ali, "بعدی") == [update_id + 8]
    assert texts(await api.updates(update_id + 8)) == ["بعدی"]


async def test_a_raw_update_gets_an_id_where_it_has_none(api: Api, client: SandboxClient) -> None:
    last = (await client.state())["update_id"]
    poll = {"poll": {"id": "1", "nonsense": None}}
    assert (await client.update(poll))["update_id"] == last + 1
    assert (await client.update({"update_id": last + 10, **poll}))["update_id"] == last + 10
    assert [one["update_id"] for one in await api.updates()] == [last + 1, last + 10]


async def test_an_update_may_be_as_broken_as_a_test_wants_it(api: Api, client: SandboxClient) -> None:
    broken: list[dict[str, Any]] = [
        {"message": "nonsense"},
        {"message": {"chat": 5}},
        {"message": None},
        {"callback_query": {"from": {"id": "x"}}},
        {"inline_query": {}},
        {"pre_checkout_query": 5},
    ]
    for update in broken:
        await client.update(update)
    came = await api.updates()
    assert [{k: v for k, v in update.items() if k != "update_id"} for update in came] == broken
    with pytest.raises(SandboxError, match="besides its id"):
        await client.update({"update_id": 5})


async def test_update_and_message_ids_go_on_growing_after_a_reset(
    api: Api, client: SandboxClient, box: Sandbox, ali: int
) -> None:
    before = await client.message(ali, "سلام")
    await api("sendMessage", chat_id=ali, text="x")
    await client.fault("error")
    await client.reset()
    assert await client.users() == []
    assert await client.calls() == []
    assert await client.faults() == []
    assert await api.updates() == []
    await client.add_user(id=ali, first_name="علی")
    after = await client.message(ali, "سلام")
    assert after["update_id"] == before["update_id"] + 1
    assert after["message_id"] > before["message_id"] + 1


STEPS = st.lists(
    st.one_of(
        st.just(("push",)),
        st.tuples(st.just("confirm"), st.integers(0, 5)),
        st.tuples(st.just("keep"), st.integers(1, 5)),
        st.just(("clear",)),
        st.just(("redeliver",)),
        st.tuples(st.just("raw"), st.integers(1, 9)),
    ),
    max_size=30,
)


@given(STEPS)
@settings(max_examples=150)
def test_ids_only_grow_and_nothing_unconfirmed_is_lost(steps: list[tuple[str, int]]) -> None:
    updates = Updates(Clock(), first_id=1000)
    expected: list[int] = []
    highest = 999
    for step, *numbers in steps:
        if step in ("push", "raw"):
            wanted = highest + numbers[0] if step == "raw" else None
            made = updates.push({"message": {"chat": {"id": 1}}}, wanted)
            assert made is not None
            assert made > highest
            highest = made
            expected.append(made)
        elif step == "confirm":
            offset = highest - numbers[0]
            updates.confirm(offset)
            expected = [one for one in expected if one >= offset]
        elif step == "keep":
            updates.confirm(-numbers[0])
            expected = expected[-numbers[0] :]
        elif step == "clear":
            updates.clear()
            expected = []
        elif expected:
            assert updates.redeliver(expected[0], None, 1)
            assert updates.take(1)[0]["update_id"] == expected[0]
    assert [update["update_id"] for update in updates.take(100)] == expected


async def test_the_same_seed_gives_the_same_ids() -> None:
    def ids(seed: int) -> list[int]:
        box = Sandbox(Clock(), seed=seed)
        return [box.updates.last_id, *(box.add_user(first_name="x")["id"] for _ in range(3))]

    assert ids(1) == ids(1) != ids(2)
    assert all(user_id > 2**32 for user_id in ids(3)[1:])


async def test_the_sandbox_listens_on_the_loopback_only() -> None:
    for host in ("0.0.0.0", "192.168.1.5", "example.com", ""):
        with pytest.raises(ValueError, match="loopback only"):
            serve(Sandbox(Clock()), host=host)
