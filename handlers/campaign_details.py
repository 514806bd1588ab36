"""The small parts of a campaign: quantity in the basket, last day, name (S5.5)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from handlers.asking import Question
from handlers.building import Building, asked_about, whole_or_parts
from screens import campaign_parts as screens
from screens import campaigns as menu
from screens.callbacks.campaign_builder import (
    AskCampaignName,
    AskLastDay,
    AskOfferedQuantity,
    PickNoLastDay,
    PickOfferedQuantity,
)
from screens.language import Language
from screens.screen import Screen
from services import campaign_desk as desk
from services import campaigns as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="campaign details")
    taps = router.callback_query
    taps.register(ask_quantity, AskOfferedQuantity.filter())
    taps.register(choose_quantity, PickOfferedQuantity.filter())
    taps.register(ask_last_day, AskLastDay.filter())
    taps.register(drop_last_day, PickNoLastDay.filter())
    taps.register(ask_name, AskCampaignName.filter())
    router.message.register(take_quantity, StateFilter(Building.quantity))
    router.message.register(take_last_day, StateFilter(Building.last_day))
    router.message.register(take_name, StateFilter(Building.name))
    return router


async def ask_quantity(
    _query: CallbackQuery,
    callback_data: AskOfferedQuantity,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    product = await desk.sold(uow, campaign, now)
    await state.ask(Building.quantity, callback_data.model_dump())
    return screens.quantity_question(campaign, product, _)


async def choose_quantity(
    _query: CallbackQuery,
    callback_data: PickOfferedQuantity,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    campaign = await desk.pick_quantity(uow, actor, tap.campaign_id, tap.quantity, now)
    return await whole_or_parts(uow, actor, campaign, now, _)


async def take_quantity(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    campaign_id = (await asked_about(actor, state))["campaign_id"]
    campaign = await desk.pick_quantity(uow, actor, campaign_id, message.text or "", now)
    await state.clear()
    return await whole_or_parts(uow, actor, campaign, now, _)


async def ask_last_day(
    _query: CallbackQuery,
    callback_data: AskLastDay,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    await state.ask(Building.last_day, callback_data.model_dump())
    return screens.last_day_question(campaign, _)


async def drop_last_day(
    _query: CallbackQuery,
    callback_data: PickNoLastDay,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    campaign = await desk.set_last_day(uow, actor, callback_data.campaign_id, None, now)
    return await whole_or_parts(uow, actor, campaign, now, _)


async def take_last_day(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    campaign_id = (await asked_about(actor, state))["campaign_id"]
    campaign = await desk.set_last_day(uow, actor, campaign_id, message.text or "", now)
    await state.clear()
    return await whole_or_parts(uow, actor, campaign, now, _)


async def ask_name(
    _query: CallbackQuery,
    callback_data: AskCampaignName,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    await state.ask(Building.name, callback_data.model_dump())
    return menu.name_question(campaign, _)


async def take_name(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    campaign_id = (await asked_about(actor, state))["campaign_id"]
    campaign = await desk.set_name(uow, actor, campaign_id, message.text or "", now)
    await state.clear()
    return await whole_or_parts(uow, actor, campaign, now, _)
