"""The send budget: what waits for its turn, and how long."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

import pytest

from bot.governor import FREE, Governor
from domain.notifications import MessageClass

CHAT, ANOTHER = 1, 2


class Watch:
    def __init__(self) -> None:
        self.time = 1_000.0

    def __call__(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Time passes at once, and a little more of it than was asked for, when the others have acted."""
        for _others in range(4):
            await asyncio.sleep(0)
        self.time += seconds + 0.001


def governor(watch: Watch, per_second: float = 25, per_chat: float = 1, per_group: int = 0) -> Governor:
    return Governor(per_second, per_chat, now=watch, per_group=per_group, sleep=watch.sleep)


def most_in(times: Sequence[float], span: float) -> int:
    """How many there are at most in any such span, wherever it begins."""
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - span:
            first += 1
        most = max(most, last - first + 1)
    return most


async def turns(held: Governor, watch: Watch, chats: Sequence[int], of: MessageClass) -> list[float]:
    """When each of them had its turn, all having asked at once."""
    times: list[float] = []

    async def one(chat_id: int) -> None:
        assert await held.turn(chat_id, of)
        times.append(watch.time)

    await asyncio.gather(*(one(each) for each in chats))
    return sorted(times)


def test_somebody_who_taps_fast_puts_a_notice_off_by_one_gap_only() -> None:
    held = governor(Watch(), per_second=0)
    for _tap in range(20):
        held.count(CHAT)
    assert held.wait_for(CHAT) == pytest.approx(1.0)
    assert held.wait_for(ANOTHER) == 0


async def test_replies_use_up_the_budget_of_all() -> None:
    watch = Watch()
    held = governor(watch, per_chat=0)
    for _tap in range(50):
        held.count(CHAT)
    began = watch.time
    await held.turn(ANOTHER)
    assert watch.time - began == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("limit", [1, 25, 30, 1_000])
async def test_the_limit_is_kept_in_any_second_and_used(limit: int) -> None:
    watch = Watch()
    many = limit * 20
    times = await turns(governor(watch, limit, 0), watch, range(1, many + 1), MessageClass.PROMOTION)
    assert most_in(times, 1.0) <= limit
    assert (many - 1) / (times[-1] - times[0]) >= 0.97 * limit


async def test_an_hour_of_silence_is_not_caught_up_on() -> None:
    watch = Watch()
    held = governor(watch, 30, 0)
    first = await turns(held, watch, range(1, 60), MessageClass.NOTICE)
    watch.time += 3_600
    second = await turns(held, watch, range(60, 200), MessageClass.NOTICE)
    assert most_in([*first, *second], 1.0) <= 30


async def test_replies_find_room_and_all_together_use_the_limit() -> None:
    """Three replies a second at any moment: what waits leaves them room, and no more than that."""
    watch, chance = Watch(), random.Random(7)
    held = governor(watch, 30, 0)
    times: list[float] = []
    replies: list[float] = []

    async def wait_for_turn(chat_id: int) -> None:
        assert await held.turn(chat_id, MessageClass.PROMOTION)
        times.append(watch.time)
        if chance.random() < 0.1:
            held.count(chat_id)
            replies.append(watch.time)

    await asyncio.gather(*(wait_for_turn(each) for each in range(1, 901)))
    assert most_in(times, 1.0) <= 30
    assert (len(times) + len(replies)) / (times[-1] - times[0]) >= 0.97 * 30
    assert most_in(sorted([*times, *replies]), 1.0) <= 33


async def test_who_matters_more_goes_first() -> None:
    watch = Watch()
    held, order = governor(watch, 10, 0), []

    async def one(chat_id: int, of: MessageClass) -> None:
        await held.turn(chat_id, of)
        order.append(of)

    waiting = [each for each in reversed(MessageClass) if each is not MessageClass.REPLY]
    held.pause(1)
    await asyncio.gather(*(one(10 + at, each) for at, each in enumerate([*waiting, *waiting])))
    assert order == sorted(order)


async def test_a_chat_that_waits_holds_no_other_up() -> None:
    watch = Watch()
    held = governor(watch, 30, 1)
    ends: list[tuple[int, float]] = []

    async def one(chat_id: int) -> None:
        await held.turn(chat_id)
        ends.append((chat_id, watch.time - 1_000))

    await asyncio.gather(one(CHAT), one(CHAT), one(CHAT), one(ANOTHER))
    assert [chat_id for chat_id, _at in ends] == [CHAT, ANOTHER, CHAT, CHAT]
    assert ends[-1][1] == pytest.approx(2.0, abs=0.1)


async def test_somebody_new_is_let_past_those_who_wait_for_their_chats() -> None:
    held = Governor(30, 0.05)
    await held.turn(CHAT)
    waiting = asyncio.create_task(held.turn(CHAT))
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        assert await held.turn(ANOTHER)
    held.close()
    assert not await waiting


async def test_a_group_hears_twenty_a_minute() -> None:
    watch = Watch()
    held = governor(watch, 30, 1, 20)
    times = await turns(held, watch, [-5] * 50, MessageClass.NOTICE)
    assert most_in(times, 60.0) == 20
    assert most_in(times, 1.0) == 1


async def test_only_paid_broadcasts_go_above_what_is_free() -> None:
    watch = Watch()
    held = Governor(1_000, 0, now=watch, is_paid=True, sleep=watch.sleep)
    promotions, notices = await asyncio.gather(
        turns(held, watch, range(1, 3_000), MessageClass.PROMOTION),
        turns(held, watch, range(5_000, 5_090), MessageClass.NOTICE),
    )
    assert most_in(notices, 1.0) <= FREE
    assert most_in(promotions, 1.0) > 900


async def test_a_long_pause_sends_away_who_waits() -> None:
    """What waits is given back to the outbox: nobody keeps it marked as being sent through all of it."""
    held = Governor(1, 0)
    await held.turn(CHAT)
    waiting = asyncio.create_task(held.turn(ANOTHER))
    await asyncio.sleep(0)
    held.pause(600)
    assert not await waiting
    assert not await held.turn(ANOTHER)


async def test_notices_to_one_chat_stand_a_gap_apart() -> None:
    watch = Watch()
    held = governor(watch)
    await held.turn(CHAT)
    assert held.wait_for(CHAT) == pytest.approx(1.0)
    watch.time += 1
    assert held.wait_for(CHAT) == 0


def test_a_pause_stops_everybody() -> None:
    watch = Watch()
    held = governor(watch)
    held.pause(5)
    assert held.wait_for(CHAT) == pytest.approx(5.0)
    watch.time += 5
    assert held.wait_for(CHAT) == 0


async def test_without_limits_nobody_waits() -> None:
    held = governor(Watch(), per_second=0, per_chat=0)
    for _tap in range(100):
        held.count(CHAT)
        await held.turn(CHAT)
    assert held.wait_for(CHAT) == 0


async def test_whoever_is_held_up_after_their_turn_counts_from_when_they_go() -> None:
    """The machine stands still between a turn and the message: what follows it keeps its distance."""
    watch = Watch()
    held, left = governor(watch, 30, 0), []

    async def one(chat_id: int) -> None:
        turn = await held.turn(chat_id, MessageClass.PROMOTION)
        assert turn is not None
        if chat_id % 40 == 0:
            watch.time += 0.3
        held.goes(turn)
        left.append(watch.time)

    await asyncio.gather(*(one(each) for each in range(1, 400)))
    assert most_in(left, 1.0) <= 30


async def test_a_machine_that_stood_still_is_caught_up_on_within_the_limit() -> None:
    class Stalling(Watch):
        naps = 0

        async def sleep(self, seconds: float) -> None:
            self.naps += 1
            await super().sleep(seconds + (0.5 if self.naps % 100 == 0 else 0))

    watch = Stalling()
    times = await turns(governor(watch, 30, 0), watch, range(1, 3_001), MessageClass.PROMOTION)
    assert watch.naps >= 500
    assert most_in(times, 1.0) <= 30
    assert (len(times) - 1) / (times[-1] - times[0]) >= 0.97 * 30
