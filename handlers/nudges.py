"""Answers to a word about the usual order (S4.5), and who looks after a customer."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from domain.nudges import NudgeAnswer
from handlers.reading import READS
from handlers.repeats import shown
from screens import nudges as screens
from screens.callbacks.nudges import (
    DeclineNudge,
    DropAccountManager,
    ExplainNudge,
    FillUsual,
    OpenAccountManager,
    RemindLater,
    ReplaceWithUsual,
    SetAccountManager,
)
from screens.language import Language
from screens.screen import Screen
from services import account_managers
from services import nudges as wishes
from services.account_managers import Looking
from services.repeats import fill_usual
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="nudges")
    taps = router.callback_query
    taps.register(fill, FillUsual.filter())
    taps.register(replace_basket, ReplaceWithUsual.filter())
    taps.register(decline, DeclineNudge.filter())
    taps.register(explain, ExplainNudge.filter())
    taps.register(remind_later, RemindLater.filter())
    taps.register(show_manager, OpenAccountManager.filter(), flags=READS)
    taps.register(set_manager, SetAccountManager.filter())
    taps.register(drop_manager, DropAccountManager.filter())
    return router


async def fill(
    _query: CallbackQuery,
    callback_data: FillUsual,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return shown(await wishes.fill(uow, actor, callback_data.nudge_id, now), _)


async def replace_basket(
    _query: CallbackQuery,
    callback_data: ReplaceWithUsual,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order_id, version = callback_data.order_id, callback_data.version
    return shown(await fill_usual(uow, actor, order_id, now, instead_of=version), _)


async def decline(
    _query: CallbackQuery,
    callback_data: DeclineNudge,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    told = await wishes.decline(uow, actor, callback_data.nudge_id, now)
    if told.answer is not NudgeAnswer.NOT_NOW or told.reason is not None:
        return screens.explained(told.reason, told.remind_on, _)
    return screens.reason_question(told.id, _)


async def explain(
    _query: CallbackQuery,
    callback_data: ExplainNudge,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    told = await wishes.explain(uow, actor, callback_data.nudge_id, callback_data.reason, now)
    return screens.explained(told.reason, told.remind_on, _)


async def remind_later(
    _query: CallbackQuery,
    callback_data: RemindLater,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    told = await wishes.remind_later(uow, actor, callback_data.nudge_id, now)
    return screens.reminded_later(told.remind_on, _)


def _looking(found: Looking, _: Language) -> Screen:
    return screens.account_manager(found.customer_id, found.customer, found.now, found.people, _)


async def show_manager(
    _query: CallbackQuery, callback_data: OpenAccountManager, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return _looking(await account_managers.open_manager(uow, actor, callback_data.customer_id), _)


async def set_manager(
    _query: CallbackQuery,
    callback_data: SetAccountManager,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    customer_id, staff_id = callback_data.customer_id, callback_data.staff_id
    return _looking(await account_managers.set_manager(uow, actor, customer_id, staff_id, now), _)


async def drop_manager(
    _query: CallbackQuery,
    callback_data: DropAccountManager,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return _looking(await account_managers.set_manager(uow, actor, callback_data.customer_id, None, now), _)
