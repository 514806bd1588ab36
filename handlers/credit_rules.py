"""Finance keeps what holds for everybody's credit: limits of the company and of groups, and the rules."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.amounts import AskBack, typed_limit
from domain.credit_rules import Rule
from domain.errors import NotAQuantity
from domain.numerals import plainly
from domain.staff import Role
from handlers.asking import Question
from handlers.reading import READS
from screens import credit_rules as screens
from screens.amounts import did_you_mean
from screens.callbacks.credit import AskCompanyLimit, AskGroupLimit, AskRule, OpenCreditRules
from screens.home import home_button
from screens.language import Language
from screens.screen import Screen
from services import credit_rules as wishes
from storage.unit_of_work import UnitOfWork


class Ruling(StatesGroup):
    limit = State()
    number = State()


def router() -> Router:
    router = Router(name="credit_rules")
    taps = router.callback_query
    taps.register(show, OpenCreditRules.filter(), flags=READS)
    taps.register(ask_company, AskCompanyLimit.filter())
    taps.register(ask_group, AskGroupLimit.filter())
    taps.register(ask_rule, AskRule.filter())
    router.message.register(take_limit, StateFilter(Ruling.limit))
    router.message.register(take_number, StateFilter(Ruling.number))
    return router


async def show(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    return screens.rules(await wishes.open_rules(uow, actor, now), _)


async def ask_company(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    await wishes.require_shared(uow, actor, None, now)
    await state.ask(Ruling.limit, {})
    return screens.shared_limit_question(None, _)


async def ask_group(
    _query: CallbackQuery,
    callback_data: AskGroupLimit,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    name = await wishes.require_shared(uow, actor, callback_data.group_id, now)
    await state.ask(Ruling.limit, callback_data.model_dump())
    return screens.shared_limit_question(name, _)


async def take_limit(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """An amount that may have been meant larger is asked back, and typed again in full."""
    actor.require_staff(Role.FINANCE)
    amount = typed_limit(message.text or "", _.money_unit)
    if isinstance(amount, AskBack):
        return Screen(did_you_mean(amount, _), ((home_button(_),),))
    group_id = (await state.get_data()).get("group_id")
    found = await wishes.set_shared_limit(uow, actor, group_id, amount, now)
    await state.clear()
    return screens.rules(found, _)


async def ask_rule(
    _query: CallbackQuery, callback_data: AskRule, actor: Actor, state: Question, _: Language
) -> Screen:
    actor.require_staff(Role.FINANCE)
    await state.ask(Ruling.number, callback_data.model_dump(mode="json"))
    return screens.rule_question(callback_data.rule, _)


async def take_number(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    rule, text = Rule((await state.get_data())["rule"]), plainly(message.text or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise NotAQuantity
    found = await wishes.set_rule(uow, actor, rule, int(text), now)
    await state.clear()
    return screens.rules(found, _)
