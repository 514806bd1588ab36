"""How far the database has come, beside it in a file: what is restored from a backup has come less far."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import structlog

from domain.frozen import Mark
from services.frozen import recognise
from storage.unit_of_work import Store

log = structlog.get_logger("bot.restored")

EVERY_SECONDS = 5.0


def mark_beside(database: Path) -> Path:
    return database.with_name(f"{database.name}.mark")


def read_mark(path: Path) -> Mark | None:
    """None where there is none, or nobody can read it: then only people know of a restore."""
    try:
        found = json.loads(path.read_text())
        return Mark(attempts=int(found["attempts"]), audits=int(found["audits"]), home=str(found["home"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


async def freeze_restored(store: Store, database: Path | None, clock: Callable[[], datetime]) -> bool:
    """Before anything is told; the mark of what is restored begins anew with it."""
    path = mark_beside(database) if database else None
    async with store.unit_of_work() as uow:
        is_restored = await recognise(uow, read_mark(path) if path else None, clock())
    if is_restored:
        log.warning("the database was restored: nothing is told until a manager has looked")
    if path is not None:
        await keep_mark(store, path)
    return is_restored


async def keep_mark(store: Store, path: Path) -> None:
    async with store.reading() as uow:
        mark = await uow.frozen.mark()
    fresh = path.with_suffix(".new")
    try:
        fresh.write_text(json.dumps(asdict(mark)))
        fresh.replace(path)
    except OSError as fault:
        log.warning("the mark beside the database cannot be kept", fault=type(fault).__name__)


async def keep_marking(store: Store, database: Path) -> None:
    """Again and again until it is cancelled."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        await keep_mark(store, mark_beside(database))
