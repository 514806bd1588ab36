"""Hundreds of written orders against the town's catalogue: most lines are right, and none is booked wrong."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from benchmarks.quality.ordering import LABELLED, NOW, Half, count, labelled, name_as_labelled
from services.written_orders import understand
from storage.unit_of_work import Store, open_store
from tests.conversations.conftest import story_file
from tests.nemesis.harness import FULL

EVERY = 1 if FULL else 4
"""`make quality` reads all of them."""
MORE = LABELLED.with_name("written_orders_more.txt")


async def test_written_orders_are_read_right_or_asked_about(tmp_path: Path) -> None:
    path, _town = await story_file(tmp_path)
    store = open_store(f"sqlite+aiosqlite:///{path}")
    async with store.unit_of_work() as uow:
        await name_as_labelled(uow)
    for file, least in ((LABELLED, 0.95), (MORE, 0.93)):
        half = await _read(store, file)
        assert half.wrong == 0, file.name
        assert half.right >= least * half.lines, (file.name, half.right, half.lines)
    await store.close()


async def _read(store: Store, file: Path) -> Half:
    half = Half()
    async with store.reading() as uow:
        for each in islice(labelled(file), 0, None, EVERY):
            count(half, each, (await understand(uow, each.text, NOW)).lines)
    return half
