"""A manager looks at what waits after a restore, and lets it go or puts it aside."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.reading import READS
from screens import frozen as screens
from screens.callbacks.frozen import OpenFrozen, ReleaseFrozen, SetFrozenAside
from screens.language import Language
from screens.screen import Screen
from services import frozen as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="frozen")
    router.callback_query.register(show, OpenFrozen.filter(), flags=READS)
    router.callback_query.register(release, ReleaseFrozen.filter())
    router.callback_query.register(set_aside, SetFrozenAside.filter())
    return router


async def show(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    return screens.frozen(await wishes.look(uow, actor, now), _)


async def release(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    return screens.thawed(await wishes.thaw(uow, actor, now, tells=True), _, tells=True)


async def set_aside(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    return screens.thawed(await wishes.thaw(uow, actor, now, tells=False), _, tells=False)
