"""Whoever writes a long list keeps nobody else waiting."""

from __future__ import annotations

import asyncio

from domain.written import read_order
from services.reading_texts import LONG, read_text


async def turns_of_others(text: str) -> int:
    """How often somebody else had a turn while that text was read."""
    turns, is_read = 0, asyncio.Event()

    async def others() -> None:
        nonlocal turns
        while not is_read.is_set():
            turns += 1
            await asyncio.sleep(0)

    working = asyncio.create_task(others())
    read = await read_text(text)
    is_read.set()
    await working
    assert read == read_order(text)
    return turns


async def test_others_have_their_turn_while_a_long_text_is_read() -> None:
    lines = "\n".join(f"شامپو ضدشوره آوین {n} میل دو کارتن و {n} عدد" for n in range(100))
    assert len(lines) > LONG
    assert await turns_of_others(lines) > 0


async def test_a_short_text_is_read_at_once() -> None:
    assert await turns_of_others("دو کارتن شامپو آوین ۲۵۰") == 0
