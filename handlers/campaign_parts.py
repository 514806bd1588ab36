"""What a campaign says, part by part: text, picture, buttons, quantity, last day, name (S5.5)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.campaign_errors import NotAPicture
from domain.campaigns import Campaign, CampaignButtons
from handlers.asking import Question, SentFile
from handlers.building import Building, as_seen, asked_about, whole_or_parts
from handlers.reading import READS
from screens import campaign_parts as screens
from screens.callbacks.campaign_builder import (
    AskButtons,
    AskCampaignText,
    AskPhoto,
    EditCampaign,
    PhotoChoice,
    PickButtons,
    PickPhoto,
)
from screens.language import Language
from screens.screen import Screen
from services import campaign_desk as desk
from services import campaigns as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="campaign parts")
    taps = router.callback_query
    taps.register(show_parts, EditCampaign.filter(), flags=READS)
    taps.register(ask_text, AskCampaignText.filter())
    taps.register(ask_photo, AskPhoto.filter(), flags=READS)
    taps.register(choose_photo, PickPhoto.filter())
    taps.register(ask_buttons, AskButtons.filter(), flags=READS)
    taps.register(choose_buttons, PickButtons.filter())
    router.message.register(take_text, StateFilter(Building.text))
    router.message.register(take_photo, StateFilter(Building.photo))
    return router


async def show_parts(
    _query: CallbackQuery, callback_data: EditCampaign, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.edit_menu(await wishes.get(uow, actor, callback_data.campaign_id), _)


async def ask_text(
    _query: CallbackQuery,
    callback_data: AskCampaignText,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    await state.ask(Building.text, callback_data.model_dump())
    return screens.text_question(campaign, _)


async def take_text(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """The first text is followed by the picture; a later one by how it looks."""
    campaign_id = (await asked_about(actor, state))["campaign_id"]
    known = await wishes.get(uow, actor, campaign_id)
    campaign = await desk.set_text(uow, actor, campaign_id, message.text or "", now)
    await state.clear()
    if known.text:
        return await as_seen(uow, actor, campaign_id, now, _)
    return screens.photo_question(campaign, await desk.has_product_photo(uow, campaign, now), _)


async def ask_photo(
    _query: CallbackQuery,
    callback_data: AskPhoto,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    return screens.photo_question(campaign, await desk.has_product_photo(uow, campaign, now), _)


async def choose_photo(
    _query: CallbackQuery,
    callback_data: PickPhoto,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    tap = callback_data
    if tap.photo is PhotoChoice.OTHER:
        campaign = await wishes.get(uow, actor, tap.campaign_id)
        await state.ask(Building.photo, {"campaign_id": tap.campaign_id})
        return screens.own_photo_question(campaign, _)
    is_of_product = tap.photo is PhotoChoice.PRODUCT
    campaign = await desk.pick_photo(uow, actor, tap.campaign_id, now, of_product=is_of_product)
    return await _after_photo(campaign, actor, uow, now, _)


async def take_photo(
    _message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    file: SentFile | None,
    _: Language,
) -> Screen:
    campaign_id = (await asked_about(actor, state))["campaign_id"]
    if file is None:
        raise NotAPicture
    campaign = await desk.keep_own_photo(
        uow, actor, campaign_id, file.name, file.mime_type, file.content, now
    )
    await state.clear()
    return await _after_photo(campaign, actor, uow, now, _)


async def _after_photo(
    campaign: Campaign, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    """Buttons come next, where there is something to buy or to look at and none were chosen."""
    has_subject = campaign.product_id is not None or campaign.promotion_id is not None
    if has_subject and campaign.buttons is CampaignButtons.NONE:
        return screens.buttons_question(campaign, _)
    return await whole_or_parts(uow, actor, campaign, now, _)


async def ask_buttons(
    _query: CallbackQuery, callback_data: AskButtons, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.buttons_question(await wishes.get(uow, actor, callback_data.campaign_id), _)


async def choose_buttons(
    _query: CallbackQuery,
    callback_data: PickButtons,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    campaign = await desk.pick_buttons(uow, actor, tap.campaign_id, tap.buttons, now)
    return await whole_or_parts(uow, actor, campaign, now, _)
