"""Placing an order, and what becomes of it: following, changing, cancelling, a word on the delivery."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from domain.credit_decisions import OverLimit
from domain.order_views import OrderView
from domain.saved_baskets import free_name
from handlers.reading import READS
from screens import basket, checkout
from screens import orders as screens
from screens import saved_baskets as saved_screens
from screens.callbacks.basket import PlaceOrder
from screens.callbacks.orders import (
    AskCancel,
    CancelOrder,
    ChangeOrder,
    DropChange,
    OpenOrder,
    OpenTracking,
)
from screens.credit import over_limit
from screens.language import Language
from screens.screen import Screen
from services import orders as wishes
from services import saved_baskets
from services.placing import place_order
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="orders")
    taps = router.callback_query
    taps.register(place, PlaceOrder.filter())
    taps.register(show_order, OpenOrder.filter(), flags=READS)
    taps.register(show_tracking, OpenTracking.filter(), flags=READS)
    taps.register(change, ChangeOrder.filter())
    taps.register(leave_unchanged, DropChange.filter())
    taps.register(ask_cancel, AskCancel.filter(), flags=READS)
    taps.register(cancel, CancelOrder.filter())
    return router


async def place(
    _query: CallbackQuery,
    callback_data: PlaceOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    done = await place_order(uow, actor, tap.order_id, tap.version, tap.nonce, now)
    match done:
        case OrderView():
            return await _placed(done, uow, now, _)
        case OverLimit():
            return over_limit(done, _, sees_balance=actor.rights.may_see_balance)
    return checkout.step(done, _)


async def _placed(view: OrderView, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    """S1.19; after goods that were ordered again S4.4, which offers to keep them."""
    kept = None if view.is_changed else await saved_baskets.propose(uow, view.order, now)
    if kept is None:
        return screens.placed(view, _)
    name = free_name(saved_screens.name_word(kept.name, _), kept.taken)
    return saved_screens.placed_again(view, name, _)


async def show_order(
    _query: CallbackQuery,
    callback_data: OpenOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.order_card(await wishes.open_order(uow, actor, callback_data.order_id, now), _)


async def show_tracking(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    return screens.tracking(await wishes.list_open_orders(uow, actor), _)


async def change(
    _query: CallbackQuery,
    callback_data: ChangeOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return basket.basket(await wishes.change_order(uow, actor, callback_data.order_id, now), _)


async def leave_unchanged(
    _query: CallbackQuery,
    callback_data: DropChange,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.order_card(await wishes.drop_change(uow, actor, callback_data.order_id, now), _)


async def ask_cancel(
    _query: CallbackQuery,
    callback_data: AskCancel,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.cancel_question(await wishes.ask_cancel(uow, actor, callback_data.order_id, now), _)


async def cancel(
    _query: CallbackQuery,
    callback_data: CancelOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order_id, version = callback_data.order_id, callback_data.version
    return screens.cancelled(await wishes.cancel_order(uow, actor, order_id, version, now), _)
