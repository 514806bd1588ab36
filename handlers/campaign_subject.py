"""What a campaign is about: a promotion, a product, or nothing in particular (S5.2)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.campaigns import Campaign, CampaignKind
from domain.staff import Role
from handlers.asking import Question
from handlers.building import Building, asked_about, standing
from screens import campaigns as screens
from screens.callbacks.campaign_builder import (
    AskShownProduct,
    AskSubject,
    BeginBare,
    BeginCampaign,
    BeginWithProduct,
    BeginWithPromotion,
    DropSubject,
    SetCampaignProduct,
    SetCampaignPromotion,
)
from screens.language import Language
from screens.screen import Screen
from services import campaign_desk as desk
from services import campaigns as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="campaign subject")
    taps = router.callback_query
    taps.register(ask_subject, BeginCampaign.filter())
    taps.register(begin_with_promotion, BeginWithPromotion.filter())
    taps.register(begin_with_product, BeginWithProduct.filter())
    taps.register(begin_bare, BeginBare.filter())
    taps.register(ask_other_subject, AskSubject.filter())
    taps.register(ask_shown_product, AskShownProduct.filter())
    taps.register(set_promotion, SetCampaignPromotion.filter())
    taps.register(set_product, SetCampaignProduct.filter())
    taps.register(drop_subject, DropSubject.filter())
    router.message.register(take_product, StateFilter(Building.product))
    return router


async def ask_subject(
    _query: CallbackQuery,
    callback_data: BeginCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    actor.require_staff(Role.MANAGER)
    return await _subjects(callback_data.kind, None, callback_data.page, actor, uow, now, state, _)


async def _subjects(
    kind: CampaignKind,
    campaign: Campaign | None,
    page: int,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    if kind is CampaignKind.PROMOTION:
        await state.clear()
        return screens.promotion_question(await wishes.list_promotions(uow, actor, now), page, campaign, _)
    await state.ask(Building.product, {"campaign_id": campaign.id if campaign else None})
    return screens.product_question(campaign, _)


async def begin_with_promotion(
    _query: CallbackQuery,
    callback_data: BeginWithPromotion,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    draft = await wishes.make_draft(
        uow, actor, CampaignKind.PROMOTION, now, promotion_id=callback_data.promotion_id
    )
    return await _shown_product(draft, actor, uow, now, state, _)


async def _shown_product(
    draft: Campaign, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """Of several goods of the promotion one may be shown; of a single one nothing is asked."""
    if draft.product_id is not None:
        return await standing(uow, actor, draft, now, _)
    return await _goods(draft, actor, uow, now, state, _)


async def _goods(
    draft: Campaign, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    goods = await desk.goods_of(uow, actor, draft, now)
    await state.ask(Building.product, {"campaign_id": draft.id})
    return screens.goods_question(draft, goods, _)


async def ask_shown_product(
    _query: CallbackQuery,
    callback_data: AskShownProduct,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    draft = await wishes.get(uow, actor, callback_data.campaign_id)
    return await _goods(draft, actor, uow, now, state, _)


async def begin_with_product(
    _query: CallbackQuery,
    callback_data: BeginWithProduct,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    draft = await wishes.make_draft(
        uow, actor, CampaignKind.PRODUCT, now, product_id=callback_data.product_id
    )
    return await standing(uow, actor, draft, now, _)


async def begin_bare(
    _query: CallbackQuery, callback_data: BeginBare, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    draft = await wishes.make_draft(uow, actor, callback_data.kind, now)
    return await standing(uow, actor, draft, now, _)


async def take_product(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """A typed name may mean several products; another one can be typed."""
    campaign_id = (await asked_about(actor, state)).get("campaign_id")
    found = await desk.goods_called(uow, actor, message.text or "", now, products_only=True)
    campaign = await wishes.get(uow, actor, campaign_id) if campaign_id else None
    return screens.product_choices(found, campaign, _)


async def ask_other_subject(
    _query: CallbackQuery,
    callback_data: AskSubject,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    return await _subjects(campaign.kind, campaign, callback_data.page, actor, uow, now, state, _)


async def set_promotion(
    _query: CallbackQuery,
    callback_data: SetCampaignPromotion,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    tap = callback_data
    campaign = await desk.set_subject(uow, actor, tap.campaign_id, now, promotion_id=tap.promotion_id)
    return await _shown_product(campaign, actor, uow, now, state, _)


async def set_product(
    _query: CallbackQuery,
    callback_data: SetCampaignProduct,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    campaign = await desk.set_subject(uow, actor, tap.campaign_id, now, product_id=tap.product_id)
    return await standing(uow, actor, campaign, now, _)


async def drop_subject(
    _query: CallbackQuery,
    callback_data: DropSubject,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    campaign = await desk.set_subject(uow, actor, callback_data.campaign_id, now)
    return await standing(uow, actor, campaign, now, _)
