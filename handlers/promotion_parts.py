"""What a manager taps for the parts of a promotion: goods, for whom, days, no budget."""

from __future__ import annotations

from datetime import date, datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from domain.errors import NotFound
from domain.promotion_drafts import Part
from domain.promotions import ANYBODY, NO_CAP, Eligibility
from handlers.asking import Question
from handlers.making import go_on, half_made
from screens.callbacks.promotions import (
    GoodsChosen,
    PickAnybody,
    PickCustomer,
    PickCustomerKind,
    PickEverything,
    PickGoods,
    PickGroup,
    PickNoBudget,
    PickOpenEnd,
    PickPromotionDay,
)
from screens.language import Language
from screens.screen import Screen
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="promotion parts")
    taps = router.callback_query
    taps.register(pick_goods, PickGoods.filter())
    taps.register(pick_everything, PickEverything.filter())
    taps.register(end_goods, GoodsChosen.filter())
    taps.register(pick_anybody, PickAnybody.filter())
    taps.register(pick_kind_of_customer, PickCustomerKind.filter())
    taps.register(pick_group, PickGroup.filter())
    taps.register(pick_customer, PickCustomer.filter())
    taps.register(pick_day, PickPromotionDay.filter())
    taps.register(pick_open_end, PickOpenEnd.filter())
    taps.register(pick_no_budget, PickNoBudget.filter())
    return router


async def pick_goods(
    _query: CallbackQuery,
    callback_data: PickGoods,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    draft = await half_made(actor, state, Part.GOODS)
    return await go_on(draft.on(callback_data.sort, callback_data.id), actor, uow, now, state, _)


async def pick_everything(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await half_made(actor, state, Part.GOODS)
    return await go_on(draft.asked_anew(Part.GOODS).said(Part.GOODS), actor, uow, now, state, _)


async def end_goods(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await half_made(actor, state, Part.GOODS)
    return await go_on(draft.said(Part.GOODS), actor, uow, now, state, _)


async def pick_anybody(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    return await _for(ANYBODY, actor, uow, now, state, _)


async def pick_kind_of_customer(
    _query: CallbackQuery,
    callback_data: PickCustomerKind,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    who = Eligibility(kinds=frozenset({callback_data.kind}))
    return await _for(who, actor, uow, now, state, _)


async def pick_group(
    _query: CallbackQuery,
    callback_data: PickGroup,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    who = Eligibility(group_ids=frozenset({callback_data.group_id}))
    return await _for(who, actor, uow, now, state, _)


async def pick_customer(
    _query: CallbackQuery,
    callback_data: PickCustomer,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    who = Eligibility(customer_ids=frozenset({callback_data.customer_id}))
    return await _for(who, actor, uow, now, state, _)


async def pick_day(
    _query: CallbackQuery,
    callback_data: PickPromotionDay,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    draft, day = await half_made(actor, state), date.fromordinal(callback_data.day)
    match draft.missing:
        case Part.FROM:
            draft = draft.said(Part.FROM, starts_on=day)
        case Part.UNTIL:
            draft = draft.said(Part.UNTIL, ends_on=day)
        case _other:
            raise NotFound
    return await go_on(draft, actor, uow, now, state, _)


async def pick_open_end(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await half_made(actor, state, Part.UNTIL)
    return await go_on(draft.said(Part.UNTIL, ends_on=None), actor, uow, now, state, _)


async def pick_no_budget(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await half_made(actor, state, Part.BUDGET)
    return await go_on(draft.said(Part.BUDGET, budget=NO_CAP), actor, uow, now, state, _)


async def _for(
    who: Eligibility, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await half_made(actor, state, Part.WHO)
    return await go_on(draft.said(Part.WHO, who=who), actor, uow, now, state, _)
