"""A customer's side of credit: an order over the limit (S1.23), and how credit is counted (S3.2)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from domain.approvals import Asked
from domain.credit_decisions import OverLimit
from domain.fitting import Cutting
from domain.order_views import OrderView
from handlers.reading import READS
from screens import checkout
from screens import credit as screens
from screens import orders as order_screens
from screens.callbacks.credit import (
    AskApproval,
    CutBasket,
    CutLine,
    ExplainCredit,
    PayAllCash,
    PayDifference,
)
from screens.language import Language
from screens.screen import Screen
from services import approvals, fitting
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="credit")
    taps = router.callback_query
    taps.register(pay_difference, PayDifference.filter())
    taps.register(pay_all_cash, PayAllCash.filter())
    taps.register(open_cutting, CutBasket.filter(), flags=READS)
    taps.register(cut_line, CutLine.filter())
    taps.register(ask_approval, AskApproval.filter())
    taps.register(explain, ExplainCredit.filter(), flags=READS)
    return router


async def pay_difference(
    _query: CallbackQuery,
    callback_data: PayDifference,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order_id, version = callback_data.order_id, callback_data.version
    return checkout.step(await fitting.pay_difference(uow, actor, order_id, version, now), _)


async def pay_all_cash(
    _query: CallbackQuery,
    callback_data: PayAllCash,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order_id, version = callback_data.order_id, callback_data.version
    return checkout.step(await fitting.pay_all_cash(uow, actor, order_id, version, now), _)


async def open_cutting(
    _query: CallbackQuery,
    callback_data: CutBasket,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    found = await fitting.open_cutting(uow, actor, now)
    if not isinstance(found, Cutting):
        return checkout.step(found, _)
    return screens.cutting(found, callback_data.page, _)


async def cut_line(
    _query: CallbackQuery,
    callback_data: CutLine,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    product_id, quantity = callback_data.product_id, callback_data.quantity
    found = await fitting.cut_line(uow, actor, product_id, quantity, now)
    if not isinstance(found, Cutting):
        return checkout.step(found, _)
    return screens.cutting(found, callback_data.page, _)


async def ask_approval(
    _query: CallbackQuery,
    callback_data: AskApproval,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    done = await approvals.ask_approval(uow, actor, tap.order_id, tap.version, tap.nonce, now)
    match done:
        case Asked():
            return screens.asked(done, _)
        case OverLimit():
            return screens.over_limit(done, _, sees_balance=actor.rights.may_see_balance)
        case OrderView():
            return order_screens.placed(done, _)
    return checkout.step(done, _)


async def explain(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    return screens.explanation(await fitting.explain(uow, actor, now), _)
