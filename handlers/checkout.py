"""On the way from the basket to the final look: how it is paid, and what of the bonus goods (S1.16)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from domain.basket import TermChoice
from domain.gifts import ShortGoods
from handlers.reading import READS
from screens import checkout as screens
from screens.callbacks.basket import ChooseMixed, ChooseTerm, PickBonus, SetTerm, SettleBonus, UnpickBonus
from screens.language import Language
from screens.screen import Screen
from services import checkout as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="checkout")
    taps = router.callback_query
    taps.register(show_terms, ChooseTerm.filter(), flags=READS)
    taps.register(show_mixed, ChooseMixed.filter(), flags=READS)
    taps.register(set_term, SetTerm.filter())
    taps.register(settle_bonus, SettleBonus.filter())
    taps.register(pick_bonus, PickBonus.filter())
    taps.register(unpick_bonus, UnpickBonus.filter())
    return router


async def show_terms(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    return screens.step(await wishes.choose_term(uow, actor, now), _)


async def show_mixed(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    found = await wishes.choose_term(uow, actor, now)
    return screens.mixed_choice(found, _) if isinstance(found, TermChoice) else screens.step(found, _)


async def set_term(
    _query: CallbackQuery,
    callback_data: SetTerm,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.step(await wishes.set_term(uow, actor, callback_data.term_id, now), _)


async def settle_bonus(
    _query: CallbackQuery,
    callback_data: SettleBonus,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    wish = ShortGoods(product_id=tap.product_id, wish=tap.wish, other_id=tap.other_id)
    return screens.step(await wishes.settle_bonus(uow, actor, wish, now), _)


async def pick_bonus(
    _query: CallbackQuery,
    callback_data: PickBonus,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    done = await wishes.pick_bonus(uow, actor, tap.promotion_id, tap.product_id, tap.units, now)
    return screens.step(done, _)


async def unpick_bonus(
    _query: CallbackQuery,
    callback_data: UnpickBonus,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.step(await wishes.unpick_bonus(uow, actor, callback_data.promotion_id, now), _)
