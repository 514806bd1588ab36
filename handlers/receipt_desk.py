"""Finance's desk of receipts: looking, correcting, approving, rejecting (S6.7)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.amounts import AskBack, typed_amount
from domain.calendar import today_in_tehran
from handlers.asking import Question
from handlers.reading import READS
from screens import receipt_desk as screens
from screens.callbacks.receipts import (
    ApproveReceipt,
    AskReceiptAmount,
    AskReceiptInvoice,
    AskRejectReceipt,
    ChooseReceiptInvoice,
    OldestFirst,
    OpenReceipt,
    OpenReceiptPhoto,
    OpenReceipts,
    RejectReceipt,
)
from screens.language import Language
from screens.screen import Screen
from services import receipt_desk as wishes
from storage.unit_of_work import UnitOfWork


class Finding(StatesGroup):
    amount = State()


def router() -> Router:
    router = Router(name="receipt_desk")
    taps = router.callback_query
    taps.register(show_receipts, OpenReceipts.filter(), flags=READS)
    taps.register(show_receipt, OpenReceipt.filter(), flags=READS)
    taps.register(show_photo, OpenReceiptPhoto.filter(), flags=READS)
    taps.register(approve, ApproveReceipt.filter())
    taps.register(ask_amount, AskReceiptAmount.filter())
    taps.register(ask_invoice, AskReceiptInvoice.filter(), flags=READS)
    taps.register(choose_invoice, ChooseReceiptInvoice.filter())
    taps.register(oldest_first, OldestFirst.filter())
    taps.register(ask_rejection, AskRejectReceipt.filter(), flags=READS)
    taps.register(reject, RejectReceipt.filter())
    router.message.register(take_amount, StateFilter(Finding.amount))
    return router


async def show_receipts(
    _query: CallbackQuery,
    callback_data: OpenReceipts,
    actor: Actor,
    uow: UnitOfWork,
    _: Language,
) -> Screen:
    found, has_more = await wishes.list_receipts(uow, actor, callback_data.page)
    return screens.receipt_list(found, callback_data.page, has_more, _)


async def show_receipt(
    _query: CallbackQuery,
    callback_data: OpenReceipt,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    card = await wishes.open_receipt(uow, actor, callback_data.receipt_id)
    return screens.receipt_card(card, today_in_tehran(now), _)


async def show_photo(
    _query: CallbackQuery, callback_data: OpenReceiptPhoto, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    file_id, is_picture = await wishes.photo_of(uow, actor, callback_data.receipt_id)
    return screens.photo(callback_data.receipt_id, file_id, _, is_picture=is_picture)


async def approve(
    _query: CallbackQuery,
    callback_data: ApproveReceipt,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    card = await wishes.approve_receipt(uow, actor, tap.receipt_id, tap.version, now)
    return screens.receipt_card(card, today_in_tehran(now), _)


async def ask_amount(
    _query: CallbackQuery,
    callback_data: AskReceiptAmount,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    await wishes.require_decidable(uow, actor, callback_data.receipt_id)
    await state.ask(Finding.amount, callback_data.model_dump())
    return screens.found_amount_question(callback_data.receipt_id, _)


async def take_amount(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """What finance has found; an amount too small to be meant is asked back, and typed again."""
    asked = AskReceiptAmount(**await state.get_data())
    amount = typed_amount(message.text or "", _.money_unit)
    if isinstance(amount, AskBack):
        return screens.found_amount_again(amount, asked.receipt_id, _)
    card = await wishes.change_amount(uow, actor, asked.receipt_id, asked.version, amount, now)
    await state.clear()
    return screens.receipt_card(card, today_in_tehran(now), _)


async def ask_invoice(
    _query: CallbackQuery, callback_data: AskReceiptInvoice, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    tap = callback_data
    owing = await wishes.invoices_of(uow, actor, tap.receipt_id)
    return screens.invoice_question(tap.receipt_id, tap.version, owing, _)


async def choose_invoice(
    _query: CallbackQuery,
    callback_data: ChooseReceiptInvoice,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    card = await wishes.change_invoice(uow, actor, tap.receipt_id, tap.version, tap.invoice_id, now)
    return screens.receipt_card(card, today_in_tehran(now), _)


async def oldest_first(
    _query: CallbackQuery,
    callback_data: OldestFirst,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    card = await wishes.change_invoice(uow, actor, tap.receipt_id, tap.version, None, now)
    return screens.receipt_card(card, today_in_tehran(now), _)


async def ask_rejection(
    _query: CallbackQuery, callback_data: AskRejectReceipt, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    await wishes.require_decidable(uow, actor, callback_data.receipt_id)
    return screens.reject_question(callback_data.receipt_id, callback_data.version, _)


async def reject(
    _query: CallbackQuery,
    callback_data: RejectReceipt,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    receipt = await wishes.reject_receipt(uow, actor, tap.receipt_id, tap.version, tap.reason, now)
    return screens.rejected(receipt, _)
