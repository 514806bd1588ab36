"""Approving on orders that credit did not let through (S1.24, S1.25)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.addresses import typed
from domain.amounts import AskBack, typed_amount
from domain.approvals import ApprovalCard, Stale
from domain.errors import NotFound
from domain.money import Money
from domain.staff import Role
from handlers.asking import Question
from handlers.reading import READS
from screens import approval_steps as steps
from screens import approvals as screens
from screens.callbacks.credit import (
    ApproveOrder,
    ApproveWithDifference,
    AskPrepayment,
    AskRefusal,
    OpenApproval,
    OpenApprovalLines,
    OpenApprovals,
    ReferOrder,
    RefuseOrder,
    TakeMeantPrepayment,
    WriteToBuyer,
)
from screens.credit_desk import meant_prepayment
from screens.language import Language
from screens.screen import Screen
from services import approvals as wishes
from services.approval_notices import DECIDERS
from storage.unit_of_work import UnitOfWork


class Approving(StatesGroup):
    refusal = State()
    prepayment = State()
    message = State()


def router() -> Router:
    router = Router(name="approvals")
    taps = router.callback_query
    taps.register(show_waiting, OpenApprovals.filter(), flags=READS)
    taps.register(show_card, OpenApproval.filter(), flags=READS)
    taps.register(show_items, OpenApprovalLines.filter(), flags=READS)
    taps.register(approve, ApproveOrder.filter())
    taps.register(ask_prepayment, AskPrepayment.filter())
    taps.register(approve_with_difference, ApproveWithDifference.filter())
    taps.register(take_meant, TakeMeantPrepayment.filter())
    taps.register(ask_refusal, AskRefusal.filter())
    taps.register(refuse, RefuseOrder.filter())
    taps.register(refer, ReferOrder.filter())
    taps.register(ask_message, WriteToBuyer.filter())
    router.message.register(take_refusal, StateFilter(Approving.refusal))
    router.message.register(take_prepayment, StateFilter(Approving.prepayment))
    router.message.register(take_message, StateFilter(Approving.message))
    return router


async def show_waiting(
    _query: CallbackQuery, callback_data: OpenApprovals, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    found, has_more = await wishes.list_held(uow, actor, callback_data.page)
    return steps.waiting(found, max(callback_data.page, 1), has_more, _)


async def show_card(
    _query: CallbackQuery,
    callback_data: OpenApproval,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    found = await wishes.open_card(uow, actor, callback_data.order_id, now)
    return screens.card(found, _role(actor), _)


async def show_items(
    _query: CallbackQuery, callback_data: OpenApprovalLines, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    order = await wishes.open_items(uow, actor, callback_data.order_id)
    return steps.items(order, callback_data.page, _)


async def approve(
    _query: CallbackQuery,
    callback_data: ApproveOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order_id, seen = callback_data.order_id, callback_data.seen
    return _approved(await wishes.approve(uow, actor, order_id, seen, now), actor, _)


async def ask_prepayment(
    _query: CallbackQuery,
    callback_data: AskPrepayment,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    card = await wishes.begin_deciding(uow, actor, callback_data.order_id, now)
    await state.ask(Approving.prepayment, callback_data.model_dump())
    return steps.prepayment_question(card, _)


async def approve_with_difference(
    _query: CallbackQuery,
    callback_data: ApproveWithDifference,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order_id, seen = callback_data.order_id, callback_data.seen
    card = await wishes.begin_deciding(uow, actor, order_id, now)
    down = card.decision.over_by
    return _approved(await wishes.approve(uow, actor, order_id, seen, now, down), actor, _)


async def take_prepayment(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    amount = typed_amount(message.text or "", _.money_unit)
    if isinstance(amount, AskBack):
        actor.require_staff(*DECIDERS)
        await state.ask(Approving.prepayment, {**data, "rials": amount.meant.rials})
        return meant_prepayment(amount, _)
    done = await wishes.approve(uow, actor, data["order_id"], data["seen"], now, amount)
    await state.clear()
    return _approved(done, actor, _)


async def take_meant(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    if await state.get_state() != Approving.prepayment.state or "rials" not in data:
        raise NotFound
    down = Money(data["rials"])
    done = await wishes.approve(uow, actor, data["order_id"], data["seen"], now, down)
    await state.clear()
    return _approved(done, actor, _)


def _approved(done: ApprovalCard | Stale, actor: Actor, _: Language) -> Screen:
    return screens.stale(done, _role(actor), _) if isinstance(done, Stale) else steps.approved(done, _)


async def ask_refusal(
    _query: CallbackQuery,
    callback_data: AskRefusal,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    card = await wishes.begin_deciding(uow, actor, callback_data.order_id, now)
    await state.ask(Approving.refusal, callback_data.model_dump())
    return steps.refusal_question(card, _)


async def take_refusal(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskRefusal(**await state.get_data())
    reason = typed(message.text, wishes.MOST_REASON)
    card = await wishes.reject(uow, actor, asked.order_id, reason, now)
    await state.clear()
    return steps.refused(card, _)


async def refuse(
    _query: CallbackQuery,
    callback_data: RefuseOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return steps.refused(await wishes.reject(uow, actor, callback_data.order_id, "", now), _)


async def refer(
    _query: CallbackQuery,
    callback_data: ReferOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return steps.referred(await wishes.refer(uow, actor, callback_data.order_id, now), _)


async def ask_message(
    _query: CallbackQuery,
    callback_data: WriteToBuyer,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    card = await wishes.begin_deciding(uow, actor, callback_data.order_id, now)
    await state.ask(Approving.message, callback_data.model_dump())
    return steps.message_question(card, _)


async def take_message(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = WriteToBuyer(**await state.get_data())
    text = typed(message.text, wishes.MOST_WORD)
    card = await wishes.message_customer(uow, actor, asked.order_id, text, now)
    await state.clear()
    return steps.written(card, _role(actor), _)


def _role(actor: Actor) -> Role:
    return actor.require_staff(*DECIDERS).role
