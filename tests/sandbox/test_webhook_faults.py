from __future__ import annotations

from sandbox.client import SandboxClient
from sandbox.postman import HEADER
from tests.sandbox.receiver import SECRET, Receiver


async def test_an_update_comes_twice_when_it_is_told_to(
    client: SandboxClient, receiver: Receiver, hook: str, ali: int
) -> None:
    await client.fault("webhook_duplicate", times=1)
    await client.message(ali, "یک")
    await client.message(ali, "دو")
    await receiver.until(3)
    assert receiver.texts() == ["یک", "یک", "دو"]
    await client.redeliver(receiver.got[0]["update_id"])
    await receiver.until(4)
    assert receiver.got[3] == receiver.got[0]


async def test_updates_overtake_each_other_when_they_are_told_to(
    client: SandboxClient, receiver: Receiver, hook: str, ali: int
) -> None:
    await client.fault("webhook_reorder", times=1, seconds=5)
    await client.message(ali, "یک")
    await client.message(ali, "دو")
    await receiver.until(2)
    assert receiver.texts() == ["دو", "یک"]


async def test_a_wrong_or_missing_secret_is_shown_when_it_is_told_to(
    client: SandboxClient, receiver: Receiver, hook: str, ali: int
) -> None:
    await client.fault("webhook_bad_secret", times=1, description="wrong")
    await client.fault("webhook_bad_secret", times=1)
    receiver.answers.extend([401, 401])
    await client.message(ali, "یک")
    await receiver.until(2)
    await client.set_clock(advance_s=3)
    await receiver.until(3)
    assert [headers.get(HEADER) for headers in receiver.headers] == ["wrong", None, SECRET]


async def test_an_update_comes_late_when_it_is_told_to(
    client: SandboxClient, receiver: Receiver, hook: str, ali: int, sara: int
) -> None:
    await client.fault("webhook_late", user_id=ali, seconds=0.2, times=1)
    await client.message(ali, "دیر")
    await client.message(sara, "زود")
    await receiver.until(2)
    assert receiver.texts() == ["زود", "دیر"]


async def test_an_update_the_bot_has_taken_comes_again_when_its_answer_is_lost(
    client: SandboxClient, receiver: Receiver, hook: str, ali: int
) -> None:
    await client.fault("webhook_drop_after", times=1)
    await client.message(ali, "یک")
    await receiver.until(2)
    assert receiver.got[0] == receiver.got[1]
