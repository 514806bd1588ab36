"""What finance does with a cheque: each tap makes one move or records one thing; the card follows."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.cheque_desk import card_of
from screens.callbacks.instruments import (
    ApproveDrawer,
    BounceCheque,
    MoveCheque,
    ReceiveCheque,
    ReceiveChequeFor,
    RecordColour,
    RecordSayad,
    SettleCheque,
    SettledBy,
)
from screens.language import Language
from screens.screen import Screen
from services.instruments import desk as wishes
from services.instruments import moving
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="cheque_moves")
    taps = router.callback_query
    taps.register(receive, ReceiveCheque.filter())
    taps.register(receive_for, ReceiveChequeFor.filter())
    taps.register(move, MoveCheque.filter())
    taps.register(bounce, BounceCheque.filter())
    taps.register(settle, SettleCheque.filter())
    taps.register(record_sayad, RecordSayad.filter())
    taps.register(record_colour, RecordColour.filter())
    taps.register(approve_drawer, ApproveDrawer.filter())
    return router


async def receive(
    _query: CallbackQuery,
    callback_data: ReceiveCheque,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    await moving.receive(uow, actor, callback_data.cheque_id, callback_data.version, now)
    return await card_of(uow, actor, callback_data.cheque_id, now, _)


async def receive_for(
    _query: CallbackQuery,
    callback_data: ReceiveChequeFor,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    cheque_id, named = callback_data.cheque_id, (callback_data.invoice_id,)
    await moving.receive(uow, actor, cheque_id, callback_data.version, now, named)
    return await card_of(uow, actor, cheque_id, now, _)


async def move(
    _query: CallbackQuery,
    callback_data: MoveCheque,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    cheque_id, to = callback_data.cheque_id, callback_data.to
    await moving.move_cheque(uow, actor, cheque_id, to, callback_data.version, now)
    return await card_of(uow, actor, cheque_id, now, _)


async def bounce(
    _query: CallbackQuery,
    callback_data: BounceCheque,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    cheque_id, reason = callback_data.cheque_id, callback_data.reason
    await moving.bounce(uow, actor, cheque_id, reason, callback_data.version, now)
    return await card_of(uow, actor, cheque_id, now, _)


async def settle(
    _query: CallbackQuery,
    callback_data: SettleCheque,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    cheque_id, is_replaced = callback_data.cheque_id, callback_data.by is SettledBy.CHEQUE
    await moving.settle(uow, actor, cheque_id, callback_data.version, now, is_replaced=is_replaced)
    return await card_of(uow, actor, cheque_id, now, _)


async def record_sayad(
    _query: CallbackQuery,
    callback_data: RecordSayad,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    cheque_id, to = callback_data.cheque_id, callback_data.to
    await wishes.record_sayad(uow, actor, cheque_id, to, callback_data.version, now)
    return await card_of(uow, actor, cheque_id, now, _)


async def record_colour(
    _query: CallbackQuery,
    callback_data: RecordColour,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    cheque_id, colour = callback_data.cheque_id, callback_data.colour
    await wishes.record_colour(uow, actor, cheque_id, colour, callback_data.version, now)
    return await card_of(uow, actor, cheque_id, now, _)


async def approve_drawer(
    _query: CallbackQuery,
    callback_data: ApproveDrawer,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    await wishes.approve_drawer(uow, actor, callback_data.cheque_id, callback_data.version, now)
    return await card_of(uow, actor, callback_data.cheque_id, now, _)
