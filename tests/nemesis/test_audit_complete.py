"""Row H-4: whatever our own people change is written down, with who did it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest
from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from domain.actors import Actor
from domain.credit import CreditLimit
from domain.money import Money
from domain.staff import Role
from handlers import routers
from screens.callbacks.orders import OpenOrder
from screens.screen import Screen
from storage.tables.audit import audit
from storage.unit_of_work import Store, UnitOfWork, open_store
from tests.bot.kit import a_tap
from tests.nemesis.doors import Doors, data_of, name_of
from tests.nemesis.intruders import Town, everything, settle
from tests.nemesis.reaching import BUTTONS, events
from tests.nemesis.rights import ROWS, Kind
from tests.nemesis.staff_ways import ASKED, ASKING, WAYS, Fields

SHOWN = frozenset({"files"})
"""What is only kept to be sent."""


def _writing() -> list[str]:
    """All handlers for our own people that may write, from the registers themselves."""
    found = {
        name_of(handler.callback)
        for router in routers().chain_tail
        for observer in router.observers.values()
        for handler in observer.handlers
        if not handler.flags.get("reads")
    }
    return sorted(name for name in found if ROWS[name].kind is Kind.STAFF)


@dataclass(frozen=True, slots=True)
class Trace:
    """What one update of a colleague has left behind."""

    changed: frozenset[str]
    """Tables."""
    actions: tuple[str, ...]
    """Audit rows that name that colleague."""
    refusal: str | None


@asynccontextmanager
async def _copied(path: Path, to: Path) -> AsyncIterator[Store]:
    shutil.copyfile(path, to)
    store = open_store(f"sqlite+aiosqlite:///{to}")
    try:
        yield store
    finally:
        await store.close()


class Moving:
    """Stands for whichever database is open just then: doors cost more to build than to go through."""

    store: Store

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def doors(self, now: datetime) -> Doors:
        return Doors(cast(Store, self), now)


async def _act(store: Store, town: Town, name: str, now: datetime, doors: Doors | None = None) -> Trace:
    """Bring things where they must be, hand in what reaches the handler, and see what came of it."""
    by = town.staff[ROWS[name].roles[0]]
    fields: Fields = {}
    if name in WAYS:
        async with store.unit_of_work() as uow:
            fields = await WAYS[name](uow, town)
    before, last = await _look(store)
    doors, refusal = doors or Doors(store, now), None
    for raw, asked in _updates(town, name, by, fields):
        outcome = await doors.give(by, raw, asked)
        assert outcome.handler == name
        refusal = refusal or outcome.refusal
    after, _last = await _look(store)
    async with store.reading() as uow:
        rows = select(audit.c.action).where(audit.c.id > last, audit.c.staff_id == by.staff_id)
        rows = rows.where(audit.c.action != "denied")
        actions = tuple(await uow.connection.scalars(rows))
    return Trace(_changed(before, after), actions, refusal)


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> frozenset[str]:
    return frozenset(table for table in after if after[table] != before[table]) - SHOWN


async def _look(store: Store) -> tuple[dict[str, str], int]:
    async with store.reading() as uow:
        return await everything(uow), await uow.connection.scalar(select(func.max(audit.c.id))) or 0


def _updates(town: Town, name: str, by: Actor, fields: Fields) -> list[tuple[dict[str, Any], Any]]:
    ids = {**town.victim.ids, **{key: value for key, value in fields.items() if isinstance(value, int)}}
    there = replace(town, victim=replace(town.victim, ids=ids))
    row = ROWS[name]
    if row.texts:
        given = list(events(there, name, by, is_absent=False))
        return [(raw, asked and (asked[0], {**asked[1], **_known(asked[1], fields)})) for raw, asked in given]
    return [
        (a_tap(by.identity.user_id, _tap_of(button, ids, row.fields, fields)), fields.get(ASKED))
        for its_name, button in BUTTONS.values()
        if its_name == name
    ]


def _tap_of(button: Any, ids: Mapping[str, int], named: Mapping[str, str], fields: Fields) -> str:
    known = {key: value for key, value in fields.items() if key in button.model_fields}
    return data_of(button, ids, named, **{"version": 0, "nonce": "A" * 22, **known})


def _known(asked: Mapping[str, object], fields: Fields) -> dict[str, object]:
    return {key: value for key, value in fields.items() if key in asked}


@pytest.fixture
async def settled(sqlite_url: str, now: datetime) -> tuple[Path, Town]:
    """The file of a database in which there is something of everything."""
    store = open_store(sqlite_url)
    async with store.unit_of_work() as uow:
        town = await settle(uow, now)
    await store.close()
    return Path(make_url(sqlite_url).database or ""), town


async def test_whatever_our_people_change_is_in_the_audit(
    settled: tuple[Path, Town], now: datetime, database_folder: Path
) -> None:
    path, town = settled
    wrong = []
    moving = Moving()
    doors = moving.doors(now)
    for number, name in enumerate(_writing()):
        async with _copied(path, database_folder / f"{number}.db") as store:
            moving.store = store
            trace = await _act(store, town, name, now, doors)
        if trace.changed and not trace.actions:
            wrong.append(f"{name} changes {set(trace.changed)} without a word of who did")
        if bool(trace.changed) == _only_asks(name):
            wrong.append(f"{name}: {set(trace.changed) or trace.refusal}; see staff_ways how it is reached")
    assert wrong == []


def _only_asks(name: str) -> bool:
    return name in ASKING or name.partition(".")[2].split("_")[0] in {"ask", "pick"}


async def test_a_handler_that_writes_in_silence_is_found_out(
    settled: tuple[Path, Town], now: datetime, database_folder: Path
) -> None:
    """The negative control: a limit that somebody sets without a word."""
    path, town = settled

    async def set_limit(_query: CallbackQuery, callback_data: OpenOrder, uow: UnitOfWork) -> Screen:
        limit = CreditLimit(total=Money(1))
        await uow.credit.put_limit(limit, now, customer_id=town.victim.ids["customer_id"])
        return Screen("done")

    root = Router()
    root.callback_query.register(set_limit, OpenOrder.filter())
    by = town.staff[Role.FINANCE]
    async with _copied(path, database_folder / "silent.db") as store:
        before, last = await _look(store)
        data = data_of(OpenOrder, town.victim.ids, {}, version=0)
        await Doors(store, now, root).give(by, a_tap(by.identity.user_id, data))
        after, newest = await _look(store)
    assert _changed(before, after) == {"credit_limits"}
    assert newest == last, "nobody has written it down"
