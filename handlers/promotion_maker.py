"""A manager makes promotions in chat, step by step, or changes a part of one that is there."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.errors import NotFound
from domain.promotion_drafts import Choices, begun
from domain.staff import Role
from handlers.asking import Question
from handlers.making import Making, go_on, half_made
from handlers.reading import READS
from screens import promotion_maker as maker
from screens import promotions as screens
from screens.callbacks.promotions import (
    AskPart,
    ChangePromotion,
    DropDraft,
    KeepPromotion,
    NewPromotion,
    PickKind,
)
from screens.language import Language
from screens.screen import Screen
from services import promotions as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="promotion maker")
    taps = router.callback_query
    taps.register(change_promotion, ChangePromotion.filter())
    taps.register(ask_kind, NewPromotion.filter(), flags=READS)
    taps.register(begin, PickKind.filter())
    taps.register(ask_part, AskPart.filter())
    taps.register(keep_promotion, KeepPromotion.filter())
    taps.register(drop_draft, DropDraft.filter())
    router.message.register(take_part, StateFilter(Making.promotion))
    return router


async def ask_kind(_query: CallbackQuery, actor: Actor, _: Language) -> Screen:
    actor.require_staff(Role.MANAGER)
    return maker.kind_question(_)


async def begin(
    _query: CallbackQuery,
    callback_data: PickKind,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    return await go_on(begun(callback_data.kind), actor, uow, now, state, _)


async def change_promotion(
    _query: CallbackQuery,
    callback_data: ChangePromotion,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    draft = await wishes.begin_change(uow, actor, callback_data.promotion_id, callback_data.part)
    return await go_on(draft, actor, uow, now, state, _)


async def ask_part(
    _query: CallbackQuery,
    callback_data: AskPart,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    draft = (await half_made(actor, state)).asked_anew(callback_data.part)
    return await go_on(draft, actor, uow, now, state, _)


async def take_part(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """What was typed for the part that was asked; a name may mean several things, which are offered."""
    draft = await half_made(actor, state)
    found = await wishes.answer(uow, actor, draft, message.text or "", now, _.money_unit)
    if isinstance(found, Choices):
        return maker.choices(found, _)
    return await go_on(found, actor, uow, now, state, _)


async def keep_promotion(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await half_made(actor, state)
    if draft.missing is not None:
        raise NotFound
    deal = await wishes.keep(uow, actor, draft, now)
    await state.clear()
    return screens.promotion(deal, today_in_tehran(now), _)


async def drop_draft(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    found = await wishes.list_page(uow, actor, 1)
    await state.clear()
    return screens.promotions(found, today_in_tehran(now), _)
