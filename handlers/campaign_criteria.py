"""What is chosen of one condition of an audience: ticks, goods, days, and what is typed instead (S5.3)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.audience_forms import groups_of
from domain.audience_ticks import cleared, flipped, with_days, with_goods
from domain.campaigns import Campaign
from domain.errors import NotAQuantity
from domain.promotion_drafts import Choices
from domain.segment_facts import segment_of
from domain.typed_times import typed_days
from handlers.asking import Question
from handlers.building import Building, asked_about
from screens import campaign_audience as screens
from screens import campaign_criteria
from screens.callbacks.campaign_audience import (
    ClearCriterion,
    FlipCriterion,
    OpenCriterion,
    PickDays,
    TickGoods,
    TickValue,
)
from screens.language import Language
from screens.screen import Screen
from services import campaign_desk as desk
from services import campaigns as wishes
from storage.unit_of_work import UnitOfWork

At = OpenCriterion | ClearCriterion | FlipCriterion | PickDays | TickGoods


def router() -> Router:
    router = Router(name="campaign criteria")
    taps = router.callback_query
    taps.register(open_criterion, OpenCriterion.filter())
    taps.register(tick, TickValue.filter())
    taps.register(tick_goods, TickGoods.filter())
    taps.register(set_days, PickDays.filter())
    taps.register(flip, FlipCriterion.filter())
    taps.register(clear, ClearCriterion.filter())
    router.message.register(take_value, StateFilter(Building.value))
    return router


async def open_criterion(
    _query: CallbackQuery,
    callback_data: OpenCriterion,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    """What can be chosen there; a name, or a number of days, can be typed as well."""
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    return await _page(campaign, callback_data, callback_data.page, actor, uow, state, _)


async def _page(
    campaign: Campaign,
    at: At,
    page: int,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
    found: Choices | None = None,
) -> Screen:
    """The page of that criterion, with its question open."""
    asked = OpenCriterion(campaign_id=at.campaign_id, position=at.position, by=at.by, page=page)
    await state.ask(Building.value, asked.model_dump(mode="json"))
    if at.by in campaign_criteria.OF_GOODS:
        view = await desk.open_audience(uow, actor, at.campaign_id)
        offered = found or await desk.goods_offered(uow, campaign)
        return campaign_criteria.goods_criterion(view.campaign, at.position, at.by, view.names, offered, _)
    if at.by in campaign_criteria.OF_DAYS:
        view = await desk.open_audience(uow, actor, at.campaign_id)
        return campaign_criteria.days_criterion(view.campaign, at.position, at.by, view.names, _)
    choices = await wishes.list_choices(uow, actor)
    return campaign_criteria.criterion(campaign, at.position, at.by, page, choices, _)


async def tick(
    _query: CallbackQuery,
    callback_data: TickValue,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    at = callback_data
    campaign, choices = await desk.tick(uow, actor, at.campaign_id, at.position, at.by, at.value_id, now)
    asked = OpenCriterion(campaign_id=at.campaign_id, position=at.position, by=at.by, page=at.page)
    await state.ask(Building.value, asked.model_dump(mode="json"))
    return campaign_criteria.criterion(campaign, at.position, at.by, at.page, choices, _)


async def tick_goods(
    _query: CallbackQuery,
    callback_data: TickGoods,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    at = callback_data
    change = partial(with_goods, position=at.position, by=at.by, sort=at.sort, goods_id=at.goods_id)
    view = await desk.change_audience(uow, actor, at.campaign_id, change, now)
    return await _page(view.campaign, at, 1, actor, uow, state, _)


async def set_days(
    _query: CallbackQuery,
    callback_data: PickDays,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    at = callback_data
    change = partial(with_days, position=at.position, by=at.by, days=at.days)
    view = await desk.change_audience(uow, actor, at.campaign_id, change, now)
    return await _page(view.campaign, at, 1, actor, uow, state, _)


async def flip(
    _query: CallbackQuery,
    callback_data: FlipCriterion,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    at = callback_data
    change = partial(flipped, position=at.position, by=at.by)
    view = await desk.change_audience(uow, actor, at.campaign_id, change, now)
    return await _page(view.campaign, at, 1, actor, uow, state, _)


async def clear(
    _query: CallbackQuery,
    callback_data: ClearCriterion,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    at = callback_data
    change = partial(cleared, position=at.position, by=at.by)
    view = await desk.change_audience(uow, actor, at.campaign_id, change, now)
    position = min(at.position, len(groups_of(segment_of(view.campaign.conditions))) - 1)
    return screens.audience(view.campaign, position, view.names, _)


async def take_value(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """A number of days where days are asked, else a name: goods are found, of the others a page is left."""
    at, text = OpenCriterion(**await asked_about(actor, state)), message.text or ""
    campaign = await wishes.get(uow, actor, at.campaign_id)
    is_of_goods = at.by in campaign_criteria.OF_GOODS
    if is_of_goods or at.by in campaign_criteria.OF_DAYS:
        days = _days(text, is_needed=not is_of_goods)
        if days is None:
            found = await desk.goods_called(uow, actor, text, now)
            return await _page(campaign, at, 1, actor, uow, state, _, found)
        change = partial(with_days, position=at.position, by=at.by, days=days)
        view = await desk.change_audience(uow, actor, at.campaign_id, change, now)
        return await _page(view.campaign, at, 1, actor, uow, state, _)
    choices = await desk.found_options(uow, actor, at.by, text)
    return campaign_criteria.criterion(campaign, at.position, at.by, 1, choices, _)


def _days(text: str, *, is_needed: bool) -> int | None:
    """«۴۵», «۴۵ روز»; where a name may be meant too, None."""
    try:
        return typed_days(text)
    except NotAQuantity:
        if is_needed:
            raise
    return None
