"""For whom a campaign is, and how many that are (S5.3, S5.4)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.audience_forms import groups_of
from domain.audience_ticks import dropped
from domain.campaigns import Campaign
from domain.segment_facts import segment_of
from handlers.asking import Question
from handlers.building import Building, as_seen, asked_about
from handlers.reading import READS
from screens import campaign_audience as screens
from screens import campaign_count, campaign_parts
from screens.callbacks.campaign_audience import (
    AddGroup,
    AskDropSegment,
    AskSegmentName,
    CountAudience,
    DropGroup,
    DropSegment,
    OpenAudience,
    OpenMoreCriteria,
    PickHoldout,
    SendToSpared,
    Spared,
)
from screens.campaigns import noted
from screens.language import Language
from screens.screen import Screen
from services import campaign_desk as desk
from services import campaigns as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="campaign audience")
    taps = router.callback_query
    taps.register(show_audience, OpenAudience.filter(), flags=READS)
    taps.register(show_more, OpenMoreCriteria.filter(), flags=READS)
    taps.register(add_group, AddGroup.filter(), flags=READS)
    taps.register(drop_group, DropGroup.filter())
    taps.register(ask_list_name, AskSegmentName.filter())
    taps.register(ask_drop_list, AskDropSegment.filter(), flags=READS)
    taps.register(drop_list, DropSegment.filter())
    taps.register(count, CountAudience.filter(), flags=READS)
    taps.register(send_to_spared, SendToSpared.filter())
    taps.register(choose_holdout, PickHoldout.filter())
    router.message.register(take_list_name, StateFilter(Building.list_name))
    return router


async def show_audience(
    _query: CallbackQuery, callback_data: OpenAudience, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    view = await desk.open_audience(uow, actor, callback_data.campaign_id)
    return screens.audience(view.campaign, callback_data.position, view.names, _)


async def show_more(
    _query: CallbackQuery, callback_data: OpenMoreCriteria, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    view = await desk.open_audience(uow, actor, callback_data.campaign_id)
    return screens.more_criteria(view.campaign, callback_data.position, view.names, _)


async def add_group(
    _query: CallbackQuery, callback_data: AddGroup, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    """Others too: a group that still says nothing, and is kept with its first tick."""
    view = await desk.open_audience(uow, actor, callback_data.campaign_id)
    position = len(groups_of(segment_of(view.campaign.conditions)))
    return screens.audience(view.campaign, position, view.names, _)


async def drop_group(
    _query: CallbackQuery,
    callback_data: DropGroup,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    at = callback_data
    view = await desk.change_audience(uow, actor, at.campaign_id, partial(dropped, position=at.position), now)
    return screens.audience(view.campaign, 0, view.names, _)


async def ask_list_name(
    _query: CallbackQuery,
    callback_data: AskSegmentName,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    view = await desk.open_audience(uow, actor, callback_data.campaign_id)
    await state.ask(Building.list_name, callback_data.model_dump(mode="json"))
    return screens.list_name_question(view.campaign, view.names, _)


async def take_list_name(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskSegmentName(**await asked_about(actor, state))
    view, saved = await desk.keep_list(uow, actor, asked.campaign_id, message.text or "", now)
    await state.clear()
    return noted(screens.list_kept(saved, _), screens.audience(view.campaign, 0, view.names, _))


async def ask_drop_list(
    _query: CallbackQuery, callback_data: AskDropSegment, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    segment = await desk.found_segment(uow, actor, callback_data.segment_id)
    return screens.drop_list_question(campaign, segment, _)


async def drop_list(
    _query: CallbackQuery,
    callback_data: DropSegment,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    view = await desk.drop_list(uow, actor, callback_data.campaign_id, callback_data.segment_id, now)
    return screens.audience(view.campaign, 0, view.names, _)


async def count(
    _query: CallbackQuery,
    callback_data: CountAudience,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    return await _counted(campaign, actor, uow, now, _)


async def _counted(campaign: Campaign, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    assert campaign.id is not None
    found = await wishes.count(uow, actor, campaign.id, now)
    rules = await desk.usual(uow)
    return campaign_count.audience_count(campaign, found, rules.holdout_percent, rules.promotions_a_week, _)


async def send_to_spared(
    _query: CallbackQuery,
    callback_data: SendToSpared,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    """The manager says so, although we would rather leave them alone."""
    tap, is_on = callback_data, bool(callback_data.on)
    said = {"with_complaints" if tap.whom is Spared.COMPLAINTS else "with_overdue": is_on}
    return await _counted(await desk.spare(uow, actor, tap.campaign_id, now, **said), actor, uow, now, _)


async def choose_holdout(
    _query: CallbackQuery,
    callback_data: PickHoldout,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    """What it says comes next; where that was said before, the preview."""
    campaign = await desk.pick_holdout(uow, actor, callback_data.campaign_id, callback_data.percent, now)
    if campaign.text:
        return await as_seen(uow, actor, callback_data.campaign_id, now, _)
    await state.ask(Building.text, {"campaign_id": campaign.id})
    return campaign_parts.text_question(campaign, _)
