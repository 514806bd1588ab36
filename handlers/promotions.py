"""A manager makes promotions in chat, and stops or changes those that are there."""

from __future__ import annotations

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.errors import NotFound
from domain.promotion_drafts import Choices, Part, PromotionDraft, begun, draft_of
from domain.promotions import ANYBODY, NO_CAP, Eligibility, PromotionState
from domain.staff import Role
from handlers.asking import Question
from handlers.reading import READS
from screens import promotion_maker as maker
from screens import promotions as screens
from screens.callbacks.promotions import (
    AskEndPromotion,
    AskPart,
    ChangePromotion,
    DropDraft,
    GoodsChosen,
    KeepPromotion,
    MovePromotion,
    NewPromotion,
    OpenPromotion,
    OpenPromotions,
    PickAnybody,
    PickCustomer,
    PickCustomerKind,
    PickEverything,
    PickGoods,
    PickGroup,
    PickKind,
    PickNoBudget,
    PickOpenEnd,
    PickPromotionDay,
    PromotionMove,
)
from screens.language import Language
from screens.screen import Screen
from services import promotions as wishes
from storage.unit_of_work import UnitOfWork

STATES = {
    PromotionMove.PAUSE: PromotionState.PAUSED,
    PromotionMove.RESUME: PromotionState.ACTIVE,
    PromotionMove.END: PromotionState.ENDED,
}


class Making(StatesGroup):
    promotion = State()
    """All parts that were said so far are the question's memory; the next missing one is asked."""


def router() -> Router:
    router = Router(name="promotions")
    taps = router.callback_query
    taps.register(show_promotions, OpenPromotions.filter(), flags=READS)
    taps.register(show_promotion, OpenPromotion.filter(), flags=READS)
    taps.register(ask_end, AskEndPromotion.filter(), flags=READS)
    taps.register(move_promotion, MovePromotion.filter())
    taps.register(change_promotion, ChangePromotion.filter())
    taps.register(ask_kind, NewPromotion.filter(), flags=READS)
    taps.register(begin, PickKind.filter())
    taps.register(ask_part, AskPart.filter())
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
    taps.register(keep_promotion, KeepPromotion.filter())
    taps.register(drop_draft, DropDraft.filter())
    router.message.register(take_part, StateFilter(Making.promotion))
    return router


async def show_promotions(
    _query: CallbackQuery,
    callback_data: OpenPromotions,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    found = await wishes.list_page(uow, actor, callback_data.page)
    return screens.promotions(found, today_in_tehran(now), _)


async def show_promotion(
    _query: CallbackQuery,
    callback_data: OpenPromotion,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    deal = await wishes.open_one(uow, actor, callback_data.promotion_id)
    return screens.promotion(deal, today_in_tehran(now), _)


async def ask_end(
    _query: CallbackQuery, callback_data: AskEndPromotion, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.end_question(await wishes.open_one(uow, actor, callback_data.promotion_id), _)


async def move_promotion(
    _query: CallbackQuery,
    callback_data: MovePromotion,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    deal = await wishes.move(uow, actor, tap.promotion_id, STATES[tap.move], tap.version, now)
    return screens.promotion(deal, today_in_tehran(now), _)


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
    return await _go_on(begun(callback_data.kind), actor, uow, now, state, _)


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
    return await _go_on(draft, actor, uow, now, state, _)


async def ask_part(
    _query: CallbackQuery,
    callback_data: AskPart,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    draft = (await _draft(actor, state)).asked_anew(callback_data.part)
    return await _go_on(draft, actor, uow, now, state, _)


async def take_part(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """What was typed for the part that was asked; a name may mean several things, which are offered."""
    draft = await _draft(actor, state)
    found = await wishes.answer(uow, actor, draft, message.text or "", now, _.money_unit)
    if isinstance(found, Choices):
        return maker.choices(found, _)
    return await _go_on(found, actor, uow, now, state, _)


async def pick_goods(
    _query: CallbackQuery,
    callback_data: PickGoods,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    draft = await _draft(actor, state, Part.GOODS)
    return await _go_on(draft.on(callback_data.sort, callback_data.id), actor, uow, now, state, _)


async def pick_everything(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await _draft(actor, state, Part.GOODS)
    return await _go_on(draft.asked_anew(Part.GOODS).said(Part.GOODS), actor, uow, now, state, _)


async def end_goods(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await _draft(actor, state, Part.GOODS)
    return await _go_on(draft.said(Part.GOODS), actor, uow, now, state, _)


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
    draft, day = await _draft(actor, state), date.fromordinal(callback_data.day)
    match draft.missing:
        case Part.FROM:
            draft = draft.said(Part.FROM, starts_on=day)
        case Part.UNTIL:
            draft = draft.said(Part.UNTIL, ends_on=day)
        case _other:
            raise NotFound
    return await _go_on(draft, actor, uow, now, state, _)


async def pick_open_end(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await _draft(actor, state, Part.UNTIL)
    return await _go_on(draft.said(Part.UNTIL, ends_on=None), actor, uow, now, state, _)


async def pick_no_budget(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await _draft(actor, state, Part.BUDGET)
    return await _go_on(draft.said(Part.BUDGET, budget=NO_CAP), actor, uow, now, state, _)


async def keep_promotion(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await _draft(actor, state)
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


async def _draft(actor: Actor, state: Question, asked: Part | None = None) -> PromotionDraft:
    """The half-made one of this chat; a button of another one, or of another question, is old."""
    actor.require_staff(Role.MANAGER)
    data = await state.get_data()
    if await state.get_state() != Making.promotion.state or "kind" not in data:
        raise NotFound
    draft = draft_of(data)
    if asked is not None and draft.missing is not asked:
        raise NotFound
    return draft


async def _for(
    who: Eligibility, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    draft = await _draft(actor, state, Part.WHO)
    return await _go_on(draft.said(Part.WHO, who=who), actor, uow, now, state, _)


async def _go_on(
    draft: PromotionDraft, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """Keep what was said in the question's memory, and ask for what is missing; or show the whole."""
    actor.require_staff(Role.MANAGER)
    await state.ask(Making.promotion, draft.facts())
    if draft.missing is None:
        return maker.summary(await wishes.preview(uow, actor, draft, now), _)
    goods = await wishes.goods_of(uow, draft) if draft.missing is Part.GOODS else ()
    return maker.part_question(draft, goods, today_in_tehran(now), _)
