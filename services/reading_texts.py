"""A written order is read at once; a long one beside the loop, so that nobody else waits meanwhile."""

from __future__ import annotations

import asyncio

from domain.written import WrittenOrder, read_order
from domain.written.headings import headings

LONG = 800
"""Letters: reading so many takes some milliseconds."""


async def read_text(text: str) -> WrittenOrder:
    """What the grammar makes of a message; whoever reads the same again finds it read."""
    if len(text) <= LONG:
        return read_order(text)
    return await asyncio.to_thread(read_order, text)


async def read_headings(text: str) -> dict[str, str]:
    """Which heading each piece of a message stands under."""
    if len(text) <= LONG:
        return headings(text)
    return await asyncio.to_thread(headings, text)
