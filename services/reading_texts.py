"""A written order is read at once; a long one beside the loop, so that nobody else waits meanwhile."""

from __future__ import annotations

import asyncio

from domain.written import WrittenOrder, read_order

LONG = 800
"""Letters: reading so many takes some milliseconds."""


async def read_text(text: str) -> WrittenOrder:
    """What the grammar makes of a message; whoever reads the same again finds it read."""
    if len(text) <= LONG:
        return read_order(text)
    return await asyncio.to_thread(read_order, text)
