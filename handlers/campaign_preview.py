"""A campaign as any customer will see it, and a test to oneself (S5.6)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.staff import Role
from handlers.asking import Question
from handlers.building import Building, as_seen, asked_about, seen
from handlers.reading import READS
from screens import campaign_preview as screens
from screens.callbacks.campaign_builder import (
    AskPreviewedCustomer,
    PreviewAnother,
    PreviewCampaign,
    PreviewFor,
    SendTestToMe,
)
from screens.callbacks.campaigns import PreviewedButton
from screens.language import Language
from screens.screen import Screen, Toast
from services import campaign_desk as desk
from services import campaigns as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="campaign preview")
    taps = router.callback_query
    taps.register(show_preview, PreviewCampaign.filter(), flags=READS)
    taps.register(show_another, PreviewAnother.filter(), flags=READS)
    taps.register(show_for, PreviewFor.filter(), flags=READS)
    taps.register(ask_customer, AskPreviewedCustomer.filter())
    taps.register(send_test, SendTestToMe.filter(), flags=READS)
    taps.register(say_would, PreviewedButton.filter(), flags=READS)
    router.message.register(take_customer, StateFilter(Building.customer))
    return router


async def show_preview(
    _query: CallbackQuery,
    callback_data: PreviewCampaign,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return await as_seen(uow, actor, callback_data.campaign_id, now, _)


async def show_another(
    _query: CallbackQuery,
    callback_data: PreviewAnother,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    shown = await desk.show_other(uow, actor, tap.campaign_id, tap.customer_id, now)
    return await seen(uow, actor, tap.campaign_id, shown, _)


async def show_for(
    _query: CallbackQuery,
    callback_data: PreviewFor,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    return await as_seen(uow, actor, tap.campaign_id, now, _, tap.customer_id)


async def ask_customer(
    _query: CallbackQuery,
    callback_data: AskPreviewedCustomer,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    campaign = await wishes.get(uow, actor, callback_data.campaign_id)
    await state.ask(Building.customer, callback_data.model_dump())
    return screens.customer_question(campaign, _)


async def take_customer(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """One that is called so is shown at once; of several one is chosen, or another name is typed."""
    campaign_id = (await asked_about(actor, state))["campaign_id"]
    found = dict(await desk.customers_called(uow, actor, message.text or ""))
    if len(found) > 1:
        return screens.customer_choices(await wishes.get(uow, actor, campaign_id), found, _)
    await state.clear()
    return await as_seen(uow, actor, campaign_id, now, _, next(iter(found)))


async def send_test(
    _query: CallbackQuery,
    callback_data: SendTestToMe,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    """Exactly what that customer would get, as a message of its own."""
    tap = callback_data
    return screens.for_myself(await wishes.preview(uow, actor, tap.campaign_id, tap.customer_id, now), _)


async def say_would(
    _query: CallbackQuery, callback_data: PreviewedButton, actor: Actor, _: Language
) -> Toast:
    actor.require_staff(Role.MANAGER)
    return screens.would(callback_data.button, _)
