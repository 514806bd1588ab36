"""Saved baskets: keeping, looking, filling, renaming, deleting (S4.1, S4.4)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.intents import Wish
from handlers.asking import Question
from handlers.filters import Wishes
from handlers.reading import READS
from handlers.repeats import shown
from screens import orders as order_screens
from screens import saved_baskets as screens
from screens.callbacks.saved_baskets import (
    AskDropSaved,
    AskRename,
    AskSavedName,
    DoNotSave,
    DropSaved,
    FillSaved,
    OpenSaved,
    OpenSavedOne,
    ReplaceWithSaved,
    SaveOrder,
)
from screens.language import Language
from screens.screen import Screen
from services import orders, refills
from services import saved_baskets as wishes
from services.basket import find_basket
from storage.unit_of_work import UnitOfWork


class Saving(StatesGroup):
    name = State()
    other_name = State()


def router() -> Router:
    router = Router(name="saved baskets")
    taps, texts = router.callback_query, router.message
    taps.register(show_all, OpenSaved.filter(), flags=READS)
    taps.register(show_one, OpenSavedOne.filter(), flags=READS)
    taps.register(fill, FillSaved.filter())
    taps.register(replace_basket, ReplaceWithSaved.filter())
    taps.register(save_order, SaveOrder.filter())
    taps.register(do_not_save, DoNotSave.filter(), flags=READS)
    taps.register(ask_name, AskSavedName.filter())
    taps.register(ask_rename, AskRename.filter())
    taps.register(ask_drop, AskDropSaved.filter(), flags=READS)
    taps.register(drop, DropSaved.filter())
    texts.register(take_name, StateFilter(Saving.name))
    texts.register(take_other_name, StateFilter(Saving.other_name))
    texts.register(show_all, Wishes(Wish.SAVED))
    return router


async def show_all(_event: CallbackQuery | Message, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    found = await wishes.list_saved(uow, actor)
    return screens.saved_baskets(
        found, _, has_basket=bool(actor.draft_lines), may_order=actor.rights.may_order
    )


async def show_one(
    _query: CallbackQuery, callback_data: OpenSavedOne, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    saved = await wishes.open_saved(uow, actor, callback_data.basket_id)
    return screens.saved_basket(saved, _, may_order=actor.rights.may_order)


async def fill(
    _query: CallbackQuery,
    callback_data: FillSaved,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return shown(await refills.fill_saved(uow, actor, callback_data.basket_id, now), _)


async def replace_basket(
    _query: CallbackQuery,
    callback_data: ReplaceWithSaved,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    basket_id, version = callback_data.basket_id, callback_data.version
    return shown(await refills.fill_saved(uow, actor, basket_id, now, instead_of=version), _)


async def save_order(
    _query: CallbackQuery,
    callback_data: SaveOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    proposal = await wishes.open_proposal(uow, actor, callback_data.order_id, now)
    saved = await wishes.save_order(uow, actor, proposal, screens.name_word(proposal.name, _), now)
    return screens.saved_basket(saved, _, may_order=True, is_new=True)


async def do_not_save(
    _query: CallbackQuery,
    callback_data: DoNotSave,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return order_screens.placed(await orders.open_order(uow, actor, callback_data.order_id, now), _)


async def ask_name(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, state: Question, _: Language
) -> Screen:
    (await find_basket(uow, actor)).draft.require_lines()
    await state.ask(Saving.name)
    return screens.name_question(_)


async def take_name(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    saved = await wishes.save_present(uow, actor, message.text or "", now)
    await state.clear()
    return screens.saved_basket(saved, _, may_order=True, is_new=True)


async def ask_rename(
    _query: CallbackQuery,
    callback_data: AskRename,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    actor.require_buyer()
    saved = await wishes.open_saved(uow, actor, callback_data.basket_id)
    await state.ask(Saving.other_name, callback_data.model_dump())
    return screens.name_question(_, saved)


async def take_other_name(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = AskRename(**await state.get_data())
    saved = await wishes.rename(uow, actor, data.basket_id, message.text or "", now)
    await state.clear()
    return screens.saved_basket(saved, _, may_order=True)


async def ask_drop(
    _query: CallbackQuery, callback_data: AskDropSaved, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    actor.require_buyer()
    return screens.drop_question(await wishes.open_saved(uow, actor, callback_data.basket_id), _)


async def drop(
    _query: CallbackQuery,
    callback_data: DropSaved,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    left = await wishes.drop(uow, actor, callback_data.basket_id, now)
    return screens.saved_baskets(left, _, has_basket=bool(actor.draft_lines), may_order=True)
