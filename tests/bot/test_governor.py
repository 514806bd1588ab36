"""The send budget: what waits for its turn, and how long."""

from __future__ import annotations

import pytest

from bot.governor import Governor

CHAT, ANOTHER = 1, 2


class Watch:
    def __init__(self) -> None:
        self.time = 1_000.0

    def __call__(self) -> float:
        return self.time


def governor(watch: Watch, per_second: float = 25, per_chat: float = 1) -> Governor:
    return Governor(per_second, per_chat, now=watch)


def test_somebody_who_taps_fast_puts_a_notice_off_by_one_gap_only() -> None:
    held = governor(Watch(), per_second=0)
    for _tap in range(20):
        held.count(CHAT)
    assert held.wait_for(CHAT) == pytest.approx(1.0)
    assert held.wait_for(ANOTHER) == 0


def test_replies_use_up_the_budget_of_all() -> None:
    held = governor(Watch(), per_chat=0)
    for _tap in range(50):
        held.count(CHAT)
    assert held.wait_for(ANOTHER) == pytest.approx(2.0, abs=0.05)


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
