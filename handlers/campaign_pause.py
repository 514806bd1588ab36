"""Stopping a campaign on its way, correcting it, letting it go on, ending it (S5.9)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from handlers.asking import Question
from handlers.building import Building, asked_about
from handlers.reading import READS
from screens import campaign_pause as screens
from screens import campaign_progress as watched
from screens.callbacks.campaigns import (
    AskEndCampaign,
    CorrectCampaign,
    CorrectionFor,
    EndCampaign,
    GivePauseReason,
    PauseCampaign,
    ResumeCampaign,
)
from screens.language import Language
from screens.screen import Screen
from services import campaign_desk as desk
from services import campaign_progress as watching
from services import campaigns as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="campaign pause")
    taps = router.callback_query
    taps.register(pause, PauseCampaign.filter())
    taps.register(give_reason, GivePauseReason.filter())
    taps.register(ask_correction, CorrectCampaign.filter())
    taps.register(resume, ResumeCampaign.filter())
    taps.register(ask_end, AskEndCampaign.filter(), flags=READS)
    taps.register(end, EndCampaign.filter())
    router.message.register(take_correction, StateFilter(Building.correction))
    return router


async def pause(
    _query: CallbackQuery,
    callback_data: PauseCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    """It stops first; why is asked afterwards."""
    await wishes.pause(uow, actor, callback_data.campaign_id, now)
    return screens.paused(await watching.watch(uow, actor, callback_data.campaign_id), _)


async def give_reason(
    _query: CallbackQuery,
    callback_data: GivePauseReason,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    await wishes.pause_because(uow, actor, callback_data.campaign_id, callback_data.reason, now)
    return screens.what_now(await watching.watch(uow, actor, callback_data.campaign_id), _)


async def ask_correction(
    _query: CallbackQuery,
    callback_data: CorrectCampaign,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    await state.ask(Building.correction, callback_data.model_dump(mode="json"))
    return screens.correction_question(campaign, callback_data.whom, _)


async def take_correction(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """The right text as somebody will read it; nothing goes on before that is confirmed."""
    asked = CorrectCampaign(**await asked_about(actor, state))
    is_for_all = asked.whom is CorrectionFor.ALL
    text = message.text or ""
    await wishes.correct_text(uow, actor, asked.campaign_id, text, now, for_all=is_for_all)
    await state.clear()
    progress = await watching.watch(uow, actor, asked.campaign_id)
    shown = await desk.show(uow, actor, asked.campaign_id, now)
    return screens.corrected(progress, shown.message if shown else None, asked.whom, _)


async def resume(
    _query: CallbackQuery,
    callback_data: ResumeCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    await wishes.resume(uow, actor, callback_data.campaign_id, now)
    return watched.resumed(await watching.watch(uow, actor, callback_data.campaign_id), _)


async def ask_end(
    _query: CallbackQuery, callback_data: AskEndCampaign, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.end_question(await watching.watch(uow, actor, callback_data.campaign_id), _)


async def end(
    _query: CallbackQuery,
    callback_data: EndCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    await wishes.end(uow, actor, callback_data.campaign_id, now)
    return watched.ended(await watching.watch(uow, actor, callback_data.campaign_id), _)
