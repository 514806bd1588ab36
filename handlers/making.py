"""The half-made promotion of a chat: what was said so far is the memory of the open question."""

from __future__ import annotations

from datetime import datetime

from aiogram.fsm.state import State, StatesGroup

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.errors import NotFound
from domain.promotion_drafts import Part, PromotionDraft, draft_of
from domain.staff import Role
from handlers.asking import Question
from screens import promotion_maker as maker
from screens.language import Language
from screens.screen import Screen
from services import promotions as wishes
from storage.unit_of_work import UnitOfWork


class Making(StatesGroup):
    promotion = State()
    """All parts that were said so far are the question's memory; the next missing one is asked."""


async def half_made(actor: Actor, state: Question, asked: Part | None = None) -> PromotionDraft:
    """The half-made one of this chat; a button of another one, or of another question, is old."""
    actor.require_staff(Role.MANAGER)
    data = await state.get_data()
    if await state.get_state() != Making.promotion.state or "kind" not in data:
        raise NotFound
    draft = draft_of(data)
    if asked is not None and draft.missing is not asked:
        raise NotFound
    return draft


async def go_on(
    draft: PromotionDraft, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """Keep what was said in the question's memory, and ask for what is missing; or show the whole."""
    actor.require_staff(Role.MANAGER)
    await state.ask(Making.promotion, draft.facts())
    if draft.missing is None:
        return maker.summary(await wishes.preview(uow, actor, draft, now), _)
    goods = await wishes.goods_of(uow, draft) if draft.missing is Part.GOODS else ()
    return maker.part_question(draft, goods, today_in_tehran(now), _)
