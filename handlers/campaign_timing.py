"""When a campaign goes out: now, or scheduled; and the second manager who agrees to it (S5.7)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.calendar import TEHRAN, today_in_tehran
from domain.typed_times import typed_moment
from handlers.asking import Question
from handlers.building import Building, asked_about, standing, when
from handlers.reading import READS
from screens import campaign_timing as screens
from screens.callbacks.campaign_builder import (
    AskOtherSpeed,
    AskOtherStart,
    AskStart,
    AskUnschedule,
    PickStart,
    ScheduleCampaign,
    SendCampaignNow,
    UnscheduleCampaign,
)
from screens.callbacks.campaigns import ApproveCampaign, RefuseCampaign
from screens.language import Language
from screens.screen import Screen
from services import campaign_desk as desk
from services import campaigns as wishes
from storage.unit_of_work import UnitOfWork

MINUTES = 60


def router() -> Router:
    router = Router(name="campaign timing")
    taps = router.callback_query
    taps.register(send_now, SendCampaignNow.filter())
    taps.register(ask_start, AskStart.filter(), flags=READS)
    taps.register(ask_other_start, AskOtherStart.filter())
    taps.register(pick_start, PickStart.filter(), flags=READS)
    taps.register(ask_other_speed, AskOtherSpeed.filter())
    taps.register(schedule, ScheduleCampaign.filter())
    taps.register(ask_unschedule, AskUnschedule.filter(), flags=READS)
    taps.register(unschedule, UnscheduleCampaign.filter())
    taps.register(approve, ApproveCampaign.filter())
    taps.register(refuse, RefuseCampaign.filter())
    router.message.register(take_start, StateFilter(Building.start))
    router.message.register(take_speed, StateFilter(Building.speed))
    return router


async def send_now(
    _query: CallbackQuery,
    callback_data: SendCampaignNow,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    campaign = await wishes.start_now(uow, actor, tap.campaign_id, tap.version, now)
    return await standing(uow, actor, campaign, now, _)


async def ask_start(
    _query: CallbackQuery,
    callback_data: AskStart,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return await when(uow, actor, callback_data.campaign_id, now, _)


async def ask_other_start(
    _query: CallbackQuery,
    callback_data: AskOtherStart,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    await state.ask(Building.start, callback_data.model_dump())
    return screens.other_start_question(campaign, _)


async def take_start(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    campaign_id = (await asked_about(actor, state))["campaign_id"]
    at = typed_moment(message.text or "", now)
    screen = await _speed(campaign_id, at, actor, uow, now, _)
    await state.clear()
    return screen


async def pick_start(
    _query: CallbackQuery,
    callback_data: PickStart,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    at = desk.moment_of(desk.Start(day=tap.day, minute=tap.minute), now)
    return await _speed(tap.campaign_id, at, actor, uow, now, _)


async def _speed(
    campaign_id: int, at: datetime, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    """How fast; or, of a quiet hour, whether the next one that is not will do."""
    proposed = await desk.proposed_instead(uow, actor, at, now)
    if proposed is not None:
        return screens.quiet(campaign_id, at, proposed, today_in_tehran(now), _)
    campaign = await wishes.get(uow, actor, campaign_id)
    outlook = await wishes.outlook(uow, actor, campaign_id, now)
    there = at.astimezone(TEHRAN)
    minute = there.hour * MINUTES + there.minute
    return screens.speed_question(campaign, there.date().toordinal(), minute, outlook, _)


async def ask_other_speed(
    _query: CallbackQuery,
    callback_data: AskOtherSpeed,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    await state.ask(Building.speed, callback_data.model_dump())
    return screens.other_speed_question(campaign, _)


async def take_speed(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskOtherSpeed(**await asked_about(actor, state))
    per_minute = desk.typed_speed(message.text or "")
    start = desk.Start(day=asked.day, minute=asked.minute)
    screen = await _scheduled(asked.campaign_id, start, per_minute, actor, uow, now, _)
    await state.clear()
    return screen


async def schedule(
    _query: CallbackQuery,
    callback_data: ScheduleCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    start = desk.Start(day=tap.day, minute=tap.minute)
    return await _scheduled(tap.campaign_id, start, tap.per_minute or None, actor, uow, now, _)


async def _scheduled(
    campaign_id: int,
    start: desk.Start,
    per_minute: int | None,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    at = desk.moment_of(start, now)
    proposed = await desk.proposed_instead(uow, actor, at, now)
    if proposed is not None:
        return screens.quiet(campaign_id, at, proposed, today_in_tehran(now), _)
    ready = await desk.set_speed(uow, actor, campaign_id, per_minute, now)
    campaign = await wishes.schedule(uow, actor, campaign_id, ready.version, at, now)
    return await standing(uow, actor, campaign, now, _)


async def ask_unschedule(
    _query: CallbackQuery, callback_data: AskUnschedule, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.unschedule_question(await wishes.get(uow, actor, callback_data.campaign_id), _)


async def unschedule(
    _query: CallbackQuery,
    callback_data: UnscheduleCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    known = await wishes.get(uow, actor, callback_data.campaign_id)
    return screens.unscheduled(
        await wishes.unschedule(uow, actor, callback_data.campaign_id, known.version, now), _
    )


async def approve(
    _query: CallbackQuery,
    callback_data: ApproveCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    campaign = await wishes.approve(uow, actor, tap.campaign_id, tap.version, now)
    return screens.agreed(campaign, _)


async def refuse(
    _query: CallbackQuery,
    callback_data: RefuseCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    return screens.sent_back(await wishes.refuse(uow, actor, tap.campaign_id, tap.version, now), _)
