"""«📣 ارسال گروهی»: the menu, what it is about, drafts and schedules (S5.1, S5.2)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.building import standing
from handlers.reading import READS
from screens import campaigns as screens
from screens.callbacks.campaign_builder import (
    AskDropDraft,
    CopyCampaign,
    DropDraftCampaign,
    OpenCampaign,
    OpenCampaigns,
    OpenDrafts,
    OpenSchedules,
)
from screens.language import Language
from screens.screen import Screen
from services import campaigns as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="campaigns")
    taps = router.callback_query
    taps.register(show_menu, OpenCampaigns.filter(), flags=READS)
    taps.register(show_drafts, OpenDrafts.filter(), flags=READS)
    taps.register(show_schedules, OpenSchedules.filter(), flags=READS)
    taps.register(open_campaign, OpenCampaign.filter(), flags=READS)
    taps.register(ask_drop, AskDropDraft.filter(), flags=READS)
    taps.register(drop, DropDraftCampaign.filter())
    taps.register(copy, CopyCampaign.filter())
    return router


async def show_menu(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    return screens.campaigns(await wishes.tally(uow, actor), _)


async def show_drafts(
    _query: CallbackQuery, callback_data: OpenDrafts, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.drafts(await wishes.list_drafts(uow, actor), callback_data.page, _)


async def show_schedules(
    _query: CallbackQuery, callback_data: OpenSchedules, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.schedules(await wishes.list_scheduled(uow, actor), callback_data.page, _)


async def open_campaign(
    _query: CallbackQuery,
    callback_data: OpenCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    return await standing(uow, actor, campaign, now, _)


async def ask_drop(
    _query: CallbackQuery, callback_data: AskDropDraft, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.drop_question(await wishes.get(uow, actor, callback_data.campaign_id), _)


async def drop(
    _query: CallbackQuery,
    callback_data: DropDraftCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    known = await wishes.get(uow, actor, callback_data.campaign_id)
    gone = await wishes.cancel(uow, actor, callback_data.campaign_id, known.version, now)
    return screens.given_up(gone, _)


async def copy(
    _query: CallbackQuery,
    callback_data: CopyCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    draft = await wishes.copy(uow, actor, callback_data.campaign_id, now)
    return screens.noted(screens.copied(draft, _), await standing(uow, actor, draft, now, _))
